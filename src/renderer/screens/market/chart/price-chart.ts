/** The drawn chart: candles hollow up and solid down, volume below, lines, levels and signs of our trades. */
import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'

import { readColours, type ChartColours } from '../../../widgets/chart-colours.ts'
import { formatNumber } from '../../../widgets/format-number.ts'
import { blanksBefore, type Bar } from './bars.ts'
import { candleOptions, chartOptions, levelOptions, volumeColour } from './chart-looks.ts'
import { markersOf } from './chart-markers.ts'
import { IndicatorSeries } from './indicator-series.ts'
import type { Indicator } from './indicators.ts'
import type { PriceLevel } from './price-lines.ts'
import type { TradeMark } from './trade-marks.ts'

export const secondsOf = (ms: number): UTCTimestamp => (ms / 1000) as UTCTimestamp

const SHOWN_BARS = 140

export class PriceChart {
  readonly #chart: IChartApi
  readonly #candles: ISeriesApi<'Candlestick'>
  readonly #volume: ISeriesApi<'Histogram'>
  readonly #markers: ISeriesMarkersPluginApi<Time>
  readonly #indicators: IndicatorSeries
  #colours: ChartColours
  #bars: readonly Bar[] = []
  #stepMs = 0
  #marks: readonly TradeMark[] = []
  #levels: readonly PriceLevel[] = []
  #lines: IPriceLine[] = []

  constructor(box: HTMLElement) {
    this.#colours = readColours()
    this.#chart = createChart(box, chartOptions(this.#colours))
    this.#candles = this.#chart.addSeries(CandlestickSeries, candleOptions(this.#colours))
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: '',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    })
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } })
    this.#markers = createSeriesMarkers<Time>(this.#candles, [], { zOrder: 'top' })
    this.#indicators = new IndicatorSeries(this.#chart, this.#colours)
  }

  /** How fine prices are: decimals and smallest step of the contract. */
  setPrecision(decimals: number, tick: number): void {
    const formatter = (price: number): string => formatNumber(price, { decimals })
    const priceFormat = { type: 'custom' as const, minMove: tick, base: Math.round(1 / tick) || 1, formatter }
    this.#candles.applyOptions({ priceFormat })
    this.#indicators.setPriceFormat(priceFormat)
  }

  drawWhole(bars: readonly Bar[], stepMs: number): void {
    this.#bars = bars
    this.#stepMs = stepMs
    const blanks = bars.map((_, index) => blanksBefore(bars, index, stepMs).map((ms) => ({ time: secondsOf(ms) })))
    this.#candles.setData(bars.flatMap((bar, index) => [...(blanks[index] ?? []), candleOf(bar)]))
    this.#volume.setData(bars.map((bar) => this.#volumeOf(bar)))
    this.#indicators.drawWhole(bars)
    this.#drawMarks()
    this.showLatest()
  }

  /** Bars from `from` (epoch ms) on are new or have changed. */
  drawTail(bars: readonly Bar[], from: number): void {
    const first = bars.findLastIndex((bar) => bar.openMs < from) + 1
    const drawnTo = this.#bars.at(-1)?.openMs ?? -Infinity
    this.#bars = bars
    for (let index = first; index < bars.length; index++) {
      const bar = bars[index]
      if (bar === undefined) continue
      const isOld = bar.openMs < drawnTo
      if (!isOld) for (const ms of blanksBefore(bars, index, this.#stepMs)) this.#blank(ms, drawnTo)
      this.#candles.update(candleOf(bar), isOld)
      this.#volume.update(this.#volumeOf(bar), isOld)
    }
    this.#indicators.drawTail(bars, first, drawnTo)
    if ((bars.at(-1)?.openMs ?? 0) > drawnTo) this.#drawMarks()
  }

  setIndicators(shown: readonly Indicator[]): void {
    this.#indicators.show(shown, this.#bars)
  }

  setMarks(marks: readonly TradeMark[]): void {
    this.#marks = marks
    this.#drawMarks()
  }

  setLevels(levels: readonly PriceLevel[]): void {
    this.#levels = levels
    for (const line of this.#lines) this.#candles.removePriceLine(line)
    this.#lines = levels.map((level) => this.#candles.createPriceLine(levelOptions(level, this.#colours)))
  }

  /** Takes the colours of the theme in force. */
  look(): void {
    this.#colours = readColours()
    this.#chart.applyOptions(chartOptions(this.#colours))
    this.#candles.applyOptions(candleOptions(this.#colours))
    this.#volume.setData(this.#bars.map((bar) => this.#volumeOf(bar)))
    this.#indicators.repaint(this.#colours)
    this.#drawMarks()
    this.setLevels(this.#levels)
  }

  showLatest(): void {
    this.#chart.priceScale('right').applyOptions({ autoScale: true })
    const end = this.#candles.data().length
    this.#chart.timeScale().setVisibleLogicalRange({ from: end - SHOWN_BARS, to: end + 6 })
  }

  /** The bar under the crosshair, null when it is away. */
  onCrosshair(listener: (openMs: number | null) => void): void {
    this.#chart.subscribeCrosshairMove(({ time }) => listener(time === undefined ? null : Number(time) * 1000))
  }

  /** Told when the shown span of time moves. */
  onRange(listener: () => void): () => void {
    const scale = this.#chart.timeScale()
    scale.subscribeVisibleLogicalRangeChange(listener)
    scale.subscribeSizeChange(listener)
    return () => {
      scale.unsubscribeVisibleLogicalRangeChange(listener)
      scale.unsubscribeSizeChange(listener)
    }
  }

  /** Left edge in px of the bar that begins at `ms`; null: no such bar. */
  xOf(openMs: number): number | null {
    return this.#chart.timeScale().timeToCoordinate(secondsOf(openMs))
  }

  remove(): void {
    this.#chart.remove()
  }

  #blank(ms: number, drawnTo: number): void {
    if (ms > drawnTo) this.#candles.update({ time: secondsOf(ms) })
  }

  #drawMarks(): void {
    this.#markers.setMarkers(markersOf(this.#marks, this.#bars, this.#colours))
  }

  #volumeOf(bar: Bar): { time: UTCTimestamp; value: number; color: string } {
    return { time: secondsOf(bar.openMs), value: bar.volume, color: volumeColour(bar, this.#colours) }
  }
}

function candleOf({ openMs, open, high, low, close }: Bar): {
  time: UTCTimestamp
  open: number
  high: number
  low: number
  close: number
} {
  return { time: secondsOf(openMs), open, high, low, close }
}
