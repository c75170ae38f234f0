/** The station's journal: ordered, buffered rows that become durable together. */
import type Database from 'better-sqlite3'

import type { ClientOrderId } from '../../core/model/ids.ts'
import type { Order } from '../../core/model/order.ts'
import type { Journal, JournalTable, JournalTables, Recovered } from '../../core/ports/journal.ts'
import type { Cell } from './columns.ts'
import type { SqliteDatabase } from './database.ts'
import { recover } from './recover.ts'
import { FEED_POSITION, SqliteSettingsShelf } from './settings-shelf.ts'
import { insertSql, JOURNAL_SHAPES } from './tables.ts'

/** One waiting write: a statement and the cells it is run with. */
interface Waiting {
  readonly statement: Database.Statement
  readonly cells: Cell[]
}

export class SqliteJournal implements Journal {
  readonly #database: SqliteDatabase
  readonly #settings: SqliteSettingsShelf
  readonly #inserts: Readonly<Record<JournalTable, Database.Statement>>
  readonly #removePosition: Database.Statement
  readonly #findOrder: Database.Statement
  readonly #findFill: Database.Statement
  readonly #findLedgerEntry: Database.Statement
  readonly #runAll: () => void
  #waiting: Waiting[] = []
  #feedPosition = 0
  readonly #waitingOrders = new Map<string, Order>()
  readonly #waitingKeys = new Set<string>()

  constructor(database: SqliteDatabase) {
    const { sql } = database
    this.#database = database
    this.#settings = new SqliteSettingsShelf(database)
    const tables = Object.keys(JOURNAL_SHAPES) as JournalTable[]
    this.#inserts = Object.fromEntries(tables.map((table) => [table, sql.prepare(insertSql(table))])) as Record<
      JournalTable,
      Database.Statement
    >
    this.#removePosition = sql.prepare('DELETE FROM positions WHERE symbol = ?')
    this.#findOrder = sql.prepare('SELECT * FROM orders WHERE client_order_id = ?')
    this.#findFill = sql.prepare('SELECT 1 FROM fills WHERE id = ?').pluck()
    this.#findLedgerEntry = sql.prepare('SELECT 1 FROM ledger WHERE id = ?').pluck()
    this.#runAll = () => {
      for (const { statement, cells } of this.#waiting) statement.run(cells)
      this.#settings.put(FEED_POSITION, String(this.#feedPosition))
    }
  }

  get pending(): number {
    return this.#waiting.length
  }

  /** @throws UnwritableRow naming a field that cannot be stored; the row is then not in the buffer */
  write<Table extends JournalTable>(table: Table, row: JournalTables[Table]): void {
    const cells = JOURNAL_SHAPES[table].codec.encode(row)
    this.#waiting.push({ statement: this.#inserts[table], cells })
    if (table === 'orders') this.#waitingOrders.set((row as Order).clientOrderId, row as Order)
    else if (table === 'fills' || table === 'ledger') this.#waitingKeys.add(`${table} ${String(cells[0])}`)
  }

  removePosition(symbol: string): void {
    this.#waiting.push({ statement: this.#removePosition, cells: [symbol] })
  }

  /** @throws JournalUnwritable when nothing could be written; the buffer is kept for the next flush */
  flush(feedPosition: number, durable = false): void {
    this.#feedPosition = feedPosition
    this.#database.commit(durable ? 'full' : 'normal', this.#runAll)
    this.#waiting = []
    this.#waitingOrders.clear()
    this.#waitingKeys.clear()
  }

  recover(since: number): Recovered {
    return recover(this.#database.sql, since)
  }

  order(clientOrderId: ClientOrderId): Order | null {
    const waiting = this.#waitingOrders.get(clientOrderId)
    if (waiting !== undefined) return waiting
    const stored = this.#findOrder.get(clientOrderId)
    return stored === undefined ? null : JOURNAL_SHAPES.orders.codec.decode(stored)
  }

  hasFill(fillId: string): boolean {
    return this.#waitingKeys.has(`fills ${fillId}`) || this.#findFill.get(fillId) !== undefined
  }

  hasLedgerEntry(id: string): boolean {
    return this.#waitingKeys.has(`ledger ${id}`) || this.#findLedgerEntry.get(id) !== undefined
  }

  /** Rows not flushed are lost, as at a crash. */
  close(): void {
    this.#database.close()
  }
}
