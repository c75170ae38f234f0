/** What each of the user's rules does now and when it speaks next. */
import type { Volatility } from '../core/model/regime.ts'
import { activePin } from '../core/policy/holds.ts'
import type { GlobalPolicy, RiskMode } from '../core/policy/policy.ts'
import { nextWindow, openRules, speakingRule, type OpenRule } from '../core/policy/rule-windows.ts'

export interface ModeRuleState {
  readonly name: string
  readonly kind: 'time' | 'volatility'
  readonly mode: RiskMode
  readonly enabled: boolean
  readonly isOpen: boolean
  /** its word is the one that counts among those open */
  readonly speaks: boolean
  /** epoch ms at which its window closes; null: it is not open, or a condition closes it */
  readonly until: number | null
  /** epoch ms at which its next window opens; null: it is off, or waits for a condition */
  readonly nextAt: number | null
}

export interface ModeRulesView {
  /** the rule that counts now */
  readonly open: OpenRule | null
  /** a pin stands above it */
  readonly isPinned: boolean
  readonly volatility: Volatility | null
  readonly rules: readonly ModeRuleState[]
}

export function modeRulesView(policy: GlobalPolicy, now: number, volatility: Volatility | null): ModeRulesView {
  const { timeRules, volatilityRules } = policy.rules
  const open = openRules(policy.rules, now, volatility)
  const speaking = speakingRule(open)
  const stateOf = (kind: ModeRuleState['kind'], rule: (typeof timeRules | typeof volatilityRules)[number]) => {
    const { name, mode, enabled } = rule
    const found = open.find((each) => each.name === name)
    const nextAt = enabled && 'days' in rule ? (nextWindow(rule, now)?.from ?? null) : null
    const isOpen = found !== undefined
    return {
      name,
      kind,
      mode,
      enabled,
      isOpen,
      speaks: found === speaking && isOpen,
      until: found?.until ?? null,
      nextAt,
    }
  }
  return {
    open: speaking,
    isPinned: activePin(policy, now) !== null,
    volatility,
    rules: [
      ...timeRules.map((rule) => stateOf('time', rule)),
      ...volatilityRules.map((rule) => stateOf('volatility', rule)),
    ],
  }
}
