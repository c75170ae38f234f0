/** Step 5: the four numbers, clamped to the profile, tightened by pin, rule and hold (SPEC §2, §5.5). */
import { heldAt } from '../policy/holds.ts'
import { NUMBER_FIELDS, profileLimit, targetsOf, tighterOf, type NumberField } from '../policy/numbers.ts'
import type { GlobalPolicy, RiskMode } from '../policy/policy.ts'
import type { Decision } from './decision.ts'

/** What one of the four numbers is, what is asked for, what the profile allows, and what it comes to. */
export interface TargetRow {
  readonly field: NumberField
  readonly inForce: number
  readonly advised: number
  readonly profile: number | null
  readonly wouldBe: number
}

type NumbersDecision = Pick<Decision, 'mode' | 'standing' | 'onlyTighten'>

export function targetRows(policy: GlobalPolicy, decision: NumbersDecision, advised: RiskMode): readonly TargetRow[] {
  const { rules } = policy
  const [own, standing] = [targetsOf(decision.mode, rules), targetsOf(decision.standing, rules)]
  return NUMBER_FIELDS.map((field) => {
    const inForce = policy[field]
    const target = tighterOf(field, own[field], standing[field])
    const kept = decision.onlyTighten ? tighterOf(field, target, inForce) : target
    const hold = heldAt(policy, field)
    return {
      field,
      inForce,
      advised: rules.msc.targets[advised][field],
      profile: profileLimit(field, rules.profiles[decision.mode]),
      wouldBe: hold === null ? kept : tighterOf(field, kept, hold),
    }
  })
}
