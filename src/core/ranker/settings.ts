/** Numbers of the opportunity ranker (SPEC §7); weights and filters are the user's and live in the policy's rules. */
export interface RankerSettings {
  /** closed 1 h candles that a symbol needs to be measured */
  readonly minBars: number
  /** a symbol whose last closed candle ended longer ago than this is not measured, ms */
  readonly maxBarAgeMs: number
  readonly fastEmaBars: number
  readonly slowEmaBars: number
  readonly atrBars: number
  /** bars over which slope, steps, steadiness and noise are measured */
  readonly windowBars: number

  /** trend strength: shares of its three parts */
  readonly alignmentShare: number
  readonly slopeShare: number
  readonly stepsShare: number
  /** price and both averages strictly ordered, price on the same side of both, price between them */
  readonly alignedOrdered: number
  readonly alignedSameSide: number
  readonly alignedBetween: number
  /** change of the fast average over the window is multiplied by this */
  readonly slopeFactor: number

  /** volatility quality: share of the level and of the steadiness */
  readonly levelShare: number
  readonly steadyShare: number
  /** ATR % (daily) from which the level is full, up to which it is, and at which it is nothing again */
  readonly fullFromAtrPct: number
  readonly fullToAtrPct: number
  readonly noneAtrPct: number

  /** liquidity: 24 h quote volume (USDT) below which it falls to 0, and from which it is 1 */
  readonly lowVolume: number
  readonly fullVolume: number
  /** its value at `lowVolume` */
  readonly lowVolumeValue: number

  /** regime fit, global bull or bear: trending with it, not trending, trending against it */
  readonly fitWith: number
  readonly fitNotTrending: number
  readonly fitAgainst: number
  /** regime fit, global CHOPPY or RANGING: not trending; everything else, LOW_LIQUIDITY and unknown included */
  readonly fitCalm: number
  readonly fitElse: number

  /** own trades on a symbol that make its win rate, and the win rate with none */
  readonly ownTrades: number
  readonly winRateUnknown: number

  /** spread (fraction) up to which it is 1, from which it is `wideSpreadValue` */
  readonly tightSpread: number
  readonly wideSpread: number
  readonly wideSpreadValue: number

  /** low noise: shares of wicks, bodies and returns */
  readonly wickShare: number
  readonly bodyShare: number
  readonly returnShare: number
  /** body share is multiplied by this */
  readonly bodyFactor: number
  /** deviation of the returns at which that part is nothing */
  readonly noisyDeviation: number

  /** cost to hold: how long a position is expected to be held, hours */
  readonly holdHours: number
  /** impact of an order = this × √(its notional ÷ 24 h quote volume), fraction of the price */
  readonly impactCoefficient: number
  /** cost of opening, holding and closing (fraction of the notional) at which the component is nothing */
  readonly costNone: number
}

export const RANKER_SETTINGS: RankerSettings = {
  minBars: 200,
  maxBarAgeMs: 10_800_000,
  fastEmaBars: 50,
  slowEmaBars: 200,
  atrBars: 14,
  windowBars: 20,

  alignmentShare: 0.5,
  slopeShare: 0.3,
  stepsShare: 0.2,
  alignedOrdered: 1,
  alignedSameSide: 0.6,
  alignedBetween: 0.3,
  slopeFactor: 20,

  levelShare: 0.8,
  steadyShare: 0.2,
  fullFromAtrPct: 1.5,
  fullToAtrPct: 8,
  noneAtrPct: 16,

  lowVolume: 1_000_000,
  fullVolume: 100_000_000,
  lowVolumeValue: 0.3,

  fitWith: 1,
  fitNotTrending: 0.6,
  fitAgainst: 0.3,
  fitCalm: 0.8,
  fitElse: 0.5,

  ownTrades: 200,
  winRateUnknown: 0.5,

  tightSpread: 0.0005,
  wideSpread: 0.002,
  wideSpreadValue: 0.2,

  wickShare: 0.3,
  bodyShare: 0.4,
  returnShare: 0.3,
  bodyFactor: 1.5,
  noisyDeviation: 0.05,

  holdHours: 8,
  impactCoefficient: 0.1,
  costNone: 0.005,
}
