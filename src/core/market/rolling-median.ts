/**
 * Median of the last n values (of fewer, while fewer were seen): a sorted copy of the window, kept sorted by moving a
 * stretch of memory. n is some hundreds, so this beats trees; O(log n) comparisons and one block move per value.
 */
export class RollingMedian {
  /** NaN before the first value */
  value = NaN
  /** values in the window */
  count = 0
  readonly #length: number
  readonly #window: Float64Array
  readonly #sorted: Float64Array
  #oldest = 0

  constructor(length: number) {
    this.#length = length
    this.#window = new Float64Array(length)
    this.#sorted = new Float64Array(length)
  }

  next(x: number): number {
    if (this.count === this.#length) this.#remove(this.#window[this.#oldest] ?? NaN)
    const place = this.#placeOf(x)
    this.#sorted.copyWithin(place + 1, place, this.count)
    this.#sorted[place] = x
    this.count += 1
    this.#window[this.#oldest] = x
    this.#oldest = (this.#oldest + 1) % this.#length
    const half = this.count >> 1
    const upper = this.#sorted[half] ?? NaN
    this.value = this.count % 2 === 1 ? upper : ((this.#sorted[half - 1] ?? NaN) + upper) / 2
    return this.value
  }

  #remove(x: number): void {
    const place = this.#placeOf(x)
    this.#sorted.copyWithin(place, place + 1, this.count)
    this.count -= 1
  }

  /** index of the first sorted value that is not below x */
  #placeOf(x: number): number {
    let from = 0
    let to = this.count
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#sorted[middle] ?? NaN) < x) from = middle + 1
      else to = middle
    }
    return from
  }
}
