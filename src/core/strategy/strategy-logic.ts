/** What the logic of a strategy is given and what it may say. */
import type { Interval } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'
import type { Side, Signal } from '../model/signal.ts'

/** Flat: the interval it decides on, and numbers. */
export type StrategyParameters = { readonly interval: Interval; readonly [name: string]: number | string }

/** A chance to open a position. Distances are in price units, all > 0. */
export interface Setup {
  readonly kind: 'ENTRY'
  readonly side: Side
  /** the better the higher; its quantile in the strategy's table becomes the confidence */
  readonly strength: number
  readonly stopDistance: number
  /** null: no target, the position runs until stop or exit */
  readonly targetDistance: number | null
  /** trailing starts when the price has gone this far; null: none. It then follows at the stop's distance. */
  readonly trailAfter: number | null
  readonly features: Readonly<Record<string, number>>
}

/** The idea behind positions of this side is over. */
export interface Ending {
  readonly kind: 'EXIT'
  readonly side: Side
  readonly features: Readonly<Record<string, number>>
}

export interface StrategyLogic {
  /** One closed bar later than the one before it. O(1), and no garbage unless there is something to say. */
  next(candle: Candle): Setup | Ending | null
}

/** A running strategy on one symbol. */
export interface StrategyRun {
  /**
   * One closed bar. A bar not later than the last is ignored. An EXIT signal carries the side of the positions it ends.
   * Throws if the bar is of another symbol or interval.
   */
  next(candle: Candle): Signal | null
}
