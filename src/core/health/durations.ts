/** The last so many durations of one kind of work, and their percentiles. */
export interface DurationFigures {
  readonly p50: number | null
  readonly p99: number | null
  /** all that were ever noted */
  readonly count: number
}

export class Durations {
  readonly #kept: Float64Array
  #count = 0

  constructor(kept: number) {
    this.#kept = new Float64Array(kept)
  }

  note(ms: number): void {
    this.#kept[this.#count % this.#kept.length] = ms
    this.#count++
  }

  /** Percentiles by the nearest rank of what is kept. */
  figures(): DurationFigures {
    const sorted = this.#kept.slice(0, Math.min(this.#count, this.#kept.length)).sort()
    const at = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
    return { p50: at(0.5), p99: at(0.99), count: this.#count }
  }
}
