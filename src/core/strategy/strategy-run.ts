/** Turns what a strategy's logic says into signals: order of bars, bounds of stops, confidence, ids. */
import { signalIdOf, traceIdOf } from '../model/ids.ts'
import { intervalMs, type Interval } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'
import { signOf, type Side, type Signal, type Trailing } from '../model/signal.ts'
import { confidenceOf } from './confidence.ts'
import type { StrategySettings } from './settings.ts'
import type { Ending, Setup, StrategyLogic, StrategyRun } from './strategy-logic.ts'

/** What a run needs of the strategy behind it, whatever its parameters are. */
interface Identity {
  readonly id: string
  readonly quantiles: readonly number[]
}

/** What an entry and an exit have in common. */
type Common = Omit<Signal, 'kind' | 'confidence' | 'stopPrice' | 'takeProfitPrice' | 'trailing' | 'features'>

export class SignalRun implements StrategyRun {
  readonly #identity: Identity
  readonly #symbol: string
  readonly #interval: Interval
  readonly #settings: StrategySettings
  readonly #logic: StrategyLogic
  #lastOpenAt = -Infinity

  constructor(
    identity: Identity,
    symbol: string,
    interval: Interval,
    logic: StrategyLogic,
    settings: StrategySettings,
  ) {
    this.#identity = identity
    this.#symbol = symbol
    this.#interval = interval
    this.#logic = logic
    this.#settings = settings
  }

  next(candle: Candle): Signal | null {
    if (candle.symbol !== this.#symbol || candle.interval !== this.#interval) {
      const found = `${candle.symbol} ${candle.interval}`
      throw new Error(`${this.#identity.id} runs on ${this.#symbol} ${this.#interval} bars, was given ${found}`)
    }
    if (candle.openAt <= this.#lastOpenAt) return null
    this.#lastOpenAt = candle.openAt
    const said = this.#logic.next(candle)
    if (said === null) return null
    return said.kind === 'ENTRY' ? this.#entry(candle, said) : this.#exit(candle, said)
  }

  /** Nothing traded in the bar, or a stop farther away than allowed: no entry. */
  #entry(candle: Candle, setup: Setup): Signal | null {
    const { minStopDistance, maxStopDistance } = this.#settings
    const price = candle.close
    const stop = Math.max(setup.stopDistance, minStopDistance * price)
    if (candle.volume === 0 || stop > maxStopDistance * price) return null
    const sign = signOf(setup.side)
    const target = setup.targetDistance === null ? null : price + sign * setup.targetDistance
    return {
      ...this.#common(candle, setup.side),
      kind: 'ENTRY',
      confidence: confidenceOf(this.#identity.quantiles, setup.strength),
      stopPrice: price - sign * stop,
      takeProfitPrice: target !== null && target > 0 ? target : null,
      trailing: setup.trailAfter === null ? null : this.#trailing(price + sign * setup.trailAfter, stop / price),
      features: { ...setup.features, strength: setup.strength },
    }
  }

  /** Leaving needs no persuasion: confidence 1. */
  #exit(candle: Candle, ending: Ending): Signal {
    return {
      ...this.#common(candle, ending.side),
      kind: 'EXIT',
      confidence: 1,
      stopPrice: candle.close,
      takeProfitPrice: null,
      trailing: null,
      features: ending.features,
    }
  }

  #trailing(activationPrice: number, distance: number): Trailing {
    const { minCallback, maxCallback } = this.#settings
    return { activationPrice, callback: Math.min(maxCallback, Math.max(minCallback, distance)) }
  }

  #common(candle: Candle, side: Side): Common {
    const { id } = this.#identity
    const barMs = intervalMs(this.#interval)
    return {
      id: signalIdOf(id, this.#symbol, side, candle.openAt),
      strategyId: id,
      symbol: this.#symbol,
      side,
      price: candle.close,
      ttlMs: this.#settings.ttlBars * barMs,
      modelVersion: null,
      interval: this.#interval,
      bar: candle.openAt,
      createdAt: candle.openAt + barMs,
      traceId: traceIdOf(id, this.#symbol, side, candle.openAt),
    }
  }
}
