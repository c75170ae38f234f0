/** Regime and volatility at their exact thresholds, and what a whole symbol model says (SPEC §6). */
import { describe, expect, it } from 'vitest'

import { DayVolume } from '../../../src/core/market/day-volume.ts'
import { globalState } from '../../../src/core/market/global-state.ts'
import { regimeOf, type RegimeMeasures } from '../../../src/core/market/regime.ts'
import { MARKET_SETTINGS } from '../../../src/core/market/settings.ts'
import { bookSpread, estimateSpread } from '../../../src/core/market/spread.ts'
import { SymbolModel } from '../../../src/core/market/symbol-model.ts'
import { VolatilityClass, volatilityOfBar } from '../../../src/core/market/volatility.ts'
import { intervalMs } from '../../../src/core/model/interval.ts'
import type { Candle, Ticker } from '../../../src/core/model/market.ts'
import type { Regime, SymbolState, Volatility } from '../../../src/core/model/regime.ts'
import { candleOf, candlesClosingAt, randomWalk } from '../../fixtures/candles.ts'
import * as batch from './batch.ts'

const HOUR = intervalMs('1h')

const quiet: RegimeMeasures = {
  adx: 22,
  fastEma: 100,
  slowEma: 100,
  efficiency: 0.5,
  quoteVolume24h: 50e6,
  spread: 0.0003,
}
const regime = (measures: Partial<RegimeMeasures>): Regime | null =>
  regimeOf({ ...quiet, ...measures }, MARKET_SETTINGS)

describe('regime of a symbol', () => {
  it('is trending from ADX 25 and a gap of 0.3 % on, the sign tells the way', () => {
    expect(regime({ adx: 25, fastEma: 100.31 })).toBe('BULL_TRENDING')
    const quarter = { ...MARKET_SETTINGS, trendGap: 0.25 }
    expect(regimeOf({ ...quiet, adx: 25, fastEma: 125 }, quarter)).toBe('BULL_TRENDING')
    expect(regimeOf({ ...quiet, adx: 25, fastEma: 75 }, quarter)).toBe('BEAR_TRENDING')
    expect(regime({ adx: 25, fastEma: 99.69 })).toBe('BEAR_TRENDING')
    expect(regime({ adx: 24.999, fastEma: 101 })).toBe('RANGING')
    expect(regime({ adx: 25, fastEma: 100.29 })).toBe('RANGING')
  })

  it('is choppy under ADX 20 and efficiency 0.10, else ranging', () => {
    expect(regime({ adx: 19.999, efficiency: 0.0999 })).toBe('CHOPPY')
    expect(regime({ adx: 20, efficiency: 0.0999 })).toBe('RANGING')
    expect(regime({ adx: 19.999, efficiency: 0.1 })).toBe('RANGING')
  })

  it('is low liquidity under 2 M USDT or over 10 bp, whatever else', () => {
    expect(regime({ quoteVolume24h: 1_999_999, adx: 40, fastEma: 110 })).toBe('LOW_LIQUIDITY')
    expect(regime({ quoteVolume24h: 2_000_000 })).toBe('RANGING')
    expect(regime({ spread: 0.001 })).toBe('RANGING')
    expect(regime({ spread: 0.00101 })).toBe('LOW_LIQUIDITY')
  })

  it('has no opinion before enough bars, but sees illiquidity at once', () => {
    expect(regime({ slowEma: NaN })).toBeNull()
    expect(regime({ adx: NaN })).toBeNull()
    expect(regime({ slowEma: NaN, quoteVolume24h: 1e6 })).toBe('LOW_LIQUIDITY')
  })
})

