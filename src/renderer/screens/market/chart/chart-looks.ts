/** How the chart of a symbol looks: its candles, volumes and levels. */
import {
  CrosshairMode,
  LineStyle,
  type CandlestickSeriesPartialOptions,
  type ChartOptions,
  type CreatePriceLineOptions,
  type DeepPartial,
  type Time,
} from 'lightweight-charts'

import { faded, type ChartColours } from '../../../widgets/chart-colours.ts'
import { chartLooks } from '../../../widgets/chart-looks.ts'
import { localDateTime } from '../../../widgets/format-time.ts'
import type { Bar } from './bars.ts'
import type { PriceLevel } from './price-lines.ts'

/** Bars have no seconds. */
const timeText = (time: Time): string => localDateTime(Number(time) * 1000).slice(0, -3)

export function chartOptions(colours: ChartColours): DeepPartial<ChartOptions> {
  const looks = chartLooks(colours)
  return {
    ...looks,
    grid: { ...looks.grid, horzLines: { color: faded(colours.grid, 0.6) } },
    crosshair: { ...looks.crosshair, mode: CrosshairMode.Normal },
    rightPriceScale: { ...looks.rightPriceScale, scaleMargins: { top: 0.1, bottom: 0.2 } },
    timeScale: { ...looks.timeScale, rightOffset: 6 },
    localization: { timeFormatter: timeText },
  }
}

export const candleOptions = (colours: ChartColours): CandlestickSeriesPartialOptions => ({
  upColor: colours.well,
  downColor: colours.bar,
  borderUpColor: colours.text,
  borderDownColor: colours.bar,
  wickUpColor: colours.text,
  wickDownColor: colours.bar,
  priceLineColor: colours.quiet,
  priceLineStyle: LineStyle.Dotted,
})

export const volumeColour = (bar: Bar, colours: ChartColours): string =>
  faded(bar.close >= bar.open ? colours.text : colours.bar, 0.35)

const LEVEL_LOOKS = {
  entry: LineStyle.Solid,
  stop: LineStyle.Dashed,
  target: LineStyle.LargeDashed,
  order: LineStyle.Dotted,
} as const

export const levelOptions = (
  { id, price, title, kind }: PriceLevel,
  colours: ChartColours,
): CreatePriceLineOptions => ({
  id,
  price,
  title,
  color: kind === 'stop' ? colours.loss : kind === 'target' ? colours.gain : colours.strong,
  lineStyle: LEVEL_LOOKS[kind],
  lineWidth: 1,
  axisLabelVisible: true,
})
