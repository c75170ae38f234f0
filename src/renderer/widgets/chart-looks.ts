/** How every chart looks: the page's greys, its type and its local times. */
import {
  ColorType,
  LineStyle,
  TickMarkType,
  type ChartOptions,
  type DeepPartial,
  type PriceScaleOptions,
  type Time,
} from 'lightweight-charts'

import type { ChartColours } from './chart-colours.ts'
import { localDateTime, localDay, localMinute } from './format-time.ts'

const msOf = (time: Time): number => Number(time) * 1000

function tickText(time: Time, type: TickMarkType): string {
  const at = msOf(time)
  if (type === TickMarkType.Year) return String(new Date(at).getFullYear())
  if (type === TickMarkType.Month || type === TickMarkType.DayOfMonth) return localDay(at)
  return localMinute(at)
}

export function chartLooks(colours: ChartColours) {
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
    grid: { vertLines: { visible: false }, horzLines: { color: colours.grid } },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: colours.grid },
    timeScale: { borderColor: colours.grid, timeVisible: true, secondsVisible: false, tickMarkFormatter: tickText },
    localization: { timeFormatter: (time: Time) => localDateTime(msOf(time)) },
  } satisfies DeepPartial<ChartOptions>
}

/** Curves in two panes over one span of time that nobody moves. */
export function curveLooks(colours: ChartColours, axis: Partial<PriceScaleOptions>): DeepPartial<ChartOptions> {
  const looks = chartLooks(colours)
  return {
    ...looks,
    layout: {
      ...looks.layout,
      panes: { separatorColor: colours.grid, separatorHoverColor: colours.grid, enableResize: false },
    },
    rightPriceScale: { ...looks.rightPriceScale, ...axis },
    handleScroll: false,
    handleScale: false,
  }
}
