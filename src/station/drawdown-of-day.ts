/** The daily drawdown limit in force, and the largest that was since 00:00 UTC: loosening a mode never lifts an emergency. */
import type { GlobalPolicy } from '../core/policy/policy.ts'
import type { PolicyStore } from './policy-store.ts'

const DAY_MS = 86_400_000
const VERSIONS_AT_ONCE = 100
const dayOf = (at: number): number => Math.floor(at / DAY_MS)

const limitOf = ({ rules, riskMode }: GlobalPolicy): number => rules.profiles[riskMode].maxDailyDrawdown

export class DrawdownOfDay {
  readonly #policy: Pick<PolicyStore, 'current' | 'history'>
  #day = -1
  #largest = 0

  constructor(policy: Pick<PolicyStore, 'current' | 'history'>) {
    this.#policy = policy
  }

  /** Fraction of NAV. */
  get now(): number {
    return limitOf(this.#policy.current)
  }

  get largest(): number {
    return Math.max(this.#largest, this.now)
  }

  /** The limit in force counts for this day. */
  note(now: number): void {
    const day = dayOf(now)
    this.#largest = day === this.#day ? this.largest : this.now
    this.#day = day
  }

  /** At a start: every version of today, and the one in force when it began. */
  load(now: number): void {
    this.note(now)
    const midnight = dayOf(now) * DAY_MS
    let before: number | undefined
    for (;;) {
      const versions = this.#policy.history({ limit: VERSIONS_AT_ONCE, ...(before !== undefined && { before }) })
      for (const { policy } of versions) {
        this.#largest = Math.max(this.#largest, limitOf(policy))
        if (policy.updatedAt < midnight) return
        before = policy.version
      }
      if (versions.length < VERSIONS_AT_ONCE) return
    }
  }
}
