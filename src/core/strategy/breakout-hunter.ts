/** Buys new highs and sells new lows of a price channel, if they come with volume. */
import { Donchian } from '../market/bands.ts'
import { Sma } from '../market/moving-average.ts'
import { Atr } from '../market/true-range.ts'
import type { Interval } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'
import { signOf, type Side } from '../model/signal.ts'
import { Idea } from './idea.ts'
import { QUANTILES } from './quantiles.ts'
import type { Ending, Setup, StrategyLogic } from './strategy-logic.ts'
import { strategy } from './strategy.ts'

const DEFAULTS = {
  interval: '15m' as Interval,
  channelBars: 48,
  volumeBars: 48,
  atrBars: 14,
  /** least volume of the breaking bar, in means of the bars before it */
  minVolumeRatio: 2,
  /** a break within this many bars of the last one the same way is the same break */
  quietBars: 24,
  stopAtrs: 2.5,
  /** target and start of trailing, in stop distances */
  targetStops: 2.5,
  trailAfterStops: 1.5,
  maxHoldBars: 96,
}

type BreakoutParameters = Readonly<typeof DEFAULTS>

class BreakoutHunter implements StrategyLogic {
  readonly #parameters: BreakoutParameters
  readonly #channel: Donchian
  readonly #volume: Sma
  readonly #atr: Atr
  readonly #idea = new Idea()
  #sinceUp = Infinity
  #sinceDown = Infinity

  constructor(parameters: BreakoutParameters) {
    this.#parameters = parameters
    this.#channel = new Donchian(parameters.channelBars)
    this.#volume = new Sma(parameters.volumeBars)
    this.#atr = new Atr(parameters.atrBars)
  }

  next({ high, low, close, volume }: Candle): Setup | Ending | null {
    const { upper, lower } = this.#channel
    const volumeRatio = volume / this.#volume.value
    this.#channel.next(high, low)
    this.#volume.next(volume)
    const atr = this.#atr.next(high, low, close)
    this.#idea.next()
    const side = this.#freshBreak(close, upper, lower)
    if (side === null || !(volumeRatio >= this.#parameters.minVolumeRatio))
      return this.#ending(close, (upper + lower) / 2)
    this.#idea.have(side)
    return this.#setup(side, (side === 'LONG' ? close - upper : lower - close) / atr, volumeRatio, atr)
  }

  /** Which side of the channel of the bars before was left, if not just a while ago. */
  #freshBreak(close: number, upper: number, lower: number): Side | null {
    this.#sinceUp += 1
    this.#sinceDown += 1
    const { quietBars } = this.#parameters
    if (close > upper) {
      const isFresh = this.#sinceUp > quietBars
      this.#sinceUp = 0
      return isFresh ? 'LONG' : null
    }
    if (close < lower) {
      const isFresh = this.#sinceDown > quietBars
      this.#sinceDown = 0
      return isFresh ? 'SHORT' : null
    }
    return null
  }

  #setup(side: Side, excessAtrs: number, volumeRatio: number, atr: number): Setup {
    const { stopAtrs, targetStops, trailAfterStops, minVolumeRatio } = this.#parameters
    const stopDistance = stopAtrs * atr
    return {
      kind: 'ENTRY',
      side,
      strength: volumeRatio / minVolumeRatio + excessAtrs,
      stopDistance,
      targetDistance: targetStops * stopDistance,
      trailAfter: trailAfterStops * stopDistance,
      features: { atr, volumeRatio, excessAtrs },
    }
  }

  /** Back across the middle of the channel, or time is up: the break has failed. */
  #ending(close: number, middle: number): Ending | null {
    const { side, age } = this.#idea
    if (side === null || (signOf(side) * (close - middle) > 0 && age < this.#parameters.maxHoldBars)) return null
    this.#idea.drop()
    return { kind: 'EXIT', side, features: { middle, age } }
  }
}

export const breakoutHunter = strategy({
  id: 'breakout_hunter',
  description:
    'Enters when the price leaves its twelve-hour channel on heavy volume; leaves when it falls back across the middle.',
  regimeTags: ['BULL_TRENDING', 'BEAR_TRENDING', 'RANGING'],
  warmupBars: 450,
  expectedHoldBars: 32,
  defaults: DEFAULTS,
  bounds: {
    channelBars: [5, 500],
    volumeBars: [2, 500],
    atrBars: [2, 100],
    minVolumeRatio: [0.1, 20],
    quietBars: [0, 500],
    stopAtrs: [0.5, 10],
    targetStops: [0.5, 20],
    trailAfterStops: [0.25, 20],
    maxHoldBars: [1, 1000],
  },
  quantiles: QUANTILES.breakout_hunter,
  logic: (parameters) => new BreakoutHunter(parameters),
})
