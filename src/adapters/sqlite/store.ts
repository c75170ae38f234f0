/** Everything the station keeps, over one database. */
import { SqliteCandleShelf } from './candle-shelf.ts'
import type { SqliteDatabase } from './database.ts'
import { SqliteJournal } from './journal.ts'
import { SqlitePaperShelf } from './paper-shelf.ts'
import { SqlitePolicyShelf } from './policy-shelf.ts'
import { SqliteRankingShelf } from './ranking-shelf.ts'
import { SqliteRecords } from './records.ts'
import { SqliteSettingsShelf } from './settings-shelf.ts'
import { SqliteTokenShelf } from './token-shelf.ts'

export interface SqliteStore {
  readonly database: SqliteDatabase
  readonly journal: SqliteJournal
  readonly records: SqliteRecords
  readonly policies: SqlitePolicyShelf
  readonly tokens: SqliteTokenShelf
  readonly paper: SqlitePaperShelf
  readonly settings: SqliteSettingsShelf
  readonly candles: SqliteCandleShelf
  readonly rankings: SqliteRankingShelf
}

/** The shelves of a database from `openDatabase` or `openInMemory`; closing the database closes them all. */
export function storeOf(database: SqliteDatabase): SqliteStore {
  return {
    database,
    journal: new SqliteJournal(database),
    records: new SqliteRecords(database),
    policies: new SqlitePolicyShelf(database),
    tokens: new SqliteTokenShelf(database),
    paper: new SqlitePaperShelf(database),
    settings: new SqliteSettingsShelf(database),
    candles: new SqliteCandleShelf(database),
    rankings: new SqliteRankingShelf(database),
  }
}