describe('volatility', () => {
  const classOf = (ratio: number, atrPct = 5): Volatility => volatilityOfBar(ratio, atrPct, MARKET_SETTINGS)

  it('LOW < 0.6 ≤ NORMAL < 1.5 ≤ HIGH < 2.5 ≤ EXTREME; 15 % a day is EXTREME too', () => {
    expect([0.5999, 0.6, 1.4999, 1.5, 2.4999, 2.5].map((ratio) => classOf(ratio))).toEqual([
      'LOW',
      'NORMAL',
      'NORMAL',
      'HIGH',
      'HIGH',
      'EXTREME',
    ])
    expect(classOf(1, 14.999)).toBe('NORMAL')
    expect(classOf(1, 15)).toBe('EXTREME')
    expect(classOf(NaN, 15)).toBe('EXTREME')
    expect(classOf(NaN)).toBe('NORMAL')
  })

  /** Feeds ATRs of a price of 100, after a calm start of 100 bars at ATR 1, and tells the class after each. */
  function classesAfterCalm(atrs: readonly number[]): (Volatility | null)[] {
    const volatility = new VolatilityClass(MARKET_SETTINGS)
    for (let bar = 0; bar < 100; bar++) volatility.next(1, 100)
    return atrs.map((atr) => {
      volatility.next(atr, 100)
      return volatility.value
    })
  }

  it('changes after three closed bars in a row', () => {
    expect(classesAfterCalm([2, 2, 2, 2])).toEqual(['NORMAL', 'NORMAL', 'HIGH', 'HIGH'])
    expect(classesAfterCalm([2, 2, 1, 2, 2, 2])).toEqual(['NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'HIGH'])
    expect(classesAfterCalm([0.5, 0.5, 0.5])).toEqual(['NORMAL', 'NORMAL', 'LOW'])
  })

  it('turns EXTREME at once, and back after three', () => {
    expect(classesAfterCalm([2.6, 1, 1, 1])).toEqual(['EXTREME', 'EXTREME', 'EXTREME', 'NORMAL'])
  })

  it('is NORMAL until the median has 100 ATRs, unknown before the first', () => {
    const volatility = new VolatilityClass(MARKET_SETTINGS)
    volatility.next(NaN, 100)
    expect(volatility.value).toBeNull()
    for (let bar = 0; bar < 99; bar++) {
      volatility.next(bar < 90 ? 1 : 2.9, 100)
      expect(volatility.value).toBe('NORMAL')
      expect(volatility.ratio).toBeNaN()
    }
    volatility.next(2.9, 100)
    expect(volatility.ratio).toBeCloseTo(2.9, 12)
    expect(volatility.value).toBe('EXTREME')
  })

  it('stays NORMAL when a market that always stood still begins to move: there is nothing to compare with', () => {
    const volatility = new VolatilityClass(MARKET_SETTINGS)
    for (let bar = 0; bar < 200; bar++) volatility.next(0, 100)
    volatility.next(0.5, 100)
    expect(volatility.value).toBe('NORMAL')
    expect(volatility.ratio).toBeNaN()
  })

  it('compares with the median of the last 480 bars only', () => {
    const volatility = new VolatilityClass(MARKET_SETTINGS)
    for (let bar = 0; bar < 300; bar++) volatility.next(1, 100)
    for (let bar = 0; bar < 480; bar++) volatility.next(2, 100)
    expect(volatility.ratio).toBe(1)
  })
})

describe('spread', () => {
  const ticker: Ticker = { symbol: 'X', at: 0, last: 100, bid: 99.9, ask: 100.1, bidQuantity: 1, askQuantity: 1 }

  it('of a book is (ask − bid) ÷ mid; without a book or crossed there is none', () => {
    expect(bookSpread(ticker)).toBeCloseTo(0.002, 12)
    expect(bookSpread({ ...ticker, bid: null })).toBeNull()
    expect(bookSpread({ ...ticker, bid: 100.2 })).toBeNull()
    expect(bookSpread({ ...ticker, bid: 0 })).toBeNull()
    expect(bookSpread({ ...ticker, bid: 100.1 })).toBe(0)
  })

  it('is estimated as 1 bp + 2 bp·√(50 M ÷ volume), never under a tick, at most 20 bp', () => {
    expect(estimateSpread(50e6, 100, 0.001, MARKET_SETTINGS)).toBeCloseTo(0.0003, 12)
    expect(estimateSpread(200e6, 100, 0.001, MARKET_SETTINGS)).toBeCloseTo(0.0002, 12)
    expect(estimateSpread(5e9, 100, 0.1, MARKET_SETTINGS)).toBe(0.001)
    expect(estimateSpread(1000, 100, 0.001, MARKET_SETTINGS)).toBe(0.002)
    expect(estimateSpread(0, 100, 0.001, MARKET_SETTINGS)).toBe(0.002)
    expect(estimateSpread(50e6, 0.01, 0.0001, MARKET_SETTINGS)).toBe(0.01)
  })
})

describe('24 h quote volume', () => {
  it('is the sum of the last 24 hours', () => {
    const volume = new DayVolume()
    for (let hour = 0; hour < 30; hour++) volume.next(hour * HOUR, hour)
    expect(volume.value).toBe((6 + 29) * 12)
  })

  it('counts hours nobody told as the mean of the others, an outage as nothing traded', () => {
    const volume = new DayVolume()
    expect(volume.next(0, 10)).toBe(240)
    expect(volume.next(HOUR, 0)).toBe(120)
    expect(volume.next(23 * HOUR, 20)).toBe(240)
    expect(volume.next(100 * HOUR, 7)).toBe(168)
  })
})

describe('symbol model', () => {
  const walk = randomWalk({ interval: '1h', count: 499, sigma: 0.006, volume: 50_000, seed: 3 })
  const model = (candles: readonly Candle[]): SymbolModel => {
    const fresh = new SymbolModel('TESTUSDT', 0.01)
    for (const candle of candles) fresh.onHour(candle)
    return fresh
  }

  it('knows nothing before the first candle', () => {
    const nothing = { regime: null, volatility: null, atrPct: null, quoteVolume24h: null, spread: null }
    expect(model([]).state).toEqual({ symbol: 'TESTUSDT', ...nothing, spreadIsEstimate: true })
  })

  it('has the ATR from 14 bars on, the regime from 200 on', () => {
    expect(model(walk.slice(0, 13)).state.atrPct).toBeNull()
    expect(model(walk.slice(0, 14)).state.volatility).toBe('NORMAL')
    expect(model(walk.slice(0, 199)).state.regime).toBeNull()
    expect(model(walk.slice(0, 200)).state.regime).not.toBeNull()
  })

  it('says at every hour what the formulas say of all bars so far', () => {
    const running = new SymbolModel('TESTUSDT', 0.01)
    walk.forEach((candle, index) => {
      running.onHour(candle)
      if (index < 200 || index % 23 !== 0) return
      const soFar = walk.slice(0, index + 1)
      const closes = soFar.map(({ close }) => close)
      const state = running.state
      expect(state.atrPct).toBeCloseTo(((100 * batch.atr(soFar, 14)) / candle.close) * Math.sqrt(24), 9)
      const quoteVolume24h = batch.mean(soFar.slice(-24).map(({ quoteVolume }) => quoteVolume)) * 24
      expect(state.quoteVolume24h).toBeCloseTo(quoteVolume24h, 3)
      const measures = {
        adx: batch.adx(soFar, 14),
        fastEma: batch.ema(closes, 50),
        slowEma: batch.ema(closes, 200),
        efficiency: batch.efficiency(closes, 24),
        quoteVolume24h,
        spread: 0.0001 + 0.0002 * Math.sqrt(50e6 / quoteVolume24h),
      }
      expect(state.regime).toBe(regimeOf(measures, MARKET_SETTINGS))
      expect(state.spread).toBeCloseTo(measures.spread, 12)
    })
  })

  it('a planted trend is seen, up and down', () => {
    const trend = (step: number): Regime | null => {
      const closes = Array.from({ length: 300 }, (_, bar) => 100 * Math.exp(step * bar))
      return model(candlesClosingAt(closes, { interval: '1h', volume: 1e6 })).state.regime
    }
    expect(trend(0.002)).toBe('BULL_TRENDING')
    expect(trend(-0.002)).toBe('BEAR_TRENDING')
  })

  it('takes the spread of the book where there is one, and forgets it with the book', () => {
    const symbol = model(walk)
    const ticker = { symbol: 'TESTUSDT', at: 0, last: 100, bid: 99, ask: 101, bidQuantity: 1, askQuantity: 1 }
    symbol.onTicker(ticker)
    expect(symbol.state.spread).toBeCloseTo(0.02, 12)
    expect(symbol.state.spreadIsEstimate).toBe(false)
    symbol.onHour(candleOf({ ...walk[498], close: 100, high: 1e9, openAt: 499 * HOUR }))
    expect(symbol.state.regime).toBe('LOW_LIQUIDITY')
    symbol.onTicker({ ...ticker, bid: null, ask: null })
    expect(symbol.state.spreadIsEstimate).toBe(true)
  })

  it('ignores an hour told again', () => {
    const symbol = model(walk)
    const before = symbol.state
    symbol.onHour(walk[498] as Candle)
    symbol.onHour(walk[200] as Candle)
    expect(symbol.state).toBe(before)
  })
})

describe('global state', () => {
  const symbol = (
    regime: Regime | null,
    volatility: Volatility | null,
    quoteVolume24h: number | null,
  ): SymbolState => ({
    symbol: 'X',
    regime,
    volatility,
    atrPct: null,
    quoteVolume24h,
    spread: null,
    spreadIsEstimate: true,
  })

  it('is the vote weighted by the root of the volume', () => {
    const symbols = [symbol('BULL_TRENDING', 'HIGH', 100), symbol('CHOPPY', 'LOW', 30), symbol('CHOPPY', 'LOW', 30)]
    expect(globalState(symbols)).toEqual({ regime: 'CHOPPY', volatility: 'LOW' })
    const one = [symbol('BULL_TRENDING', 'HIGH', 100), symbol('CHOPPY', 'LOW', 24), symbol('CHOPPY', 'LOW', 24)]
    expect(globalState(one)).toEqual({ regime: 'BULL_TRENDING', volatility: 'HIGH' })
  })

  it('gives a tie to the more defensive, in whatever order they come', () => {
    const tied = [
      symbol('BULL_TRENDING', 'NORMAL', 4),
      symbol('CHOPPY', 'EXTREME', 1),
      symbol('CHOPPY', 'EXTREME', 1),
      symbol('RANGING', 'HIGH', 4),
    ]
    expect(globalState(tied)).toEqual({ regime: 'CHOPPY', volatility: 'EXTREME' })
    expect(globalState(tied.toReversed())).toEqual({ regime: 'CHOPPY', volatility: 'EXTREME' })
    // 0.7 + 0.1 falls short of 0.8 by a rounding
    const rounded = [
      symbol('BEAR_TRENDING', 'LOW', 0.64),
      symbol('RANGING', 'HIGH', 0.49),
      symbol('RANGING', 'HIGH', 0.01),
    ]
    expect(globalState(rounded)).toEqual({ regime: 'RANGING', volatility: 'HIGH' })
  })

  it('is unknown while nobody votes; the unknown abstain', () => {
    expect(globalState([])).toEqual({ regime: null, volatility: null })
    expect(globalState([symbol(null, null, 9), symbol('RANGING', 'LOW', null)])).toEqual({
      regime: null,
      volatility: null,
    })
    expect(globalState([symbol(null, null, 9), symbol('RANGING', 'LOW', 1)]).regime).toBe('RANGING')
  })
})
