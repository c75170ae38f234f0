/** The drawn curves behind the modes: equity above, the price of one symbol below, over one span of time. */
import { createChart, LineSeries, type IChartApi, type ISeriesApi, type UTCTimestamp } from 'lightweight-charts'

import { readColours } from '../../widgets/chart-colours.ts'
import { curveLooks } from '../../widgets/chart-looks.ts'
import { formatNumber } from '../../widgets/format-number.ts'
import type { GridPoint } from './history-points.ts'

const AXIS = { minimumWidth: 60, entireTextOnly: true }

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
    this.#chart = createChart(box, curveLooks(colours, AXIS))
    const plain = { lineWidth: 1, priceLineVisible: false, lastValueVisible: true } as const
    this.#equity = this.#chart.addSeries(LineSeries, { ...plain, priceFormat: figure(0), color: colours.strong })
    this.#price = this.#chart.addSeries(LineSeries, { ...plain, priceFormat: figure(0), color: colours.quiet }, 1)
    this.#chart.timeScale().subscribeSizeChange(() => this.#chart.timeScale().fitContent())
  }

  /** Takes the colours of the theme in force. */
  look(): void {
    const colours = readColours()
    this.#chart.applyOptions(curveLooks(colours, AXIS))
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
