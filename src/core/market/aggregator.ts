/** Builds higher candles of one symbol from its base candles: 1m → 15m, 1h and so on. */
import { intervalMs, type Interval } from '../model/interval.ts'
import type { Candle } from '../model/market.ts'

export interface Aggregator {
  /** One base candle, in order. False: refused, because it is not later than the last one or not of this series. */
  next(candle: Candle): boolean
}

/**
 * Tells each higher candle when the base candle that ends it arrives or, after a gap, when a later base candle does:
 * never before its end. A gap inside leaves the candle made of what there was; one without any base candle is not told.
 * The first is dropped unless its very first base candle was seen.
 * Throws a RangeError if `higher` is not a whole multiple of `base`.
 */
export function createAggregator(base: Interval, higher: Interval, tell: (candle: Candle) => void): Aggregator {
  const ratio = intervalMs(higher) / intervalMs(base)
  if (!Number.isInteger(ratio)) throw new RangeError(`${higher} candles cannot be built from ${base} candles`)
  return new BarBuilder(base, higher, tell)
}

class BarBuilder implements Aggregator {
  readonly #base: Interval
  readonly #higher: Interval
  readonly #tell: (candle: Candle) => void
  readonly #baseMs: number
  readonly #higherMs: number
  #symbol: string | null = null
  #lastOpenAt = -Infinity
  /** start of the bar being built; NaN: none */
  #openAt = NaN
  #isWhole = false
  #open = 0
  #high = 0
  #low = 0
  #close = 0
  #volume = 0
  #quoteVolume = 0

  constructor(base: Interval, higher: Interval, tell: (candle: Candle) => void) {
    this.#base = base
    this.#higher = higher
    this.#tell = tell
    this.#baseMs = intervalMs(base)
    this.#higherMs = intervalMs(higher)
  }

  next(candle: Candle): boolean {
    if (candle.interval !== this.#base || candle.openAt <= this.#lastOpenAt) return false
    this.#symbol ??= candle.symbol
    if (candle.symbol !== this.#symbol) return false
    const isFirst = this.#lastOpenAt === -Infinity
    this.#lastOpenAt = candle.openAt
    const openAt = Math.floor(candle.openAt / this.#higherMs) * this.#higherMs
    if (openAt !== this.#openAt) {
      this.#finish()
      this.#begin(openAt, candle)
      this.#isWhole = !isFirst || candle.openAt === openAt
    } else {
      this.#extend(candle)
    }
    if (candle.openAt + this.#baseMs === openAt + this.#higherMs) this.#finish()
    return true
  }

  #begin(openAt: number, candle: Candle): void {
    this.#openAt = openAt
    this.#open = candle.open
    this.#high = candle.high
    this.#low = candle.low
    this.#close = candle.close
    this.#volume = candle.volume
    this.#quoteVolume = candle.quoteVolume
  }

  #extend(candle: Candle): void {
    this.#high = Math.max(this.#high, candle.high)
    this.#low = Math.min(this.#low, candle.low)
    this.#close = candle.close
    this.#volume += candle.volume
    this.#quoteVolume += candle.quoteVolume
  }

  #finish(): void {
    if (Number.isNaN(this.#openAt)) return
    const openAt = this.#openAt
    this.#openAt = NaN
    if (!this.#isWhole || this.#symbol === null) return
    this.#tell({
      symbol: this.#symbol,
      interval: this.#higher,
      openAt,
      open: this.#open,
      high: this.#high,
      low: this.#low,
      close: this.#close,
      volume: this.#volume,
      quoteVolume: this.#quoteVolume,
    })
  }
}
