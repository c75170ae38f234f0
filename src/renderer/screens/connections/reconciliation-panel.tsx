/** The last look of the books at the exchange, what differed, and another look now. */
import type { JSX } from 'react'

import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Time } from '../../widgets/figures.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { ageText, spaced } from './connection-words.ts'
import type { Lines } from './use-connections.ts'

interface ReconciliationPanelProps {
  readonly lines: Lines
  readonly onReconcile: () => void
}

export function ReconciliationPanel({ lines, onReconcile }: ReconciliationPanelProps): JSX.Element {
  const { reconciliation, is_reconciling: isRunning, foreign_orders: foreign } = lines
  return (
    <Panel
      title="Reconciliation"
      note={
        <span className="meta" role="status">
          {isRunning
            ? 'looking now…'
            : reconciliation === null
              ? ''
              : `${reconciliation.ok ? 'nothing differed' : `${reconciliation.differences.length} differed`}, ${ageText(reconciliation.at, lines.at)}`}
        </span>
      }
      verbs={
        <Button onClick={onReconcile} disabled={isRunning}>
          Reconcile now <KeyCap keys="R" />
        </Button>
      }
    >
      {reconciliation === null ? (
        <EmptyState title="Not held against the exchange yet.">
          It is done at the start, after each reconnect and every minute.
        </EmptyState>
      ) : (
        <Differences reconciliation={reconciliation} />
      )}
      {foreign === 0 ? null : (
        <p className="note-line">
          <b>{foreign}</b> order{foreign === 1 ? ' is' : 's are'} not ours: see <a href="#/bridge">the Bridge</a>.
        </p>
      )}
    </Panel>
  )
}

function Differences({
  reconciliation: { at, differences },
}: {
  readonly reconciliation: NonNullable<Lines['reconciliation']>
}): JSX.Element {
  if (differences.length === 0)
    return (
      <EmptyState title="Books and exchange agree.">
        Positions, orders, balance, fills and income were compared at <Time at={at} withDate />.
      </EmptyState>
    )
  return (
    <div className="scroll">
      <table aria-label="Differences">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">About</th>
            <th scope="col" className="num">
              Booked
            </th>
            <th scope="col" className="num">
              At the exchange
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each, place) => (
            <tr key={`${each.kind} ${each.about} ${String(place)}`}>
              <th scope="row">
                {each.symbol ?? ''} {spaced(each.kind)}
              </th>
              <td>{each.about}</td>
              <td className="num">{each.booked}</td>
              <td className="num">{each.venue}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
