/** Small markets in which each built-in strategy must see exactly what it is made for, at the right bar, with the right stop. */
import { describe, expect, it } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import type { Signal } from '../../../src/core/model/signal.ts'
import { breakoutHunter } from '../../../src/core/strategy/breakout-hunter.ts'
import { BUILT_IN_STRATEGIES } from '../../../src/core/strategy/built-in.ts'
import { meanReversion } from '../../../src/core/strategy/mean-reversion.ts'
import { momentumScalping } from '../../../src/core/strategy/momentum-scalping.ts'
import type { StrategyDefinition } from '../../../src/core/strategy/strategy.ts'
import { trendFollowing } from '../../../src/core/strategy/trend-following.ts'
import { candleOf, randomWalk } from '../../fixtures/candles.ts'
import * as batch from '../market/batch.ts'

const BAR = 900_000

/** Bars that close at these prices, with short wicks. */
function market(closes: readonly number[], volumeOf: (bar: number) => number = () => 100): Candle[] {
  return closes.map((close, bar) => {
    const open = closes[bar - 1] ?? close
    const high = Math.max(open, close) * 1.0005
    const low = Math.min(open, close) / 1.0005
    return candleOf({ openAt: bar * BAR, open, high, low, close, volume: volumeOf(bar) })
  })
}

/** Swings around 100 without going anywhere. */
const swing = (bars: number, amplitude: number): number[] =>
  Array.from({ length: bars }, (_, bar) => 100 * (1 + amplitude * Math.sin((bar * 2 * Math.PI) / 9)))

/** Goes on from a price by the same step every bar. */
const ramp = (from: number, step: number, bars: number): number[] =>
  Array.from({ length: bars }, (_, bar) => from * Math.exp(step * (bar + 1)))

const last = (values: readonly number[]): number => values.at(-1) ?? NaN

function signalsOf(definition: StrategyDefinition, candles: readonly Candle[]): Signal[] {
  const run = definition.start('TESTUSDT', definition.defaults)
  return candles.map((candle) => run.next(candle)).filter((signal) => signal !== null)
}

const told = (signals: readonly Signal[]): string[] =>
  signals.map(({ kind, side, bar }) => `${kind} ${side} at ${bar / BAR}`)

/** Stop distance in ATRs of all bars up to the signal's, by the batch formula. */
const stopAtrs = (signal: Signal, candles: readonly Candle[]): number =>
  Math.abs(signal.price - signal.stopPrice) / batch.atr(candles.slice(0, signal.bar / BAR + 1), 14)

describe('trend_following', () => {
  const fall = ramp(100, -0.001, 80)
  const rise = ramp(last(fall), 0.003, 60)
  const crash = ramp(last(rise), -0.003, 60)
  const closes = [...fall, ...rise, ...crash]
  const candles = market(closes)

  it('goes long at the first bar whose averages have crossed with ADX ≥ 20 and rising, short when they cross back', () => {
    const gaps = closes.map(
      (_, bar) => batch.ema(closes.slice(0, bar + 1), 20) - batch.ema(closes.slice(0, bar + 1), 50),
    )
    const up = gaps.findIndex((gap) => gap > 0)
    const down = gaps.findIndex((gap, bar) => bar > up && gap < 0)
    const adx = (bar: number): number => batch.adx(candles.slice(0, bar + 1), 14)
    const entered = [up, down].map((crossing) =>
      closes.findIndex((_, bar) => bar >= crossing && adx(bar) >= 20 && adx(bar) > adx(bar - 1)),
    )
    const signals = signalsOf(trendFollowing, candles).filter(({ kind }) => kind === 'ENTRY')
    expect(told(signals)).toEqual([`ENTRY LONG at ${entered[0]}`, `ENTRY SHORT at ${entered[1]}`])
  })

  it('stops three ATRs away, aims three times as far, trails from half of that', () => {
    const [entry] = signalsOf(trendFollowing, candles) as [Signal]
    expect(stopAtrs(entry, candles)).toBeCloseTo(3, 9)
    const distance = entry.price - entry.stopPrice
    expect(entry.takeProfitPrice).toBeCloseTo(entry.price + 3 * distance, 9)
    expect(entry.trailing?.activationPrice).toBeCloseTo(entry.price + 1.5 * distance, 9)
    expect(entry.trailing?.callback).toBeCloseTo(distance / entry.price, 12)
  })

  it('only leaves when the averages cross without a trend behind it: shorts going up, longs going down', () => {
    const run = trendFollowing.start('TESTUSDT', { ...trendFollowing.defaults, minAdx: 60, windowBars: 1 })
    const waves = Array.from({ length: 240 }, (_, bar) => 100 + 2 * Math.cos((bar * 2 * Math.PI) / 80))
    const signals = market(waves).map((candle) => run.next(candle))
    const crossings = waves.flatMap((_, bar) => {
      const rising = [bar, bar + 1].map(
        (end) => batch.ema(waves.slice(0, end), 20) > batch.ema(waves.slice(0, end), 50),
      )
      return bar > 70 && rising[0] !== rising[1] ? [`EXIT ${rising[1] === true ? 'SHORT' : 'LONG'} at ${bar}`] : []
    })
    expect(crossings.length).toBeGreaterThan(3)
    // At the first crossing the ADX is still full of the first long fall: that one is an entry.
    expect(told(signals.filter((signal) => signal !== null)).slice(1)).toEqual(crossings)
  })
})

