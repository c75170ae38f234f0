/**
 * Strengths of each built-in strategy's setups at the 0, 5, … 100 % quantiles: what its confidence is read from.
 * Written by `scripts/calibrate-strategies.ts` from recorded 15m candles with the default parameters; not edited by hand.
 */
export const QUANTILES = {
  trend_following: [0, 1],
  momentum_scalping: [0, 1],
  breakout_hunter: [0, 1],
  mean_reversion: [0, 1],
} as const
