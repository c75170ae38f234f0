/** What checks 1–7 look at. */
import type { DecisionStep } from '../model/decision-step.ts'
import type { EntryIntent } from '../model/intent.ts'
import type { EffectiveLimits, GlobalPolicy, GuardRules } from '../policy/policy.ts'
import type { GuardContext } from './context.ts'

/** An entry as asked, before it is measured: checks 1–7. */
export interface Asked {
  readonly intent: EntryIntent
  readonly context: GuardContext
  readonly policy: GlobalPolicy
  readonly limits: EffectiveLimits
  readonly rules: GuardRules
  /** the staircase so far */
  readonly steps: DecisionStep[]
}
