/** Keeps rankings on their shelf a few rows at a time, so that the loop is never held for hundreds of them. */
import type { RankingRow, RankingShelf } from '../core/ports/ranking-shelf.ts'

interface RankingKeeperDeps {
  readonly shelf: RankingShelf
  /** runs once control returns to the event loop */
  readonly afterTurn: (work: () => void) => void
  /** a part could not be written and is lost; charts have a gap there */
  readonly failed: (problem: unknown) => void
}

interface Part {
  readonly at: number
  readonly rows: readonly RankingRow[]
}

const ROWS_AT_ONCE = 125

export class RankingKeeper {
  readonly #deps: RankingKeeperDeps
  #waiting: Part[] = []
  #isAsked = false

  constructor(deps: RankingKeeperDeps) {
    this.#deps = deps
  }

  /** `rows` are best stored in the order of their symbols. */
  keep(at: number, rows: readonly RankingRow[]): void {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
      this.#waiting.push({ at, rows: rows.slice(from, from + ROWS_AT_ONCE) })
    this.#soon()
  }

  /** Everything that waits, now. */
  flush(): void {
    while (this.#waiting.length > 0) this.#next()
  }

  #soon(): void {
    if (this.#isAsked || this.#waiting.length === 0) return
    this.#isAsked = true
    this.#deps.afterTurn(() => {
      this.#isAsked = false
      this.#next()
      this.#soon()
    })
  }

  #next(): void {
    const part = this.#waiting.shift()
    if (part === undefined) return
    try {
      this.#deps.shelf.put(part.at, part.rows)
    } catch (problem) {
      this.#deps.failed(problem)
    }
  }
}
