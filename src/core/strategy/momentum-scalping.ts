/** Rides a burst of momentum for a few hours: RSI breaks out of its middle while the MACD histogram pushes the same way. */
import { Macd, Rsi } from '../market/oscillators.ts'
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
  rsiBars: 14,
  fastBars: 12,
  slowBars: 26,
  signalBars: 9,
  atrBars: 14,
  /** RSI that a burst upwards crosses; downwards it is 100 minus this */
  rsiLevel: 60,
  /** least push of the histogram, in ATRs */
  minImpulse: 0.15,
  /** least growth of the histogram within the bar, in ATRs */
  minGrowth: 0.08,
  stopAtrs: 2.5,
  /** in stop distances */
  targetStops: 1.5,
  /** a burst that has not paid after this is over */
  maxHoldBars: 24,
}

type MomentumParameters = Readonly<typeof DEFAULTS>

class MomentumScalping implements StrategyLogic {
  readonly #parameters: MomentumParameters
  readonly #rsi: Rsi
  readonly #macd: Macd
  readonly #atr: Atr
  readonly #idea = new Idea()

  constructor(parameters: MomentumParameters) {
    this.#parameters = parameters
    this.#rsi = new Rsi(parameters.rsiBars)
    this.#macd = new Macd(parameters.fastBars, parameters.slowBars, parameters.signalBars)
    this.#atr = new Atr(parameters.atrBars)
  }

  next({ high, low, close }: Candle): Setup | Ending | null {
    const { rsiLevel } = this.#parameters
    const rsiBefore = this.#rsi.value
    const pushBefore = this.#macd.histogram
    const rsi = this.#rsi.next(close)
    const push = this.#macd.next(close)
    const atr = this.#atr.next(high, low, close)
    this.#idea.next()
    const burst =
      rsiBefore < rsiLevel && rsi >= rsiLevel
        ? 'LONG'
        : rsiBefore > 100 - rsiLevel && rsi <= 100 - rsiLevel
          ? 'SHORT'
          : null
    const setup = burst === null ? null : this.#setup(burst, push, push - pushBefore, rsi, atr)
    if (setup !== null) this.#idea.have(setup.side)
    return setup ?? this.#ending(push, rsi)
  }

  #setup(side: Side, push: number, growth: number, rsi: number, atr: number): Setup | null {
    const { minImpulse, minGrowth, stopAtrs, targetStops } = this.#parameters
    const impulse = (signOf(side) * push) / atr
    const acceleration = (signOf(side) * growth) / atr
    if (!(impulse >= minImpulse && acceleration >= minGrowth)) return null
    const stopDistance = stopAtrs * atr
    return {
      kind: 'ENTRY',
      side,
      strength: impulse + acceleration,
      stopDistance,
      targetDistance: targetStops * stopDistance,
      trailAfter: null,
      features: { rsi, atr, impulse, acceleration },
    }
  }

  /** The push has turned against the idea, or its time is up. */
  #ending(push: number, rsi: number): Ending | null {
    const { side, age } = this.#idea
    if (side === null || (signOf(side) * push > 0 && age < this.#parameters.maxHoldBars)) return null
    this.#idea.drop()
    return { kind: 'EXIT', side, features: { rsi, push, age } }
  }
}

export const momentumScalping = strategy({
  id: 'momentum_scalping',
  description:
    'Enters when RSI breaks out of its middle while the MACD histogram accelerates; leaves when the push turns or after six hours.',
  regimeTags: ['BULL_TRENDING', 'BEAR_TRENDING'],
  warmupBars: 450,
  expectedHoldBars: 12,
  defaults: DEFAULTS,
  bounds: {
    rsiBars: [2, 100],
    fastBars: [2, 100],
    slowBars: [3, 200],
    signalBars: [2, 100],
    atrBars: [2, 100],
    rsiLevel: [50, 90],
    minImpulse: [0, 5],
    minGrowth: [0, 5],
    stopAtrs: [0.5, 10],
    targetStops: [0.5, 20],
    maxHoldBars: [1, 500],
  },
  quantiles: QUANTILES.momentum_scalping,
  logic: (parameters) => new MomentumScalping(parameters),
})
