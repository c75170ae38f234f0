/**
 * Mean and population variance of the last n values, without ever subtracting a value that leaves the window: what is
 * subtracted never cancels exactly, and after a crash of the price a flat window would show a deviation that is not there.
 *
 * The series is cut into blocks of n. A window is the end of the previous block plus the beginning of the current one:
 * ends are summed up once per block, beginnings as they come, and the two are joined by the parallel formula of Chan,
 * Golub and LeVeque (1979). O(1) per value on average.
 */
export class RollingMoments {
  /** NaN until n values were seen */
  mean = NaN
  variance = NaN
  readonly #length: number
  readonly #block: Float64Array
  /** mean and sum of squared deviations of the last k values of the previous block, at index k */
  readonly #endMean: Float64Array
  readonly #endSquares: Float64Array
  #hasPrevious = false
  #count = 0
  #beginMean = 0
  #beginSquares = 0

  constructor(length: number) {
    this.#length = length
    this.#block = new Float64Array(length)
    this.#endMean = new Float64Array(length + 1)
    this.#endSquares = new Float64Array(length + 1)
  }

  next(x: number): void {
    this.#block[this.#count] = x
    this.#count += 1
    const delta = x - this.#beginMean
    this.#beginMean += delta / this.#count
    this.#beginSquares += delta * (x - this.#beginMean)
    if (this.#hasPrevious || this.#count === this.#length) this.#join()
    if (this.#count === this.#length) this.#turnOver()
  }

  #join(): void {
    const fromPrevious = this.#length - this.#count
    const endMean = this.#endMean[fromPrevious] ?? 0
    const gap = this.#beginMean - endMean
    const share = this.#count / this.#length
    this.mean = endMean + gap * share
    const squares = this.#beginSquares + (this.#endSquares[fromPrevious] ?? 0) + gap * gap * share * fromPrevious
    this.variance = squares / this.#length
  }

  #turnOver(): void {
    let mean = 0
    let squares = 0
    for (let taken = 1; taken <= this.#length; taken++) {
      const x = this.#block[this.#length - taken] ?? 0
      const delta = x - mean
      mean += delta / taken
      squares += delta * (x - mean)
      this.#endMean[taken] = mean
      this.#endSquares[taken] = squares
    }
    this.#hasPrevious = true
    this.#count = 0
    this.#beginMean = 0
    this.#beginSquares = 0
  }
}
