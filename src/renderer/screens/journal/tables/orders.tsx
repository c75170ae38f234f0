/** The tab of orders: what was sent to the exchange, and what became of it. */
import type { Order } from '../../../../contract/trading-shapes.ts'
import { hrefOf } from '../../../frame/route.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import {
  policyColumn,
  priceColumn,
  sizeColumn,
  strategyColumn,
  symbolColumn,
  textColumn,
  timeColumn,
  traceColumn,
  wordColumn,
} from './columns.tsx'
import { ASKED_STRATEGY, type JournalTable, OF_STRATEGY, OF_SYMBOL, OF_TRACE } from './journal-table.ts'

const ENDED = ['DENIED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'FAILED']
const STATES = ['INTENT', 'DENIED', 'SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', ...ENDED.slice(1), 'UNKNOWN']

export const ORDERS: JournalTable<Order> = {
  id: 'orders',
  name: 'Orders',
  counted: 'orders',
  columns: [
    timeColumn('created_at', ({ created_at }) => created_at),
    symbolColumn(),
    wordColumn('side', 'Side', 'side', ({ side }) => side, '48px'),
    wordColumn('purpose', 'For', 'purpose', ({ purpose }) => purpose, '86px'),
    wordColumn('type', 'Type', 'type', ({ type }) => type, '140px'),
    sizeColumn('quantity', 'Size', 'quantity', ({ quantity }) => quantity),
    sizeColumn('filled', 'Filled', 'filled_quantity', ({ filled_quantity }) => filled_quantity),
    priceColumn('price', 'Price', 'price', ({ price, trigger_price }) => price ?? trigger_price),
    priceColumn('average', 'Filled at', 'average_price', ({ average_price }) =>
      Number(average_price) === 0 ? null : average_price,
    ),
    wordColumn('state', 'State', 'state', ({ state }) => state, '104px'),
    textColumn('reason', 'Because', 'reason', ({ reason }) => reason),
    strategyColumn(),
    wordColumn('position_side', 'Position', 'position_side', ({ position_side }) => position_side, '72px'),
    timeColumn('updated_at', ({ updated_at }) => updated_at, 'Changed', 'updated'),
    policyColumn(),
    traceColumn(({ trace_id }) => trace_id),
    textColumn('id', 'Order id', 'client_order_id', ({ client_order_id }) => client_order_id, {
      width: '190px',
      className: 'dim',
    }),
    textColumn('venue', 'Exchange id', 'venue_order_id', ({ venue_order_id }) => venue_order_id, {
      width: '110px',
      className: 'dim',
    }),
  ],
  hidden: ['strategy', 'position_side', 'updated', 'policy', 'id', 'venue'],
  keyOf: ({ client_order_id }) => client_order_id,
  atOf: ({ created_at }) => created_at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: ({ state }) => !ENDED.includes(state),
  ask: ({ limit, cursor, fields }, signal) => station.orders.list({ limit, cursor, ...fields }, { signal }),
  parameters: { ...ASKED_STRATEGY, state: 'state' },
  fieldsOf: (row) => ({
    symbol: row.symbol,
    strategy: row.strategy_id,
    trace: row.trace_id,
    state: row.state,
    purpose: row.purpose,
    side: row.side,
    type: row.type,
    reason: row.reason,
    id: row.client_order_id,
  }),
  keys: [
    OF_SYMBOL,
    OF_STRATEGY,
    { key: 'state', field: 'state', values: STATES },
    { key: 'purpose', field: 'purpose', values: ['ENTRY', 'STOP', 'TAKE_PROFIT', 'TRAILING', 'CLOSE'] },
    { key: 'side', field: 'side', values: ['BUY', 'SELL'] },
    OF_TRACE,
  ],
  empty: (
    <EmptyState title="No orders yet.">
      An approved decision becomes an order; every entry brings its stop with it.{' '}
      <a href={hrefOf('journal', ['decisions'])}>See the decisions</a>
    </EmptyState>
  ),
  example: 'state:filled  purpose:entry  symbol:BTC  last:2h',
}
