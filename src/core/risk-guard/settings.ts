/** Numbers of the guard that no policy sets; those of its checks are `policy.rules.guard`. */
export interface RiskGuardSettings {
  /** what a quotient may differ from its limit by float noise alone, as a fraction of the limit: equal passes */
  readonly tolerance: number
}

export const RISK_GUARD_SETTINGS: RiskGuardSettings = { tolerance: 1e-9 }