describe('momentum_scalping', () => {
  const burst = ramp(100, 0.008, 4)
  const candles = market([...swing(81, 0.0004), ...burst, ...Array<number>(20).fill(last(burst))])

  it('joins a burst at its first bar, leaves when the histogram turns', () => {
    const signals = signalsOf(momentumScalping, candles)
    const [entry, exit] = signals as [Signal, Signal]
    expect(told(signals.slice(0, 1))).toEqual(['ENTRY LONG at 81'])
    const closes = candles.map(({ close }) => close)
    const histogram = (bar: number): number => {
      const { line, signal } = batch.macd(closes.slice(0, bar + 1), 12, 26, 9)
      return line - signal
    }
    const turned = closes.findIndex((_, bar) => bar > 81 && histogram(bar) <= 0)
    expect(told([exit])).toEqual([`EXIT LONG at ${turned}`])
    expect(entry.features['rsi']).toBeCloseTo(batch.rsi(closes.slice(0, 82), 14), 9)
  })

  it('stops at least 0.9 % away even when the market was asleep, aims at 1.5 × 2.5 ATRs', () => {
    const [entry] = signalsOf(momentumScalping, candles) as [Signal]
    expect(entry.stopPrice).toBeCloseTo(entry.price * 0.991, 9)
    const atr = batch.atr(candles.slice(0, 82), 14)
    expect(entry.takeProfitPrice).toBeCloseTo(entry.price + 1.5 * 2.5 * atr, 9)
  })

  it('lets a slow drift pass', () => {
    expect(signalsOf(momentumScalping, market([...swing(81, 0.0004), ...ramp(100, 0.0003, 40)]))).toEqual([])
  })

  it('gives up after 24 bars', () => {
    const endless = market([
      ...swing(81, 0.0004),
      ...ramp(100, 0.008, 4),
      ...Array.from({ length: 30 }, (_, k) => 103.25 * 1.0002 ** (k * k * 8)),
    ])
    const exits = signalsOf(momentumScalping, endless).filter(({ kind }) => kind === 'EXIT')
    expect(told(exits)[0]).toBe('EXIT LONG at 105')
    expect(exits[0]?.features['age']).toBe(24)
  })
})

describe('breakout_hunter', () => {
  const closes = [...swing(81, 0.004), 102, 102.2, 102.4, ...ramp(102.4, -0.004, 20)]
  const loud = (bar: number): number => (bar === 81 ? 300 : 100)
  const candles = market(closes, loud)

  it('buys the bar that closes above the channel on heavy volume, leaves across the middle of the channel', () => {
    const signals = signalsOf(breakoutHunter, candles)
    const middle = (bar: number): number => {
      const channel = candles.slice(bar - 48, bar)
      return (Math.max(...channel.map(({ high }) => high)) + Math.min(...channel.map(({ low }) => low))) / 2
    }
    const back = closes.findIndex((close, bar) => bar > 81 && close <= middle(bar))
    expect(told(signals)).toEqual(['ENTRY LONG at 81', `EXIT LONG at ${back}`])
    expect(signals[0]?.features['volumeRatio']).toBeCloseTo(3, 9)
    expect(stopAtrs(signals[0] as Signal, candles)).toBeCloseTo(2.5, 9)
  })

  it('does not believe a break without volume, nor the same break a second time', () => {
    expect(signalsOf(breakoutHunter, market(closes))).toEqual([])
    const late = market(closes, (bar) => (bar === 83 ? 300 : 100))
    expect(signalsOf(breakoutHunter, late)).toEqual([])
  })

  it('gives up after 96 bars', () => {
    const creeping = market([...swing(81, 0.004), 102, ...ramp(102, 0.0002, 120)], loud)
    expect(told(signalsOf(breakoutHunter, creeping))).toEqual(['ENTRY LONG at 81', 'EXIT LONG at 177'])
  })

  it('sells the mirror image', () => {
    const mirrored = market(
      closes.map((close) => 200 - close),
      loud,
    )
    expect(told(signalsOf(breakoutHunter, mirrored))[0]).toBe('ENTRY SHORT at 81')
  })
})

