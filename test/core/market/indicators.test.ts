/** Every incremental indicator equals the slow, obvious batch formula over the same bars, at every bar, to 1e-9. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Bollinger, Donchian, RealisedVolatility } from '../../../src/core/market/bands.ts'
import { EfficiencyRatio } from '../../../src/core/market/efficiency.ts'
import { Ema, Sma, WilderAverage } from '../../../src/core/market/moving-average.ts'
import { Macd, Rsi } from '../../../src/core/market/oscillators.ts'
import { RollingMedian } from '../../../src/core/market/rolling-median.ts'
import { Adx, Atr, trueRange } from '../../../src/core/market/true-range.ts'
import type { Candle } from '../../../src/core/model/market.ts'
import { randomWalk } from '../../fixtures/candles.ts'
import * as batch from './batch.ts'

/** Walks of all tempers: calm and wild, cheap and dear coins, with outages, and stretches that stand still. */
const walks = fc
  .record({
    seed: fc.integer(),
    count: fc.integer({ min: 1, max: 90 }),
    sigma: fc.constantFrom(0, 0.0005, 0.004, 0.05),
    flatShare: fc.constantFrom(0, 0.1, 0.8),
    price: fc.constantFrom(0.00002, 1, 100_000),
  })
  .map((settings) => randomWalk(settings))

/** `unit`: size of the numbers that went in, so that 1e-9 means the same for cheap and dear coins. */
function expectSame(actual: number, expected: number, unit: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN()
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * unit)
}

type Series = readonly Candle[]
const prices = (candles: Series): number => Math.max(...candles.map(({ high }) => high))
const closesOf = (candles: Series): number[] => candles.map(({ close }) => close)

/** `start` makes the incremental indicator, `of` is the batch formula over all bars so far. */
function sameAtEveryBar(
  start: () => (candle: Candle) => number,
  of: (candles: Series) => number,
  unitOf: (candles: Series) => number = () => 100,
): void {
  const property = fc.property(walks, (candles) => {
    const next = start()
    const unit = unitOf(candles)
    candles.forEach((candle, index) => expectSame(next(candle), of(candles.slice(0, index + 1)), unit))
  })
  fc.assert(property, { numRuns: 60 })
}

describe('averages', () => {
  it('SMA, EMA and Wilder’s average', () => {
    const sma = (): ((candle: Candle) => number) => {
      const average = new Sma(20)
      return ({ close }) => average.next(close)
    }
    sameAtEveryBar(sma, (candles) => batch.sma(closesOf(candles), 20), prices)
    const ema = (): ((candle: Candle) => number) => {
      const average = new Ema(12)
      return ({ close }) => average.next(close)
    }
    sameAtEveryBar(ema, (candles) => batch.ema(closesOf(candles), 12), prices)
    const wilder = (): ((candle: Candle) => number) => {
      const average = new WilderAverage(14)
      return ({ close }) => average.next(close)
    }
    sameAtEveryBar(wilder, (candles) => batch.wilder(closesOf(candles), 14), prices)
  })

  it('an EMA starts as the SMA of its first bars: 1, 2, 3 → 2, then weight ½', () => {
    const ema = new Ema(3)
    expect([1, 2, 3, 6, 10].map((x) => ema.next(x))).toEqual([NaN, NaN, 2, 4, 7])
  })
})

describe('oscillators', () => {
  it('RSI-14', () => {
    const start = (): ((candle: Candle) => number) => {
      const rsi = new Rsi(14)
      return ({ close }) => rsi.next(close)
    }
    sameAtEveryBar(start, (candles) => batch.rsi(closesOf(candles), 14))
  })

  it('RSI by hand: gains 2 and 0, losses 0 and 1 over 2 bars → 100 × 1 ÷ 1.5; only gains → 100; no move → 50', () => {
    const rsi = new Rsi(2)
    expect([10, 12, 11].map((close) => rsi.next(close))).toEqual([NaN, NaN, 100 / 1.5])
    const rising = new Rsi(2)
    expect([1, 2, 3, 4].map((close) => rising.next(close)).at(-1)).toBe(100)
    const still = new Rsi(2)
    expect([5, 5, 5].map((close) => still.next(close)).at(-1)).toBe(50)
  })

  it('MACD 12/26/9: line, signal and histogram', () => {
    const start = (of: (macd: Macd) => number) => (): ((candle: Candle) => number) => {
      const macd = new Macd(12, 26, 9)
      return ({ close }) => {
        macd.next(close)
        return of(macd)
      }
    }
    const expected = (candles: Series): { line: number; signal: number } => batch.macd(closesOf(candles), 12, 26, 9)
    sameAtEveryBar(
      start(({ line }) => line),
      (candles) => expected(candles).line,
      prices,
    )
    sameAtEveryBar(
      start(({ histogram }) => histogram),
      (candles) => expected(candles).line - expected(candles).signal,
      prices,
    )
  })
})

