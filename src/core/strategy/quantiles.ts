/**
 * Strengths of each built-in strategy's setups at the 0, 5, … 100 % quantiles: what its confidence is read from.
 * Written by `scripts/calibrate-strategies.ts` from recorded 15m candles with the default parameters; not edited by hand.
 */
export const QUANTILES = {
  trend_following: [
    1.01, 1.075, 1.111, 1.142, 1.164, 1.189, 1.221, 1.242, 1.268, 1.297, 1.32, 1.344, 1.377, 1.41, 1.441, 1.484, 1.546,
    1.606, 1.656, 1.795, 2.25,
  ],
  momentum_scalping: [
    0.2343, 0.2618, 0.275, 0.2851, 0.2986, 0.3067, 0.316, 0.3251, 0.335, 0.3461, 0.3564, 0.3672, 0.3815, 0.3947, 0.4102,
    0.4276, 0.4476, 0.4726, 0.5063, 0.5618, 0.7477,
  ],
  breakout_hunter: [
    1.033, 1.264, 1.397, 1.512, 1.596, 1.712, 1.814, 1.887, 1.98, 2.106, 2.197, 2.334, 2.463, 2.659, 2.869, 3.106, 3.36,
    3.8, 4.529, 6.374, 36.28,
  ],
  mean_reversion: [
    2.023, 2.091, 2.15, 2.198, 2.236, 2.278, 2.309, 2.344, 2.374, 2.412, 2.447, 2.483, 2.514, 2.561, 2.613, 2.655,
    2.711, 2.767, 2.854, 3.082, 3.538,
  ],
} as const
