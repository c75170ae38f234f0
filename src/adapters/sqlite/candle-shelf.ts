/** Closed candles that the journal keeps, read back for charts and warm-up. */
import type Database from 'better-sqlite3'

import type { Interval } from '../../core/model/interval.ts'
import type { Candle } from '../../core/model/market.ts'
import type { SqliteDatabase } from './database.ts'
import { JOURNAL_SHAPES } from './tables.ts'

export class SqliteCandleShelf {
  readonly #read: Database.Statement<[string, string, number, number]>

  constructor(database: SqliteDatabase) {
    this.#read = database.sql.prepare(
      'SELECT * FROM candles WHERE symbol = ? AND interval = ? AND open_at < ? ORDER BY open_at DESC LIMIT ?',
    )
  }

  /** Candles that opened before `before` (epoch ms), oldest first, the newest `limit` of them. */
  history(symbol: string, interval: Interval, before: number, limit: number): readonly Candle[] {
    const stored = this.#read.all(symbol, interval, before, limit)
    return stored.reverse().map((row) => JOURNAL_SHAPES.candles.codec.decode(row))
  }
}
