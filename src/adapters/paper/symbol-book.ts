/** All the exchange holds of one symbol: the market as floats for the hot path, its orders and its position exactly. */
import type { Candle, Ticker } from '../../core/model/market.ts'
import type { Bar } from './bar.ts'
import type { Holding } from './holding.ts'
import type { InstrumentRules } from './instrument-rules.ts'
import type { OpenOrder } from './open-order.ts'
import { QuoteVolume } from './quote-volume.ts'

export class SymbolBook {
  readonly symbol: string
  rules: InstrumentRules | null = null
  leverage: number
  holding: Holding | null = null
  /** in the order of their acceptance; replaced whole, so that a walk over it outlives what it ends */
  orders: readonly OpenOrder[] = []
  readonly volume = new QuoteVolume()
  /** last price; 0 before any */
  last = 0
  /** whether the last ticker told another last price than the one before */
  hasTraded = false
  /** the touch and what is left of it; 0 without a book, sizes NaN where unknown */
  bid = 0
  ask = 0
  bidLeft = 0
  askLeft = 0
  mark = 0
  markAt = 0
  /** close of the last candle, time of the last ticker and settlement: nothing older is looked at again */
  candleAt = 0
  tickerAt = 0
  fundingAt = 0
  /** close of the last candle counted in `volume` */
  volumeAt = 0
  /** tickers at or before this were seen by an earlier life of the exchange */
  restoredAt = 0
  /** prices farther apart than this, ms, left out what happened between them */
  readonly missedAfterMs: number
  /** the last time between two prices that were so far apart */
  missedFrom = 0
  missedTo = 0
  /** base asset that may still be filled before the next candle */
  volumeLeft = Number.POSITIVE_INFINITY
  /** the last bar, if a resting order opened or enlarged the position inside it (its stop is owed a look at that bar) */
  entryBar: Bar | null = null
  /** a price at or below, or at or above, may matter to an order or the position */
  watchLow = Number.NEGATIVE_INFINITY
  watchHigh = Number.POSITIVE_INFINITY
  /** a mark at or below, or at or above, liquidates */
  liquidationLow = Number.NEGATIVE_INFINITY
  liquidationHigh = Number.POSITIVE_INFINITY

  constructor(symbol: string, leverage: number, missedAfterMs = Number.POSITIVE_INFINITY) {
    this.symbol = symbol
    this.leverage = leverage
    this.missedAfterMs = missedAfterMs
  }

  get hasBook(): boolean {
    return this.bid > 0 && this.ask > 0
  }

  get isActive(): boolean {
    return this.holding !== null || this.orders.length > 0
  }

  /** Counts a candle's volume once. */
  noteVolume(candle: Candle, closeAt: number): void {
    if (closeAt <= this.volumeAt) return
    this.volumeAt = closeAt
    this.volume.add(candle.openAt, closeAt - candle.openAt, candle.quoteVolume)
  }

  /** Takes note of a closed candle; true when its range reaches what is watched. One seen before, by an earlier life too, is nothing new. */
  noteCandle(candle: Candle, closeAt: number, maxBarShare: number): boolean {
    this.noteVolume(candle, closeAt)
    if (closeAt <= this.candleAt) return false
    this.candleAt = closeAt
    this.volumeLeft = maxBarShare * candle.volume
    if (this.hasBook && !this.isMissed(candle.openAt, closeAt)) return false
    if (!this.hasBook || closeAt > this.tickerAt) this.last = candle.close
    return candle.low <= this.watchLow || candle.high >= this.watchHigh || this.entryBar !== null
  }

  /** Takes note of a ticker; true when it has a book and reaches what is watched. One seen before is nothing new. */
  noteTicker(ticker: Ticker): boolean {
    if (ticker.at < this.tickerAt || ticker.at <= this.restoredAt || this.isRepeated(ticker)) return false
    this.hasTraded = ticker.last !== this.last
    this.last = ticker.last
    if (ticker.at - this.tickerAt > this.missedAfterMs && this.tickerAt > 0) {
      this.missedFrom = this.tickerAt
      this.missedTo = ticker.at
    }
    this.tickerAt = ticker.at
    if (ticker.bid === null || ticker.ask === null) {
      this.bid = 0
      this.ask = 0
      return false
    }
    this.bid = ticker.bid
    this.ask = ticker.ask
    this.bidLeft = ticker.bidQuantity ?? Number.NaN
    this.askLeft = ticker.askQuantity ?? Number.NaN
    const low = ticker.ask < ticker.last ? ticker.ask : ticker.last
    const high = ticker.bid > ticker.last ? ticker.bid : ticker.last
    return low <= this.watchLow || high >= this.watchHigh
  }

  /** Whether a bar tells of a time of which no price was told. */
  private isMissed(openAt: number, closeAt: number): boolean {
    if (closeAt - this.tickerAt > this.missedAfterMs) return true
    return openAt < this.missedTo && closeAt > this.missedFrom
  }

  private isRepeated(ticker: Ticker): boolean {
    const { at, last, bid, ask } = ticker
    return at === this.tickerAt && last === this.last && (bid ?? 0) === this.bid && (ask ?? 0) === this.ask
  }

  /** Mark price, or the last price where none was told within `freshMs`; 0 before any. */
  markNow(now: number, freshMs: number): number {
    return this.hasFreshMark(now, freshMs) ? this.mark : this.last
  }

  hasFreshMark(now: number, freshMs: number): boolean {
    return this.mark > 0 && now - this.markAt <= freshMs
  }
}
