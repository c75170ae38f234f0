/** Small texts by name: the feed's position, the last environment seen, and the like. */
import type Database from 'better-sqlite3'

import type { SqliteDatabase } from './database.ts'

/** feed time of the journal's last flush, epoch ms */
export const FEED_POSITION = 'feed_position'

export class SqliteSettingsShelf {
  readonly #database: SqliteDatabase
  readonly #read: Database.Statement<[string], string>
  readonly #write: Database.Statement<[string, string]>
  readonly #remove: Database.Statement<[string]>

  constructor(database: SqliteDatabase) {
    this.#database = database
    this.#read = database.sql.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck()
    this.#write = database.sql.prepare(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
    this.#remove = database.sql.prepare('DELETE FROM settings WHERE name = ?')
  }

  get(name: string): string | null {
    return this.#read.get(name) ?? null
  }

  /** Durable when it returns; null removes it. */
  set(name: string, value: string | null): void {
    this.#database.commit('full', () => {
      if (value === null) this.#remove.run(name)
      else this.#write.run(name, value)
    })
  }

  /** Inside a transaction of the caller's. */
  put(name: string, value: string): void {
    this.#write.run(name, value)
  }
}
