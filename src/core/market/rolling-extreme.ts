/**
 * Highest or lowest of the last n values in O(1) on average: a queue of the values that may still become the answer,
 * best first (a value that is followed by a better one never will). NaN until n values were seen.
 */
export class RollingExtreme {
  value = NaN
  readonly #length: number
  /** −1 turns the search for the lowest into one for the highest */
  readonly #sign: 1 | -1
  /** the queue, a ring: signed values and the number of the bar each came from */
  readonly #values: Float64Array
  readonly #bars: Float64Array
  #head = 0
  #size = 0
  #seen = 0

  constructor(length: number, which: 'highest' | 'lowest') {
    this.#length = length
    this.#sign = which === 'highest' ? 1 : -1
    this.#values = new Float64Array(length)
    this.#bars = new Float64Array(length)
  }

  next(x: number): number {
    if (this.#size > 0 && (this.#bars[this.#head] ?? 0) <= this.#seen - this.#length) {
      this.#head = this.#slot(1)
      this.#size -= 1
    }
    const signed = x * this.#sign
    while (this.#size > 0 && (this.#values[this.#slot(this.#size - 1)] ?? 0) <= signed) this.#size -= 1
    const slot = this.#slot(this.#size)
    this.#values[slot] = signed
    this.#bars[slot] = this.#seen
    this.#size += 1
    this.#seen += 1
    if (this.#seen >= this.#length) this.value = (this.#values[this.#head] ?? NaN) * this.#sign
    return this.value
  }

  #slot(offset: number): number {
    const slot = this.#head + offset
    return slot < this.#length ? slot : slot - this.#length
  }
}
