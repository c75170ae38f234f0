/** The slow, obvious batch formulas: each takes the whole series and gives the value after its last bar, NaN when too short. */
import type { Candle } from '../../../src/core/model/market.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const mean = (values: readonly number[]): number => sum(values) / values.length

export function sma(values: readonly number[], length: number): number {
  return values.length < length ? NaN : mean(values.slice(-length))
}

/** σ of the population */
export function sigma(values: readonly number[], length: number): number {
  if (values.length < length) return NaN
  const window = values.slice(-length)
  const middle = mean(window)
  return Math.sqrt(mean(window.map((value) => (value - middle) ** 2)))
}

function smoothed(values: readonly number[], length: number, weight: number): number {
  if (values.length < length) return NaN
  return values
    .slice(length)
    .reduce((average, value) => average * (1 - weight) + value * weight, mean(values.slice(0, length)))
}

export const ema = (values: readonly number[], length: number): number => smoothed(values, length, 2 / (length + 1))
export const wilder = (values: readonly number[], length: number): number => smoothed(values, length, 1 / length)

const changes = (values: readonly number[]): number[] =>
  values.slice(1).map((value, index) => value - (values[index] ?? NaN))

export function rsi(closes: readonly number[], length: number): number {
  const gain = wilder(
    changes(closes).map((change) => Math.max(change, 0)),
    length,
  )
  const loss = wilder(
    changes(closes).map((change) => Math.max(-change, 0)),
    length,
  )
  if (gain === 0 && loss === 0) return 50
  return loss === 0 ? 100 : 100 - 100 / (1 + gain / loss)
}

export function trueRanges(candles: readonly Candle[]): number[] {
  return candles.map(({ high, low }, index) => {
    const previous = candles[index - 1]
    if (previous === undefined) return high - low
    return Math.max(high - low, Math.abs(high - previous.close), Math.abs(low - previous.close))
  })
}

export const atr = (candles: readonly Candle[], length: number): number => wilder(trueRanges(candles), length)

export function adx(candles: readonly Candle[], length: number): number {
  const moves = candles.slice(1).map((candle, index) => {
    const before = candles[index] as Candle
    const up = candle.high - before.high
    const down = before.low - candle.low
    return { up: up > down && up > 0 ? up : 0, down: down > up && down > 0 ? down : 0 }
  })
  const ranges = trueRanges(candles).slice(1)
  const indices: number[] = []
  for (let end = length; end <= moves.length; end++) {
    const range = wilder(ranges.slice(0, end), length)
    const up = wilder(
      moves.slice(0, end).map((move) => move.up),
      length,
    )
    const down = wilder(
      moves.slice(0, end).map((move) => move.down),
      length,
    )
    const plus = range === 0 ? 0 : (100 * up) / range
    const minus = range === 0 ? 0 : (100 * down) / range
    indices.push(plus + minus === 0 ? 0 : (100 * Math.abs(plus - minus)) / (plus + minus))
  }
  return wilder(indices, length)
}

export function macd(
  closes: readonly number[],
  fast: number,
  slow: number,
  length: number,
): { line: number; signal: number } {
  const lines: number[] = []
  for (let end = slow; end <= closes.length; end++) {
    const soFar = closes.slice(0, end)
    lines.push(ema(soFar, fast) - ema(soFar, slow))
  }
  return { line: lines.at(-1) ?? NaN, signal: ema(lines, length) }
}

export function efficiency(closes: readonly number[], length: number): number {
  if (closes.length <= length) return NaN
  const window = closes.slice(-length - 1)
  const path = sum(changes(window).map(Math.abs))
  return path === 0 ? 0 : Math.abs((window.at(-1) ?? NaN) - (window[0] ?? NaN)) / path
}

export const logReturns = (closes: readonly number[]): number[] =>
  closes.slice(1).map((close, index) => Math.log(close / (closes[index] ?? NaN)))

export function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[half] ?? NaN) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2
}
