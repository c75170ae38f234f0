/** A closed candle as matching sees it. */
import type { Candle } from '../../core/model/market.ts'

export interface Bar {
  readonly openAt: number
  readonly closeAt: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** base asset */
  readonly volume: number
}

export function barOf(candle: Candle, closeAt: number): Bar {
  const { openAt, open, high, low, close, volume } = candle
  return { openAt, closeAt, open, high, low, close, volume }
}
