/** Runs the strategies: one run per symbol and strategy, fed with closed bars of its interval. */
import type { Interval } from '../core/model/interval.ts'
import type { Candle } from '../core/model/market.ts'
import type { Signal } from '../core/model/signal.ts'
import type { StrategyRun } from '../core/strategy/strategy-logic.ts'
import type { StrategyDefinition } from '../core/strategy/strategy.ts'

export interface ActiveStrategy {
  readonly definition: StrategyDefinition
  readonly interval: Interval
}

const NONE: readonly StrategyRun[] = []

export class StrategyDesk {
  readonly active: readonly ActiveStrategy[]
  /** by symbol and interval */
  readonly #runs = new Map<string, Map<Interval, readonly StrategyRun[]>>()

  /** `interval`: the one to decide on; null: each strategy's own. */
  constructor(definitions: readonly StrategyDefinition[], interval: Interval | null) {
    this.active = definitions.map((definition) => ({ definition, interval: interval ?? definition.defaults.interval }))
  }

  get intervals(): readonly Interval[] {
    return [...new Set(this.active.map(({ interval }) => interval))]
  }

  /** bars of this interval that a run needs before it agrees with one that started long ago */
  warmupBars(interval: Interval): number {
    const bars = this.active.filter((each) => each.interval === interval).map(({ definition }) => definition.warmupBars)
    return Math.max(0, ...bars)
  }

  /** A closed bar: what the strategies say of it. */
  next(candle: Candle, tell: (signal: Signal) => void): void {
    for (const run of this.#runsOf(candle.symbol, candle.interval)) {
      const signal = run.next(candle)
      if (signal !== null) tell(signal)
    }
  }

  expectedHoldBars(strategyId: string): number | undefined {
    return this.active.find(({ definition }) => definition.id === strategyId)?.definition.expectedHoldBars
  }

  #runsOf(symbol: string, interval: Interval): readonly StrategyRun[] {
    let ofSymbol = this.#runs.get(symbol)
    if (ofSymbol === undefined) {
      ofSymbol = new Map()
      this.#runs.set(symbol, ofSymbol)
      for (const each of this.intervals) ofSymbol.set(each, this.#start(symbol, each))
    }
    return ofSymbol.get(interval) ?? NONE
  }

  #start(symbol: string, interval: Interval): readonly StrategyRun[] {
    return this.active
      .filter((each) => each.interval === interval)
      .map(({ definition }) => definition.start(symbol, { ...definition.defaults, interval }))
  }
}
