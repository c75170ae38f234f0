/** Where the station is in its life. */
import type { StationStatus } from './station-values.ts'

type PhaseName = StationStatus['phase']

export class Phase {
  #name: PhaseName = 'starting'
  readonly #changed: (name: PhaseName) => void

  constructor(changed: (name: PhaseName) => void) {
    this.#changed = changed
  }

  get name(): PhaseName {
    return this.#name
  }

  to(name: PhaseName): void {
    this.#name = name
    this.#changed(name)
  }
}
