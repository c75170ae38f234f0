/** Closes everything for whoever asks: two at once are one, as wide as the wider, and both are told its report. */
import { traceIdOf } from '../core/model/ids.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Executor } from './executor.ts'
import type { FlattenReport } from './station-values.ts'

export class FlattenDesk {
  readonly #executor: Pick<Executor, 'flatten' | 'widenFlatten'>
  readonly #clock: Pick<Clock, 'now'>
  #running: Promise<FlattenReport> | null = null

  constructor(executor: Pick<Executor, 'flatten' | 'widenFlatten'>, clock: Pick<Clock, 'now'>) {
    this.#executor = executor
    this.#clock = clock
  }

  /** Begins before it returns. */
  begin(actor: Actor, reason: string, withForeign = false): Promise<FlattenReport> {
    if (withForeign) this.#executor.widenFlatten()
    this.#running ??= new Promise((resolve) => {
      const traceId = traceIdOf('flatten', reason, this.#clock.now())
      const done = (report: FlattenReport): void => {
        this.#running = null
        resolve(report)
      }
      this.#executor.flatten(traceId, actor, done, withForeign)
    })
    return this.#running
  }
}
