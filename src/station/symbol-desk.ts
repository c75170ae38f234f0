/** All the station knows of one symbol: its prices, its bars, its market model and the strategies that watch it. */
import { QUOTE_COLUMNS } from '../contract/live.ts'
import { type Aggregator, createAggregator } from '../core/market/aggregator.ts'
import { SymbolModel } from '../core/market/symbol-model.ts'
import type { Interval } from '../core/model/interval.ts'
import { intervalMs } from '../core/model/interval.ts'
import type { Candle, Funding, Instrument, MarkPrice, Ticker } from '../core/model/market.ts'
import { CandleRing } from './candle-ring.ts'
import type { SymbolFigures } from './symbol-figures.ts'

/** Told each closed higher candle as soon as its end is reached. */
export type BarListener = (desk: SymbolDesk, candle: Candle) => void

interface DeskOptions {
  readonly instrument: Instrument
  readonly baseInterval: Interval
  /** intervals above the base one that somebody decides on */
  readonly higherIntervals: readonly Interval[]
  readonly keptBars: number
  readonly onBar: BarListener
  /** where its prices stand for all who look */
  readonly prices: SymbolFigures
}

const HOUR = '1h'
const AT = QUOTE_COLUMNS.indexOf('at_ms')
const LAST = QUOTE_COLUMNS.indexOf('last')
const BID = QUOTE_COLUMNS.indexOf('bid')
const ASK = QUOTE_COLUMNS.indexOf('ask')
const MARK = QUOTE_COLUMNS.indexOf('mark')

export class SymbolDesk {
  readonly symbol: string
  readonly model: SymbolModel
  instrument: Instrument
  /** the last price told and when; NaN and −Infinity before there is one */
  last = Number.NaN
  lastAt = -Infinity
  ticker: Ticker | null = null
  funding: Funding | null = null
  /** open time of the last base candle; null before the first */
  lastOpenAt: number | null = null
  readonly #mark = { price: Number.NaN, at: -Infinity }
  readonly #rings = new Map<Interval, CandleRing>()
  readonly #aggregators: Aggregator[] = []
  readonly #baseMs: number
  readonly #baseRing: CandleRing
  readonly #onBar: BarListener
  readonly #prices: SymbolFigures
  readonly #row: number
  #isWarming = false

  constructor({ instrument, baseInterval, higherIntervals, keptBars, onBar, prices }: DeskOptions) {
    this.symbol = instrument.symbol
    this.instrument = instrument
    this.model = new SymbolModel(instrument.symbol, Number(instrument.tickSize))
    this.#baseMs = intervalMs(baseInterval)
    this.#onBar = onBar
    this.#prices = prices
    this.#row = prices.rowOf(instrument.symbol)
    this.#baseRing = new CandleRing(keptBars)
    this.#rings.set(baseInterval, this.#baseRing)
    for (const interval of higherIntervals.filter((each) => each !== baseInterval)) {
      const ring = new CandleRing(keptBars)
      this.#rings.set(interval, ring)
      this.#aggregators.push(
        createAggregator(baseInterval, interval, (candle) => {
          if (this.#isWarming) return
          ring.push(candle)
          this.#tell(candle)
        }),
      )
    }
  }

  closeOf(baseCandle: Candle): number {
    return baseCandle.openAt + this.#baseMs
  }

  /** A closed base candle, checked and later than the last one. */
  onCandle(candle: Candle): void {
    this.last = candle.close
    this.lastAt = this.closeOf(candle)
    this.lastOpenAt = candle.openAt
    this.#putPrices()
    this.#baseRing.push(candle)
    for (const aggregator of this.#aggregators) aggregator.next(candle)
    this.#tell(candle)
  }

  onTicker(ticker: Ticker): void {
    this.ticker = ticker
    this.last = ticker.last
    this.lastAt = ticker.at
    this.#putPrices()
    this.model.onTicker(ticker)
  }

  onMark(mark: MarkPrice): void {
    this.#mark.price = mark.mark
    this.#mark.at = mark.at
    if (!Number.isNaN(this.last)) this.#putPrices()
  }

  /** The mark price, while it is as new as the last price; else the last price stands for it. */
  get mark(): number {
    return this.#mark.at >= this.lastAt ? this.#mark.price : this.last
  }

  get markAt(): number {
    return Math.max(this.#mark.at, this.lastAt)
  }

  /** Bars from before the start: they build up indicators, nothing decides on them. */
  warm(candle: Candle): void {
    this.#rings.get(candle.interval)?.push(candle)
    if (candle.interval === HOUR) this.model.onHour(candle)
  }

  /** Base candles from before the start, for the bars that were being built; those that end before it are not told again. */
  warmAggregators(candles: readonly Candle[]): void {
    this.#isWarming = true
    for (const candle of candles) for (const aggregator of this.#aggregators) aggregator.next(candle)
    this.#isWarming = false
  }

  candles(interval: Interval, limit: number): readonly Candle[] {
    return this.#rings.get(interval)?.last(limit) ?? []
  }

  #putPrices(): void {
    const prices = this.#prices
    const row = this.#row
    prices.put(row, AT, this.lastAt)
    prices.put(row, LAST, this.last)
    prices.put(row, BID, this.ticker?.bid ?? Number.NaN)
    prices.put(row, ASK, this.ticker?.ask ?? Number.NaN)
    prices.put(row, MARK, this.mark)
  }

  #tell(candle: Candle): void {
    if (candle.interval === HOUR) this.model.onHour(candle)
    this.#onBar(this, candle)
  }
}
