/**
 * Averages that follow a series bar by bar.
 *
 * What holds for every indicator of this room: `next` takes one closed bar and returns the value after it; before there
 * are enough bars the value is NaN, never a guess. A bar costs O(1) and leaves no garbage. Input must be finite: a NaN
 * that gets in stays in, so candles pass `candleFault` first.
 */
import { RollingMoments } from './rolling-moments.ts'

/** Simple moving average of the last `length` values. */
export class Sma {
  value = NaN
  readonly #moments: RollingMoments

  constructor(length: number) {
    this.#moments = new RollingMoments(length)
  }

  next(x: number): number {
    this.#moments.next(x)
    this.value = this.#moments.mean
    return this.value
  }
}

/** First value: the plain mean of the first `length` inputs; then `value += weight × (x − value)`. */
class SmoothedAverage {
  value = NaN
  readonly #length: number
  readonly #weight: number
  #seen = 0
  #sum = 0

  constructor(length: number, weight: number) {
    this.#length = length
    this.#weight = weight
  }

  next(x: number): number {
    if (this.#seen >= this.#length) {
      this.value += this.#weight * (x - this.value)
      return this.value
    }
    this.#seen += 1
    this.#sum += x
    if (this.#seen === this.#length) this.value = this.#sum / this.#length
    return this.value
  }
}

/** Exponential moving average, weight 2 ÷ (length + 1), started as the SMA of its first `length` values (SPEC §6). */
export class Ema extends SmoothedAverage {
  constructor(length: number) {
    super(length, 2 / (length + 1))
  }
}

/** Wilder's moving average, weight 1 ÷ length, started as the SMA of its first `length` values. */
export class WilderAverage extends SmoothedAverage {
  constructor(length: number) {
    super(length, 1 / length)
  }
}
