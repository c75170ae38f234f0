/** When what was journaled becomes durable: many rows at once, soon after; and what happens when it cannot. */
import type { Candle } from '../core/model/market.ts'
import type { Journal } from '../core/ports/journal.ts'

interface CommitsDeps {
  readonly journal: Journal
  /** real money: every commit survives power loss */
  readonly durable: boolean
  /** runs once control returns to the event loop */
  readonly afterTurn: (work: () => void) => void
  /** told once per failure; must not throw */
  readonly onUnwritable: (problem: unknown) => void
}

export class Commits {
  readonly #deps: CommitsDeps
  #isAsked = false
  #candles: Candle[] = []
  /** feed time up to which everything was told */
  position = 0

  constructor(deps: CommitsDeps) {
    this.#deps = deps
  }

  /** A candle for charts: nobody waits for it, so no order does; it becomes durable once control returns. */
  candle(candle: Candle): void {
    this.#candles.push(candle)
  }

  /** Commits what is written so far; false: it could not be written, and is kept for the next time. */
  now(): boolean {
    const { journal, durable, onUnwritable } = this.#deps
    if (journal.pending === 0) return true
    try {
      journal.flush(this.position, durable)
      return true
    } catch (problem) {
      onUnwritable(problem)
      return false
    }
  }

  /** Commits once control returns to the event loop: the rows of many inputs together. */
  soon(): void {
    if (this.#isAsked || (this.#deps.journal.pending === 0 && this.#candles.length === 0)) return
    this.#isAsked = true
    this.#deps.afterTurn(() => {
      this.#isAsked = false
      this.all()
    })
  }

  /** Commits everything, candles too. */
  all(): boolean {
    for (const candle of this.#candles) this.#deps.journal.write('candles', candle)
    this.#candles = []
    return this.now()
  }
}
