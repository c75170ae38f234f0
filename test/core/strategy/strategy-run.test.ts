/** What every strategy gets for free: bars in order, stops inside their bounds, honest ids, and parameters that are checked. */
import { describe, expect, it } from 'vitest'

import { signalIdOf, traceIdOf } from '../../../src/core/model/ids.ts'
import type { Interval } from '../../../src/core/model/interval.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import { breakoutHunter } from '../../../src/core/strategy/breakout-hunter.ts'
import type { Ending, Setup, StrategyRun } from '../../../src/core/strategy/strategy-logic.ts'
import { parameterFaults, strategy } from '../../../src/core/strategy/strategy.ts'
import { trendFollowing } from '../../../src/core/strategy/trend-following.ts'
import { candleOf } from '../../fixtures/candles.ts'

const BAR = 900_000

/** A strategy that says of every bar what it is told to say. */
function saying(said: Setup | Ending | null): StrategyRun {
  const parrot = strategy<{ readonly interval: Interval }>({
    id: 'parrot',
    description: 'Says what it is told.',
    regimeTags: [],
    warmupBars: 0,
    expectedHoldBars: 1,
    defaults: { interval: '15m' },
    bounds: {},
    quantiles: [0, 10],
    logic: () => ({ next: () => said }),
  })
  return parrot.start('TESTUSDT', parrot.defaults)
}

const long: Setup = {
  kind: 'ENTRY',
  side: 'LONG',
  strength: 4,
  stopDistance: 2,
  targetDistance: 5,
  trailAfter: 3,
  features: { adx: 31 },
}
const bar: Candle = candleOf({ openAt: 4 * BAR, close: 100 })

describe('an entry', () => {
  it('carries price, stop, target, trailing, confidence, features and ids of its bar', () => {
    expect(saying(long).next(bar)).toEqual({
      id: signalIdOf('parrot', 'TESTUSDT', 'LONG', 4 * BAR),
      traceId: traceIdOf('parrot', 'TESTUSDT', 'LONG', 4 * BAR),
      kind: 'ENTRY',
      strategyId: 'parrot',
      symbol: 'TESTUSDT',
      side: 'LONG',
      confidence: 0.7,
      price: 100,
      stopPrice: 98,
      takeProfitPrice: 105,
      trailing: { activationPrice: 103, callback: 0.02 },
      ttlMs: BAR,
      features: { adx: 31, strength: 4 },
      modelVersion: null,
      interval: '15m',
      bar: 4 * BAR,
      createdAt: 5 * BAR,
    })
  })

  it('is mirrored for SHORT', () => {
    expect(saying({ ...long, side: 'SHORT' }).next(bar)).toMatchObject({
      stopPrice: 102,
      takeProfitPrice: 95,
      trailing: { activationPrice: 97, callback: 0.02 },
    })
  })

  it('has its stop moved out to 0.9 %, and is not made if the stop would be beyond 12 %', () => {
    expect(saying({ ...long, stopDistance: 0.1 }).next(bar)?.stopPrice).toBeCloseTo(99.1, 12)
    expect(saying({ ...long, stopDistance: 12 }).next(bar)?.stopPrice).toBe(88)
    expect(saying({ ...long, stopDistance: 12.01 }).next(bar)).toBeNull()
  })

  it('trails within what the exchange knows: 10 %', () => {
    expect(saying({ ...long, stopDistance: 11 }).next(bar)?.trailing?.callback).toBe(0.1)
  })

  it('has no target where it wants none or none is possible', () => {
    expect(saying({ ...long, targetDistance: null, trailAfter: null }).next(bar)).toMatchObject({
      takeProfitPrice: null,
      trailing: null,
    })
    expect(saying({ ...long, side: 'SHORT', targetDistance: 100 }).next(bar)?.takeProfitPrice).toBeNull()
  })

  it('is not made in a bar in which nothing traded', () => {
    expect(saying(long).next({ ...bar, volume: 0 })).toBeNull()
  })
})

it('an exit carries the side of the positions it ends, needs no confidence, and is made whatever was traded', () => {
  const exit = saying({ kind: 'EXIT', side: 'SHORT', features: { age: 3 } }).next({ ...bar, volume: 0 })
  expect(exit).toMatchObject({ kind: 'EXIT', side: 'SHORT', confidence: 1, features: { age: 3 }, bar: 4 * BAR })
})

describe('bars', () => {
  it('that are not later than the last are ignored', () => {
    const run = saying(long)
    expect(run.next(bar)).not.toBeNull()
    expect(run.next(bar)).toBeNull()
    expect(run.next({ ...bar, openAt: 3 * BAR })).toBeNull()
    expect(run.next({ ...bar, openAt: 5 * BAR })).not.toBeNull()
  })

  it('of another symbol or interval are a mistake of the caller', () => {
    expect(() => saying(null).next({ ...bar, symbol: 'OTHER' })).toThrow(
      'parrot runs on TESTUSDT 15m bars, was given OTHER 15m',
    )
    expect(() => saying(null).next({ ...bar, interval: '1h' })).toThrow('was given TESTUSDT 1h')
  })
})

describe('parameters', () => {
  it('are refused with every bad one named', () => {
    const bad = { ...trendFollowing.defaults, interval: '1m' as Interval, fastBars: 2.5, stopAtrs: -1, minAdx: NaN }
    expect(() => trendFollowing.start('X', bad)).toThrow(
      'trend_following.interval must be 5m, 15m, 30m, 1h, 2h, 4h, was "1m"; ' +
        'trend_following.fastBars must be a whole number of 2…200, was 2.5; ' +
        'trend_following.minAdx must be 5…60, was null; ' +
        'trend_following.stopAtrs must be 0.5…10, was -1',
    )
  })

  it('that nobody knows are named, and a missing one is', () => {
    const { quietBars: _, ...rest } = breakoutHunter.defaults
    expect(parameterFaults(breakoutHunter, { ...rest, loudBars: 3 })).toEqual([
      { path: 'breakout_hunter.quietBars', message: 'must be a whole number of 0…500, was undefined' },
      { path: 'breakout_hunter.loudBars', message: 'must be left out: unknown, was 3' },
    ])
  })
})
