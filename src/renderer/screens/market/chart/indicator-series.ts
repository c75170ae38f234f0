/** The lines of the switched-on indicators on the chart. */
import {
  LineSeries,
  LineType,
  type IChartApi,
  type ISeriesApi,
  type PriceFormatCustom,
  type UTCTimestamp,
} from 'lightweight-charts'

import type { ChartColours } from '../../../widgets/chart-colours.ts'
import type { Bar } from './bars.ts'
import { LINES_OF, valuesOf, type LineShape } from './indicator-lines.ts'
import type { Indicator } from './indicators.ts'

interface Drawn {
  readonly shape: LineShape
  readonly series: ISeriesApi<'Line'>
}

const pointOf = (bar: Bar, value: number | undefined): { time: UTCTimestamp; value?: number } => {
  const time = (bar.openMs / 1000) as UTCTimestamp
  return value === undefined || Number.isNaN(value) ? { time } : { time, value }
}

export class IndicatorSeries {
  readonly #chart: IChartApi
  readonly #drawn = new Map<Indicator, readonly Drawn[]>()
  #colours: ChartColours
  #priceFormat: PriceFormatCustom | null = null

  constructor(chart: IChartApi, colours: ChartColours) {
    this.#chart = chart
    this.#colours = colours
  }

  show(shown: readonly Indicator[], bars: readonly Bar[]): void {
    for (const [indicator, lines] of this.#drawn) {
      if (shown.includes(indicator)) continue
      for (const { series } of lines) this.#chart.removeSeries(series)
      this.#drawn.delete(indicator)
    }
    for (const indicator of shown) {
      if (this.#drawn.has(indicator)) continue
      const lines = LINES_OF[indicator].map((shape) => ({ shape, series: this.#add(shape) }))
      this.#drawn.set(indicator, lines)
      draw(lines, valuesOf(indicator, bars), bars)
    }
  }

  setPriceFormat(priceFormat: PriceFormatCustom): void {
    this.#priceFormat = priceFormat
    for (const { series } of this.#all()) series.applyOptions({ priceFormat })
  }

  drawWhole(bars: readonly Bar[]): void {
    for (const [indicator, lines] of this.#drawn) draw(lines, valuesOf(indicator, bars), bars)
  }

  /** Points from `first` on; those before `drawnTo` (epoch ms) are there already. */
  drawTail(bars: readonly Bar[], first: number, drawnTo: number): void {
    for (const [indicator, lines] of this.#drawn) {
      const columns = valuesOf(indicator, bars)
      lines.forEach(({ series }, line) => {
        for (let index = first; index < bars.length; index++) {
          const bar = bars[index]
          if (bar !== undefined) series.update(pointOf(bar, columns[line]?.[index]), bar.openMs < drawnTo)
        }
      })
    }
  }

  repaint(colours: ChartColours): void {
    this.#colours = colours
    for (const { shape, series } of this.#all()) series.applyOptions({ color: this.#colourOf(shape) })
  }

  #all(): Drawn[] {
    return [...this.#drawn.values()].flat()
  }

  #colourOf({ isStrong }: LineShape): string {
    return isStrong ? this.#colours.text : this.#colours.quiet
  }

  #add(shape: LineShape): ISeriesApi<'Line'> {
    return this.#chart.addSeries(LineSeries, {
      color: this.#colourOf(shape),
      lineWidth: 1,
      lineStyle: shape.look,
      lineType: shape.isStepped ? LineType.WithSteps : LineType.Simple,
      lastValueVisible: false,
      priceLineVisible: false,
      crosshairMarkerVisible: false,
      ...(this.#priceFormat !== null && { priceFormat: this.#priceFormat }),
    })
  }
}

function draw(lines: readonly Drawn[], columns: readonly (readonly number[])[], bars: readonly Bar[]): void {
  lines.forEach(({ series }, line) => {
    series.setData(bars.map((bar, index) => pointOf(bar, columns[line]?.[index])))
  })
}
