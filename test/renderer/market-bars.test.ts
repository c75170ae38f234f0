/** Bars of the chart: joined, formed, grown by prices, with their gaps. */
import { expect, test } from 'vitest'

import { BarBook, type BarChange } from '../../src/renderer/screens/market/chart/bar-book.ts'
import {
  blanksBefore,
  formedBar,
  joinedBars,
  missingBars,
  openOf,
  tickedBar,
  type Bar,
} from '../../src/renderer/screens/market/chart/bars.ts'
import { barStretches } from '../../src/renderer/screens/market/chart/mode-stretches.ts'

const STEP = 60_000
const bar = (minute: number, close: number, volume = 1): Bar => ({
  openMs: minute * STEP,
  open: close,
  high: close,
  low: close,
  close,
  volume,
})

test('newer bars take the place of older ones and go on from them', () => {
  const joined = joinedBars([bar(1, 10), bar(2, 20), bar(3, 30)], [bar(2, 21), bar(3, 31), bar(4, 41)])
  expect(joined.map(({ close }) => close)).toEqual([10, 21, 31, 41])
  expect(joinedBars([bar(3, 30)], [bar(1, 10)]).map(({ close }) => close)).toEqual([10, 30])
})

test('a bar of its parts: first open, highest, lowest, last close, sum of volumes', () => {
  const parts = [bar(0, 5, 2), { ...bar(1, 7, 3), low: 1 }, { ...bar(2, 6, 4), high: 9 }]
  expect(formedBar(0, parts)).toEqual({ openMs: 0, open: 5, high: 9, low: 1, close: 6, volume: 9 })
  expect(formedBar(0, [])).toBeNull()
})

test('a price widens the bar under way or begins the next; one from before is left out', () => {
  const grown = tickedBar(bar(1, 10), 1.5 * STEP, 12, STEP)
  expect(grown).toMatchObject({ open: 10, high: 12, low: 10, close: 12 })
  expect(tickedBar(bar(1, 10), 2 * STEP, 8, STEP)).toMatchObject({ openMs: 2 * STEP, open: 8, volume: 0 })
  expect(tickedBar(bar(1, 10), 0.5 * STEP, 8, STEP)).toBeNull()
  expect(openOf(86_400_000 * 3 + 5, 86_400_000)).toBe(86_400_000 * 3)
})

test('missing bars are counted and left blank, a long hole not longer than can be looked over', () => {
  const bars = [bar(1, 1), bar(4, 1), bar(1000, 1)]
  expect(blanksBefore(bars, 1, STEP)).toEqual([2 * STEP, 3 * STEP])
  expect(blanksBefore(bars, 2, STEP)).toHaveLength(24)
  expect(blanksBefore(bars, 0, STEP)).toEqual([])
  expect(missingBars(bars, STEP)).toBe(997)
  expect(missingBars([], STEP)).toBe(0)
})

test('closed bars replace what prices had drawn; the bar under way keeps the extremes that were seen', () => {
  const book = new BarBook(STEP)
  const told: BarChange[] = []
  book.onChange((change) => told.push(change))
  book.tick(STEP, 10)
  expect(book.bars).toEqual([])
  book.take([bar(1, 10), bar(2, 20)], null)
  book.tick(3 * STEP, 30)
  book.tick(3.5 * STEP, 35)
  book.tick(4 * STEP, 31)
  book.take([bar(3, 33)], { ...bar(4, 32, 7), low: 29 })
  expect(book.bars.map(({ close }) => close)).toEqual([10, 20, 33, 31])
  expect(book.bars.at(-1)).toMatchObject({ open: 32, high: 32, low: 29, close: 31, volume: 7 })
  expect(told[0]).toEqual({ kind: 'whole' })
  expect(told.at(-1)).toEqual({ kind: 'tail', from: 3 * STEP })
})

test('a price of a bar that the station has closed changes nothing', () => {
  const book = new BarBook(STEP)
  book.take([bar(1, 10)], null)
  book.tick(1.5 * STEP, 99)
  expect(book.bars).toEqual([bar(1, 10)])
})

test('modes stand under the bars they were in force at', () => {
  const at = (minute: number): string => new Date(minute * STEP).toISOString()
  const versions = [
    { at: at(7), risk_mode: 'DEFENSIVE' as const, version: 4 },
    { at: at(7), risk_mode: 'AGGRESSIVE' as const, version: 3 },
    { at: at(6), risk_mode: 'NORMAL' as const, version: 2 },
    { at: at(2), risk_mode: 'NORMAL' as const, version: 1 },
  ]
  expect(barStretches(versions, [bar(4, 1), bar(9, 1)], STEP)).toEqual([
    { mode: 'NORMAL', version: 1, at: 2 * STEP, from: 4 * STEP, to: 7 * STEP },
    { mode: 'DEFENSIVE', version: 4, at: 7 * STEP, from: 7 * STEP, to: 9 * STEP },
  ])
})
