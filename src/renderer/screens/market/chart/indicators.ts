/** Lines drawn over the candles. For the eye only: the station decides with its own. Pure; NaN where not yet defined. */
import type { Bar } from './bars.ts'

export const INDICATORS = ['ema', 'bollinger', 'donchian'] as const
export type Indicator = (typeof INDICATORS)[number]

/** Starts at the mean of the first `period` values. */
export function ema(values: readonly number[], period: number): number[] {
  const weight = 2 / (period + 1)
  let sum = 0
  let line = Number.NaN
  return values.map((value, index) => {
    if (index < period) sum += value
    if (index === period - 1) line = sum / period
    else if (index >= period) line += weight * (value - line)
    return line
  })
}

export interface Band {
  readonly upper: readonly number[]
  readonly middle: readonly number[]
  readonly lower: readonly number[]
}

/** Mean of the last `period` closes ± `width` standard deviations of the whole (÷ n). */
export function bollinger(values: readonly number[], period: number, width: number): Band {
  const upper: number[] = []
  const middle: number[] = []
  const lower: number[] = []
  values.forEach((_, index) => {
    const some = index + 1 < period ? [] : values.slice(index + 1 - period, index + 1)
    const mean = some.length === 0 ? Number.NaN : some.reduce((sum, value) => sum + value, 0) / period
    const deviation = Math.sqrt(some.reduce((sum, value) => sum + (value - mean) ** 2, 0) / period)
    middle.push(mean)
    upper.push(mean + width * deviation)
    lower.push(mean - width * deviation)
  })
  return { upper, middle, lower }
}

/** Highest high and lowest low of the `period` bars before each bar: the bar itself may break out of it. */
export function donchian(bars: readonly Bar[], period: number): Omit<Band, 'middle'> {
  const before = (index: number): readonly Bar[] => (index < period ? [] : bars.slice(index - period, index))
  const edge = (index: number, pick: (bars: readonly Bar[]) => number): number =>
    index < period ? Number.NaN : pick(before(index))
  return {
    upper: bars.map((_, index) => edge(index, (some) => Math.max(...some.map(({ high }) => high)))),
    lower: bars.map((_, index) => edge(index, (some) => Math.min(...some.map(({ low }) => low)))),
  }
}
