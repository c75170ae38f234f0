/** Keys of accounts: which there are and where they are kept, what the exchange says of them, and their verbs. */
import { useState, type JSX } from 'react'

import type { KeyPlace, KeyReport, KeyTrace } from '../../../../contract/keys.ts'
import { checkKey, fixAccount } from '../../../commands/key-commands.ts'
import { useActions } from '../../../frame/actions.ts'
import type { Answer } from '../../../state/use-answer.ts'
import { Button } from '../../../widgets/button.tsx'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { FaultNote } from '../../../widgets/fault-note.tsx'
import { KeyCap } from '../../../widgets/key-cap.tsx'
import { Panel } from '../../../widgets/panel.tsx'
import { Skeleton } from '../../../widgets/skeleton.tsx'
import { KEY_PLACE_WORDS } from '../connection-words.ts'
import type { Keys } from '../use-connections.ts'
import { KeyReportView } from './key-report.tsx'
import { KeySheet } from './key-sheet.tsx'
import { RemoveKeySheet } from './remove-key-sheet.tsx'

interface KeysPanelProps {
  readonly keys: Answer<Keys>
  /** the account that a key is being added for, empty: to be chosen; null: none is */
  readonly adds: string | null
  readonly accounts: readonly KeyPlace[]
  readonly onAdd: (place: string | null) => void
  readonly onChanged: () => void
}

export function KeysPanel({ keys, adds, accounts, onAdd, onChanged }: KeysPanelProps): JSX.Element {
  const [reports, setReports] = useState<ReadonlyMap<KeyPlace, KeyReport>>(new Map())
  const [removing, setRemoving] = useState<KeyTrace | null>(null)
  const { value, fault, reload } = keys
  const note = (report: KeyReport | null): void => {
    if (report !== null) setReports((before) => new Map([...before, [report.place, report]]))
    onChanged()
  }
  const forget = (place: KeyPlace): void => {
    setReports((before) => new Map([...before].filter(([each]) => each !== place)))
    onChanged()
  }
  useActions(
    (value?.items ?? []).map(({ place }) => ({
      id: `keys.test.${place}`,
      label: `Test the key of the ${KEY_PLACE_WORDS[place].toLowerCase()} account`,
      group: 'Connections',
      run: () => void checkKey(place).then(note),
    })),
  )
  return (
    <Panel
      title="Keys"
      verbs={
        value === null || value.cannot_keep !== null ? undefined : (
          <Button onClick={() => onAdd('')}>
            Add key… <KeyCap keys="N" />
          </Button>
        )
      }
    >
      {value === null ? (
        fault === null ? (
          <Skeleton lines={2} label="Asking which keys there are" />
        ) : (
          <FaultNote what="The keys" fault={fault} onRetry={reload} />
        )
      ) : (
        <>
          {value.cannot_keep === null ? null : (
            <p className="note-line said" role="note">
              No key can be kept here: {value.cannot_keep}
            </p>
          )}
          {value.items.length === 0 ? (
            <EmptyState title="No keys.">
              Trading at the exchange needs a key of the account: one that may trade futures and cannot withdraw.
            </EmptyState>
          ) : (
            <ul className="keylist" aria-label="Keys">
              {value.items.map((trace) => (
                <KeyRow
                  key={trace.place}
                  trace={trace}
                  report={reports.get(trace.place) ?? null}
                  onReport={note}
                  onRemove={() => setRemoving(trace)}
                />
              ))}
            </ul>
          )}
        </>
      )}
      {adds === null || value === null ? null : value.cannot_keep === null ? (
        <KeySheet first={adds} accounts={accounts} taken={value.items} onKept={note} onClose={() => onAdd(null)} />
      ) : null}
      {removing === null ? null : (
        <RemoveKeySheet trace={removing} onRemoved={() => forget(removing.place)} onClose={() => setRemoving(null)} />
      )}
    </Panel>
  )
}

interface KeyRowProps {
  readonly trace: KeyTrace
  readonly report: KeyReport | null
  readonly onReport: (report: KeyReport | null) => void
  readonly onRemove: () => void
}

function KeyRow({ trace, report, onReport, onRemove }: KeyRowProps): JSX.Element {
  const { place, ending, kept_in: keptIn, can_remove: canRemove, in_use: inUse } = trace
  const [isAsking, setIsAsking] = useState(false)
  const name = KEY_PLACE_WORDS[place]
  const ask = async (question: () => Promise<KeyReport | null>): Promise<void> => {
    setIsAsking(true)
    onReport(await question())
    setIsAsking(false)
  }
  const canFix = report?.setup.some(({ can_fix: can }) => can) ?? false
  return (
    <li>
      <div className="keyrow">
        <span className="keyname">
          <b>{name}</b> <span className="fig">…{ending}</span> {inUse ? <span className="tag">in use</span> : null}
          <span className="meta">{canRemove ? `kept in ${keptIn}` : `from ${keptIn}, goes with it`}</span>
        </span>
        <Button disabled={isAsking} onClick={() => void ask(() => checkKey(place))} aria-label={`Test the ${name} key`}>
          {isAsking ? 'Testing…' : 'Test'}
        </Button>
        {canFix ? (
          <Button
            disabled={isAsking}
            onClick={() => void ask(() => fixAccount(place))}
            aria-label={`Set the ${name} account right`}
          >
            Set it right
          </Button>
        ) : null}
        {canRemove ? (
          <Button disabled={isAsking} onClick={onRemove} aria-label={`Remove the ${name} key`}>
            Remove…
          </Button>
        ) : null}
      </div>
      {report === null ? null : <KeyReportView report={report} />}
    </li>
  )
}
