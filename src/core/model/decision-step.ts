/** One stair of the way a signal or wish went: what was looked at, what was found, what was allowed, and by whom. */
export interface DecisionStep {
  readonly step: string
  readonly passed: boolean
  readonly actual: number | string | null
  readonly limit: number | string | null
  /** who set the limit, as text `profile NORMAL v3` */
  readonly source: string | null
}
