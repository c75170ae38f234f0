/** Brings candles from outside into the journal, a slice per transaction. */
import { setImmediate } from 'node:timers/promises'

import type { Candle } from '../../core/model/market.ts'
import type { SqliteDatabase } from './database.ts'
import { SQLITE_SETTINGS, type SqliteSettings } from './settings.ts'
import { insertSql, JOURNAL_SHAPES } from './tables.ts'

/**
 * Stores every candle; one of the same symbol, interval and time is replaced, so an import may be repeated.
 * @returns how many were stored
 * @throws UnwritableRow for a candle that cannot be; the slices before it stay
 */
export async function importCandles(
  database: SqliteDatabase,
  candles: Iterable<Candle> | AsyncIterable<Candle>,
  settings: SqliteSettings = SQLITE_SETTINGS,
): Promise<number> {
  const insert = database.sql.prepare(insertSql('candles'))
  let slice: Candle[] = []
  let stored = 0
  const store = (): void => {
    database.commit('normal', () => {
      for (const candle of slice) insert.run(JOURNAL_SHAPES.candles.codec.encode(candle))
    })
    stored += slice.length
    slice = []
  }
  for await (const candle of candles) {
    slice.push(candle)
    if (slice.length < settings.rowsPerTurn) continue
    store()
    await setImmediate()
  }
  store()
  return stored
}
