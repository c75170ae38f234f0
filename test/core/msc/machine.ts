/** The controller on a policy of its own: each run is judged and written as the policy store would. */
import type { Trigger } from '../../../src/core/msc/decision.ts'
import { evaluate, type Evaluated } from '../../../src/core/msc/evaluation.ts'
import type { MscTrade, NavPoint } from '../../../src/core/msc/evidence.ts'
import type { Observed } from '../../../src/core/msc/gather.ts'
import { memoryOf } from '../../../src/core/msc/memory.ts'
import type { StrategyRecord } from '../../../src/core/msc/score.ts'
import type { Ranked } from '../../../src/core/msc/symbols.ts'
import { changePolicy } from '../../../src/core/policy/change.ts'
import { firstPolicy, INITIAL_POLICY, type InitialPolicy } from '../../../src/core/policy/initial-policy.ts'
import { nextVersion, type PolicyEdit } from '../../../src/core/policy/next-version.ts'
import type { PolicyPatch } from '../../../src/core/policy/patch.ts'
import { CALM_GOVERNOR, type Actor, type GlobalPolicy, type GovernorState } from '../../../src/core/policy/policy.ts'

export const NOON = Date.UTC(2025, 2, 3, 12)
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

export type Seen = Pick<Observed, 'nav' | 'trades' | 'market' | 'health'>

const flat = (now: number): NavPoint[] => [{ at: now - HOUR_MS, nav: 1, high: 1 }]

/** `percent` a day for eight days. */
const rising = (now: number, percent: number): NavPoint[] =>
  Array.from({ length: 9 }, (_, day) => {
    const nav = (1 + percent / 100) ** day
    return { at: now - (8 - day) * DAY_MS, nav, high: nav }
  })

const wins = (now: number, count: number): MscTrade[] =>
  Array.from({ length: count }, (_, index) => ({
    strategyId: 'a',
    closedAt: now - (count - index) * MINUTE_MS,
    profit: 1,
    rMultiple: 1,
  }))

/** Advises NORMAL, weight 0. */
export const calm = (now: number): Seen => ({
  nav: flat(now),
  trades: [],
  market: { regime: 'RANGING', volatility: 'NORMAL' },
  health: 'HEALTHY',
})

/** Advises DEFENSIVE with a weight of 3. */
export const bad = (now: number): Seen => ({ ...calm(now), market: { regime: 'CHOPPY', volatility: 'EXTREME' } })

/** Advises DEFENSIVE with a weight of 6: the drawdown is 7.5 %. */
export const grave = (now: number): Seen => ({ ...bad(now), nav: [{ at: now - HOUR_MS, nav: 0.925, high: 1 }] })

/** Advises AGGRESSIVE with five votes. */
export const good = (now: number): Seen => ({
  nav: rising(now, 1),
  trades: wins(now, 30),
  market: { regime: 'BULL_TRENDING', volatility: 'NORMAL' },
  health: 'HEALTHY',
})

export class Machine {
  policy: GlobalPolicy
  now = NOON
  governor: GovernorState = CALM_GOVERNOR
  strategies: readonly StrategyRecord[] = []
  ranked: Ranked = { at: null, scores: {} }
  rebasedAt: number | null = null
  applies = true

  constructor(initial: Partial<InitialPolicy> = {}) {
    this.policy = firstPolicy({ ...INITIAL_POLICY, ...initial }, { at: NOON, reason: 'first', emergency: null })
  }

  /** Evaluates and writes; nothing but a whole write is possible. */
  run(see: (now: number) => Seen, trigger: Trigger = 'schedule'): Evaluated {
    const evaluated = evaluate({
      ...see(this.now),
      now: this.now,
      trigger,
      policy: this.policy,
      governor: this.governor,
      memory: memoryOf(this.policy),
      rebasedAt: this.rebasedAt,
      strategies: this.strategies,
      ranked: this.ranked,
      applies: this.applies,
    })
    this.write(evaluated.patch, 'msc')
    return evaluated
  }

  after(minutes: number): this {
    this.now += minutes * MINUTE_MS
    return this
  }

  write(patch: PolicyPatch, actor: Actor): void {
    const change = changePolicy(this.policy, patch, { actor, now: this.now })
    if (change.outcome !== 'changed') throw new Error(JSON.stringify(change))
    this.#edit(change.edit, actor)
  }

  pin(until: number | null = null): void {
    this.#edit({ fields: { pin: { by: 'user', at: this.now, until, reason: 'held' } } }, 'user')
  }

  unpin(): void {
    this.#edit({ fields: { pin: null } }, 'user')
  }

  emergency(engaged: boolean): void {
    const emergency = engaged ? ({ id: 'e', engagedAt: this.now, by: 'user', reason: 'drill' } as const) : null
    this.#edit({ fields: { emergency } }, 'user')
  }

  /** Opens a rule that speaks all day, or takes it away. */
  rule(mode: 'DEFENSIVE' | 'NORMAL' | 'AGGRESSIVE' | null): void {
    const days = [0, 1, 2, 3, 4, 5, 6]
    const always = { name: 'always', days, fromMinute: 0, toMinute: 0, enabled: true }
    const timeRules = mode === null ? [] : [{ ...always, mode }]
    this.#edit({ fields: { rules: { ...this.policy.rules, timeRules } } }, 'user')
    if (mode !== null) this.write({ riskMode: mode }, 'rule:always')
  }

  get numbers() {
    const { maxRiskPerTrade, globalMinConfidence, maxPositions, maxDailyTrades } = this.policy
    return { maxRiskPerTrade, globalMinConfidence, maxPositions, maxDailyTrades }
  }

  #edit(edit: PolicyEdit, actor: Actor): void {
    this.policy = nextVersion(this.policy, edit, { actor, at: this.now, reason: 'test' }).policy
  }
}
