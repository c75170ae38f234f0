/** Rankings are kept whole for a day, one an hour for a week, and no longer; what is kept is read back by symbol. */
import { describe, expect, it } from 'vitest'

import { openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { SqliteRankingShelf } from '../../../src/adapters/sqlite/ranking-shelf.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const EVERY_MS = 5 * MINUTE_MS
const START = 20_000 * DAY_MS

const rowsOf = (at: number) =>
  ['AUSDT', 'BUSDT'].map((symbol, index) => ({
    symbol,
    score: ((at / EVERY_MS) % 100) / 100 + index / 1000,
    components: [0.5, 1, 0.25],
  }))

describe('the shelf of rankings', () => {
  it('keeps every ranking of the last day, the first of each hour of the last week, and nothing older', () => {
    const database = openInMemory()
    const shelf = new SqliteRankingShelf(database)
    const end = START + 9 * DAY_MS
    for (let at = START; at <= end; at += EVERY_MS) shelf.put(at, rowsOf(at))
    const kept = shelf.history('AUSDT', 0, Infinity).map(({ at }) => at)
    const expected: number[] = []
    for (let at = START; at <= end; at += EVERY_MS) {
      const age = end - at
      // surplus goes with the next ranking, so its age is measured from that
      if (age <= DAY_MS || (age <= 7 * DAY_MS && at % HOUR_MS === 0)) expected.push(at)
    }
    expect(kept).toEqual(expected)
    const stored = database.sql.prepare('SELECT count(*) FROM rankings').pluck().get()
    expect(stored).toBe(2 * expected.length)
    expect(shelf.lastAt).toBe(end)
  })

  it('keeps the components in their order, and the parts of one ranking together', () => {
    const database = openInMemory()
    const shelf = new SqliteRankingShelf(database)
    const [first, second] = rowsOf(START)
    shelf.put(START, first === undefined ? [] : [first])
    shelf.put(START, second === undefined ? [] : [second])
    shelf.put(START + EVERY_MS, [])
    const stored = database.sql.prepare('SELECT * FROM rankings ORDER BY symbol').all()
    expect(stored).toEqual([
      { at: START, symbol: 'AUSDT', score: first?.score, components: '[0.5,1,0.25]' },
      { at: START, symbol: 'BUSDT', score: second?.score, components: '[0.5,1,0.25]' },
    ])
    expect(shelf.lastAt).toBe(START)
  })

  it('is read back after a restart, between any two times', () => {
    const database = openInMemory()
    const before = new SqliteRankingShelf(database)
    expect(before.lastAt).toBeNull()
    expect(before.history('AUSDT', 0, Infinity)).toEqual([])
    for (let index = 0; index < 20; index++) before.put(START + index * EVERY_MS, rowsOf(START + index * EVERY_MS))
    const after = new SqliteRankingShelf(database)
    expect(after.lastAt).toBe(START + 19 * EVERY_MS)
    const wanted = after.history('BUSDT', START + 3 * EVERY_MS, START + 5 * EVERY_MS)
    expect(wanted).toEqual(
      [3, 4, 5].map((index) => ({
        at: START + index * EVERY_MS,
        score: rowsOf(START + index * EVERY_MS)[1]?.score,
      })),
    )
    expect(after.history('NOTUSDT', 0, Infinity)).toEqual([])
  })

  it('lets go of what is too old a little at a time, also after a long pause', () => {
    const database = openInMemory()
    const shelf = new SqliteRankingShelf(database)
    const count = (): number => database.sql.prepare('SELECT count(DISTINCT at) FROM rankings').pluck().get() as number
    for (let index = 0; index < 100; index++) shelf.put(START + index * EVERY_MS, rowsOf(START + index * EVERY_MS))
    const late = START + 30 * DAY_MS
    for (let index = 0; index < 10; index++) {
      const before = count()
      shelf.put(late + index * EVERY_MS, rowsOf(late))
      expect(count()).toBe(before - 1)
    }
  })
})
