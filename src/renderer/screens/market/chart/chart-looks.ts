/** How the chart looks: the page's greys, its type and its local times. */
import {
  ColorType,
  CrosshairMode,
  LineStyle,
  TickMarkType,
  type CandlestickSeriesPartialOptions,
  type ChartOptions,
  type CreatePriceLineOptions,
  type DeepPartial,
  type Time,
} from 'lightweight-charts'

import { faded, type ChartColours } from '../../../widgets/chart-colours.ts'
import { localDateTime, localDay, localMinute } from '../../../widgets/format-time.ts'
import type { Bar } from './bars.ts'
import type { PriceLevel } from './price-lines.ts'

const msOf = (time: Time): number => Number(time) * 1000

function tickText(time: Time, type: TickMarkType): string {
  const at = msOf(time)
  if (type === TickMarkType.Year) return String(new Date(at).getFullYear())
  if (type === TickMarkType.Month || type === TickMarkType.DayOfMonth) return localDay(at)
  return localMinute(at)
}

export function chartOptions(colours: ChartColours): DeepPartial<ChartOptions> {
  const crosshair = {
    color: colours.quiet,
    labelBackgroundColor: colours.bar,
    style: LineStyle.Dotted,
    width: 1 as const,
  }
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: colours.well },
      textColor: colours.quiet,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 11,
      attributionLogo: false,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: faded(colours.grid, 0.6) } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: colours.grid, scaleMargins: { top: 0.1, bottom: 0.2 } },
    timeScale: {
      borderColor: colours.grid,
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 6,
      tickMarkFormatter: tickText,
    },
    localization: { timeFormatter: (time: Time) => localDateTime(msOf(time)).slice(0, -3) },
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
