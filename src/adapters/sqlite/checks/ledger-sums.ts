/** What the ledger booked of one kind, per symbol. */
import type Database from 'better-sqlite3'

import type { LedgerKind } from '../../../core/model/position.ts'
import { storedRows } from './stored-rows.ts'
import { Sums } from './sums.ts'

export function ledgerBySymbol(sql: Database.Database, kind: LedgerKind): Sums {
  const sums = new Sums()
  for (const entry of storedRows(sql, 'ledger', 'row')) {
    if (entry.kind === kind) sums.add(entry.symbol ?? '', entry.amount)
  }
  return sums
}
