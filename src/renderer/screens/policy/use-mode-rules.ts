/** The rules that set a mode as they are written, and what each does now. */
import type { ModeRulesAnswer } from '../../../contract/policy-shapes.ts'
import type { PolicyRules } from '../../../contract/rules-shapes.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer, type Answer } from '../../state/use-answer.ts'
import type { TimeRule, VolatilityRule } from './mode-rule-words.ts'

/** Which rule is meant; `place` null: a new one. */
export interface EditedRule {
  readonly kind: 'time' | 'volatility'
  readonly place: number | null
}

export type WrittenRules = Pick<PolicyRules, 'time_rules' | 'volatility_rules'>
type AnyRule = TimeRule | VolatilityRule
export type RulesChange = Partial<WrittenRules>

export class ModeRules {
  readonly rules: WrittenRules
  readonly states: ModeRulesAnswer
  /** the version that was looked at */
  readonly version: number

  constructor(rules: WrittenRules, states: ModeRulesAnswer, version: number) {
    this.rules = rules
    this.states = states
    this.version = version
  }

  at({ kind, place }: EditedRule): AnyRule {
    const list: readonly AnyRule[] = kind === 'time' ? this.rules.time_rules : this.rules.volatility_rules
    const rule = list[place ?? -1]
    if (rule === undefined) throw new Error(`there is no ${kind} rule at ${String(place)}`)
    return rule
  }

  /** The list with one rule changed; null takes it away. */
  with({ kind, place }: EditedRule, change: (rule: AnyRule) => AnyRule | null): RulesChange {
    const changed = <Rule extends AnyRule>(list: readonly Rule[]): Rule[] =>
      list.flatMap((rule, at) => {
        const next = at === place ? change(rule) : rule
        return next === null ? [] : [next as Rule]
      })
    return kind === 'time'
      ? { time_rules: changed(this.rules.time_rules) }
      : { volatility_rules: changed(this.rules.volatility_rules) }
  }
}

const AGAIN_MS = 3000

export function useModeRules(): Answer<ModeRules> {
  const moved = useLive(({ policy }) => policy?.version ?? 0)
  const answer = useAnswer('mode rules', readModeRules, moved)
  useAgain(answer.reload, AGAIN_MS)
  return answer
}

async function readModeRules(signal: AbortSignal): Promise<ModeRules> {
  const [{ rules, version }, states] = await Promise.all([
    station.policy.rules(undefined, { signal }),
    station.policy.modeRules(undefined, { signal }),
  ])
  return new ModeRules(rules, states, version)
}