describe('range and direction', () => {
  it('the true range counts a gap from the previous close', () => {
    expect(trueRange(12, 11, 10)).toBe(2)
    expect(trueRange(12, 11, 15)).toBe(4)
    expect(trueRange(12, 9, 10)).toBe(3)
    expect(trueRange(12, 9, NaN)).toBe(3)
  })

  it('ATR-14', () => {
    const start = (): ((candle: Candle) => number) => {
      const atr = new Atr(14)
      return ({ high, low, close }) => atr.next(high, low, close)
    }
    sameAtEveryBar(start, (candles) => batch.atr(candles, 14), prices)
  })

  it('ADX-14', () => {
    const start = (): ((candle: Candle) => number) => {
      const adx = new Adx(14)
      return ({ high, low, close }) => adx.next(high, low, close)
    }
    sameAtEveryBar(start, (candles) => batch.adx(candles, 14))
  })

  it('a bar that reaches as far out on both sides moves neither way', () => {
    const adx = new Adx(2)
    for (let bar = 0; bar < 6; bar++) adx.next(10 + bar, 10 - bar, 10)
    expect([adx.plus, adx.minus, adx.value]).toEqual([0, 0, 0])
  })

  it('a market that only rises has ADX 100 and +DI only', () => {
    const adx = new Adx(3)
    for (let bar = 0; bar < 6; bar++) adx.next(10 + bar, 9 + bar, 9.5 + bar)
    expect(adx.value).toBeCloseTo(100, 12)
    expect(adx.plus).toBeCloseTo(100 * (1 / 1.5), 12)
    expect(adx.minus).toBe(0)
  })
})

describe('bands', () => {
  it('Bollinger 20, 2: σ of the population', () => {
    const start = (of: (bands: Bollinger) => number) => (): ((candle: Candle) => number) => {
      const bands = new Bollinger(20, 2)
      return ({ close }) => {
        bands.next(close)
        return of(bands)
      }
    }
    sameAtEveryBar(
      start(({ sigma }) => sigma),
      (candles) => batch.sigma(closesOf(candles), 20),
      prices,
    )
    sameAtEveryBar(
      start(({ upper }) => upper),
      (candles) => batch.sma(closesOf(candles), 20) + 2 * batch.sigma(closesOf(candles), 20),
      prices,
    )
    sameAtEveryBar(
      start(({ lower }) => lower),
      (candles) => batch.sma(closesOf(candles), 20) - 2 * batch.sigma(closesOf(candles), 20),
      prices,
    )
  })

  it('a window that stands still has σ exactly 0, whatever went before', () => {
    const bands = new Bollinger(5, 2)
    for (const close of [65_432.1, 0.003, 71_000.7, 12.25, 9, ...Array<number>(5).fill(64_999.9)]) bands.next(close)
    expect(bands.sigma).toBe(0)
    expect(bands.upper).toBe(64_999.9)
  })

  it('Donchian 10: highest high and lowest low, the current bar included', () => {
    const start = (of: (channel: Donchian) => number) => (): ((candle: Candle) => number) => {
      const channel = new Donchian(10)
      return ({ high, low }) => {
        channel.next(high, low)
        return of(channel)
      }
    }
    const window = (candles: Series): Series => (candles.length < 10 ? [] : candles.slice(-10))
    const orNan = (value: number): number => (Number.isFinite(value) ? value : NaN)
    sameAtEveryBar(
      start(({ upper }) => upper),
      (candles) => orNan(Math.max(...window(candles).map(({ high }) => high))),
    )
    sameAtEveryBar(
      start(({ lower }) => lower),
      (candles) => orNan(Math.min(...window(candles).map(({ low }) => low))),
    )
  })

  it('realised volatility: population σ of log returns', () => {
    const start = (): ((candle: Candle) => number) => {
      const volatility = new RealisedVolatility(24)
      return ({ close }) => volatility.next(close)
    }
    sameAtEveryBar(start, (candles) => batch.sigma(batch.logReturns(closesOf(candles)), 24))
  })
})

describe('window measures', () => {
  it('efficiency over 24 bars: net move ÷ path', () => {
    const start = (): ((candle: Candle) => number) => {
      const efficiency = new EfficiencyRatio(24)
      return ({ close }) => efficiency.next(close)
    }
    sameAtEveryBar(start, (candles) => batch.efficiency(closesOf(candles), 24))
  })

  it('efficiency by hand: up 3, down 1, up 2 in a path of 6 goes 4 → ⅔; standing still is 0', () => {
    const efficiency = new EfficiencyRatio(3)
    expect([10, 13, 12, 14].map((close) => efficiency.next(close)).at(-1)).toBeCloseTo(4 / 6, 15)
    const still = new EfficiencyRatio(3)
    expect([7, 7, 7, 7].map((close) => still.next(close)).at(-1)).toBe(0)
  })

  it('the rolling median is the median of the sorted window', () => {
    const values = fc.array(fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 0, max: 3 })))
    const property = fc.property(values, fc.integer({ min: 1, max: 12 }), (series, length) => {
      const rolling = new RollingMedian(length)
      series.forEach((value, index) => {
        const expected = batch.median(series.slice(Math.max(0, index + 1 - length), index + 1))
        expect(rolling.next(value)).toBeCloseTo(expected, 12)
      })
    })
    fc.assert(property, { numRuns: 200 })
  })
})

it('a long series does not drift: after 200 000 bars σ is still the batch σ', () => {
  const bands = new Bollinger(20, 2)
  const candles = randomWalk({ count: 200_000, sigma: 0.01, flatShare: 0.05, seed: 7 })
  for (const { close } of candles) bands.next(close)
  const last = closesOf(candles.slice(-20))
  expectSame(bands.sigma, batch.sigma(last, 20), Math.max(...last))
})
