/** What the streams told of one symbol so far, and what of it must still be passed on. */
import type { Candle, Ticker } from '../../core/model/market.ts'

export class MarketTrack {
  readonly symbol: string
  /** open time of the last candle that was told */
  lastOpenAt: number
  last = Number.NaN
  bid: number | null = null
  ask: number | null = null
  bidQuantity: number | null = null
  askQuantity: number | null = null
  /** newest time told, so that a symbol's prices never go back */
  at = 0
  isMoved = false
  /** missing candles are being fetched: those of the stream wait for them */
  isFilling = false
  fundingRate = 0
  nextFundingAt = 0
  /** hours between two settlements */
  fundingHours = 8
  /** of the last settlement told */
  fundedAt = 0
  /** of the newest mark */
  markAt = 0

  constructor(symbol: string, lastOpenAt: number) {
    this.symbol = symbol
    this.lastOpenAt = lastOpenAt
  }

  price(last: number, at: number): void {
    if (!(last > 0)) return
    this.last = last
    this.#moved(at)
  }

  /** Sizes are of the touch, base asset. */
  book(bid: number, bidQuantity: number, ask: number, askQuantity: number, at: number): void {
    if (!(bid > 0) || !(ask > 0)) return
    this.bid = bid
    this.ask = ask
    this.bidQuantity = bidQuantity
    this.askQuantity = askQuantity
    if (Number.isNaN(this.last)) this.last = (bid + ask) / 2
    this.#moved(at)
  }

  ticker(): Ticker {
    const { symbol, at, last, bid, ask, bidQuantity, askQuantity } = this
    return { symbol, at, last, bid, ask, bidQuantity, askQuantity }
  }

  /** whether this candle is the very next one; a later one means that some are missing */
  follows(candle: Candle, length: number): boolean {
    return candle.openAt === this.lastOpenAt + length
  }

  #moved(at: number): void {
    this.at = Math.max(this.at, at)
    this.isMoved = true
  }
}
