/** The last closed candles of one symbol and interval, for charts and for whoever looks back a little. */
import type { Candle } from '../core/model/market.ts'

export class CandleRing {
  readonly #max: number
  #candles: Candle[] = []

  constructor(max: number) {
    this.#max = max
  }

  /** Keeps up to twice the bound before it forgets the older half: cheaper than shifting at every candle. */
  push(candle: Candle): void {
    this.#candles.push(candle)
    if (this.#candles.length >= this.#max * 2) this.#candles = this.#candles.slice(-this.#max)
  }

  /** oldest first, at most `limit` and at most what is kept */
  last(limit: number): readonly Candle[] {
    return this.#candles.slice(-Math.min(limit, this.#max))
  }
}
