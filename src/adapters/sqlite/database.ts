/** One open database: every write goes through one transaction of known durability. */
import type Database from 'better-sqlite3'

import { asUnwritable } from './errors.ts'

/** `full`: a commit survives power loss. `normal`: it survives the process, power loss may take the newest commits. */
export type Durability = 'full' | 'normal'

/** What has to end before and after the database closes. */
interface Closing {
  readonly before?: () => void
  readonly after?: () => void
}

export class SqliteDatabase {
  readonly sql: Database.Database
  readonly file: string
  #durability: Durability = 'full'
  readonly #transaction: Database.Transaction<(work: () => void) => void>
  readonly #closing: Closing

  /** `sql` must be set to full synchronisation. */
  constructor(sql: Database.Database, file: string, closing: Closing = {}) {
    this.sql = sql
    this.file = file
    this.#closing = closing
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
    this.#closing.before?.()
    this.sql.close()
    this.#closing.after?.()
  }

  /** Costs some µs, so it is left as it is until another durability is asked for. */
  #setDurability(durability: Durability): void {
    this.sql.pragma(`synchronous = ${durability}`)
    this.#durability = durability
  }
}
