/** The tab of signals: what strategies asked for. */
import type { Signal } from '../../../../contract/trading-shapes.ts'
import { hrefOf } from '../../../frame/route.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { Figure } from '../../../widgets/figures.tsx'
import {
  figureColumn,
  priceColumn,
  strategyColumn,
  symbolColumn,
  textColumn,
  timeColumn,
  traceColumn,
  wordColumn,
} from './columns.tsx'
import { ASKED_STRATEGY, type JournalTable, OF_SIDE, OF_STRATEGY, OF_SYMBOL, OF_TRACE } from './journal-table.ts'

export const SIGNALS: JournalTable<Signal> = {
  id: 'signals',
  name: 'Signals',
  counted: 'signals',
  columns: [
    timeColumn('created_at', ({ created_at }) => created_at),
    symbolColumn(),
    wordColumn('side', 'Side', 'side', ({ side }) => side, '56px'),
    wordColumn('kind', 'Kind', 'kind', ({ kind }) => kind, '64px'),
    strategyColumn(),
    figureColumn(
      'confidence',
      'Conf.',
      'confidence',
      ({ confidence }) => confidence,
      ({ confidence }) => <Figure value={confidence} decimals={2} />,
      '56px',
    ),
    priceColumn('price', 'Price', 'price', ({ price }) => price),
    priceColumn('stop', 'Stop', 'stop_price', ({ stop_price }) => stop_price),
    priceColumn('target', 'Target', 'take_profit_price', ({ take_profit_price }) => take_profit_price),
    textColumn('interval', 'Bars', 'interval', ({ interval }) => interval, { width: '52px', className: 'dim' }),
    timeColumn('bar_at', ({ bar_at }) => bar_at, 'Bar', 'bar'),
    textColumn('model', 'Model', 'model_version', ({ model_version }) => model_version, { width: '110px' }),
    traceColumn(({ trace_id }) => trace_id),
    textColumn('id', 'Id', 'id', ({ id }) => id, { width: '170px', className: 'dim' }),
  ],
  hidden: ['bar', 'model', 'id'],
  keyOf: ({ id }) => id,
  atOf: ({ created_at }) => created_at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: () => false,
  ask: ({ limit, cursor, fields }, signal) => station.records.signals({ limit, cursor, ...fields }, { signal }),
  parameters: ASKED_STRATEGY,
  fieldsOf: ({ symbol, strategy_id, trace_id, kind, side, interval, id }) => ({
    symbol,
    strategy: strategy_id,
    trace: trace_id,
    kind,
    side,
    interval,
    id,
  }),
  keys: [OF_SYMBOL, OF_STRATEGY, { key: 'kind', field: 'kind', values: ['ENTRY', 'EXIT'] }, OF_SIDE, OF_TRACE],
  empty: (
    <EmptyState title="No signals yet.">
      Strategies speak when a bar closes, once they have seen enough bars. <a href={hrefOf('market')}>See the market</a>
    </EmptyState>
  ),
  example: 'strategy:breakout  symbol:BTC  kind:entry  last:2h',
}
