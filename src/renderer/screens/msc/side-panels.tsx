/** Beside the votes: gauges against thresholds, what would change the mode, time per mode, how well MSC does. */
import type { JSX } from 'react'

import type { Evaluation } from '../../../contract/msc.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Time } from '../../widgets/figures.tsx'
import { formatSpan } from '../../widgets/format-time.ts'
import { ModeMark, RISK_MODES } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { gaugesOf, type Gauge } from './gauge-rows.ts'
import { offTarget, targetText, wholePercent } from './msc-words.ts'
import { sentenceText } from './plain-words.ts'
import { useMscHealth, type MscHealth, type MscState } from './use-msc.ts'

interface GaugesProps {
  readonly run: Evaluation
  readonly onRebase: () => void
}

export function Gauges({ run, onRebase }: GaugesProps): JSX.Element {
  const { rebased_at: rebasedAt } = run.evidence
  return (
    <Panel title="Against the thresholds" verbs={<Button onClick={onRebase}>Begin evidence anew…</Button>}>
      {rebasedAt === null ? null : (
        <p className="meta since">
          All windows begin <Time at={rebasedAt} withDate />
        </p>
      )}
      <ul className="gauges">
        {gaugesOf(run.votes, run.evidence).map((gauge) => (
          <GaugeRow key={gauge.voter} gauge={gauge} />
        ))}
      </ul>
    </Panel>
  )
}

const place = (at: number): string => `${(at * 100).toFixed(2)}%`

const GaugeRow = ({ gauge }: { readonly gauge: Gauge }): JSX.Element => (
  <li>
    <span>{gauge.name}</span>
    <span className="line" aria-hidden="true">
      {gauge.error === null ? null : (
        <s style={{ left: place(gauge.error[0]), right: place(1 - gauge.error[1]) }} title="one standard error" />
      )}
      {gauge.ticks.map(({ at, text }) => (
        <u key={text} style={{ left: place(at) }}>
          {text}
        </u>
      ))}
      {gauge.at === null ? null : <i style={{ left: place(gauge.at) }} />}
    </span>
    <b className="num">{gauge.text}</b>
  </li>
)

export const NextChanges = ({ state }: { readonly state: MscState }): JSX.Element => (
  <Panel title="What would change the mode">
    {state.next_changes.length === 0 ? (
      <p className="sentence">Nothing can be said before the first run.</p>
    ) : (
      <ul className="sentences">
        {state.next_changes.map((sentence) => (
          <li key={sentence}>{sentenceText(sentence)}</li>
        ))}
      </ul>
    )}
  </Panel>
)

export function TimeAndHealth({ state }: { readonly state: MscState }): JSX.Element {
  const { value, fault, reload } = useMscHealth()
  if (value === null && fault !== null) return <FaultNote what="The health of MSC" fault={fault} onRetry={reload} />
  if (value === null) return <Skeleton lines={5} label="Reading the health of MSC" />
  return (
    <>
      <TimePerMode health={value} />
      <HealthOfMsc health={value} state={state} />
    </>
  )
}

function TimePerMode({ health }: { readonly health: MscHealth }): JSX.Element {
  const now = useStationClock(5000)
  const since = health.shares_since
  return (
    <Panel
      title="Time in each mode"
      verbs={
        <span className="meta">
          {since === null || now === null ? '' : `${formatSpan(now - Date.parse(since))}, `}box is the target
        </span>
      }
    >
      {RISK_MODES.map((mode) => {
        const share = health.shares.find((each) => each.mode === mode)
        if (share === undefined) return null
        const off = offTarget(share.share, share.target_from, share.target_to)
        return (
          <div key={mode} className="share" data-mode={mode}>
            <ModeMark mode={mode} />
            <span className="meter" aria-hidden="true">
              <i style={{ width: place(share.share) }} />
              <s style={{ left: place(share.target_from), width: place(share.target_to - share.target_from) }} />
            </span>
            <span className="num">{wholePercent(share.share)}</span>
            <span className="meta">
              {off === '' ? null : <b>{off} </b>}
              {targetText(share.target_from, share.target_to)}
            </span>
          </div>
        )
      })}
    </Panel>
  )
}

const HEALTH_WORDS: Readonly<Record<MscHealth['status'], string>> = {
  HEALTHY: 'healthy',
  DEGRADED: 'degraded',
  CRITICAL: 'critical',
}

function HealthOfMsc({ health, state }: { readonly health: MscHealth; readonly state: MscState }): JSX.Element {
  return (
    <Panel title="Health of MSC" verbs={<span className="meta">{HEALTH_WORDS[health.status]}</span>}>
      <dl className="grid2">
        <div>
          <dt>Last good run</dt>
          <dd>{health.last_success_at === null ? 'none yet' : <Time at={health.last_success_at} />}</dd>
        </div>
        <div>
          <dt>Every</dt>
          <dd>
            {state.interval_minutes}
            {'\u202F'}min
          </dd>
        </div>
        <div title="Runs that broke off among those of the last 24 hours; over 10 % raises an alert">
          <dt>Failed, 24 h</dt>
          <dd>
            {health.failed_24h} of {health.runs_24h}
          </dd>
        </div>
        <div title="Signals dropped or denied in the last hour; over half of at least 20 raises an alert">
          <dt>Blocked, 1 h</dt>
          <dd>
            {health.blocked_1h} of {health.signals_1h}
          </dd>
        </div>
        <div title="More than five in an hour raise an alert">
          <dt>Mode changes, 1 h</dt>
          <dd>{health.mode_changes_1h} of 5</dd>
        </div>
      </dl>
    </Panel>
  )
}
