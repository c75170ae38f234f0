/** Higher candles are the naive grouping of the base candles, told no bar too early, and survive gaps and late starts. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createAggregator } from '../../../src/core/market/aggregator.ts'
import { intervalMs, type Interval } from '../../../src/core/model/interval.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import { candleOf, randomWalk } from '../../fixtures/candles.ts'

const MINUTE = 60_000

function collect(candles: readonly Candle[], base: Interval, higher: Interval): Candle[] {
  const told: Candle[] = []
  const aggregator = createAggregator(base, higher, (candle) => told.push(candle))
  for (const candle of candles) expect(aggregator.next(candle)).toBe(true)
  return told
}

function grouped(candles: readonly Candle[], higher: Interval): Candle[] {
  const length = intervalMs(higher)
  const groups = Map.groupBy(candles, ({ openAt }) => openAt - (openAt % length))
  const last = candles.at(-1)
  return [...groups]
    .map(([openAt, group], index) => ({ openAt, group, isFirst: index === 0 }))
    .filter(({ openAt, group, isFirst }) => !isFirst || group[0]?.openAt === openAt)
    .filter(({ openAt }) => last !== undefined && last.openAt + intervalMs(last.interval) >= openAt + length)
    .map(({ openAt, group }) => ({
      symbol: 'TESTUSDT',
      interval: higher,
      openAt,
      open: group[0]?.open ?? NaN,
      high: Math.max(...group.map(({ high }) => high)),
      low: Math.min(...group.map(({ low }) => low)),
      close: group.at(-1)?.close ?? NaN,
      volume: group.reduce((total, { volume }) => total + volume, 0),
      quoteVolume: group.reduce((total, { quoteVolume }) => total + quoteVolume, 0),
    }))
}

it('equals naive grouping, with gaps, a late start and an open end', () => {
  const series = fc.record({
    seed: fc.integer(),
    start: fc.integer({ min: 0, max: 130 }),
    kept: fc.array(fc.boolean(), { minLength: 1, maxLength: 240 }),
    gapAt: fc.integer({ min: 0, max: 240 }),
    gap: fc.integer({ min: 0, max: 400 }),
    higher: fc.constantFrom<Interval>('3m', '5m', '15m', '1h', '1m'),
  })
  const property = fc.property(series, ({ seed, start, kept, gapAt, gap, higher }) => {
    const all = randomWalk({ interval: '1m', count: kept.length, seed, startAt: start * MINUTE })
    const candles = all
      .filter((_, index) => kept[index] === true || index % 7 < 5)
      .map((candle, index) => (index < gapAt ? candle : candleOf({ ...candle, openAt: candle.openAt + gap * MINUTE })))
    expect(collect(candles, '1m', higher)).toEqual(grouped(candles, higher))
  })
  fc.assert(property, { numRuns: 150 })
})

describe('when a higher candle is told', () => {
  const minutes = randomWalk({ interval: '1m', count: 60 })

  it('at the base candle that ends it, not before', () => {
    expect(collect(minutes.slice(0, 14), '1m', '15m')).toEqual([])
    expect(collect(minutes.slice(0, 15), '1m', '15m')).toHaveLength(1)
  })

  it('after a gap at its end: when a later base candle arrives, made of what there was', () => {
    const holed = minutes.filter((_, index) => index < 10 || index >= 20)
    expect(collect(holed.slice(0, 10), '1m', '15m')).toEqual([])
    const [first] = collect(holed.slice(0, 11), '1m', '15m')
    expect(first).toMatchObject({ openAt: 0, close: minutes[9]?.close })
  })

  it('not at all when no base candle of it was told', () => {
    const holed = minutes.filter((_, index) => index < 15 || index >= 45)
    expect(collect(holed, '1m', '15m').map(({ openAt }) => openAt / MINUTE)).toEqual([0, 45])
  })

  it('not when it is the first and began before the first base candle', () => {
    expect(collect(minutes.slice(1), '1m', '15m').map(({ openAt }) => openAt / MINUTE)).toEqual([15, 30, 45])
  })
})

describe('what is refused', () => {
  const [first, second] = randomWalk({ interval: '1m', count: 2 }) as [Candle, Candle]

  it('a candle told again or out of order, of another symbol or interval; the series goes on as if it had not been', () => {
    const told: Candle[] = []
    const aggregator = createAggregator('1m', '3m', (candle) => told.push(candle))
    expect(aggregator.next(first)).toBe(true)
    expect(aggregator.next({ ...first, high: 1e9 })).toBe(false)
    expect(aggregator.next({ ...second, symbol: 'OTHER' })).toBe(false)
    expect(aggregator.next({ ...second, interval: '3m' })).toBe(false)
    expect(aggregator.next(second)).toBe(true)
    expect(aggregator.next(first)).toBe(false)
    expect(aggregator.next({ ...second, openAt: 120_000 })).toBe(true)
    expect(told.map(({ high }) => high)).toEqual([Math.max(first.high, second.high)])
  })

  it('an interval that the base does not divide', () => {
    expect(() => createAggregator('3m', '5m', () => undefined)).toThrow('5m candles cannot be built from 3m candles')
    expect(() => createAggregator('1h', '15m', () => undefined)).toThrow(RangeError)
  })
})
