/** The tab of decisions: what became of every signal and every wish, and why. */
import type { Decision } from '../../../../contract/trading-shapes.ts'
import { hrefOf } from '../../../frame/route.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { Figure } from '../../../widgets/figures.tsx'
import { DENIAL_CODES, DROP_CODES } from '../why/step-words.ts'
import { Verdict } from './cells.tsx'
import {
  figureColumn,
  policyColumn,
  strategyColumn,
  symbolColumn,
  textColumn,
  timeColumn,
  traceColumn,
  wordColumn,
} from './columns.tsx'
import { ASKED_STRATEGY, type JournalTable, OF_SIDE, OF_STRATEGY, OF_SYMBOL, OF_TRACE } from './journal-table.ts'

export const DECISIONS: JournalTable<Decision> = {
  id: 'decisions',
  name: 'Decisions',
  counted: 'decisions',
  columns: [
    timeColumn('at', ({ at }) => at),
    symbolColumn(),
    wordColumn('side', 'Side', 'side', ({ side }) => side, '56px'),
    strategyColumn(),
    wordColumn('kind', 'Kind', 'kind', ({ kind }) => kind, '72px'),
    figureColumn(
      'confidence',
      'Conf.',
      'confidence',
      ({ confidence }) => confidence,
      ({ confidence }) => <Figure value={confidence} decimals={2} />,
      '56px',
    ),
    figureColumn(
      'ranking',
      'Rank',
      'ranking',
      ({ ranking }) => ranking,
      ({ ranking }) => <Figure value={ranking} decimals={2} />,
      '56px',
    ),
    {
      id: 'outcome',
      head: 'Decision',
      width: '100px',
      cell: ({ outcome }) => <Verdict outcome={outcome} />,
      sortBy: ({ outcome }) => outcome,
      csv: { head: 'outcome', value: ({ outcome }) => outcome },
    },
    textColumn('because', 'Because', 'sentence', ({ sentence }) => sentence),
    textColumn('code', 'Code', 'code', ({ code }) => code, { width: '170px', className: 'dim' }),
    wordColumn('gate', 'Stopped by', 'gate', ({ gate }) => gate, '100px'),
    textColumn('actual', 'Was', 'actual', ({ actual }) => (actual === null ? null : String(actual)), {
      width: '96px',
    }),
    textColumn('limit', 'Limit', 'limit', ({ limit }) => (limit === null ? null : String(limit)), { width: '96px' }),
    policyColumn(),
    traceColumn(({ trace_id }) => trace_id),
    textColumn('id', 'Id', 'id', ({ id }) => id, { width: '170px', className: 'dim' }),
  ],
  hidden: ['kind', 'code', 'gate', 'actual', 'limit', 'policy', 'id'],
  keyOf: ({ id }) => id,
  atOf: ({ at }) => at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: () => false,
  // the stairs of one decision are read when it is opened: a hundred thousand of them would fill the memory
  ask: ({ limit, cursor, fields }, signal) =>
    station.records
      .decisions({ limit, cursor, ...fields }, { signal })
      .then(({ items, next }) => ({ items: items.map((item) => ({ ...item, steps: [] })), next })),
  parameters: { ...ASKED_STRATEGY, outcome: 'outcome', code: 'code' },
  fieldsOf: ({ symbol, strategy_id, trace_id, outcome, code, kind, side, gate, sentence, id }) => ({
    symbol,
    strategy: strategy_id,
    trace: trace_id,
    outcome,
    code,
    kind,
    side,
    gate,
    sentence,
    id,
  }),
  keys: [
    OF_SYMBOL,
    OF_STRATEGY,
    { key: 'outcome', field: 'outcome', values: ['approved', 'dropped', 'denied'] },
    { key: 'denied', field: 'code', values: DENIAL_CODES, also: { field: 'outcome', value: 'denied' } },
    { key: 'dropped', field: 'code', values: DROP_CODES, also: { field: 'outcome', value: 'dropped' } },
    { key: 'kind', field: 'kind', values: ['ENTRY', 'EXIT', 'MANUAL', 'PROTECT', 'FLATTEN'] },
    OF_SIDE,
    { key: 'gate', field: 'gate', values: ['orchestrator', 'guard'] },
    OF_TRACE,
  ],
  empty: (
    <EmptyState title="No decisions yet.">
      Every signal of a strategy and every wish of yours is decided here, with each figure that was looked at.{' '}
      <a href={hrefOf('journal', ['signals'])}>See the signals</a>
    </EmptyState>
  ),
  example: 'denied:max_positions  strategy:breakout  symbol:BTC  last:2h',
}
