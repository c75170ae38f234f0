/** What was decided, newest first, in plain sentences. */
import type { JSX } from 'react'

import type { Decision } from '../../../contract/trading-shapes.ts'
import { useLive } from '../../state/live.ts'
import { DataTable, type Column } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Time } from '../../widgets/figures.tsx'
import { Panel } from '../../widgets/panel.tsx'

const COLUMNS: readonly Column<Decision>[] = [
  { id: 'at', head: 'Time', cell: (row) => <Time at={row.at} /> },
  { id: 'symbol', head: 'Symbol', cell: (row) => row.symbol },
  { id: 'outcome', head: 'Outcome', cell: (row) => row.outcome },
  { id: 'why', head: 'Why', cell: (row) => row.sentence },
]

export function Decisions(): JSX.Element {
  const decisions = useLive((replica) => replica.decisions)
  return (
    <Panel title="Decisions">
      <DataTable
        label="Decisions"
        columns={COLUMNS}
        rows={[...decisions.values()].toReversed()}
        keyOf={(row) => row.id}
        empty={<EmptyState title="No decisions yet." />}
      />
    </Panel>
  )
}
