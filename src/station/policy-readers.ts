/** Which room of the station last read which version of the policy, and when: for `verify` on a running station (SPEC §17). */
import type { Clock } from '../core/ports/clock.ts'
import type { PolicyStore } from './policy-store.ts'

export const POLICY_READERS = ['risk_guard', 'orchestrator', 'mode_rules', 'msc', 'ranker', 'governor'] as const
export type PolicyReader = (typeof POLICY_READERS)[number]

export interface PolicyReading {
  readonly version: number
  /** epoch ms of the station's clock */
  readonly at: number
}

export class PolicyReaders {
  readonly #policy: PolicyStore
  readonly #clock: Clock
  readonly #readings = new Map<PolicyReader, { version: number; at: number }>()

  constructor(policy: PolicyStore, clock: Clock) {
    this.#policy = policy
    this.#clock = clock
  }

  /** The one policy store, as a room is given it: each look at the policy in force is noted. */
  as(reader: PolicyReader): PolicyStore {
    const note = (): void => this.#note(reader)
    return new Proxy(this.#policy, {
      get(store, name) {
        if (name === 'current') note()
        const value: unknown = Reflect.get(store, name, store)
        return typeof value === 'function' ? (value.bind(store) as unknown) : value
      },
    })
  }

  /** Null: it has not looked yet. */
  of(reader: PolicyReader): PolicyReading | null {
    return this.#readings.get(reader) ?? null
  }

  #note(reader: PolicyReader): void {
    const { version } = this.#policy.current
    const at = this.#clock.now()
    const reading = this.#readings.get(reader)
    if (reading === undefined) this.#readings.set(reader, { version, at })
    else {
      reading.version = version
      reading.at = at
    }
  }
}
