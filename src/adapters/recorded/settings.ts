/** What a recording does not say and the reader assumes, and what it calls a fault. */
import type { Interval } from '../../core/model/interval.ts'
import type { LadderStep } from '../../core/model/leverage-ladder.ts'

export interface RecordedSettings {
  /** the interval of the candles that are told; higher ones the station aggregates itself */
  readonly interval: Interval
  /** a settlement this much later than its full hour still belongs to it, ms (0…29 are seen) */
  readonly settlementToleranceMs: number
  /** hours between settlements while a file shows fewer than two */
  readonly fundingIntervalHours: number
  /** bars in a row with volume 0 and o = h = l = c that are called an outage */
  readonly outageBars: number
  /** faults told one by one for each file; the others are only counted */
  readonly maxFaultsPerFile: number
  /** folders inside folders that are looked into */
  readonly maxDepth: number
  /** smallest order, USDT */
  readonly minNotional: number
  /** largest limit order, USDT at the first recorded price */
  readonly maxNotional: number
  /** largest market order, USDT at the first recorded price */
  readonly maxMarketNotional: number
  /** a limit price must lie within mark × (1 ± this) */
  readonly percentPrice: number
  /** share of the notional that a liquidation costs */
  readonly liquidationFee: number
  readonly makerFee: number
  readonly takerFee: number
  /** how long before its first candle a contract is taken to have been listed, days */
  readonly listedDaysBefore: number
}

export const RECORDED_SETTINGS: RecordedSettings = {
  interval: '1m',
  settlementToleranceMs: 1000,
  fundingIntervalHours: 8,
  outageBars: 3,
  maxFaultsPerFile: 50,
  maxDepth: 8,
  minNotional: 5,
  maxNotional: 5_000_000,
  maxMarketNotional: 1_000_000,
  percentPrice: 0.05,
  liquidationFee: 0.0125,
  makerFee: 0.0002,
  takerFee: 0.0005,
  listedDaysBefore: 365,
}

/** Maintenance brackets of a contract that brings none: the stricter half of what the exchange uses. */
export const DEFAULT_LADDER: readonly LadderStep[] = [
  [10_000, 0.015, 50],
  [150_000, 0.025, 20],
  [1_000_000, 0.05, 10],
  [2_000_000, 0.1, 5],
  [5_000_000, 0.125, 4],
  [10_000_000, 0.25, 2],
  [20_000_000, 0.5, 1],
]
