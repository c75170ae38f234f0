/** The newest of a kind that only grows, kept in memory: who asks every minute what is new need not read the disk. */

interface Dated {
  readonly at: number
}

const KEPT = 500

export class Recent<Item extends Dated> {
  #items: Item[] = []
  /** everything later than this is here */
  #completeAfter: number

  /** `completeAfter`: epoch ms after which nothing is missing; −∞: there was nothing before. */
  constructor(completeAfter: number) {
    this.#completeAfter = completeAfter
  }

  /** In order of time. */
  add(item: Item): void {
    this.#items.push(item)
    if (this.#items.length < KEPT * 2) return
    const forgotten = this.#items.splice(0, KEPT)
    this.#completeAfter = Math.max(this.#completeAfter, forgotten.at(-1)?.at ?? 0)
  }

  /** Oldest first; null: some of them are only on disk. */
  since(at: number): readonly Item[] | null {
    if (at < this.#completeAfter) return null
    let first = this.#items.length
    while (first > 0 && (this.#items[first - 1]?.at ?? 0) > at) first--
    return this.#items.slice(first)
  }
}
