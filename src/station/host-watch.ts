/**
 * What happens to the computer the station runs on (SPEC §18): each is journaled, and around a sleep nothing is opened
 * until books and venue have been reconciled.
 */
import type { Executor } from './executor.ts'
import type { SystemEvent } from './station-values.ts'

interface HostWatchDeps {
  /** to the exchange and its market: what was open before a sleep is dropped */
  readonly lines: readonly { readonly resumed?: () => void }[]
  readonly executor: {
    readonly cancelEntries: Executor['cancelEntries']
    readonly reconciler: Pick<Executor['reconciler'], 'stop' | 'invalidate' | 'begin'>
  }
  readonly publish: (kind: SystemEvent) => void
  readonly statusChanged: () => void
}

export class HostWatch {
  readonly #deps: HostWatchDeps
  #isAsleep = false

  constructor(deps: HostWatchDeps) {
    this.#deps = deps
  }

  /** Why no entry may be made now; null: nothing of the computer stands against it. */
  get entriesOff(): string | null {
    return this.#isAsleep ? 'the computer is going to sleep' : null
  }

  tell(kind: SystemEvent): void {
    this.#deps.publish(kind)
    if (kind === 'suspended') this.#sleep()
    if (kind === 'resumed') this.#wake()
    if (kind === 'network_back') this.#deps.executor.reconciler.begin()
    this.#deps.statusChanged()
  }

  /** An entry filled in the sleep would stand without its stop; a reconciliation that ends now is old on waking. */
  #sleep(): void {
    const { executor } = this.#deps
    this.#isAsleep = true
    executor.cancelEntries(() => true, 'the computer is going to sleep')
    executor.reconciler.stop()
    executor.reconciler.invalidate()
  }

  /** Also without a sleep that was announced: time has passed that nobody saw. */
  #wake(): void {
    const { reconciler } = this.#deps.executor
    this.#isAsleep = false
    for (const line of this.#deps.lines) line.resumed?.()
    reconciler.invalidate()
    reconciler.begin()
  }
}
