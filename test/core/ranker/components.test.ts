/** Every component of the ranking against a slow, obvious version of it, on recorded and on made-up candles (SPEC §7). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import { RANKER_COMPONENTS, type RankerComponent } from '../../../src/core/ranker/component.ts'
import { costToHold, liquidity, regimeFit, spreadQuality } from '../../../src/core/ranker/of-market.ts'
import type { RankingAnswer } from '../../../src/core/ranker/question.ts'
import { RANKER_SETTINGS } from '../../../src/core/ranker/settings.ts'
import { candleOf, randomWalk } from '../../fixtures/candles.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'
import { noiseByHand, trendByHand, volatilityByHand } from './by-hand.ts'
import { endOf, HOUR_MS, questionOf, rankerOf, recordedHours, rowsOf, WEIGHTS } from './stage.ts'

const data = recordedData()

function componentOf({ components, scores }: RankingAnswer, component: RankerComponent, slot = 0): number {
  return components[RANKER_COMPONENTS.indexOf(component) * scores.length + slot] ?? NaN
}

function expectByHand(answer: RankingAnswer, candles: readonly Candle[], slot = 0): void {
  expect(componentOf(answer, 'trendStrength', slot)).toBeCloseTo(trendByHand(candles), 12)
  expect(componentOf(answer, 'volatilityQuality', slot)).toBeCloseTo(volatilityByHand(candles), 12)
  expect(componentOf(answer, 'lowNoise', slot)).toBeCloseTo(noiseByHand(candles), 12)
}

describe('what the candles decide', () => {
  it.skipIf(data === null)(`is as by hand on recorded candles, at many hours (${RECORDED_DATA_ABSENT})`, () => {
    const month = recordedHours(data ?? '')
    expect(month.length).toBeGreaterThan(10)
    const lengths = Array.from({ length: 12 }, (_, index) => 200 + index * 41)
    const ranker = rankerOf(month.map((candles) => candles.slice(0, 199)))
    let told = 199
    for (const length of lengths) {
      for (const [slot, candles] of month.entries()) ranker.feed(rowsOf(candles.slice(told, length), slot))
      told = length
      // they do not all begin at the same hour: how old a candle is does not matter here
      const answer = ranker.answer(
        questionOf(
          0,
          month.map(() => ({})),
        ),
      )
      expect(answer.order.length).toBe(month.length)
      for (const [slot, candles] of month.entries()) expectByHand(answer, candles.slice(0, length), slot)
    }
  })

  it('is as by hand on any walk, with flat bars and outages in it', () => {
    const walk = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      count: fc.integer({ min: 200, max: 260 }),
      sigma: fc.constantFrom(0, 0.0005, 0.004, 0.02, 0.06),
      drift: fc.constantFrom(-0.01, 0, 0.01),
      flatShare: fc.constantFrom(0, 0.2, 1),
    })
    fc.assert(
      fc.property(walk, (settings) => {
        const candles = randomWalk({ ...settings, interval: '1h', startAt: HOUR_MS })
        expectByHand(rankerOf([candles]).answer(questionOf(endOf(candles), [{}])), candles)
      }),
      { numRuns: 60 },
    )
  })

  it('lies within 0 and 1 and is finite, whatever the candles', () => {
    const price = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    const bar = fc.tuple(price, price, price, price)
    fc.assert(
      fc.property(fc.array(bar, { minLength: 200, maxLength: 210 }), (bars) => {
        const candles = bars.map(([one, other, open, close], index) => {
          const [high, low] = [Math.max(one, other, open, close), Math.min(one, other, open, close)]
          return candleOf({ interval: '1h', openAt: (index + 1) * HOUR_MS, open, high, low, close })
        })
        const { components, scores } = rankerOf([candles]).answer(questionOf(endOf(candles), [{}]))
        for (const value of [...components, ...scores]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('gives a market that stands still nothing for its trend, its volatility and its bodies', () => {
    const flat = randomWalk({ interval: '1h', count: 220, flatShare: 1, startAt: HOUR_MS })
    const answer = rankerOf([flat]).answer(questionOf(endOf(flat), [{}]))
    expect(componentOf(answer, 'trendStrength')).toBeCloseTo(0.5 * 0.3, 12)
    expect(componentOf(answer, 'volatilityQuality')).toBe(0)
    expect(componentOf(answer, 'lowNoise')).toBeCloseTo(0.3, 12)
  })

  it('gives a market that only rises the whole trend', () => {
    const rising = Array.from({ length: 230 }, (_, hour) => {
      const open = 100 * 1.01 ** hour
      const close = open * 1.01
      return candleOf({ interval: '1h', openAt: (hour + 1) * HOUR_MS, open, close, high: close, low: open })
    })
    const answer = rankerOf([rising]).answer(questionOf(endOf(rising), [{}]))
    expect(componentOf(answer, 'trendStrength')).toBeCloseTo(1, 12)
    expect(componentOf(answer, 'lowNoise')).toBeCloseTo(1, 12)
  })
})

describe('what one figure of the market decides', () => {
  it.each([
    [0, 0],
    [500_000, 0.15],
    [1_000_000, 0.3],
    [50_500_000, 0.65],
    [100_000_000, 1],
    [3e9, 1],
  ])('liquidity of %d USDT a day is %d', (volume, expected) => {
    expect(liquidity(volume, RANKER_SETTINGS)).toBeCloseTo(expected, 12)
  })

  it.each([
    [0, 1],
    [0.0005, 1],
    [0.00125, 0.6],
    [0.002, 0.2],
    [0.05, 0.2],
  ])('spread %d is %d', (spread, expected) => {
    expect(spreadQuality(spread, RANKER_SETTINGS)).toBeCloseTo(expected, 12)
  })

  it.each([
    ['BULL_TRENDING', 'BULL_TRENDING', 1],
    ['BULL_TRENDING', 'RANGING', 0.6],
    ['BULL_TRENDING', 'CHOPPY', 0.6],
    ['BULL_TRENDING', 'LOW_LIQUIDITY', 0.6],
    ['BULL_TRENDING', 'BEAR_TRENDING', 0.3],
    ['BEAR_TRENDING', 'BEAR_TRENDING', 1],
    ['BEAR_TRENDING', 'BULL_TRENDING', 0.3],
    ['BEAR_TRENDING', null, 0.6],
    ['CHOPPY', 'RANGING', 0.8],
    ['RANGING', 'CHOPPY', 0.8],
    ['RANGING', 'BULL_TRENDING', 0.5],
    ['CHOPPY', 'BEAR_TRENDING', 0.5],
    ['LOW_LIQUIDITY', 'RANGING', 0.5],
    ['LOW_LIQUIDITY', 'BULL_TRENDING', 0.5],
    [null, 'BULL_TRENDING', 0.5],
  ] as const)('in a %s market a %s symbol fits %d', (global, own, expected) => {
    expect(regimeFit(global, own, RANKER_SETTINGS)).toBe(expected)
  })

  it('prices spread, both fees, impact both ways and the funding of the hold', () => {
    const costs = { spread: 0.0002, takerFee: 0.0005, fundingPerHour: -0.0001 / 8, size: 1000, quoteVolume24h: 1e9 }
    const cost = 0.0002 + 0.001 + 2 * 0.1 * Math.sqrt(1e-6) + 0.0001
    expect(costToHold(costs, RANKER_SETTINGS)).toBeCloseTo(1 - cost / 0.005, 12)
    expect(costToHold({ ...costs, spread: 0.02 }, RANKER_SETTINGS)).toBe(0)
    expect(costToHold({ ...costs, size: 0, quoteVolume24h: 0 }, RANKER_SETTINGS)).toBeCloseTo(1 - 0.0013 / 0.005, 12)
  })
})

describe('the score', () => {
  const candles = randomWalk({ interval: '1h', count: 230, seed: 5, startAt: HOUR_MS })
  const figures = { winRate: 0.7, quoteVolume24h: 40_000_000, spread: 0.0008, regime: 'RANGING' } as const

  it('is the sum of weight × component; the cost to hold counts only with weight', () => {
    const ranker = rankerOf([candles])
    const byName = (answer: RankingAnswer): number =>
      RANKER_COMPONENTS.reduce((sum, name) => sum + (WEIGHTS[name] ?? 0) * componentOf(answer, name), 0)
    const plain = ranker.answer(questionOf(endOf(candles), [figures], { globalRegime: 'RANGING' }))
    expect(plain.scores[0]).toBeCloseTo(byName(plain), 12)
    expect(componentOf(plain, 'symbolWinRate')).toBe(0.7)
    expect(componentOf(plain, 'regimeFit')).toBe(0.8)
    const costly = ranker.answer(questionOf(endOf(candles), [figures], { weights: { costToHold: 1 } }))
    expect(costly.scores[0]).toBeCloseTo(componentOf(costly, 'costToHold'), 12)
  })

  it('weighs as SPEC §7 says by default', () => {
    const named = Object.fromEntries(Object.entries(WEIGHTS).filter(([, weight]) => weight > 0))
    expect(named).toEqual({
      trendStrength: 0.25,
      volatilityQuality: 0.2,
      liquidity: 0.15,
      regimeFit: 0.15,
      symbolWinRate: 0.1,
      spread: 0.1,
      lowNoise: 0.05,
    })
  })
})
