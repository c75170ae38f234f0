/** The ranker's components as SPEC §7 says them, slowly: each from the whole series of one symbol's closed 1 h candles. */
import type { Candle } from '../../../src/core/model/market.ts'
import { atr, ema, mean, sigma } from '../market/batch.ts'

export function trendByHand(candles: readonly Candle[]): number {
  const closes = candles.map(({ close }) => close)
  const price = closes.at(-1) ?? NaN
  const [fast, slow] = [ema(closes, 50), ema(closes, 200)]
  const ordered = (price > fast && fast > slow) || (price < fast && fast < slow)
  const sameSide = Math.sign(price - fast) === Math.sign(price - slow) && price !== fast
  const alignment = ordered ? 1 : sameSide ? 0.6 : 0.3
  const slope = Math.min(20 * Math.abs(fast / ema(closes.slice(0, -20), 50) - 1), 1)
  const window = candles.slice(-20)
  const steps = window.slice(1).map((candle, index) => ({ candle, before: window[index] as Candle }))
  const up = steps.filter(({ candle, before }) => candle.high > before.high && candle.low > before.low).length
  const down = steps.filter(({ candle, before }) => candle.high < before.high && candle.low < before.low).length
  return 0.5 * alignment + 0.3 * slope + 0.2 * Math.max(up / 19, down / 19)
}

export function volatilityByHand(candles: readonly Candle[]): number {
  const atrs = Array.from({ length: 20 }, (_, ago) => atr(candles.slice(0, candles.length - ago), 14))
  const pct = ((100 * (atrs[0] ?? NaN)) / (candles.at(-1)?.close ?? NaN)) * Math.sqrt(24)
  const level = pct < 1.5 ? pct / 1.5 : pct <= 8 ? 1 : Math.max(0, 1 - (pct - 8) / 8)
  const variation = mean(atrs) === 0 ? 1 : sigma(atrs, 20) / mean(atrs)
  return 0.8 * level + 0.2 * (1 - Math.min(variation, 1))
}

export function noiseByHand(candles: readonly Candle[]): number {
  const window = candles.slice(-20)
  const range = window.reduce((sum, { high, low }) => sum + high - low, 0)
  const bodies = window.reduce((sum, { open, close }) => sum + Math.abs(close - open), 0)
  const body = range === 0 ? 0 : bodies / range
  const wick = range === 0 ? 1 : 1 - bodies / range
  const closes = candles.slice(-21).map(({ close }) => close)
  const returns = closes.slice(1).map((close, index) => close / (closes[index] ?? NaN) - 1)
  return 0.3 * (1 - wick) + 0.4 * Math.min(1.5 * body, 1) + 0.3 * (1 - Math.min(sigma(returns, 20) / 0.05, 1))
}
