/** What a flatten would do now, and after it what it did: the drill and the report in one sheet. */
import { useState, type JSX, type SyntheticEvent } from 'react'

import type { FlattenReport } from '../../../contract/positions.ts'
import { flattenAll } from '../../commands/stop-commands.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Sheet } from '../../widgets/sheet.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { FlattenDrillView } from './flatten-drill.tsx'
import { FlattenReportView } from './flatten-report.tsx'

const AGAIN_MS = 2000

interface FlattenSheetProps {
  /** of a flatten that was; null: what one would do now */
  readonly report: FlattenReport | null
  readonly onClose: () => void
}

export function FlattenSheet({ report: first, onClose }: FlattenSheetProps): JSX.Element {
  const [report, setReport] = useState(first)
  return (
    // another sheet once it is done, so that the focus goes to what is in it
    <Sheet
      key={report === null ? 'drill' : 'report'}
      label="Flatten"
      className="change-sheet flatten"
      onClose={onClose}
    >
      {report === null ? (
        <Drill onDone={setReport} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            onClose()
          }}
        >
          <div className="title">
            <h1>{report.proven ? 'Flat, proven' : 'Not proven flat'}</h1>
          </div>
          <div className="body">
            <FlattenReportView report={report} />
          </div>
          <div className="foot">
            {report.proven ? null : (
              <Button isBig onClick={() => setReport(null)}>
                Flatten again…
              </Button>
            )}
            <span className="push" />
            <Button isBig look="primary" type="submit" data-autofocus>
              Done <KeyCap keys="Enter" />
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  )
}

interface DrillProps {
  readonly onDone: (report: FlattenReport) => void
  readonly onClose: () => void
}

function Drill({ onDone, onClose }: DrillProps): JSX.Element {
  const [withForeign, setWithForeign] = useState(false)
  const { value, fault, reload } = useAnswer(
    'flatten drill',
    (signal) => station.positions.drill({ include_foreign: withForeign }, { signal }),
    String(withForeign),
  )
  const hasForeign = useLive(({ positions }) => [...positions.values()].some((position) => position.is_foreign))
  const [isSending, setIsSending] = useState(false)
  useAgain(reload, AGAIN_MS)
  const flatten = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    if (isSending) return
    setIsSending(true)
    const report = await flattenAll('flattened by hand', withForeign)
    setIsSending(false)
    if (report !== null) onDone(report)
  }
  return (
    <form onSubmit={(event) => void flatten(event)}>
      <div className="title">
        <h1>Flatten</h1>
        <span className="meta">a drill: nothing is done before you say so</span>
      </div>
      <div className="body">
        {value !== null ? (
          <FlattenDrillView drill={value} />
        ) : fault === null ? (
          <Skeleton lines={4} label="Asking what a flatten would do" />
        ) : (
          <FaultNote what="The drill" fault={fault} onRetry={reload} />
        )}
        {hasForeign ? (
          <p className="note-line">
            <label>
              <input
                className="check"
                type="checkbox"
                checked={withForeign}
                onChange={(event) => setWithForeign(event.target.checked)}
              />{' '}
              Close positions that are not ours too
            </label>
          </p>
        ) : null}
      </div>
      <div className="foot">
        <span className="meta">New positions may be opened again afterwards.</span>
        <span className="push" />
        <Button isBig onClick={onClose}>
          Leave it open <KeyCap keys="Escape" />
        </Button>
        <Button isBig type="submit" look="danger" data-autofocus aria-disabled={isSending}>
          {isSending ? 'Closing…' : 'Close everything'} <KeyCap keys="Enter" />
        </Button>
      </div>
    </form>
  )
}
