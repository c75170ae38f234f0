/** The drawn curves behind the modes: equity above, the price of one symbol below, over one span of time. */
import {
  ColorType,
  createChart,
  LineSeries,
  LineStyle,
  TickMarkType,
  type ChartOptions,
  type DeepPartial,
  type IChartApi,
  type ISeriesApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'

import { readColours, type ChartColours } from '../../widgets/chart-colours.ts'
import { formatNumber } from '../../widgets/format-number.ts'
import { localDateTime, localDay, localMinute } from '../../widgets/format-time.ts'
import type { GridPoint } from './history-points.ts'

const AXIS_PX = 60
const msOf = (time: Time): number => Number(time) * 1000
const tickText = (time: Time, type: TickMarkType): string =>
  type === TickMarkType.Time || type === TickMarkType.TimeWithSeconds ? localMinute(msOf(time)) : localDay(msOf(time))

const figure = (decimals: number): { type: 'custom'; minMove: number; formatter: (value: number) => string } => ({
  type: 'custom',
  minMove: 10 ** -decimals,
  formatter: (value) => formatNumber(value, { decimals }),
})

export class HistoryChart {
  readonly #chart: IChartApi
  readonly #equity: ISeriesApi<'Line'>
  readonly #price: ISeriesApi<'Line'>

  constructor(box: HTMLElement) {
    const colours = readColours()
    this.#chart = createChart(box, { ...looksOf(colours), autoSize: true, handleScroll: false, handleScale: false })
    const plain = { lineWidth: 1, priceLineVisible: false, lastValueVisible: true } as const
    this.#equity = this.#chart.addSeries(LineSeries, { ...plain, priceFormat: figure(0) })
    this.#price = this.#chart.addSeries(LineSeries, { ...plain, priceFormat: figure(0) }, 1)
    this.#chart.timeScale().subscribeSizeChange(() => this.#chart.timeScale().fitContent())
    this.look()
  }

  /** Takes the colours of the theme in force. */
  look(): void {
    const colours = readColours()
    this.#chart.applyOptions(looksOf(colours))
    this.#equity.applyOptions({ color: colours.strong })
    this.#price.applyOptions({ color: colours.quiet })
  }

  draw(equity: readonly GridPoint[], price: readonly GridPoint[], priceDecimals: number): void {
    this.#price.applyOptions({ priceFormat: figure(priceDecimals) })
    this.#equity.setData(equity.map(asPoint))
    this.#price.setData(price.map(asPoint))
    this.#chart.timeScale().fitContent()
  }

  /** px between the right edge of the plot and that of the chart */
  get axisWidth(): number {
    return this.#chart.priceScale('right').width()
  }

  remove(): void {
    this.#chart.remove()
  }
}

function asPoint({ time, value }: GridPoint): { time: UTCTimestamp; value: number } | { time: UTCTimestamp } {
  const at = time as UTCTimestamp
  return value === undefined ? { time: at } : { time: at, value }
}

function looksOf(colours: ChartColours): DeepPartial<ChartOptions> {
  const crosshair = {
    color: colours.quiet,
    labelBackgroundColor: colours.bar,
    style: LineStyle.Dotted,
    width: 1 as const,
  }
  return {
    layout: {
      background: { type: ColorType.Solid, color: colours.well },
      textColor: colours.quiet,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 11,
      attributionLogo: false,
      panes: { separatorColor: colours.grid, separatorHoverColor: colours.grid, enableResize: false },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.grid } },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: colours.grid, minimumWidth: AXIS_PX, entireTextOnly: true },
    timeScale: { borderColor: colours.grid, timeVisible: true, secondsVisible: false, tickMarkFormatter: tickText },
    localization: { timeFormatter: (time: Time) => localDateTime(msOf(time)) },
  }
}
