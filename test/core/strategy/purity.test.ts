/** A strategy is a pure function of the bars it has seen: nothing else moves it, and no later bar changes what it said. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import type { Signal } from '../../../src/core/model/signal.ts'
import { BUILT_IN_STRATEGIES } from '../../../src/core/strategy/built-in.ts'
import type { StrategyDefinition } from '../../../src/core/strategy/strategy.ts'
import { candleOf, randomWalk } from '../../fixtures/candles.ts'

/** What was said at each bar. */
function spoken(definition: StrategyDefinition, candles: readonly Candle[]): (Signal | null)[] {
  const run = definition.start('TESTUSDT', definition.defaults)
  return candles.map((candle) => run.next(Object.freeze(candle)))
}

const walk = fc.record({
  seed: fc.integer(),
  count: fc.constant(900),
  sigma: fc.constantFrom(0.002, 0.006, 0.02),
  drift: fc.constantFrom(-0.0003, 0, 0.0003),
  flatShare: fc.constantFrom(0, 0.05),
})

it.each(BUILT_IN_STRATEGIES)('$id: the same bars, the same signals', (definition) => {
  const property = fc.property(walk, (settings) => {
    expect(spoken(definition, randomWalk(settings))).toEqual(spoken(definition, randomWalk(settings)))
  })
  fc.assert(property, { numRuns: 10 })
})

it.each(BUILT_IN_STRATEGIES)('$id: what was said does not depend on what comes later', (definition) => {
  const property = fc.property(walk, fc.integer({ min: 100, max: 800 }), (settings, cut) => {
    const candles = randomWalk(settings)
    const anotherFuture = candles.map((candle, bar) =>
      bar < cut ? candle : candleOf({ openAt: candle.openAt, close: candle.close * 2, high: candle.high * 3 }),
    )
    expect(spoken(definition, candles.slice(0, cut))).toEqual(spoken(definition, candles).slice(0, cut))
    expect(spoken(definition, anotherFuture).slice(0, cut)).toEqual(spoken(definition, candles).slice(0, cut))
  })
  fc.assert(property, { numRuns: 10 })
})

it.each(BUILT_IN_STRATEGIES)('$id: a run that started later says the same once it has warmed up', (definition) => {
  let compared = 0
  const property = fc.property(walk, fc.integer({ min: 1, max: 200 }), (settings, late) => {
    const candles = randomWalk({ ...settings, count: 1500 })
    const warm = late + definition.warmupBars
    const early = spoken(definition, candles).slice(warm)
    const started = spoken(definition, candles.slice(late)).slice(definition.warmupBars)
    expect(started.map((signal) => signal?.id)).toEqual(early.map((signal) => signal?.id))
    started.forEach((signal, index) => {
      if (signal === null) return
      compared += 1
      expect(signal.stopPrice / (early[index]?.stopPrice ?? NaN)).toBeCloseTo(1, 7)
      expect(signal.kind).toBe(early[index]?.kind)
    })
  })
  fc.assert(property, { numRuns: 10, seed: 42 })
  expect(compared).toBeGreaterThan(20)
})

it.each(BUILT_IN_STRATEGIES)(
  '$id: stop on the right side, 0.9 % to 12 % away, target beyond the price',
  (definition) => {
    const property = fc.property(walk, (settings) => {
      for (const signal of spoken(definition, randomWalk(settings))) {
        if (signal?.kind !== 'ENTRY') continue
        const sign = signal.side === 'LONG' ? 1 : -1
        const distance = (sign * (signal.price - signal.stopPrice)) / signal.price
        expect(distance).toBeGreaterThanOrEqual(0.009 - 1e-12)
        expect(distance).toBeLessThanOrEqual(0.12 + 1e-12)
        if (signal.takeProfitPrice !== null) expect(sign * (signal.takeProfitPrice - signal.price)).toBeGreaterThan(0)
        if (signal.trailing?.activationPrice != null) {
          expect(sign * (signal.trailing.activationPrice - signal.price)).toBeGreaterThan(0)
        }
        expect(Object.values(signal.features).every(Number.isFinite)).toBe(true)
        expect(signal.confidence).toBeGreaterThanOrEqual(0.5)
        expect(signal.confidence).toBeLessThanOrEqual(1)
      }
    })
    fc.assert(property, { numRuns: 15 })
  },
)
