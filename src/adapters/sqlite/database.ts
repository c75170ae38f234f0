/** One open database: every write goes through one transaction of known durability. */
import type Database from 'better-sqlite3'

import { asUnwritable } from './errors.ts'

/** `full`: a commit survives power loss. `normal`: it survives the process, power loss may take the newest commits. */
export type Durability = 'full' | 'normal'

export class SqliteDatabase {
  readonly sql: Database.Database
  readonly file: string
  #durability: Durability = 'full'
  readonly #transaction: Database.Transaction<(work: () => void) => void>
  readonly #onClose: () => void

  /** `sql` must be set to full synchronisation. */
  constructor(sql: Database.Database, file: string, onClose: () => void = () => {}) {
    this.sql = sql
    this.file = file
    this.#onClose = onClose
    this.#transaction = sql.transaction((work: () => void) => {
      work()
    })
  }

  /**
   * Commits what `work` writes, all of it or nothing.
   * @throws JournalUnwritable when the database takes no writes; what `work` throws, as it is
   */
  commit(durability: Durability, work: () => void): void {
    try {
      if (durability !== this.#durability) this.#setDurability(durability)
      this.#transaction.immediate(work)
    } catch (problem) {
      throw asUnwritable(problem)
    }
  }

  close(): void {
    if (!this.sql.open) return
    this.sql.close()
    this.#onClose()
  }

  /** Costs some µs, so it is left as it is until another durability is asked for. */
  #setDurability(durability: Durability): void {
    this.sql.pragma(`synchronous = ${durability}`)
    this.#durability = durability
  }
}
