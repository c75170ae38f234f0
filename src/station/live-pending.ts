/** What a watcher has not been told yet: keys whose value is read when it is told, and rows that are told as they were. */
import type { Change, JournalRow, Topic } from './facade.ts'

export class LivePending {
  /** symbols with a new price; bounded by the number of symbols */
  readonly quotes = new Set<string>()
  readonly keys = new Map<Topic, Map<string, JournalRow | null>>()
  readonly #max: number
  #size = 0

  constructor(max: number) {
    this.#max = max
  }

  get isEmpty(): boolean {
    return this.#size === 0 && this.quotes.size === 0
  }

  get isFull(): boolean {
    return this.#size > this.#max
  }

  add(change: Change): void {
    if (change.topic === 'quotes') {
      this.quotes.add(change.key)
      return
    }
    let keys = this.keys.get(change.topic)
    if (!keys) {
      keys = new Map()
      this.keys.set(change.topic, keys)
    }
    const before = keys.size
    keys.set(change.key, change.row ?? null)
    this.#size += keys.size - before
  }

  clear(): void {
    this.quotes.clear()
    this.keys.clear()
    this.#size = 0
  }

  keepRowsOnly(): void {
    this.quotes.clear()
    this.#size = 0
    for (const [topic, keys] of this.keys) {
      for (const [key, row] of keys) if (row === null) keys.delete(key)
      if (keys.size === 0) this.keys.delete(topic)
      this.#size += keys.size
    }
  }
}
