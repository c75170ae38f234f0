/** Wilder's measures of range and direction (J. W. Wilder, New Concepts in Technical Trading Systems, 1978). NaN before enough bars. */
import { WilderAverage } from './moving-average.ts'

/** The largest of high − low, |high − previous close|, |low − previous close|; without a previous close high − low. */
export function trueRange(high: number, low: number, previousClose: number): number {
  if (Number.isNaN(previousClose)) return high - low
  return Math.max(high, previousClose) - Math.min(low, previousClose)
}

/** Average true range in price units, from the first `length` bars on. */
export class Atr {
  value = NaN
  readonly #average: WilderAverage
  #previousClose = NaN

  constructor(length: number) {
    this.#average = new WilderAverage(length)
  }

  next(high: number, low: number, close: number): number {
    this.value = this.#average.next(trueRange(high, low, this.#previousClose))
    this.#previousClose = close
    return this.value
  }
}

/**
 * Average directional index, 0…100, with its two directional indicators. DI from length + 1 bars on, ADX from
 * 2 × length on. Where nothing moved the indicators are 0.
 */
export class Adx {
  value = NaN
  plus = NaN
  minus = NaN
  readonly #range: WilderAverage
  readonly #up: WilderAverage
  readonly #down: WilderAverage
  readonly #average: WilderAverage
  #high = NaN
  #low = NaN
  #close = NaN

  constructor(length: number) {
    this.#range = new WilderAverage(length)
    this.#up = new WilderAverage(length)
    this.#down = new WilderAverage(length)
    this.#average = new WilderAverage(length)
  }

  next(high: number, low: number, close: number): number {
    if (!Number.isNaN(this.#close)) this.#advance(high, low)
    this.#high = high
    this.#low = low
    this.#close = close
    return this.value
  }

  #advance(high: number, low: number): void {
    const rise = high - this.#high
    const fall = this.#low - low
    const up = this.#up.next(rise > fall && rise > 0 ? rise : 0)
    const down = this.#down.next(fall > rise && fall > 0 ? fall : 0)
    const range = this.#range.next(trueRange(high, low, this.#close))
    if (Number.isNaN(range)) return
    this.plus = range === 0 ? 0 : (100 * up) / range
    this.minus = range === 0 ? 0 : (100 * down) / range
    this.value = this.#average.next(up + down === 0 ? 0 : (100 * Math.abs(up - down)) / (up + down))
  }
}
