/** Quote volume of the last 24 hours from closed 1 h candles. */
import { intervalMs } from '../model/interval.ts'

const HOURS = 24
const HOUR_MS = intervalMs('1h')

/**
 * Hours that the source did not tell (a start less than a day ago, a gap) count as the mean of those it did; hours of
 * an exchange outage were told, with volume 0.
 */
export class DayVolume {
  /** USDT; NaN before the first candle */
  value = NaN
  readonly #volumes = new Float64Array(HOURS)
  /** hour since the epoch that each slot holds */
  readonly #hours = new Float64Array(HOURS).fill(-HOURS)

  next(openAt: number, quoteVolume: number): number {
    const hour = Math.floor(openAt / HOUR_MS)
    this.#volumes[hour % HOURS] = quoteVolume
    this.#hours[hour % HOURS] = hour
    let sum = 0
    let known = 0
    for (let slot = 0; slot < HOURS; slot++) {
      if ((this.#hours[slot] ?? -HOURS) <= hour - HOURS) continue
      sum += this.#volumes[slot] ?? 0
      known += 1
    }
    this.value = sum * (HOURS / known)
    return this.value
  }
}
