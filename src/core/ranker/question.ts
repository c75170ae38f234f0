/** What the ranker is asked and what it answers: columns by slot, as they travel between threads. */
import type { Regime } from '../model/regime.ts'

/** Numbers per row of a batch of closed 1 h candles: slot, openAt, open, high, low, close. */
export const CANDLE_FIELDS = 6

/** Columns have one entry per slot; NaN where a figure is not known. */
export interface RankingQuestion {
  /** epoch ms */
  readonly at: number
  readonly globalRegime: Regime | null
  /** weights in the order of RANKER_COMPONENTS */
  readonly weights: Float64Array
  /** notional that would be traded, for the cost to hold, USDT */
  readonly size: number
  /** 1 where the symbol takes part */
  readonly isAsked: Uint8Array
  /** place in REGIMES, −1 where the symbol has none */
  readonly regime: Int8Array
  /** USDT */
  readonly quoteVolume24h: Float64Array
  /** fraction of the price */
  readonly spread: Float64Array
  /** of the last own trades on it, 0…1 */
  readonly winRate: Float64Array
  readonly takerFee: Float64Array
  readonly fundingPerHour: Float64Array
}

/** Why a symbol has no score; the number is what travels. */
export const SKIPS = ['none', 'too_few_bars', 'bars_too_old', 'bad_candle', 'no_market', 'not_finite'] as const
export type Skip = (typeof SKIPS)[number]

export interface RankingAnswer {
  /** column after column in the order of RANKER_COMPONENTS, NaN where skipped */
  readonly components: Float64Array
  /** NaN where skipped */
  readonly scores: Float64Array
  /** slots with a score, best first */
  readonly order: Uint32Array
  /** place in SKIPS; 0 also where the symbol was not asked for */
  readonly skips: Uint8Array
  /** closed 1 h candles seen */
  readonly bars: Float64Array
  /** epoch ms of the last candle's beginning, 0 before any */
  readonly openAt: Float64Array
}
