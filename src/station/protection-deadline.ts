/** Measures how long positions are naked, and tells when one has been so for too long while the venue answered. */
import type { Position } from '../core/model/position.ts'
import type { Cancel } from '../core/ports/clock.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import { NakedTime } from './naked-time.ts'

export class ProtectionDeadline {
  readonly naked = new NakedTime()
  readonly #deps: Pick<ExecutorDeps, 'clock' | 'settings'>
  readonly #overdue: (symbol: string) => void
  readonly #waiting = new Map<string, Cancel>()
  /** null: the link is down */
  #upSince: number | null = 0

  /** `overdue`: the position had no full live stop for `protectWithinMs`. */
  constructor(deps: Pick<ExecutorDeps, 'clock' | 'settings'>, overdue: (symbol: string) => void) {
    this.#deps = deps
    this.#overdue = overdue
  }

  get isUp(): boolean {
    return this.#upSince !== null
  }

  /** Without a link nobody answers: the time to be protected starts anew with it. */
  connection(isUp: boolean): void {
    this.#upSince = isUp ? this.#deps.clock.now() : null
  }

  measure({ symbol }: Position, isCovered: boolean): void {
    this.naked.note(symbol, !isCovered, this.#deps.clock.now())
    if (isCovered) this.#stop(symbol)
    else if (!this.#waiting.has(symbol) && this.#upSince !== null) this.#wait(symbol, this.#upSince)
  }

  end(symbol: string): void {
    this.naked.end(symbol, this.#deps.clock.now())
    this.#stop(symbol)
  }

  #wait(symbol: string, upSince: number): void {
    const { clock, settings } = this.#deps
    const since = Math.max(this.naked.since(symbol) ?? 0, upSince)
    const cancel = clock.at(since + settings.protectWithinMs, () => {
      this.#waiting.delete(symbol)
      if (this.#upSince === null || this.naked.since(symbol) === null) return
      if (this.#upSince > upSince) this.#wait(symbol, this.#upSince)
      else this.#overdue(symbol)
    })
    this.#waiting.set(symbol, cancel)
  }

  #stop(symbol: string): void {
    this.#waiting.get(symbol)?.()
    this.#waiting.delete(symbol)
  }
}
