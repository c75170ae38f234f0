/** The paper exchange's own books: documents by kind and key, apart from the journal. */
import type Database from 'better-sqlite3'

import type { PaperDocument, PaperShelf } from '../../core/ports/paper-shelf.ts'
import type { SqliteDatabase } from './database.ts'

export class SqlitePaperShelf implements PaperShelf {
  readonly #database: SqliteDatabase
  readonly #load: Database.Statement<[string], PaperDocument>
  readonly #find: Database.Statement<[string, string], PaperDocument>
  readonly #since: Database.Statement<[string, number], PaperDocument>
  readonly #put: Database.Statement<[string, string, number, string]>
  readonly #remove: Database.Statement<[string, string]>

  constructor(database: SqliteDatabase) {
    const { sql } = database
    const select = 'SELECT kind, key, at, value FROM paper_documents WHERE kind = ?'
    this.#database = database
    this.#load = sql.prepare(`${select} ORDER BY at, key`)
    this.#find = sql.prepare(`${select} AND key = ?`)
    this.#since = sql.prepare(`${select} AND at > ? ORDER BY at, key`)
    this.#put = sql.prepare(
      `INSERT INTO paper_documents (kind, key, at, value) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, key) DO UPDATE SET at = excluded.at, value = excluded.value`,
    )
    this.#remove = sql.prepare('DELETE FROM paper_documents WHERE kind = ? AND key = ?')
  }

  load(kind: string): readonly PaperDocument[] {
    return this.#load.all(kind)
  }

  find(kind: string, key: string): PaperDocument | null {
    return this.#find.get(kind, key) ?? null
  }

  since(kind: string, at: number): readonly PaperDocument[] {
    return this.#since.all(kind, at)
  }

  commit(puts: readonly PaperDocument[], removals: readonly { readonly kind: string; readonly key: string }[]): void {
    this.#database.commit('normal', () => {
      for (const { kind, key } of removals) this.#remove.run(kind, key)
      for (const { kind, key, at, value } of puts) this.#put.run(kind, key, at, value)
    })
  }
}
