/** What one look at the database found. */
import type Database from 'better-sqlite3'

/** Tells every fault it finds, as a sentence; throws nothing but what SQLite throws. */
export interface Check {
  readonly name: string
  faults(sql: Database.Database): Iterable<string>
}
