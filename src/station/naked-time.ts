/** How long each position was larger than its live stop: the metric naked_seconds. */

export class NakedTime {
  readonly #since = new Map<string, number>()
  readonly #spent = new Map<string, number>()
  #total = 0

  /** Epoch ms since when the symbol's position is without a full live stop; null: it is protected, or there is none. */
  since(symbol: string): number | null {
    return this.#since.get(symbol) ?? null
  }

  note(symbol: string, isNaked: boolean, now: number): void {
    const since = this.#since.get(symbol)
    if (isNaked && since === undefined) this.#since.set(symbol, now)
    if (isNaked || since === undefined) return
    this.#since.delete(symbol)
    this.#spent.set(symbol, (this.#spent.get(symbol) ?? 0) + now - since)
    this.#total += now - since
  }

  /** The position is gone. */
  end(symbol: string, now: number): void {
    this.note(symbol, false, now)
    this.#spent.delete(symbol)
  }

  /** Seconds of all positions, closed ones included. */
  totalSeconds(now: number): number {
    let ms = this.#total
    for (const since of this.#since.values()) ms += now - since
    return ms / 1000
  }

  /** Seconds of one open position. */
  secondsOf(symbol: string, now: number): number {
    const since = this.#since.get(symbol)
    return ((this.#spent.get(symbol) ?? 0) + (since === undefined ? 0 : now - since)) / 1000
  }
}
