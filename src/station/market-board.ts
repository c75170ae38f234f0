/** The market as the station sees it: a desk per symbol, filled by the feed. */
import type { Interval } from '../core/model/interval.ts'
import type { Candle, Instrument } from '../core/model/market.ts'
import { type BarListener, SymbolDesk } from './symbol-desk.ts'
import { quoteFigures } from './symbol-figures.ts'

interface MarketBoardOptions {
  readonly baseInterval: Interval
  readonly higherIntervals: readonly Interval[]
  /** closed candles kept per symbol and interval */
  readonly keptBars: number
  readonly onBar: BarListener
}

export class MarketBoard {
  readonly #desks = new Map<string, SymbolDesk>()
  /** of all symbols, as the live state tells them */
  readonly prices = quoteFigures()
  readonly #options: MarketBoardOptions
  /** time of the last price told, of any symbol; null before the first */
  lastAt: number | null = null
  /** how old it was when it was handled, ms; null before the first */
  lagMs: number | null = null

  constructor(options: MarketBoardOptions) {
    this.#options = options
  }

  /** Makes desks for new instruments and updates the rules of known ones. */
  list(instruments: readonly Instrument[]): void {
    for (const instrument of instruments) {
      const desk = this.#desks.get(instrument.symbol)
      if (desk === undefined) {
        this.#desks.set(instrument.symbol, new SymbolDesk({ ...this.#options, instrument, prices: this.prices }))
      } else {
        desk.instrument = instrument
        desk.model.tickSize = Number(instrument.tickSize)
      }
    }
  }

  desk(symbol: string): SymbolDesk | undefined {
    return this.#desks.get(symbol)
  }

  get desks(): IterableIterator<SymbolDesk> {
    return this.#desks.values()
  }

  get size(): number {
    return this.#desks.size
  }

  /** Mark price, or null where no price was ever told. */
  readonly markOf = (symbol: string): number | null => {
    const mark = this.#desks.get(symbol)?.mark ?? Number.NaN
    return Number.isNaN(mark) ? null : mark
  }

  candles(symbol: string, interval: Interval, limit: number): readonly Candle[] {
    return this.#desks.get(symbol)?.candles(interval, limit) ?? []
  }
}
