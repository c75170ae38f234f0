/** Follows the exchange's clock, and notices when ours has jumped: then this computer slept, and every line is of before. */
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import { faultOf } from './faults.ts'
import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'

interface ClockWatchDeps {
  readonly clock: Clock
  readonly settings: BinanceSettings
  /** null: nothing is signed, the exchange's clock does not matter */
  readonly rest: Rest | null
  readonly woke: () => void
  readonly problem: (message: string) => void
}

export class ClockWatch {
  readonly #deps: ClockWatchDeps
  #cancelSync: Cancel | null = null
  #cancelBeat: Cancel | null = null
  #wokeAt = -Infinity

  constructor(deps: ClockWatchDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#beat()
    this.#syncLater()
  }

  stop(): void {
    this.#cancelSync?.()
    this.#cancelBeat?.()
  }

  /** One sleep is noticed by the clock and told by the computer: false for the second of both. */
  wakes(): boolean {
    const { clock, settings } = this.#deps
    const now = clock.now()
    const isNew = now - this.#wokeAt >= settings.sleptMs
    if (isNew) this.#wokeAt = now
    return isNew
  }

  /** A wrong clock spoils every signature. That the exchange is silent now does not matter: a refusal asks again. */
  async sync(): Promise<void> {
    const { rest, problem } = this.#deps
    await rest?.syncClock().catch((fault: unknown) => problem(`no clock of the exchange: ${faultOf(fault).message}`))
  }

  #syncLater(): void {
    const { clock, settings } = this.#deps
    this.#cancelSync?.()
    this.#cancelSync = clock.at(clock.now() + settings.clockEveryMs, () => {
      void this.sync()
      this.#syncLater()
    })
  }

  #beat(): void {
    const { clock, settings, woke } = this.#deps
    this.#cancelBeat?.()
    const due = clock.now() + settings.beatMs
    this.#cancelBeat = clock.at(due, () => {
      if (clock.now() - due >= settings.sleptMs) woke()
      this.#beat()
    })
  }
}
