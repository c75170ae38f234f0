/** The link to the venue: since when it is down or owes an answer, and whether the books were reconciled after it was. */
import type { Clock } from '../core/ports/clock.ts'
import type { Executor } from './executor.ts'

interface LinkDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly executor: Pick<Executor, 'isUp'> & {
    readonly reconciler: Pick<Executor['reconciler'], 'doneAt' | 'isRunning'>
  }
}

export class LinkWatch {
  readonly #deps: LinkDeps
  #downSince: number | null = null
  #askedSince: number | null = null
  #hasBegun = false
  #owesReconciliation = false

  constructor(deps: LinkDeps) {
    this.#deps = deps
  }

  /** Sees how it is now. */
  look(): void {
    const { clock, executor } = this.#deps
    const isReconciled = executor.reconciler.doneAt !== null
    if (executor.isUp) this.#downSince = null
    else this.#downSince ??= clock.now()
    if (isReconciled) this.#hasBegun = true
    this.#owesReconciliation = !executor.isUp || (this.#owesReconciliation && !isReconciled)
    if (executor.reconciler.isRunning) this.#askedSince ??= clock.now()
    else this.#askedSince = null
  }

  /** The venue said something: it owes nothing that is older. */
  heard(): void {
    if (this.#askedSince !== null) this.#askedSince = this.#deps.clock.now()
    this.look()
  }

  /** Books and venue have agreed once since the start. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Since when it is down, or an answer is owed; null: neither. */
  get silentSince(): number | null {
    return this.#downSince ?? this.#askedSince
  }

  /** It is up, and books and venue agree. */
  get isGood(): boolean {
    return this.#downSince === null && !this.#owesReconciliation
  }

  get state(): { readonly downSince: number | null; readonly isReconciled: boolean } {
    return { downSince: this.#downSince, isReconciled: !this.#owesReconciliation }
  }
}
