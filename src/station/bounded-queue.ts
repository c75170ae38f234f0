/**
 * What waits for a slow listener, bounded. Of market data only the latest per key waits; decisions and money are never
 * dropped: when they alone exceed the bound, the queue says it overflowed, and the listener must start from a snapshot.
 */

export interface Queued<Item> {
  /** market data: a newer item of the same key takes the place of the older; null: never dropped */
  readonly latestKey: string | null
  readonly item: Item
}

export class BoundedQueue<Item> {
  readonly #max: number
  #waiting = new Map<string, Item>()
  #serial = 0
  #replaced = 0
  #overflowed = false

  /** `max`: items that may wait at once. */
  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#waiting.size
  }

  /** newer market data took an older item's place this often */
  get replaced(): number {
    return this.#replaced
  }

  put({ latestKey, item }: Queued<Item>): void {
    if (this.#overflowed) return
    const key = latestKey === null ? `#${String(this.#serial++)}` : latestKey
    if (this.#waiting.has(key)) {
      this.#replaced++
      this.#waiting.set(key, item)
    } else if (this.#waiting.size < this.#max) {
      this.#waiting.set(key, item)
    } else if (latestKey === null) {
      this.#overflowed = true
      this.#waiting.clear()
    } else {
      this.#replaced++
    }
  }

  /** Everything that waits, oldest first, or `'overflowed'` when something that must not be lost found no place. */
  take(): readonly Item[] | 'overflowed' {
    const items = this.#overflowed ? 'overflowed' : [...this.#waiting.values()]
    this.#waiting.clear()
    this.#overflowed = false
    return items
  }
}
