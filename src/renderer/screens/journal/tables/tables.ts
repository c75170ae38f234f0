/** The tabs of the journal, in the order in which a trade comes to be; then the money, then the station's own words. */
import { ALERTS } from './alerts.tsx'
import { DECISIONS } from './decisions.tsx'
import { EVENTS } from './events.tsx'
import { FILLS } from './fills.tsx'
import type { JournalTable } from './journal-table.ts'
import { LEDGER } from './ledger.tsx'
import { ORDERS } from './orders.tsx'
import { SIGNALS } from './signals.tsx'
import { TRADES } from './trades.tsx'

/** Each table only ever meets rows that it asked for itself. */
const anyTable = <Row>(table: JournalTable<Row>): JournalTable<unknown> => table as JournalTable<unknown>

export const TABLES: readonly JournalTable<unknown>[] = [
  anyTable(SIGNALS),
  anyTable(DECISIONS),
  anyTable(ORDERS),
  anyTable(FILLS),
  anyTable(TRADES),
  anyTable(LEDGER),
  anyTable(EVENTS),
  anyTable(ALERTS),
]

export const ALL_KEYS: readonly string[] = [...new Set(TABLES.flatMap(({ keys }) => keys.map(({ key }) => key)))]

export const FIRST_TABLE = anyTable(DECISIONS)
