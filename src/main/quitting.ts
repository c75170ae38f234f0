/** The way out: with positions open only after a plain warning, and never before the station has stopped cleanly. */
import type { App, Dialog } from 'electron'

import { isMeantDespite } from './open-positions-warning.ts'

export interface QuittingDeps {
  readonly app: App
  readonly dialog: Dialog
  /** positions that nobody watches once this process ends */
  readonly openPositions: () => number
  /** everything said becomes durable, the data folder is let go */
  readonly stop: () => Promise<void>
}

type State = 'running' | 'asking' | 'stopping' | 'stopped'

export class Quitting {
  readonly #deps: QuittingDeps
  #state: State = 'running'

  constructor(deps: QuittingDeps) {
    this.#deps = deps
    deps.app.on('before-quit', (event) => {
      if (this.#state === 'stopped') return
      event.preventDefault()
      void this.#ask()
    })
  }

  /** Windows may close from here on. */
  get isLeaving(): boolean {
    return this.#state === 'stopping' || this.#state === 'stopped'
  }

  /** The system ends us anyway: no questions, only a clean stop. */
  leaveNow(): Promise<void> {
    return this.#leave(() => this.#deps.app.quit())
  }

  /** Ends with `last` in place of a quit; false: positions are open, and this is no reason to leave them. */
  leaveUnexposed(last: () => void): boolean {
    if (this.#deps.openPositions() > 0) return false
    void this.#leave(last)
    return true
  }

  async #leave(last: () => void): Promise<void> {
    if (this.isLeaving) return
    this.#state = 'stopping'
    await this.#deps.stop()
    this.#state = 'stopped'
    last()
  }

  /** Unless the system has begun to end us while the question stood. */
  #stay(): void {
    if (this.#state === 'asking') this.#state = 'running'
  }

  async #ask(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'asking'
    const isMeant = await isMeantDespite(this.#deps.dialog, this.#deps.openPositions(), 'Quit')
    if (isMeant) await this.leaveNow()
    else this.#stay()
  }
}
