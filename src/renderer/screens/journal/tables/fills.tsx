/** The tab of fills: what was bought and sold, at which price and fee. */
import type { Fill } from '../../../../contract/trading-shapes.ts'
import { hrefOf } from '../../../frame/route.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { Money } from '../../../widgets/figures.tsx'
import {
  figureColumn,
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

export const FILLS: JournalTable<Fill> = {
  id: 'fills',
  name: 'Fills',
  counted: 'fills',
  columns: [
    timeColumn('at', ({ at }) => at),
    symbolColumn(),
    wordColumn('side', 'Side', 'side', ({ side }) => side, '56px'),
    sizeColumn('quantity', 'Size', 'quantity', ({ quantity }) => quantity),
    priceColumn('price', 'Price', 'price', ({ price }) => price),
    figureColumn(
      'fee',
      'Fee, USDT',
      'fee',
      ({ fee }) => fee,
      ({ fee }) => <Money value={fee} decimals={4} />,
    ),
    wordColumn('liquidity', 'As', 'liquidity', ({ liquidity }) => liquidity, '64px'),
    strategyColumn(),
    textColumn('order', 'Order', 'client_order_id', ({ client_order_id }) => client_order_id, { className: 'dim' }),
    traceColumn(({ trace_id }) => trace_id),
    textColumn('id', 'Fill id', 'id', ({ id }) => id, { width: '170px', className: 'dim' }),
  ],
  hidden: ['id'],
  keyOf: ({ id }) => id,
  atOf: ({ at }) => at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: () => false,
  ask: ({ limit, cursor, fields }, signal) => station.orders.fills({ limit, cursor, ...fields }, { signal }),
  parameters: ASKED_STRATEGY,
  fieldsOf: ({ symbol, strategy_id, trace_id, side, liquidity, client_order_id, id }) => ({
    symbol,
    strategy: strategy_id,
    trace: trace_id,
    side,
    liquidity,
    order: client_order_id,
    id,
  }),
  keys: [
    OF_SYMBOL,
    OF_STRATEGY,
    { key: 'side', field: 'side', values: ['BUY', 'SELL'] },
    { key: 'liquidity', field: 'liquidity', values: ['MAKER', 'TAKER'] },
    { key: 'order', field: 'order' },
    OF_TRACE,
  ],
  empty: (
    <EmptyState title="No fills yet.">
      An order is filled when the market comes to its price. <a href={hrefOf('journal', ['orders'])}>See the orders</a>
    </EmptyState>
  ),
  example: 'liquidity:taker  symbol:BTC  last:2h',
}
