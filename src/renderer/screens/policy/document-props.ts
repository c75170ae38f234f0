/** What every panel of the policy in force is given. */
import type { EffectiveLimits, PolicyDocument } from '../../../contract/policy-shapes.ts'

export interface DocumentProps {
  readonly policy: PolicyDocument
  readonly effective: EffectiveLimits
}
