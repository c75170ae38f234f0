/** Bands around the price: Bollinger, Donchian, and realised volatility. NaN before enough bars. */
import { RollingExtreme } from './rolling-extreme.ts'
import { RollingMoments } from './rolling-moments.ts'

/** Mean ± width × σ of the last `length` closes; σ is the population's (SPEC §6). */
export class Bollinger {
  middle = NaN
  sigma = NaN
  upper = NaN
  lower = NaN
  readonly #width: number
  readonly #moments: RollingMoments

  constructor(length: number, width: number) {
    this.#width = width
    this.#moments = new RollingMoments(length)
  }

  next(close: number): void {
    this.#moments.next(close)
    this.middle = this.#moments.mean
    this.sigma = Math.sqrt(this.#moments.variance)
    this.upper = this.middle + this.#width * this.sigma
    this.lower = this.middle - this.#width * this.sigma
  }
}

/** Highest high and lowest low of the last `length` bars, the current one included. */
export class Donchian {
  upper = NaN
  lower = NaN
  readonly #highest: RollingExtreme
  readonly #lowest: RollingExtreme

  constructor(length: number) {
    this.#highest = new RollingExtreme(length, 'highest')
    this.#lowest = new RollingExtreme(length, 'lowest')
  }

  next(high: number, low: number): void {
    this.upper = this.#highest.next(high)
    this.lower = this.#lowest.next(low)
  }
}

/** Population σ of the last `length` logarithmic returns, per bar; needs length + 1 closes. */
export class RealisedVolatility {
  value = NaN
  readonly #moments: RollingMoments
  #previous = NaN

  constructor(length: number) {
    this.#moments = new RollingMoments(length)
  }

  next(close: number): number {
    if (!Number.isNaN(this.#previous)) {
      this.#moments.next(Math.log(close / this.#previous))
      this.value = Math.sqrt(this.#moments.variance)
    }
    this.#previous = close
    return this.value
  }
}
