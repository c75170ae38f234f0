/** The tab of the ledger: every movement of the balance. */
import type { LedgerEntry } from '../../../../contract/trading-shapes.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { Profit } from '../../../widgets/figures.tsx'
import { figureColumn, symbolColumn, textColumn, timeColumn, traceColumn, wordColumn } from './columns.tsx'
import { ASKED_SYMBOL, type JournalTable, OF_SYMBOL, OF_TRACE } from './journal-table.ts'

const KINDS = ['DEPOSIT', 'WITHDRAWAL', 'REALISED', 'FEE', 'FUNDING', 'LIQUIDATION_FEE', 'ADJUSTMENT']

export const LEDGER: JournalTable<LedgerEntry> = {
  id: 'ledger',
  name: 'Ledger',
  counted: 'ledger',
  columns: [
    timeColumn('at', ({ at }) => at),
    wordColumn('kind', 'Kind', 'kind', ({ kind }) => kind, '140px'),
    symbolColumn(),
    figureColumn(
      'amount',
      'Amount, USDT',
      'amount',
      ({ amount }) => amount,
      ({ amount }) => <Profit value={amount} decimals={4} />,
      '140px',
    ),
    textColumn('id', 'Id', 'id', ({ id }) => id, { className: 'dim' }),
    traceColumn(({ trace_id }) => trace_id),
  ],
  hidden: [],
  keyOf: ({ id }) => id,
  atOf: ({ at }) => at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: () => false,
  ask: ({ limit, cursor, fields }, signal) => station.account.ledger({ limit, cursor, ...fields }, { signal }),
  parameters: ASKED_SYMBOL,
  fieldsOf: ({ symbol, trace_id, kind, id }) => ({ symbol, trace: trace_id, kind, id }),
  keys: [OF_SYMBOL, { key: 'kind', field: 'kind', values: KINDS }, OF_TRACE],
  empty: (
    <EmptyState title="The ledger is empty.">
      Deposits, profits, fees and funding are booked here, to the last decimal.
    </EmptyState>
  ),
  example: 'kind:fee  symbol:BTC  last:1d',
}
