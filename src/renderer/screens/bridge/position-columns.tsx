/** The columns of the table of positions; resting entries use the same. */
import type { ReactNode } from 'react'

import type { Position } from '../../../contract/trading-shapes.ts'
import { Money, Percent, Profit } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import type { Column } from '../../widgets/table-column.ts'
import { MarkCell, OpenFor, PriceCell, ProtectionCell, RestingFor, SizeCell, Track } from './position-cells.tsx'
import { isOrder, notionalOf, type BookRow } from './position-rows.ts'

/** A cell of positions only; resting entries show `otherwise`. */
const ofPosition =
  (cell: (position: Position) => ReactNode, otherwise: ReactNode = null) =>
  (row: BookRow): ReactNode =>
    isOrder(row) ? otherwise : cell(row)

const sideOf = (row: BookRow): string => ((isOrder(row) ? row.position_side : row.side) === 'LONG' ? 'Long' : 'Short')
const entryOf = (row: BookRow): string | null => (isOrder(row) ? row.price : row.entry_price)
const openedAt = (row: BookRow): string => (isOrder(row) ? row.created_at : row.opened_at)
const profitOf = (row: BookRow): number => (isOrder(row) ? Number.NaN : Number(row.unrealised))
const returnOf = (row: Position): number => {
  const cost = Number(row.quantity) * Number(row.entry_price)
  return cost > 0 ? Number(row.unrealised) / cost : 0
}

/** `padTo`: decimals of the finest price in the table; `action`: the verb of a row. */
export const positionColumns = (padTo: number, action: (row: BookRow) => ReactNode): Column<BookRow>[] => [
  {
    id: 'symbol',
    head: 'Symbol',
    cell: (row) =>
      row.is_foreign ? (
        <>
          {row.symbol} <span className="tag">not ours</span>
        </>
      ) : (
        row.symbol
      ),
    sortBy: (row) => row.symbol,
    csv: { head: 'symbol', value: (row) => row.symbol },
  },
  { id: 'side', head: 'Side', className: 'side', cell: sideOf, sortBy: sideOf, csv: { head: 'side', value: sideOf } },
  {
    id: 'size',
    head: 'Size',
    isNumber: true,
    className: 'wide',
    cell: (row) => <SizeCell symbol={row.symbol} value={row.quantity} />,
    csv: { head: 'quantity', value: (row) => row.quantity },
  },
  {
    id: 'notional',
    head: 'USDT',
    isNumber: true,
    cell: (row) => <Money value={notionalOf(row)} decimals={0} />,
    sortBy: notionalOf,
    firstOrder: 'descending',
  },
  {
    id: 'entry',
    head: 'Entry',
    isNumber: true,
    className: 'wide',
    cell: (row) => <PriceCell symbol={row.symbol} value={entryOf(row)} padTo={padTo} />,
    csv: { head: 'entry', value: entryOf },
  },
  {
    id: 'mark',
    head: 'Mark',
    isNumber: true,
    cell: ofPosition((row) => <MarkCell symbol={row.symbol} value={row.mark_price} padTo={padTo} />),
    csv: { head: 'mark', value: (row) => (isOrder(row) ? null : row.mark_price) },
  },
  {
    id: 'profit',
    head: 'P&L',
    isNumber: true,
    cell: ofPosition((row) => <Profit value={row.unrealised} />, <span className="dim">resting</span>),
    sortBy: profitOf,
    firstOrder: 'descending',
    csv: { head: 'unrealised', value: (row) => (isOrder(row) ? null : row.unrealised) },
  },
  {
    id: 'return',
    head: 'P&L %',
    isNumber: true,
    cell: ofPosition((row) => <Profit value={100 * returnOf(row)} />),
    sortBy: (row) => (isOrder(row) ? Number.NaN : returnOf(row)),
    firstOrder: 'descending',
  },
  {
    id: 'track',
    head: 'Stop to target',
    className: 'wide',
    cell: (row) => (isOrder(row) ? <RestingFor since={row.created_at} type={row.type} /> : <Track position={row} />),
  },
  {
    id: 'stop',
    head: 'To stop',
    isNumber: true,
    cell: ofPosition((row) =>
      row.is_foreign ? (
        <span className="dim">–</span>
      ) : (
        <span title={`${formatNumber(row.loss_at_stop, { decimals: 2 })} USDT lost if it is hit`}>
          <Percent fraction={row.stop_distance} />
        </span>
      ),
    ),
    sortBy: (row) => (isOrder(row) || row.is_foreign ? Number.NaN : row.stop_distance),
    csv: { head: 'to_stop', value: (row) => (isOrder(row) ? null : row.stop_distance) },
  },
  {
    id: 'stopPrice',
    head: 'Stop',
    isNumber: true,
    cell: ofPosition((row) => <PriceCell symbol={row.symbol} value={row.stop_price} padTo={padTo} />),
    csv: { head: 'stop', value: (row) => (isOrder(row) ? null : row.stop_price) },
  },
  {
    id: 'targetPrice',
    head: 'Target',
    isNumber: true,
    cell: ofPosition((row) => <PriceCell symbol={row.symbol} value={row.take_profit_price} padTo={padTo} />),
    csv: { head: 'target', value: (row) => (isOrder(row) ? null : row.take_profit_price) },
  },
  {
    id: 'atStop',
    head: 'Lost at stop',
    isNumber: true,
    cell: ofPosition((row) => <Money value={row.loss_at_stop} />),
    sortBy: (row) => (isOrder(row) ? Number.NaN : row.loss_at_stop),
    firstOrder: 'descending',
    csv: { head: 'loss_at_stop', value: (row) => (isOrder(row) ? null : row.loss_at_stop) },
  },
  {
    id: 'strategy',
    head: 'Strategy',
    cell: (row) => row.strategy_id,
    sortBy: (row) => row.strategy_id,
    csv: { head: 'strategy', value: (row) => row.strategy_id },
  },
  {
    id: 'held',
    head: 'Open for',
    isNumber: true,
    cell: (row) => <OpenFor since={openedAt(row)} />,
    sortBy: (row) => -Date.parse(openedAt(row)),
    csv: { head: 'opened_at', value: openedAt },
  },
  {
    id: 'protection',
    head: 'Stop is',
    cell: (row) =>
      isOrder(row) ? (
        <span className="dim">{row.is_foreign ? '–' : 'With fill'}</span>
      ) : (
        <ProtectionCell position={row} />
      ),
  },
  { id: 'action', head: <span className="sr">Action</span>, cell: action },
]
