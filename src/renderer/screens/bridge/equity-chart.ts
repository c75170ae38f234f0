/** The drawn curve: equity above, drawdown hanging below it. */
import {
  BaselineSeries,
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

import { faded, readColours, type ChartColours } from '../../widgets/chart-colours.ts'
import { formatNumber } from '../../widgets/format-number.ts'
import { localDateTime, localDay, localMinute } from '../../widgets/format-time.ts'
import type { EquityPoint } from './equity-points.ts'

const EQUITY_SHARE = 4
const DRAWDOWN_SHARE = 1

const msOf = (time: Time): number => Number(time) * 1000
const tickText = (time: Time, type: TickMarkType): string =>
  type === TickMarkType.Time || type === TickMarkType.TimeWithSeconds ? localMinute(msOf(time)) : localDay(msOf(time))

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
    const looks = chartLooks(readColours())
    this.#chart = createChart(box, { ...looks, autoSize: true, handleScroll: false, handleScale: false })
    this.#equity = this.#chart.addSeries(LineSeries, { lineWidth: 2, priceFormat: usdt, priceLineVisible: false })
    this.#drawdown = this.#chart.addSeries(
      BaselineSeries,
      {
        lineWidth: 1,
        priceFormat: percent,
        priceLineVisible: false,
        lastValueVisible: false,
        baseValue: { type: 'price', price: 0 },
      },
      1,
    )
    const [above, below] = this.#chart.panes()
    above?.setStretchFactor(EQUITY_SHARE)
    below?.setStretchFactor(DRAWDOWN_SHARE)
    this.#chart.timeScale().subscribeSizeChange(() => this.#chart.timeScale().fitContent())
    this.#drawdown.priceScale().applyOptions({ scaleMargins: { top: 0.2, bottom: 0.15 } })
    this.look()
  }

  /** Takes the colours of the theme in force. */
  look(): void {
    const colours = readColours()
    this.#chart.applyOptions(chartLooks(colours))
    this.#equity.applyOptions({ color: colours.strong, crosshairMarkerBackgroundColor: colours.strong })
    const fill = faded(colours.bar, 0.38)
    this.#drawdown.applyOptions({
      topLineColor: colours.bar,
      bottomLineColor: colours.bar,
      topFillColor1: fill,
      topFillColor2: fill,
      bottomFillColor1: fill,
      bottomFillColor2: fill,
    })
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

function chartLooks(colours: ChartColours): DeepPartial<ChartOptions> {
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
    rightPriceScale: { borderColor: colours.grid, minimumWidth: 64 },
    timeScale: { borderColor: colours.grid, timeVisible: true, secondsVisible: false, tickMarkFormatter: tickText },
    localization: { timeFormatter: (time: Time) => localDateTime(msOf(time)) },
  }
}
