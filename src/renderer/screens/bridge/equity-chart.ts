/** The drawn curve: equity above, drawdown hanging below it. */
import {
  BaselineSeries,
  createChart,
  LineSeries,
  type BaselineSeriesPartialOptions,
  type IChartApi,
  type ISeriesApi,
  type LineSeriesPartialOptions,
  type UTCTimestamp,
} from 'lightweight-charts'

import { faded, readColours, type ChartColours } from '../../widgets/chart-colours.ts'
import { curveLooks } from '../../widgets/chart-looks.ts'
import { formatNumber } from '../../widgets/format-number.ts'
import type { EquityPoint } from './equity-points.ts'

const EQUITY_SHARE = 4
const DRAWDOWN_SHARE = 1
const AXIS = { minimumWidth: 64 }

const usdt = {
  type: 'custom' as const,
  minMove: 0.01,
  formatter: (value: number) => formatNumber(value, { decimals: 2 }),
}
const percent = {
  type: 'custom' as const,
  minMove: 0.01,
  formatter: (value: number) => `${formatNumber(value, { decimals: 2 })}\u202F%`,
}

export class EquityChart {
  readonly #chart: IChartApi
  readonly #equity: ISeriesApi<'Line'>
  readonly #drawdown: ISeriesApi<'Baseline'>
  #last: UTCTimestamp | null = null

  constructor(box: HTMLElement) {
    const colours = readColours()
    this.#chart = createChart(box, curveLooks(colours, AXIS))
    this.#equity = this.#chart.addSeries(LineSeries, {
      lineWidth: 2,
      priceFormat: usdt,
      priceLineVisible: false,
      ...equityLooks(colours),
    })
    this.#drawdown = this.#chart.addSeries(
      BaselineSeries,
      {
        lineWidth: 1,
        priceFormat: percent,
        priceLineVisible: false,
        lastValueVisible: false,
        baseValue: { type: 'price', price: 0 },
        ...drawdownLooks(colours),
      },
      1,
    )
    const [above, below] = this.#chart.panes()
    above?.setStretchFactor(EQUITY_SHARE)
    below?.setStretchFactor(DRAWDOWN_SHARE)
    this.#chart.timeScale().subscribeSizeChange(() => this.#chart.timeScale().fitContent())
    this.#drawdown.priceScale().applyOptions({ scaleMargins: { top: 0.2, bottom: 0.15 } })
  }

  /** Takes the colours of the theme in force. */
  look(): void {
    const colours = readColours()
    this.#chart.applyOptions(curveLooks(colours, AXIS))
    this.#equity.applyOptions(equityLooks(colours))
    this.#drawdown.applyOptions(drawdownLooks(colours))
  }

  draw(points: readonly EquityPoint[]): void {
    const at = (time: number): UTCTimestamp => time as UTCTimestamp
    this.#equity.setData(points.map(({ time, equity }) => ({ time: at(time), value: equity })))
    this.#drawdown.setData(points.map(({ time, drawdown }) => ({ time: at(time), value: drawdown })))
    const last = points.at(-1)?.time
    this.#last = last === undefined ? null : at(last)
    this.#chart.timeScale().fitContent()
  }

  /** The account moves between two samples: the newest point moves with it. */
  moveLast(equity: number, drawdown: number): void {
    if (this.#last === null) return
    this.#equity.update({ time: this.#last, value: equity })
    this.#drawdown.update({ time: this.#last, value: drawdown })
  }

  /** px from the left of the chart to the `index`th point; null: out of sight. */
  xOf(index: number): number | null {
    return this.#chart
      .timeScale()
      .logicalToCoordinate(index as Parameters<ReturnType<IChartApi['timeScale']>['logicalToCoordinate']>[0])
  }

  /** px between the right edge of the plot and that of the chart */
  get axisWidth(): number {
    return this.#chart.priceScale('right').width()
  }

  /** Told when what is shown moves or the plot changes its size. */
  onMoved(listener: () => void): () => void {
    const scale = this.#chart.timeScale()
    scale.subscribeVisibleLogicalRangeChange(listener)
    scale.subscribeSizeChange(listener)
    return () => {
      scale.unsubscribeVisibleLogicalRangeChange(listener)
      scale.unsubscribeSizeChange(listener)
    }
  }

  remove(): void {
    this.#chart.remove()
  }
}

const equityLooks = ({ strong }: ChartColours): LineSeriesPartialOptions => ({
  color: strong,
  crosshairMarkerBackgroundColor: strong,
})

function drawdownLooks({ bar }: ChartColours): BaselineSeriesPartialOptions {
  const fill = faded(bar, 0.38)
  return {
    topLineColor: bar,
    bottomLineColor: bar,
    topFillColor1: fill,
    topFillColor2: fill,
    bottomFillColor1: fill,
    bottomFillColor2: fill,
  }
}
