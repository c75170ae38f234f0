/** What the configuration says of a new policy (SPEC §1). */
import type { InitialPolicy } from '../../core/policy/initial-policy.ts'
import { readRiskMode } from '../../core/policy/risk-mode.ts'
import type { Configured } from './configure.ts'
import type { STATION_SECTIONS } from './sections.ts'

type FirstSections = Pick<typeof STATION_SECTIONS, 'policy' | 'guard'>

/** `configured` may hold more sections. */
export function firstPolicyOf(configured: Configured<FirstSections>): InitialPolicy {
  const { policy, guard } = configured.settings
  return { ...policy, ...guard, environmentMode: readRiskMode(configured.inEnvironment('policy.risk_mode')) }
}
