/** What holds for the stops and orders of every built-in strategy (SPEC §8). */
export interface StrategySettings {
  /**
   * A nearer stop is moved out to this fraction of the price: fees, spread, slippage and funding of a round trip are some
   * 0.24 %, and may be at most 30 % of the stop distance (SPEC §3, check 9).
   */
  readonly minStopDistance: number
  /** A setup whose stop would be farther than this fraction of the price is not taken. */
  readonly maxStopDistance: number
  /** Bounds of a trailing stop's callback, fraction; the exchange knows no others. */
  readonly minCallback: number
  readonly maxCallback: number
  /** How long the entry of a signal may wait, in bars. */
  readonly ttlBars: number
}

export const STRATEGY_SETTINGS: StrategySettings = {
  minStopDistance: 0.009,
  maxStopDistance: 0.12,
  minCallback: 0.001,
  maxCallback: 0.1,
  ttlBars: 1,
}
