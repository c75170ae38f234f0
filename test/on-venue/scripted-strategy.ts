/** A strategy that does at given bars what its test tells it to. */
import type { Interval } from '../../src/core/model/interval.ts'
import type { Ending, Setup } from '../../src/core/strategy/strategy-logic.ts'
import { strategy, type StrategyDefinition } from '../../src/core/strategy/strategy.ts'

export const SCRIPTED = 'scripted'

const STEPS = 21

/** What to do when a bar that opened at `openAt` of `symbol` has closed. */
export type Script = (symbol: string, openAt: number, close: number) => Setup | Ending | null

export function scriptedStrategy(script: Script, interval: Interval = '5m'): StrategyDefinition {
  return strategy({
    id: SCRIPTED,
    description: 'Does what its test says.',
    regimeTags: [],
    warmupBars: 1,
    expectedHoldBars: 20,
    defaults: { interval },
    bounds: {},
    quantiles: Array.from({ length: STEPS }, (_, index) => index / (STEPS - 1)),
    logic: () => ({ next: ({ symbol, openAt, close }) => script(symbol, openAt, close) }),
  })
}

/** A setup of full strength; distances are fractions of the price. */
export function setup(
  side: Setup['side'],
  price: number,
  distances: { stop: number; target?: number; trail?: number },
): Setup {
  const { stop, target, trail } = distances
  return {
    kind: 'ENTRY',
    side,
    strength: 1,
    stopDistance: price * stop,
    targetDistance: target === undefined ? null : price * target,
    trailAfter: trail === undefined ? null : price * trail,
    features: {},
  }
}
