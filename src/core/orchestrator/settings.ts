/** Numbers of orchestrator, entries and sizing (SPEC §8) that no policy sets. Fractions unless the name says otherwise. */
export interface OrchestratorSettings {
  /** above this spread a signal must be surer */
  readonly wideSpread: number
  /** above this mean slippage of the symbol's last fills too */
  readonly highSlippage: number
  /** by this much */
  readonly confidenceSurcharge: number
  /** ranking of every symbol while no ranking exists */
  readonly unrankedScore: number
  /** after a stop-out the same symbol and side rest this many bars of the signal */
  readonly cooldownBars: number
  /** and at least this long, ms */
  readonly cooldownMs: number
  /** NORMAL: how long the limit at the touch rests before the rest goes as IOC, ms */
  readonly touchRestMs: number
  /** an IOC is never worse than the signal's price by more than the larger of this fraction of the price … */
  readonly priceSlack: number
  /** … and this fraction of the stop distance */
  readonly stopDistanceSlack: number
  /** bars of its interval a position is expected to be held, for funding and costs */
  readonly expectedHoldBars: number
  /** kept free of every bound, so that equity moving between the two steps of an entry does not deny the second */
  readonly sizeReserve: number
  /** size × this while volatility is HIGH */
  readonly highVolatilitySize: number
  /** size × this while the strategy is warming up, and in mode DEFENSIVE (SPEC §5.3, §5.4) */
  readonly warmingUpSize: number
  readonly warmingUpSizeDefensive: number
  /** all multipliers together never go below this */
  readonly multiplierFloor: number
  /** trades that count for Kelly */
  readonly kellyTrades: number
  /** trades of a break-even system that are added to them */
  readonly kellyPseudoTrades: number
  /** share of Kelly's f* that is risked */
  readonly kellyShare: number
  /** Kelly never allows less than this share of the effective risk */
  readonly kellyFloor: number
}

export const ORCHESTRATOR_SETTINGS: OrchestratorSettings = {
  wideSpread: 0.001,
  highSlippage: 0.0008,
  confidenceSurcharge: 0.03,
  unrankedScore: 0.5,
  cooldownBars: 4,
  cooldownMs: 1_800_000,
  touchRestMs: 2000,
  priceSlack: 0.0005,
  stopDistanceSlack: 0.1,
  expectedHoldBars: 16,
  sizeReserve: 0.01,
  highVolatilitySize: 0.5,
  warmingUpSize: 0.5,
  warmingUpSizeDefensive: 0.25,
  multiplierFloor: 0.25,
  kellyTrades: 200,
  kellyPseudoTrades: 50,
  kellyShare: 0.25,
  kellyFloor: 0.25,
}
