/** MSC: why this mode, from the seven votes to what it would write, and what would change it next. */
import { useEffect, useState, type JSX } from 'react'

import type { Evaluation } from '../../../contract/msc.ts'
import { go, replaceQuery, type Route } from '../../frame/route.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { ModeHistory } from './mode-history.tsx'
import { RebaseSheet } from './rebase-sheet.tsx'
import { RunsPanel } from './runs-panel.tsx'
import { Gauges, NextChanges, TimeAndHealth } from './side-panels.tsx'
import { StrategiesPanel } from './strategies-panel.tsx'
import { useMscState, useRuns, type MscState } from './use-msc.ts'
import { VerdictLine } from './verdict-line.tsx'
import { VotesPanel } from './votes-panel.tsx'
import { WouldWrite } from './would-write.tsx'

import './msc.css'

export default function Msc({ route }: { readonly route: Route }): JSX.Element {
  const { value, fault, reload } = useMscState()
  if (value !== null) return <Shown state={value} route={route} reload={reload} />
  if (fault !== null) return <FaultNote what="MSC" fault={fault} onRetry={reload} />
  return <Skeleton lines={10} label="Asking MSC" />
}

interface ShownProps {
  readonly state: MscState
  /** first part: trace id of the run to be shown; none: the latest */
  readonly route: Route
  readonly reload: () => void
}

function Shown({ state, route, reload }: ShownProps): JSX.Element {
  const runs = useRuns()
  const [isRebasing, setIsRebasing] = useState(false)
  const asksToRebase = route.query.has('rebase')
  useEffect(() => {
    if (!asksToRebase) return
    setIsRebasing(true)
    replaceQuery({})
  }, [asksToRebase])
  const again = (): void => {
    reload()
    runs.reload()
  }
  const latest = state.evaluation
  const run = runs.value?.find(({ trace_id: id }) => id === route.path[0]) ?? latest
  const isOld = run !== null && run.trace_id !== latest?.trace_id
  const show = ({ trace_id: id }: Evaluation): void => go('msc', id === latest?.trace_id ? [] : [id])
  return (
    <div className="msc">
      <VerdictLine state={state} onRun={again} />
      <div className="mscmain">
        {run === null ? (
          <NoRun state={state} />
        ) : (
          <VotesPanel run={run} onLatest={isOld ? () => go('msc') : undefined} />
        )}
        <StrategiesPanel />
        <RunsPanel
          runs={runs.value}
          fault={runs.fault}
          shown={run?.trace_id ?? null}
          onShow={show}
          onRetry={runs.reload}
        />
      </div>
      <div className="mscside">
        {run === null ? null : <WouldWrite run={run} />}
        <NextChanges state={state} />
        <ModeHistory runs={runs.value ?? []} />
        {run === null ? null : <Gauges run={run} onRebase={() => setIsRebasing(true)} />}
        <TimeAndHealth state={state} />
      </div>
      {isRebasing ? (
        <RebaseSheet trades={latest?.evidence.trades ?? 0} onClose={() => setIsRebasing(false)} onDone={again} />
      ) : null}
    </div>
  )
}

const NoRun = ({ state }: { readonly state: MscState }): JSX.Element => (
  <EmptyState title="No votes yet.">
    {state.status === 'disabled'
      ? 'MSC is off in the configuration: nobody but you and your rules changes the mode.'
      : `MSC runs at the start and every ${state.interval_minutes} min of the station’s clock; “Run now” does not wait.`}
  </EmptyState>
)
