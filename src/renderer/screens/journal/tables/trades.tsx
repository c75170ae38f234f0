/** The tab of trades: positions from their opening to their close, and what they made. */
import type { Trade } from '../../../../contract/trading-shapes.ts'
import { hrefOf } from '../../../frame/route.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { Figure, Money, Profit } from '../../../widgets/figures.tsx'
import {
  figureColumn,
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
import { ASKED_STRATEGY, type JournalTable, OF_SIDE, OF_STRATEGY, OF_SYMBOL, OF_TRACE } from './journal-table.ts'

export const TRADES: JournalTable<Trade> = {
  id: 'trades',
  name: 'Trades',
  counted: 'trades',
  columns: [
    timeColumn('closed_at', ({ closed_at }) => closed_at, 'Closed', 'closed'),
    symbolColumn(),
    wordColumn('side', 'Side', 'side', ({ side }) => side, '56px'),
    sizeColumn('quantity', 'Size', 'quantity', ({ quantity }) => quantity),
    priceColumn('entry', 'Entry', 'entry_price', ({ entry_price }) => entry_price),
    priceColumn('exit', 'Exit', 'exit_price', ({ exit_price }) => exit_price),
    figureColumn(
      'profit',
      'P&L, USDT',
      'profit',
      ({ profit }) => profit,
      ({ profit }) => <Profit value={profit} />,
    ),
    figureColumn(
      'r',
      'R',
      'r_multiple',
      ({ r_multiple }) => r_multiple,
      ({ r_multiple }) => <Figure value={r_multiple} decimals={2} isSigned />,
      '64px',
    ),
    wordColumn('exit_reason', 'Closed by', 'exit_reason', ({ exit_reason }) => exit_reason, '96px'),
    strategyColumn(),
    textColumn('mode', 'Mode', 'risk_mode', ({ risk_mode }) => risk_mode, { width: '104px', className: 'dim' }),
    timeColumn('opened_at', ({ opened_at }) => opened_at, 'Opened', 'opened'),
    figureColumn(
      'realised',
      'Realised',
      'realised',
      ({ realised }) => realised,
      ({ realised }) => <Profit value={realised} />,
    ),
    figureColumn(
      'fees',
      'Fees',
      'fees',
      ({ fees }) => fees,
      ({ fees }) => <Money value={fees} />,
      '72px',
    ),
    figureColumn(
      'funding',
      'Funding',
      'funding',
      ({ funding }) => funding,
      ({ funding }) => <Profit value={funding} />,
      '72px',
    ),
    policyColumn(),
    traceColumn(({ trace_id }) => trace_id),
    textColumn('id', 'Id', 'id', ({ id }) => id, { width: '170px', className: 'dim' }),
  ],
  hidden: ['mode', 'opened', 'realised', 'fees', 'funding', 'policy', 'id'],
  keyOf: ({ id }) => id,
  atOf: ({ closed_at }) => closed_at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: () => false,
  ask: ({ limit, cursor, fields }, signal) => station.positions.trades({ limit, cursor, ...fields }, { signal }),
  parameters: ASKED_STRATEGY,
  fieldsOf: ({ symbol, strategy_id, trace_id, side, exit_reason, risk_mode, id }) => ({
    symbol,
    strategy: strategy_id,
    trace: trace_id,
    side,
    exit: exit_reason,
    mode: risk_mode,
    id,
  }),
  keys: [
    OF_SYMBOL,
    OF_STRATEGY,
    OF_SIDE,
    {
      key: 'exit',
      field: 'exit',
      values: ['STOP', 'TAKE_PROFIT', 'TRAILING', 'SIGNAL', 'MANUAL', 'FLATTEN', 'LIQUIDATION', 'RECONCILED'],
    },
    { key: 'mode', field: 'mode', values: ['AGGRESSIVE', 'NORMAL', 'DEFENSIVE'] },
    OF_TRACE,
  ],
  empty: (
    <EmptyState title="No trades yet.">
      A trade is told when its position has closed.{' '}
      <a href={hrefOf('journal', ['decisions'], { q: 'outcome:approved kind:entry' })}>See the approved entries</a>
    </EmptyState>
  ),
  example: 'exit:stop  strategy:breakout  side:long  last:7d',
}