describe('mean_reversion', () => {
  const closes = [...swing(90, 0.002), 98, 97.9, 98.5, 99, 99.5, 100, 100.2]
  const candles = market(closes)

  it('buys the first bar under the band, aims at the middle, leaves when it is reached', () => {
    const signals = signalsOf(meanReversion, candles)
    const [entry] = signals as [Signal]
    const back = closes.findIndex((close, bar) => bar > 90 && close >= batch.sma(closes.slice(0, bar + 1), 20))
    expect(told(signals)).toEqual(['ENTRY LONG at 90', `EXIT LONG at ${back}`])
    expect(entry.takeProfitPrice).toBeCloseTo(batch.sma(closes.slice(0, 91), 20), 9)
    expect(stopAtrs(entry, candles)).toBeCloseTo(3, 9)
    expect(entry.features['sigmas']).toBeCloseTo(
      (batch.sma(closes.slice(0, 91), 20) - 98) / batch.sigma(closes.slice(0, 91), 20),
      9,
    )
  })

  it('does not catch a falling knife: with a trend on there is nothing to fade', () => {
    const falling = market([...swing(90, 0.002), ...ramp(100, -0.003, 40), 85])
    const entries = signalsOf(meanReversion, falling).filter(({ kind, bar }) => kind === 'ENTRY' && bar / BAR > 100)
    expect(entries).toEqual([])
  })

  it('does not bother for less than 0.6 % of way back', () => {
    expect(signalsOf(meanReversion, market([...swing(90, 0.0005), 99.5, 99.6, 99.9]))).toEqual([])
  })

  it('gives up after 32 bars', () => {
    const stuck = market([...swing(90, 0.002), ...Array.from({ length: 60 }, (_, bar) => 98 - 0.01 * bar)])
    expect(told(signalsOf(meanReversion, stuck)).slice(0, 2)).toEqual(['ENTRY LONG at 90', 'EXIT LONG at 122'])
  })
})

describe('in any market every entry keeps the promises of its strategy', () => {
  const promises: Record<string, (signal: Signal, candles: readonly Candle[]) => boolean> = {
    trend_following: ({ features, bar }, candles) => {
      const adx = batch.adx(candles.slice(0, bar / BAR + 1), 14)
      const before = batch.adx(candles.slice(0, bar / BAR), 14)
      return adx >= 20 && adx > before && Math.abs((features['adx'] ?? NaN) - adx) < 1e-9
    },
    momentum_scalping: ({ features, side }) => {
      const { rsi = NaN, impulse = NaN, acceleration = NaN } = features
      return impulse >= 0.15 && acceleration >= 0.08 && (side === 'LONG' ? rsi >= 60 : rsi <= 40)
    },
    breakout_hunter: ({ features: { volumeRatio = NaN, excessAtrs = NaN } }) => volumeRatio >= 2 && excessAtrs > 0,
    mean_reversion: ({ features, side }) => {
      const { sigmas = NaN, adx = NaN, rsi = NaN } = features
      return sigmas > 2 && adx < 25 && (side === 'LONG' ? rsi <= 30 : rsi >= 70)
    },
  }

  it.each(BUILT_IN_STRATEGIES)('$id', (definition) => {
    let entries = 0
    for (let seed = 1; seed <= 12; seed++) {
      const candles = randomWalk({ count: 600, seed, sigma: 0.005 })
      for (const signal of signalsOf(definition, candles)) {
        if (signal.kind !== 'ENTRY') continue
        entries += 1
        expect(promises[definition.id]?.(signal, candles)).toBe(true)
      }
    }
    expect(entries).toBeGreaterThan(10)
  })
})

it('four strategies are built in, each with sound defaults', () => {
  expect(BUILT_IN_STRATEGIES.map(({ id }) => id)).toEqual([
    'trend_following',
    'momentum_scalping',
    'breakout_hunter',
    'mean_reversion',
  ])
  for (const definition of BUILT_IN_STRATEGIES) {
    expect(() => definition.start('BTCUSDT', definition.defaults)).not.toThrow()
    expect(definition.quantiles).toEqual(definition.quantiles.toSorted((a, b) => a - b))
    expect(definition.quantiles).toHaveLength(21)
  }
})
