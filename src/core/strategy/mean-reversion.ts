/** Fades exhausted moves in markets without a trend: outside the Bollinger band with an extreme RSI, back to the middle. */
import { Bollinger } from '../market/bands.ts'
import { Rsi } from '../market/oscillators.ts'
import { Adx, Atr } from '../market/true-range.ts'
import type { Interval } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'
import { signOf, type Side } from '../model/signal.ts'
import { Idea } from './idea.ts'
import { QUANTILES } from './quantiles.ts'
import type { Ending, Setup, StrategyLogic } from './strategy-logic.ts'
import { strategy } from './strategy.ts'

const DEFAULTS = {
  interval: '15m' as Interval,
  bandBars: 20,
  bandWidth: 2,
  rsiBars: 14,
  adxBars: 14,
  atrBars: 14,
  /** RSI at or under which a fall is exhausted; a rise is at 100 minus this */
  oversold: 30,
  /** ADX at or above which there is a trend, and nothing to fade */
  maxAdx: 25,
  /** least way back to the middle, fraction of the price: under it the costs eat the gain */
  minReward: 0.006,
  stopAtrs: 3,
  maxHoldBars: 32,
}

type ReversionParameters = Readonly<typeof DEFAULTS>

class MeanReversion implements StrategyLogic {
  readonly #parameters: ReversionParameters
  readonly #bands: Bollinger
  readonly #rsi: Rsi
  readonly #adx: Adx
  readonly #atr: Atr
  readonly #idea = new Idea()
  /** the side that was exhausted in the bar before: one setup per excursion */
  #exhausted: Side | null = null

  constructor(parameters: ReversionParameters) {
    this.#parameters = parameters
    this.#bands = new Bollinger(parameters.bandBars, parameters.bandWidth)
    this.#rsi = new Rsi(parameters.rsiBars)
    this.#adx = new Adx(parameters.adxBars)
    this.#atr = new Atr(parameters.atrBars)
  }

  next({ high, low, close }: Candle): Setup | Ending | null {
    this.#bands.next(close)
    const rsi = this.#rsi.next(close)
    const adx = this.#adx.next(high, low, close)
    const atr = this.#atr.next(high, low, close)
    this.#idea.next()
    const side = this.#exhaustion(close, rsi, adx)
    const isFresh = side !== this.#exhausted
    this.#exhausted = side
    const reward = Math.abs(this.#bands.middle - close)
    if (side === null || !isFresh || reward < this.#parameters.minReward * close) return this.#ending(close, adx)
    this.#idea.have(side)
    return this.#setup(side, reward, rsi, adx, atr)
  }

  /** The side on which a way back is likely, null where nothing is exhausted or a trend is on. */
  #exhaustion(close: number, rsi: number, adx: number): Side | null {
    const { oversold, maxAdx } = this.#parameters
    if (!(adx < maxAdx)) return null
    if (close < this.#bands.lower && rsi <= oversold) return 'LONG'
    return close > this.#bands.upper && rsi >= 100 - oversold ? 'SHORT' : null
  }

  #setup(side: Side, reward: number, rsi: number, adx: number, atr: number): Setup {
    const sigmas = reward / this.#bands.sigma
    const extremity = Math.abs(rsi - 50) / (50 - this.#parameters.oversold)
    return {
      kind: 'ENTRY',
      side,
      strength: sigmas / this.#parameters.bandWidth + extremity,
      stopDistance: this.#parameters.stopAtrs * atr,
      targetDistance: reward,
      trailAfter: null,
      features: { rsi, adx, atr, sigmas, middle: this.#bands.middle },
    }
  }

  /** The price is back in the middle, or it did not come back in time. */
  #ending(close: number, adx: number): Ending | null {
    const { side, age } = this.#idea
    const { middle } = this.#bands
    if (side === null || (signOf(side) * (middle - close) > 0 && age < this.#parameters.maxHoldBars)) return null
    this.#idea.drop()
    return { kind: 'EXIT', side, features: { adx, middle, age } }
  }
}

export const meanReversion = strategy({
  id: 'mean_reversion',
  description:
    'Fades a move outside its Bollinger band with an extreme RSI while the ADX shows no trend; leaves at the middle.',
  regimeTags: ['RANGING', 'CHOPPY'],
  warmupBars: 450,
  expectedHoldBars: 12,
  defaults: DEFAULTS,
  bounds: {
    bandBars: [5, 200],
    bandWidth: [0.5, 5],
    rsiBars: [2, 100],
    adxBars: [2, 100],
    atrBars: [2, 100],
    oversold: [5, 49],
    maxAdx: [5, 60],
    minReward: [0, 0.1],
    stopAtrs: [0.5, 10],
    maxHoldBars: [1, 500],
  },
  quantiles: QUANTILES.mean_reversion,
  logic: (parameters) => new MeanReversion(parameters),
})
