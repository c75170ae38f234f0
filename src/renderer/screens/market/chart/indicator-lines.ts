/** Which lines each indicator is drawn with, and their values. */
import type { Bar } from './bars.ts'
import { bollinger, donchian, ema, type Indicator } from './indicators.ts'

export const INDICATOR_NAMES: Readonly<Record<Indicator, string>> = {
  ema: 'EMA 50/200',
  bollinger: 'Bollinger 20',
  donchian: 'Donchian 20',
}

export const INDICATOR_KEYS: Readonly<Record<Indicator, string>> = { ema: 'E', bollinger: 'B', donchian: 'D' }

/** solid 0, dotted 1, dashed 2: the numbers of the chart library */
export type LineLook = 0 | 1 | 2

export interface LineShape {
  readonly id: string
  readonly look: LineLook
  readonly isStrong: boolean
  readonly isStepped: boolean
}

const shape = (id: string, look: LineLook, isStrong = false, isStepped = false): LineShape => ({
  id,
  look,
  isStrong,
  isStepped,
})

export const LINES_OF: Readonly<Record<Indicator, readonly LineShape[]>> = {
  ema: [shape('EMA 50', 0, true), shape('EMA 200', 2, true)],
  bollinger: [shape('upper band', 0), shape('middle', 1), shape('lower band', 0)],
  donchian: [shape('high of 20', 1, true, true), shape('low of 20', 1, true, true)],
}

/** One column of values per line of LINES_OF, as long as the bars. */
export function valuesOf(indicator: Indicator, bars: readonly Bar[]): readonly (readonly number[])[] {
  const closes = bars.map(({ close }) => close)
  if (indicator === 'ema') return [ema(closes, 50), ema(closes, 200)]
  if (indicator === 'donchian') {
    const { upper, lower } = donchian(bars, 20)
    return [upper, lower]
  }
  const { upper, middle, lower } = bollinger(closes, 20, 2)
  return [upper, middle, lower]
}
