/** Lets the user's rules speak: wakes when a window opens or closes, when an hour has shown another volatility, when a pin ends. */
import type { Volatility } from '../core/model/regime.ts'
import { activePin, isPerson } from '../core/policy/holds.ts'
import type { GlobalPolicy, RiskMode } from '../core/policy/policy.ts'
import { nextBoundary, openRules, speakingRule, type OpenRule } from '../core/policy/rule-windows.ts'
import { isRulesWord, ruleWord, type ModeWord } from '../core/policy/rule-word.ts'
import type { Cancel, Clock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { PolicyVersion } from '../core/ports/policy-shelf.ts'
import { modeRulesView, type ModeRulesView } from './mode-rules-view.ts'
import type { PolicyStore } from './policy-store.ts'

interface ModeRulesDeps {
  readonly clock: Clock
  readonly policy: PolicyStore
  readonly log: Log
  /** of the whole market; null while unknown */
  readonly volatility: () => Volatility | null
  /** the mode MSC asks for now; null: it is off, only advises, or has not spoken */
  readonly advised: () => RiskMode | null
}

/** A rule that could not write is tried again after this long, ms. */
const RETRY_MS = 60_000
/** Changes of these may give the word to another rule. */
const CONCERNS = ['rules.timeRules', 'rules.volatilityRules', 'pin']

type DatedWord = ModeWord & { readonly version: number }

export class ModeRules {
  readonly #deps: ModeRulesDeps
  /** since when each open rule of volatility has been open */
  #since = new Map<string, number>()
  #cancel: Cancel | null = null
  #isAsked = false
  #isStarted = false

  constructor(deps: ModeRulesDeps) {
    this.#deps = deps
    deps.policy.onUpdated(({ changes }) => {
      if (this.#isStarted && changes.some(({ path }) => CONCERNS.some((field) => path.startsWith(field)))) this.look()
    })
  }

  /** From now on; what opened or ended while the station was down is caught up with. */
  start(): void {
    const { policy, clock } = this.#deps
    this.#isStarted = true
    const [word, previous] = this.#words(policy.current, 2)
    const now = clock.now()
    for (const { name, from } of this.#open(now)) {
      const isOverruled = word !== undefined && isPerson(word.by) && previous?.by === `rule:${name}`
      if (from === null) this.#since.set(name, isOverruled ? word.at : now)
    }
    this.look()
  }

  /** An hour of some symbol has closed: looked at once everything of this instant has been told. */
  hourClosed(): void {
    const { policy, clock } = this.#deps
    if (this.#isAsked || !this.#isStarted || policy.current.rules.volatilityRules.length === 0) return
    this.#isAsked = true
    clock.at(clock.now(), () => {
      this.#isAsked = false
      this.look()
    })
  }

  /** The rule whose word counts now, pinned or not: while there is one, MSC may only tighten (SPEC §2). */
  openRule(): OpenRule | null {
    return speakingRule(this.#open(this.#deps.clock.now()))
  }

  view(): ModeRulesView {
    const { clock, policy, volatility } = this.#deps
    return modeRulesView(policy.current, clock.now(), volatility())
  }

  /** Writes what is to be written now, and wakes again when that may change. */
  look(): void {
    const { clock } = this.#deps
    const now = clock.now()
    const open = this.#open(now)
    this.#keepTime(open, now)
    const isDone = this.#speak(speakingRule(open), now)
    this.#wakeAt(isDone ? this.#nextTime(now) : now + RETRY_MS)
  }

  /** false: the policy could not be written */
  #speak(open: OpenRule | null, now: number): boolean {
    const { policy, advised, log } = this.#deps
    const { current } = policy
    const [written] = this.#words(current, 1)
    if (written === undefined) return true
    const rule = open && { ...open, since: Math.max(this.#openedAt(open, now), this.#pinEndedAt(current)) }
    const before = open === null && written.isRules ? this.#before(current) : null
    const word = ruleWord(current, { now, rule, written, before, advised: advised() })
    if (word === null) return true
    try {
      const result = policy.change({ riskMode: word.mode }, { actor: word.actor, reason: word.reason })
      if (result.outcome !== 'accepted') log.error('rule_not_heard', { actor: word.actor, result })
    } catch (problem) {
      log.error('rule_not_written', { actor: word.actor, problem: String(problem) })
      return false
    }
    return true
  }

  #open(now: number): OpenRule[] {
    const { policy, volatility } = this.#deps
    const { rules } = policy.current
    return openRules(rules, now, rules.volatilityRules.length === 0 ? null : volatility())
  }

  #keepTime(open: readonly OpenRule[], now: number): void {
    const conditions = open.filter(({ from }) => from === null)
    this.#since = new Map(conditions.map(({ name }) => [name, this.#since.get(name) ?? now]))
  }

  #openedAt({ name, from }: OpenRule, now: number): number {
    return from ?? this.#since.get(name) ?? now
  }

  /** When the last pin ended: by its time, or by hand. */
  #pinEndedAt({ pin, sources }: GlobalPolicy): number {
    if (pin !== null) return pin.until ?? Number.POSITIVE_INFINITY
    const version = sources['pin']?.version
    return version === undefined ? 0 : this.#timeOf(version)
  }

  #nextTime(now: number): number | null {
    const { current } = this.#deps.policy
    const pinUntil = activePin(current, now)?.until ?? Number.POSITIVE_INFINITY
    const next = Math.min(nextBoundary(current.rules, now) ?? Number.POSITIVE_INFINITY, pinUntil)
    return Number.isFinite(next) ? next : null
  }

  #wakeAt(time: number | null): void {
    this.#cancel?.()
    this.#cancel = time === null ? null : this.#deps.clock.at(time, () => this.look())
  }

  /** The last words on the mode up to a policy, newest first. */
  #words(policy: GlobalPolicy, most: number): DatedWord[] {
    const words: DatedWord[] = []
    for (const word of this.#wordsBackFrom(policy)) {
      words.push(word)
      if (words.length === most) break
    }
    return words
  }

  /** The mode before rules spoke, from the history: it survives a restart. */
  #before(policy: GlobalPolicy): RiskMode | null {
    for (const word of this.#wordsBackFrom(policy)) if (!word.isRules) return word.mode
    return null
  }

  *#wordsBackFrom(policy: GlobalPolicy): Generator<DatedWord> {
    for (let at: GlobalPolicy | undefined = policy; at !== undefined;) {
      const version: number = at.sources['riskMode']?.version ?? at.version
      const told: GlobalPolicy = (version === at.version ? at : this.#version(version)?.policy) ?? at
      const by = at.sources['riskMode']?.actor ?? at.updatedBy
      const isRules = isRulesWord(told)
      yield { mode: at.riskMode, by, at: told.updatedAt, isRules, rules: told.rules, version }
      at = this.#versionBefore(version)
    }
  }

  #timeOf(version: number): number {
    const { current } = this.#deps.policy
    return version === current.version ? current.updatedAt : (this.#version(version)?.policy.updatedAt ?? 0)
  }

  /** A version that cannot be read is as one that is gone. */
  #version(version: number): PolicyVersion | null {
    try {
      return this.#deps.policy.version(version)
    } catch {
      return null
    }
  }

  #versionBefore(version: number): GlobalPolicy | undefined {
    try {
      return this.#deps.policy.history({ limit: 1, before: version })[0]?.policy
    } catch {
      return undefined
    }
  }
}
