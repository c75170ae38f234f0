/** The ranking as a whole: its order, what it leaves out and why, and that one symbol never touches another (SPEC §7). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import { filteredBy } from '../../../src/core/ranker/filters.ts'
import { largestNotional, leastNotional, minimaOf } from '../../../src/core/ranker/minimum-order.ts'
import { bestFirst, placesOf } from '../../../src/core/ranker/order.ts'
import { type RankingAnswer, SKIPS } from '../../../src/core/ranker/question.ts'
import { Ranker } from '../../../src/core/ranker/ranker.ts'
import { randomWalk, seeded } from '../../fixtures/candles.ts'
import { BTC } from '../../fixtures/guard.ts'
import { endOf, HOUR_MS, questionOf, rankerOf, rowsOf } from './stage.ts'

const START = 1_000_000 * HOUR_MS
const walk = (seed: number, count = 220): Candle[] =>
  randomWalk({ symbol: `S${seed}USDT`, interval: '1h', count, seed, sigma: 0.002 + 0.001 * (seed % 9), startAt: START })

const skipOf = ({ skips }: RankingAnswer, slot: number) => SKIPS[skips[slot] ?? 0]

describe('the order of the ranking', () => {
  const series = Array.from({ length: 40 }, (_, seed) => walk(seed + 1))

  it('is by score, best first, and does not depend on the order of the symbols', () => {
    const named = (shuffled: readonly (readonly Candle[])[]): string[] => {
      const { order, scores } = rankerOf(shuffled).answer(
        questionOf(
          endOf(series[0] ?? []),
          shuffled.map(() => ({})),
        ),
      )
      const ordered = [...order].map((slot) => scores[slot] ?? NaN)
      expect(ordered).toEqual([...ordered].sort((one, other) => other - one))
      return [...order].map((slot) => shuffled[slot]?.[0]?.symbol ?? '')
    }
    const expected = named(series)
    expect(expected.length).toBe(40)
    const random = seeded(3)
    for (let run = 0; run < 10; run++) {
      const shuffled = series.map((candles) => ({ candles, key: random() })).sort((a, b) => a.key - b.key)
      expect(named(shuffled.map(({ candles }) => candles))).toEqual(expected)
    }
  })

  it('equals a stable sort by score and name for any scores', () => {
    const score = fc.oneof(fc.constantFrom(0, 0.5, 1, 0.5 + 1e-12, NaN), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 60 }),
        fc.infiniteStream(score),
        (names, stream) => {
          const scores = Float64Array.from(names, () => stream.next().value as number)
          const expected = names
            .map((name, slot) => ({ name, slot, key: Math.round((scores[slot] ?? NaN) * 1e9) }))
            .filter(({ key }) => !Number.isNaN(key))
            .sort((a, b) => b.key - a.key || (a.name < b.name ? -1 : 1))
          expect([...bestFirst(scores, placesOf(names))]).toEqual(expected.map(({ slot }) => slot))
        },
      ),
    )
  })
})

describe('a candle at a time', () => {
  it('gives the same ranking as all of them at once', () => {
    const series = [walk(1, 260), walk(2, 260), walk(3, 260)]
    const question = questionOf(
      endOf(series[0] ?? []),
      series.map(() => ({})),
    )
    const slow = new Ranker()
    slow.add(series.map(([first]) => first?.symbol ?? ''))
    for (let hour = 0; hour < 260; hour++) {
      for (const [slot, candles] of series.entries()) {
        slow.feed(rowsOf(candles.slice(hour, hour + 1), slot))
        slow.feed(rowsOf(candles.slice(Math.max(0, hour - 3), hour + 1), slot))
      }
    }
    expect(slow.answer(question)).toEqual(rankerOf(series).answer(question))
  })

  it('lets symbols join later, as many as there are', () => {
    const series = Array.from({ length: 150 }, (_, seed) => walk(seed + 1))
    const question = questionOf(
      endOf(series[0] ?? []),
      series.map(() => ({})),
    )
    const late = new Ranker()
    for (const [slot, candles] of series.entries()) {
      late.add([candles[0]?.symbol ?? ''])
      late.feed(rowsOf(candles, slot))
    }
    expect(late.answer(question)).toEqual(rankerOf(series).answer(question))
  })
})

describe('a symbol that cannot be measured', () => {
  const good = walk(1)
  const at = endOf(good)
  const alone = rankerOf([good]).answer(questionOf(at, [{}])).scores[0]

  const beside = (bad: readonly Candle[], figures = {}): RankingAnswer => {
    const answer = rankerOf([good, bad]).answer(questionOf(at, [{}, figures]))
    expect(answer.scores[0]).toBe(alone)
    expect([...answer.order]).toEqual([0])
    expect(answer.scores[1]).toBeNaN()
    return answer
  }

  it('for too few bars is skipped, and says how many it has', () => {
    const answer = beside(walk(2, 199))
    expect(skipOf(answer, 1)).toBe('too_few_bars')
    expect(answer.bars[1]).toBe(199)
    const enough = rankerOf([good, walk(2, 220).slice(20)]).answer(questionOf(at, [{}, {}]))
    expect(enough.order.length).toBe(2)
  })

  it.each([
    ['NaN', { close: NaN }],
    ['an infinite high', { high: Infinity }],
    ['a low of 0', { low: 0 }],
    ['a high below its close', { high: 1e-9 }],
    ['a low above its open', { low: 1e9, high: 2e9 }],
  ])('for a last candle with %s is skipped, and is back with the next good one', (_what, spoiled) => {
    const whole = walk(2, 230)
    const bad = whole.map((candle, hour) => (hour === 219 ? { ...candle, ...spoiled } : candle))
    expect(skipOf(beside(bad.slice(0, 220)), 1)).toBe('bad_candle')
    const later = rankerOf([good, bad]).answer(questionOf(at, [{}, {}]))
    expect(skipOf(later, 1)).toBe('none')
    expect(later.scores[1]).toBeGreaterThan(0)
  })

  it('for candles that stopped coming is skipped', () => {
    const stopped = walk(2, 230).map((candle) => ({ ...candle, openAt: candle.openAt - 14 * HOUR_MS }))
    expect(skipOf(beside(stopped), 1)).toBe('bars_too_old')
  })

  it('for an unknown volume or spread, or a win rate that is no number, is skipped', () => {
    expect(skipOf(beside(walk(2), { quoteVolume24h: NaN }), 1)).toBe('no_market')
    expect(skipOf(beside(walk(2), { spread: NaN }), 1)).toBe('no_market')
    expect(skipOf(beside(walk(2), { winRate: NaN }), 1)).toBe('not_finite')
  })

  it('because nobody asked is no fault', () => {
    expect(skipOf(beside(walk(2), { isAsked: false }), 1)).toBe('none')
  })

  it('with nothing at all never stops the others', () => {
    expect(skipOf(beside([]), 1)).toBe('too_few_bars')
    expect(new Ranker().answer(questionOf(at, [])).order.length).toBe(0)
  })
})

describe('the filters', () => {
  const rules = { minQuoteVolume24h: 1_000_000, minScore: 0.3 }
  const fine = { score: 0.3, quoteVolume24h: 1_000_000, leastNotional: 100, largestNotional: 100 }

  it('let through what is at its bound, and name the first that does not', () => {
    expect(filteredBy(fine, rules)).toBeNull()
    expect(filteredBy({ ...fine, quoteVolume24h: 999_999 }, rules)).toEqual({
      filter: 'quote_volume',
      actual: 999_999,
      limit: 1_000_000,
    })
    expect(filteredBy({ ...fine, leastNotional: 101 }, rules)).toEqual({
      filter: 'minimum_order',
      actual: 101,
      limit: 100,
    })
    expect(filteredBy({ ...fine, score: 0.29 }, rules)).toEqual({ filter: 'score', actual: 0.29, limit: 0.3 })
    expect(filteredBy({ ...fine, leastNotional: 1e9, largestNotional: null }, rules)).toBeNull()
  })

  it('know the smallest order of the exchange in whole steps', () => {
    const instrument = minimaOf({ ...BTC, minNotional: '5', minQuantity: '1', stepSize: '0.1' })
    expect(leastNotional(instrument, 0.5)).toBeCloseTo(5, 9)
    expect(leastNotional(instrument, 3)).toBeCloseTo(5.1, 9)
    expect(leastNotional(instrument, 100)).toBe(100)
    expect(leastNotional({ minNotional: 100, minQuantity: 0.001, step: 0.001 }, 65_000)).toBe(130)
  })

  it('know the largest entry of the account: the size cap, or the risk with the nearest stop', () => {
    const room = { equity: 1000, sizeCap: 200, maxRisk: 0.0075, minStopDistance: 0.003, exitCosts: 0.002 }
    expect(largestNotional(room)).toBe(200)
    expect(largestNotional({ ...room, maxRisk: 0.0005 })).toBeCloseTo(100, 9)
  })
})
