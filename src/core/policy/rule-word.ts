/** What the user's rules write as the mode when somebody's word begins or ends (SPEC §2: pin > rule > MSC). */
import { activePin } from './holds.ts'
import type { Actor, GlobalPolicy, PolicyRules, RiskMode, TimeRule, VolatilityRule } from './policy.ts'
import { isLooserMode, tighterMode } from './risk-mode.ts'
import type { OpenRule } from './rule-windows.ts'

/** A mode, who wrote it and when (epoch ms). */
export interface ModeWord {
  readonly mode: RiskMode
  readonly by: Actor
  readonly at: number
  /** a rule said it for itself; what it writes when it ends is no word of its own */
  readonly isRules: boolean
  /** the rules as they stood then */
  readonly rules: PolicyRules
}

/** The rule that speaks, and since when nobody has stood above it: its opening, or the end of a pin. */
export type SpeakingRule = OpenRule & { readonly since: number }

export interface RuleInputs {
  readonly now: number
  readonly rule: SpeakingRule | null
  /** the mode in force */
  readonly written: ModeWord
  /** the mode in force before rules spoke; null: not known any more */
  readonly before: RiskMode | null
  /** what MSC asks for now; null: it is off, only advises, or has not spoken */
  readonly advised: RiskMode | null
}

export interface RuleWord {
  readonly mode: RiskMode
  readonly actor: Actor
  readonly reason: string
}

const RULE = 'rule:'

/**
 * Whether the mode of a version was written in it by a rule that spoke: an enabled rule of that name asks for it there.
 * What a rule hands on to is another mode than its own.
 */
export function isRulesWord({ riskMode, sources, rules }: GlobalPolicy): boolean {
  const actor = sources['riskMode']?.actor ?? ''
  const rule = actor.startsWith(RULE) ? ruleNamed(rules, actor.slice(RULE.length)) : undefined
  return rule !== undefined && rule.enabled && rule.mode === riskMode
}

const ruleNamed = ({ timeRules, volatilityRules }: PolicyRules, name: string): TimeRule | VolatilityRule | undefined =>
  [...timeRules, ...volatilityRules].find((rule) => rule.name === name)

/** Whether a rule is as it was: made or changed since, it speaks anew. */
function isAsItWas(name: string, now: PolicyRules, then: PolicyRules): boolean {
  const [rule, earlier] = [ruleNamed(now, name), ruleNamed(then, name)]
  if (rule === undefined || earlier === undefined) return false
  const old = new Map(Object.entries(earlier).map(([field, value]) => [field, String(value)]))
  return Object.entries(rule).every(([field, value]) => old.get(field) === String(value))
}

/**
 * Null: nothing is to be written. A rule speaks when it opens, or is changed. Whoever writes a mode after that is heard
 * until the next rule opens, MSC only where it tightens. After the last rule comes what was before, or MSC's advice where that is
 * tighter: loosening beyond it is MSC's own, slow decision.
 */
export function ruleWord(policy: GlobalPolicy, inputs: RuleInputs): RuleWord | null {
  const { now, rule, written } = inputs
  if (activePin(policy, now) !== null) return null
  if (rule === null) return handOn(inputs)
  const isKnown = isAsItWas(rule.name, policy.rules, written.rules)
  return written.mode === rule.mode || isHeard(rule, written, isKnown) ? null : speak(rule)
}

function speak(rule: SpeakingRule): RuleWord {
  const until = rule.until === null ? 'its condition holds' : `until ${new Date(rule.until).toISOString()}`
  return { mode: rule.mode, actor: `${RULE}${rule.name}`, reason: `rule "${rule.name}": ${until}` }
}

function isHeard(rule: SpeakingRule, { mode, by, at }: ModeWord, isKnown: boolean): boolean {
  if (by.startsWith(RULE)) return false
  return by === 'msc' ? isLooserMode(rule.mode, mode) : isKnown && at >= rule.since
}

function handOn({ written, before, advised }: RuleInputs): RuleWord | null {
  if (!written.isRules) return null
  const kept = before ?? tighterMode('NORMAL', written.mode)
  const mode = advised === null ? kept : tighterMode(kept, advised)
  if (mode === written.mode) return null
  const next = mode === kept ? 'the mode is as before' : 'the mode is as MSC asks'
  return { mode, actor: written.by, reason: `rule "${written.by.slice(RULE.length)}" has ended: ${next}` }
}
