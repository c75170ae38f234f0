/** A rule while it is edited, read into the list that the station takes. Pure. */
import type { RiskMode } from '../../widgets/mode-mark.tsx'
import { minuteOf, minuteText, type TimeRule, type VolatilityRule } from './mode-rule-words.ts'
import type { EditedRule, RulesChange, WrittenRules } from './use-mode-rules.ts'

export interface RuleDraft {
  readonly name: string
  readonly mode: RiskMode
  readonly enabled: boolean
  readonly days: readonly number[]
  /** `22:00`, UTC */
  readonly from: string
  readonly to: string
  readonly atLeast: VolatilityRule['at_least']
}

const NEW_RULE: RuleDraft = {
  name: '',
  mode: 'DEFENSIVE',
  enabled: true,
  days: [0, 1, 2, 3, 4, 5, 6],
  from: '22:00',
  to: '06:00',
  atLeast: 'EXTREME',
}

export function draftFrom(rules: WrittenRules, { kind, place }: EditedRule): RuleDraft {
  if (place === null) return NEW_RULE
  if (kind === 'volatility') {
    const rule = rules.volatility_rules[place]
    return rule === undefined
      ? NEW_RULE
      : { ...NEW_RULE, name: rule.name, mode: rule.mode, enabled: rule.enabled, atLeast: rule.at_least }
  }
  const rule = rules.time_rules[place]
  if (rule === undefined) return NEW_RULE
  const { name, mode, enabled, days } = rule
  return { ...NEW_RULE, name, mode, enabled, days, from: minuteText(rule.from_minute), to: minuteText(rule.to_minute) }
}

export interface ReadRule {
  /** the list with the rule in it; null: it cannot be read */
  readonly change: RulesChange | null
  readonly window: Pick<TimeRule, 'days' | 'from_minute' | 'to_minute'> | null
  readonly fault: string | null
}

function placed<Rule>(list: readonly Rule[], place: number | null, rule: Rule): Rule[] {
  return place === null ? [...list, rule] : list.map((each, at) => (at === place ? rule : each))
}

export function readRule(draft: RuleDraft, rules: WrittenRules, { kind, place }: EditedRule): ReadRule {
  const { mode, enabled, days } = draft
  const name = draft.name.trim()
  if (kind === 'volatility') {
    const rule = { name, mode, enabled, at_least: draft.atLeast }
    return { change: { volatility_rules: placed(rules.volatility_rules, place, rule) }, window: null, fault: null }
  }
  const [from, to] = [minuteOf(draft.from), minuteOf(draft.to)]
  if (from === null || to === null)
    return { change: null, window: null, fault: 'begin and end must be times like 22:00' }
  if (days.length === 0) return { change: null, window: null, fault: 'it must name at least one day' }
  const window = { days: days.toSorted((a, b) => a - b), from_minute: from, to_minute: to }
  return {
    change: { time_rules: placed(rules.time_rules, place, { name, mode, enabled, ...window }) },
    window,
    fault: null,
  }
}
