/** What a watcher has not been told yet: keys whose value is read when it is told, and rows that are told as they were. */
import type { Change, JournalRow, Topic } from './station-values.ts'

/** Topics told as columns of many symbols. */
type LiveTable = 'quotes' | 'rankings'
const isTable = (topic: Topic): topic is LiveTable => topic === 'quotes' || topic === 'rankings'

export class LivePending {
  /** tables in which something is new; what, is found when they are told */
  readonly tables = new Set<LiveTable>()
  readonly keys = new Map<Exclude<Topic, LiveTable>, Map<string, JournalRow | null>>()
  readonly #max: number
  #size = 0

  constructor(max: number) {
    this.#max = max
  }

  get isEmpty(): boolean {
    return this.#size === 0 && this.tables.size === 0
  }

  get isFull(): boolean {
    return this.#size > this.#max
  }

  add(change: Change): void {
    const { topic } = change
    if (isTable(topic)) {
      this.tables.add(topic)
      return
    }
    let keys = this.keys.get(topic)
    if (!keys) {
      keys = new Map()
      this.keys.set(topic, keys)
    }
    const before = keys.size
    keys.set(change.key, change.row ?? null)
    this.#size += keys.size - before
  }

  clear(): void {
    this.tables.clear()
    this.keys.clear()
    this.#size = 0
  }

  keepRowsOnly(): void {
    this.tables.clear()
    this.#size = 0
    for (const [topic, keys] of this.keys) {
      for (const [key, row] of keys) if (row === null) keys.delete(key)
      if (keys.size === 0) this.keys.delete(topic)
      this.#size += keys.size
    }
  }
}
