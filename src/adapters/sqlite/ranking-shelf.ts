/** Rankings of all symbols, thinned as they age: all of the last day, then one an hour, none after a week. */
import type Database from 'better-sqlite3'

import type { RankingRow, RankingShelf } from '../../core/ports/ranking-shelf.ts'
import type { SqliteDatabase } from './database.ts'
import { SQLITE_SETTINGS, type SqliteSettings } from './settings.ts'

const HOUR_MS = 3_600_000

/** One step of the index for each ranking instead of a walk over all its rows. */
const TIMES = `
  WITH RECURSIVE times(at) AS (
    SELECT min(at) FROM rankings
    UNION ALL
    SELECT (SELECT min(at) FROM rankings WHERE at > times.at) FROM times WHERE times.at IS NOT NULL
  )
  SELECT at FROM times WHERE at IS NOT NULL ORDER BY at`

export class SqliteRankingShelf implements RankingShelf {
  readonly #database: SqliteDatabase
  readonly #settings: SqliteSettings
  readonly #put: Database.Statement<[number, string, number, string]>
  readonly #remove: Database.Statement<[number]>
  readonly #score: Database.Statement<[number, string], number>
  /** of the rankings kept, oldest first; read when first needed */
  #times: number[] | null = null

  constructor(database: SqliteDatabase, settings: SqliteSettings = SQLITE_SETTINGS) {
    const { sql } = database
    this.#database = database
    this.#settings = settings
    this.#put = sql.prepare('INSERT OR REPLACE INTO rankings (at, symbol, score, components) VALUES (?, ?, ?, ?)')
    this.#remove = sql.prepare('DELETE FROM rankings WHERE at = ?')
    this.#score = sql
      .prepare<[number, string], number>('SELECT score FROM rankings WHERE at = ? AND symbol = ?')
      .pluck()
  }

  get lastAt(): number | null {
    return this.#known().at(-1) ?? null
  }

  put(at: number, rows: readonly RankingRow[]): void {
    const times = this.#known()
    const isNew = rows.length > 0 && times.at(-1) !== at
    const surplus = isNew ? this.#surplus(at) : []
    this.#database.commit('normal', () => {
      for (const { symbol, score, components } of rows) this.#put.run(at, symbol, score, `[${components.join(',')}]`)
      for (const old of surplus) this.#remove.run(old)
    })
    if (isNew) this.#times = [...times.filter((time) => !surplus.includes(time)), at]
  }

  history(symbol: string, from: number, to: number): { readonly at: number; readonly score: number }[] {
    const wanted = this.#known().filter((at) => at >= from && at <= to)
    return wanted.flatMap((at) => {
      const score = this.#score.get(at, symbol)
      return score === undefined ? [] : [{ at, score }]
    })
  }

  #known(): readonly number[] {
    this.#times ??= this.#database.sql.prepare<[], number>(TIMES).pluck().all()
    return this.#times
  }

  /** Rankings that need not be kept any longer, a few at a time: each is hundreds of rows. */
  #surplus(now: number): readonly number[] {
    const { rankingsKeptHours, allRankingsKeptHours, rankingsRemovedAtOnce } = this.#settings
    const times = this.#known()
    const isSurplus = (at: number, index: number): boolean => {
      if (at < now - rankingsKeptHours * HOUR_MS) return true
      if (at >= now - allRankingsKeptHours * HOUR_MS) return false
      // the first of each hour stays
      return Math.floor((times[index - 1] ?? -HOUR_MS) / HOUR_MS) === Math.floor(at / HOUR_MS)
    }
    return times.filter(isSurplus).slice(0, rankingsRemovedAtOnce)
  }
}
