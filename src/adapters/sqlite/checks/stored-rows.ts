/** Rows of a table one at a time, for checks that read it to its end. */
import type Database from 'better-sqlite3'

import type { JournalTable, JournalTables } from '../../../core/ports/journal.ts'
import { JOURNAL_SHAPES } from '../tables.ts'

/** @throws UnreadableRow */
export function* storedRows<Table extends JournalTable>(
  sql: Database.Database,
  table: Table,
  order: string,
): Generator<JournalTables[Table]> {
  for (const stored of sql.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).iterate()) {
    yield JOURNAL_SHAPES[table].codec.decode(stored)
  }
}
