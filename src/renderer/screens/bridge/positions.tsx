/** What is open, with its profit, its way to the stop, and the verb that closes it. */
import type { JSX } from 'react'

import type { Position } from '../../../contract/trading-shapes.ts'
import { closePosition } from '../../commands/position-commands.ts'
import { useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { DataTable, type Column } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Percent, Price, Profit } from '../../widgets/figures.tsx'
import { Panel } from '../../widgets/panel.tsx'

const COLUMNS: readonly Column<Position>[] = [
  { id: 'symbol', head: 'Symbol', cell: (row) => row.symbol, sortBy: (row) => row.symbol },
  { id: 'side', head: 'Side', cell: (row) => (row.side === 'LONG' ? 'Long' : 'Short') },
  { id: 'mark', head: 'Mark', isNumber: true, cell: (row) => <Price value={row.mark_price} decimals={null} /> },
  {
    id: 'profit',
    head: 'P&L',
    isNumber: true,
    cell: (row) => <Profit value={row.unrealised} />,
    sortBy: (row) => Number(row.unrealised),
  },
  { id: 'stop', head: 'To stop', isNumber: true, cell: (row) => <Percent fraction={row.stop_distance} /> },
  {
    id: 'close',
    head: <span className="sr">Action</span>,
    cell: (row) => (
      <Button look="quiet" onClick={() => void closePosition(row.symbol)}>
        Close
      </Button>
    ),
  },
]

export function Positions(): JSX.Element {
  const positions = useLive((replica) => replica.positions)
  return (
    <Panel title="Positions" note={<span>{positions.size} open</span>}>
      <DataTable
        label="Positions"
        columns={COLUMNS}
        rows={[...positions.values()]}
        keyOf={(row) => row.symbol}
        empty={<EmptyState title="Nothing is open." />}
      />
    </Panel>
  )
}
