/** The tab of events: everything the station announced, in order. */
import type { Event } from '../../../../contract/events.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { figureColumn, textColumn, timeColumn, traceColumn } from './columns.tsx'
import { ASKED_TRACE, type JournalTable, OF_SYMBOL, OF_TRACE } from './journal-table.ts'

const MOST_SHOWN = 240

const dataText = ({ data }: Event): string => JSON.stringify(data ?? null)

/** Many events carry the symbol they are about. */
function symbolOf({ data }: Event): string | null {
  const symbol = typeof data === 'object' && data !== null && 'symbol' in data ? data.symbol : null
  return typeof symbol === 'string' ? symbol : null
}

export const EVENTS: JournalTable<Event> = {
  id: 'events',
  name: 'Events',
  counted: 'events',
  columns: [
    timeColumn('at', ({ at }) => at),
    textColumn('type', 'What happened', 'type', ({ type }) => type, { width: '190px', className: 'strong' }),
    textColumn('symbol', 'Symbol', 'symbol', symbolOf, { width: '112px' }),
    {
      id: 'data',
      head: 'Data',
      className: 'dim',
      cell: (row) => dataText(row).slice(0, MOST_SHOWN),
      csv: { head: 'data', value: dataText },
    },
    figureColumn(
      'seq',
      'Number',
      'seq',
      ({ seq }) => seq,
      ({ seq }) => seq,
      '80px',
    ),
    traceColumn(({ trace_id }) => trace_id),
  ],
  hidden: ['seq'],
  keyOf: ({ seq }) => String(seq),
  atOf: ({ at }) => at,
  traceOf: ({ trace_id }) => trace_id,
  mayChange: () => false,
  ask: ({ limit, cursor, fields }, signal) => station.records.events({ limit, cursor, ...fields }, { signal }),
  parameters: { ...ASKED_TRACE, type: 'type' },
  fieldsOf: (row) => ({ type: row.type, symbol: symbolOf(row), trace: row.trace_id, data: dataText(row) }),
  keys: [OF_SYMBOL, { key: 'type', field: 'type' }, OF_TRACE],
  empty: (
    <EmptyState title="Nothing has happened yet.">
      Changes of policy, health, orders and positions are announced here.
    </EmptyState>
  ),
  example: 'type:policy.updated  last:1d',
}
