/** Bearer tokens of the HTTP door, as hashes. */
import type Database from 'better-sqlite3'

import type { TokenRow, TokenShelf } from '../../core/ports/token-shelf.ts'
import { RowCodec } from './columns.ts'
import type { SqliteDatabase } from './database.ts'

const CODEC = new RowCodec<TokenRow>('tokens', { name: 'text', scope: 'text', hash: 'text', createdAt: 'integer' })

export class SqliteTokenShelf implements TokenShelf {
  readonly #database: SqliteDatabase
  readonly #insert: Database.Statement
  readonly #list: Database.Statement
  readonly #remove: Database.Statement<[string]>
  readonly #find: Database.Statement<[string]>

  constructor(database: SqliteDatabase) {
    const { sql } = database
    this.#database = database
    this.#insert = sql.prepare(
      'INSERT INTO tokens (name, scope, hash, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING',
    )
    this.#list = sql.prepare('SELECT * FROM tokens ORDER BY created_at, name')
    this.#remove = sql.prepare('DELETE FROM tokens WHERE name = ?')
    this.#find = sql.prepare('SELECT * FROM tokens WHERE hash = ?')
  }

  add(row: TokenRow): void {
    const cells = CODEC.encode(row)
    this.#database.commit('full', () => {
      if (this.#insert.run(cells).changes === 0) throw new Error(`there is already a token named ${row.name}`)
    })
  }

  list(): readonly TokenRow[] {
    return this.#list.all().map((stored) => CODEC.decode(stored))
  }

  /** Durable when it returns: a removed token must not come back with the power. */
  remove(name: string): boolean {
    let removed = false
    this.#database.commit('full', () => {
      removed = this.#remove.run(name).changes > 0
    })
    return removed
  }

  find(hash: string): TokenRow | null {
    const stored = this.#find.get(hash)
    return stored === undefined ? null : CODEC.decode(stored)
  }
}
