/** Is this candle sane? Every candle is asked before anything is computed from it. */
import { intervalMs } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'

export type CandleFault =
  | 'not_finite'
  | 'price_not_positive'
  | 'high_below_body'
  | 'low_above_body'
  | 'volume_negative'
  | 'misaligned'
  | 'out_of_order'

/** The first fault of a candle, or null. `previousOpenAt`: of the last sane candle of the same series, null for the first. */
export function candleFault(candle: Candle, previousOpenAt: number | null): CandleFault | null {
  const { open, high, low, close, volume, quoteVolume, openAt } = candle
  // Adding is a cheap test of all: one value that is not finite makes the sum not finite.
  if (!Number.isFinite(open + high + low + close + volume + quoteVolume + openAt)) return 'not_finite'
  // The others are not below the low, or have a fault of their own.
  if (low <= 0) return 'price_not_positive'
  if (high < open || high < close) return 'high_below_body'
  if (low > open || low > close) return 'low_above_body'
  if (volume < 0 || quoteVolume < 0) return 'volume_negative'
  if (openAt < 0 || openAt % intervalMs(candle.interval) !== 0) return 'misaligned'
  if (previousOpenAt !== null && openAt <= previousOpenAt) return 'out_of_order'
  return null
}
