/** Everything that belongs to one trace, as one line of time. */
import { type JSX, useState } from 'react'

import { hrefOf } from '../../../frame/route.ts'
import { Button } from '../../../widgets/button.tsx'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { FaultNote } from '../../../widgets/fault-note.tsx'
import { Skeleton } from '../../../widgets/skeleton.tsx'
import { MomentRow } from './moment-row.tsx'
import { useTrace } from './use-trace.ts'

export function TraceView({ id }: { readonly id: string }): JSX.Element {
  const { value, fault, isLoading, reload } = useTrace(id)
  const [showsEvents, setShowsEvents] = useState(false)
  const events = value?.filter(({ kind }) => kind === 'event').length ?? 0
  const shown = value?.filter(({ kind }) => showsEvents || kind !== 'event') ?? []
  return (
    <section className="tracepart" aria-label={`Trace ${id}`}>
      <div className="head">
        <h2>Trace {id}</h2>
        <span className="meta">
          {value === null ? '' : `${shown.length} ${shown.length === 1 ? 'moment' : 'moments'}, oldest first`}
        </span>
        <span className="push">
          {events === 0 ? null : (
            <Button look="quiet" aria-pressed={showsEvents} onClick={() => setShowsEvents(!showsEvents)}>
              {showsEvents ? 'Hide events' : `Show ${events} events`}
            </Button>
          )}
          <a className="btn" href={hrefOf('journal', ['decisions'], { q: `trace:${id}` })}>
            Show as rows
          </a>
          <Button onClick={reload} disabled={isLoading}>
            Read again
          </Button>
        </span>
      </div>
      {fault !== null && value === null ? <FaultNote what="The trace" fault={fault} onRetry={reload} /> : null}
      {fault === null && value === null ? <Skeleton lines={8} label="Reading the trace" /> : null}
      {value?.length === 0 ? (
        <EmptyState title={`Nothing is kept under trace ${id}.`}>
          A trace id has 20 letters and digits; every row of the journal shows the beginning of its own.
        </EmptyState>
      ) : null}
      {value === null || value.length === 0 ? null : (
        <ol className="timeline scroll" aria-label="Moments, oldest first">
          {shown.map((moment) => (
            <MomentRow key={moment.key} moment={moment} />
          ))}
        </ol>
      )}
    </section>
  )
}
