/** Follows a trend from the crossing of two averages, once the directional index says that there is one. */
import { Ema } from '../market/moving-average.ts'
import { Adx, Atr } from '../market/true-range.ts'
import type { Interval } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'
import { opposite, type Side } from '../model/signal.ts'
import { QUANTILES } from './quantiles.ts'
import type { Ending, Setup, StrategyLogic } from './strategy-logic.ts'
import { strategy } from './strategy.ts'

const DEFAULTS = {
  interval: '15m' as Interval,
  fastBars: 20,
  slowBars: 50,
  adxBars: 14,
  atrBars: 14,
  /** ADX from which a crossing counts as the start of a trend */
  minAdx: 20,
  /** how long after the crossing the ADX may take to get there */
  windowBars: 12,
  stopAtrs: 3,
  /** target and start of trailing, in stop distances */
  targetStops: 3,
  trailAfterStops: 1.5,
}

type TrendParameters = Readonly<typeof DEFAULTS>

class TrendFollowing implements StrategyLogic {
  readonly #parameters: TrendParameters
  readonly #fast: Ema
  readonly #slow: Ema
  readonly #adx: Adx
  readonly #atr: Atr
  /** which way the averages stand; null before they have values */
  #side: Side | null = null
  #sinceCrossing = Infinity

  constructor(parameters: TrendParameters) {
    this.#parameters = parameters
    this.#fast = new Ema(parameters.fastBars)
    this.#slow = new Ema(parameters.slowBars)
    this.#adx = new Adx(parameters.adxBars)
    this.#atr = new Atr(parameters.atrBars)
  }

  next({ high, low, close }: Candle): Setup | Ending | null {
    const gap = this.#fast.next(close) - this.#slow.next(close)
    const before = this.#adx.value
    const adx = this.#adx.next(high, low, close)
    const atr = this.#atr.next(high, low, close)
    const side = gap > 0 ? 'LONG' : gap < 0 ? 'SHORT' : this.#side
    const crossed = side !== null && this.#side !== null && side !== this.#side
    this.#side = side
    this.#sinceCrossing = crossed ? 0 : this.#sinceCrossing + 1
    if (side === null) return null
    if (this.#sinceCrossing < this.#parameters.windowBars && adx >= this.#parameters.minAdx && adx > before) {
      this.#sinceCrossing = Infinity
      return this.#setup(side, adx, Math.abs(gap), atr)
    }
    return crossed ? { kind: 'EXIT', side: opposite(side), features: { adx, gap } } : null
  }

  #setup(side: Side, adx: number, gap: number, atr: number): Setup {
    const { stopAtrs, targetStops, trailAfterStops, minAdx } = this.#parameters
    const stopDistance = stopAtrs * atr
    return {
      kind: 'ENTRY',
      side,
      strength: adx / minAdx + gap / atr,
      stopDistance,
      targetDistance: targetStops * stopDistance,
      trailAfter: trailAfterStops * stopDistance,
      features: { adx, atr, gapAtrs: gap / atr, plusDi: this.#adx.plus, minusDi: this.#adx.minus },
    }
  }
}

export const trendFollowing = strategy({
  id: 'trend_following',
  description:
    'Enters when two exponential averages have crossed and the ADX confirms a trend; leaves when they cross back.',
  regimeTags: ['BULL_TRENDING', 'BEAR_TRENDING'],
  warmupBars: 450,
  expectedHoldBars: 48,
  defaults: DEFAULTS,
  bounds: {
    fastBars: [2, 200],
    slowBars: [3, 400],
    adxBars: [2, 100],
    atrBars: [2, 100],
    minAdx: [5, 60],
    windowBars: [1, 100],
    stopAtrs: [0.5, 10],
    targetStops: [0.5, 20],
    trailAfterStops: [0.25, 20],
  },
  quantiles: QUANTILES.trend_following,
  logic: (parameters) => new TrendFollowing(parameters),
})
