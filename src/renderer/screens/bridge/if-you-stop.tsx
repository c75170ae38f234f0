/** What a stop of trading would cancel and keep now, and the way to be flat. */
import { useEffect, useState, type JSX } from 'react'

import type { FlattenReport } from '../../../contract/positions.ts'
import { flattenText } from '../../commands/stop-commands.ts'
import { replaceQuery } from '../../frame/route.ts'
import { chooseClosesAll, useClosesAll } from '../../frame/stop-choice.ts'
import { cancelsText, counted, keepsText, stopPlan } from '../../frame/stop-plan.ts'
import { capitalised } from '../../limits/actor-text.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { FlattenSheet } from './flatten-sheet.tsx'

interface IfYouStopProps {
  /** a link asks for a drill */
  readonly drills: boolean
}

export function IfYouStop({ drills }: IfYouStopProps): JSX.Element {
  const plan = useLive(stopPlan)
  const isStopped = useLive(({ policy }) => policy?.emergency != null)
  const closesAll = useClosesAll()
  const [asked, setAsked] = useState<FlattenReport | 'drill' | null>(null)
  useEffect(() => {
    if (!drills) return
    setAsked('drill')
    replaceQuery({})
  }, [drills])
  const last = useAnswer(`flatten ${plan.open}`, (signal) => station.positions.lastFlatten(undefined, { signal }))
  const report = last.value?.report ?? null
  return (
    <Panel
      title={isStopped ? 'Trading is stopped' : 'If you stop trading now'}
      verbs={<Button onClick={() => setAsked('drill')}>Flatten…</Button>}
    >
      <dl className="facts">
        <dt>{isStopped ? 'Rests' : 'Cancels'}</dt>
        <dd className="span">{capitalised(cancelsText(plan))}</dd>
        <dt>{closesAll ? 'Closes' : 'Keeps'}</dt>
        <dd className="span">
          {closesAll && plan.open > 0
            ? `${counted(plan.open, 'position')} at the market`
            : capitalised(keepsText(plan))}
        </dd>
        {isStopped ? null : (
          <>
            <dt>To be flat</dt>
            <dd className="span">
              <label>
                <input
                  className="check"
                  type="checkbox"
                  checked={closesAll}
                  onChange={(event) => chooseClosesAll(event.target.checked)}
                />{' '}
                Close all positions too
              </label>
              , or hold <KeyCap keys="Shift+K" />
            </dd>
          </>
        )}
        {report === null ? null : (
          <>
            <dt>Last time</dt>
            <dd className="span">
              <Time at={report.started_at} withDate />: {flattenText(report)}.{' '}
              <Button look="quiet" onClick={() => setAsked(report)}>
                See the report
              </Button>
            </dd>
          </>
        )}
      </dl>
      {asked === null ? null : (
        <FlattenSheet report={asked === 'drill' ? null : asked} onClose={() => setAsked(null)} />
      )}
    </Panel>
  )
}
