/** Kaufman's efficiency ratio: how much of the way a price walked took it somewhere. NaN before length + 1 closes. */
import { RollingMoments } from './rolling-moments.ts'

export class EfficiencyRatio {
  /** |c − c₋ₙ| ÷ Σ|Δc| over n bars, 0…1; 0 where the price did not move at all */
  value = NaN
  readonly #length: number
  readonly #closes: Float64Array
  readonly #steps: RollingMoments
  #seen = 0

  constructor(length: number) {
    this.#length = length
    this.#closes = new Float64Array(length)
    this.#steps = new RollingMoments(length)
  }

  next(close: number): number {
    const slot = this.#seen % this.#length
    if (this.#seen > 0) {
      const previous = this.#closes[(this.#seen - 1) % this.#length] ?? NaN
      this.#steps.next(Math.abs(close - previous))
    }
    if (this.#seen >= this.#length) {
      const path = this.#steps.mean * this.#length
      this.value = path === 0 ? 0 : Math.min(1, Math.abs(close - (this.#closes[slot] ?? NaN)) / path)
    }
    this.#closes[slot] = close
    this.#seen += 1
    return this.value
  }
}
