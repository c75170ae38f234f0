/** When what was journaled becomes durable: many rows at once, soon after; and what happens when it cannot. */
import type { Candle } from '../core/model/market.ts'
import type { Journal } from '../core/ports/journal.ts'
import type { Metrics } from '../core/ports/metrics.ts'

interface CommitsDeps {
  readonly journal: Journal
  readonly metrics: Pick<Metrics, 'timed'>
  /** real money: every commit survives power loss */
  readonly durable: boolean
  /** runs once control returns to the event loop */
  readonly afterTurn: (work: () => void) => void
  /** told of every failure, `isFirst` in a row or not; must not throw */
  readonly onUnwritable: (problem: unknown, isFirst: boolean) => void
  /** what could not be written is written now; must not throw */
  readonly onWritableAgain: () => void
}

/** Turns between two attempts double with each failure, up to 2 to this power: the more waits, the dearer an attempt. */
const MOST_DOUBLINGS = 8

export class Commits {
  readonly #deps: CommitsDeps
  #isAsked = false
  #candles: Candle[] = []
  #failures = 0
  #turnsToWait = 0
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
    const { journal, metrics, durable } = this.#deps
    if (journal.pending === 0) return true
    try {
      metrics.timed('database_write', () => journal.flush(this.position, durable))
    } catch (problem) {
      this.#onFailure(problem)
      return false
    }
    if (this.#failures > 0) this.#onSuccess()
    return true
  }

  /** Commits once control returns to the event loop: the rows of many inputs together. */
  soon(): void {
    if (this.#isAsked || (this.#deps.journal.pending === 0 && this.#candles.length === 0)) return
    if (this.#turnsToWait > 0) {
      this.#turnsToWait--
      return
    }
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

  #onFailure(problem: unknown): void {
    this.#failures++
    this.#turnsToWait = 2 ** Math.min(this.#failures, MOST_DOUBLINGS)
    this.#deps.onUnwritable(problem, this.#failures === 1)
  }

  #onSuccess(): void {
    this.#failures = 0
    this.#turnsToWait = 0
    this.#deps.onWritableAgain()
  }
}
