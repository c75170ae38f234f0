/** What the Meta Strategy Controller sees: figures of the account, its trades and the market, null where nothing is known (SPEC §5.1). */
import type { HealthStatus } from '../model/health.ts'
import type { Regime, Volatility } from '../model/regime.ts'

/** A sample of the unit price (SPEC, Units). */
export interface NavPoint {
  /** epoch ms */
  readonly at: number
  readonly nav: number
  /** highest NAV since the point before */
  readonly high: number
}

/** A closed trade as far as evidence and scores need it. */
export interface MscTrade {
  /** epoch ms */
  readonly closedAt: number
  readonly strategyId: string
  /** after fees and funding, USDT; ≤ 0 counts as a loss */
  readonly profit: number
  readonly rMultiple: number
}

export interface Evidence {
  /** from the high of NAV in the window, % ≥ 0 */
  readonly drawdownPct: number | null
  readonly winRatePct: number | null
  readonly meanR: number | null
  /** mean daily NAV return, % */
  readonly slopePct: number | null
  /** its standard error, % */
  readonly slopeError: number | null
  readonly regime: Regime | null
  readonly volatility: Volatility | null
  /** losing trades in a row up to the last closed one */
  readonly losingStreak: number | null
  /** UTC days with a closed trade after the last profitable one */
  readonly daysSinceProfit: number | null
  /** trades the figures are made of */
  readonly trades: number
  readonly health: HealthStatus
  /** windows begin no earlier, epoch ms; null: never re-based */
  readonly rebasedAt: number | null
}

/** Nothing is known, nothing is wrong. */
export const NO_EVIDENCE: Evidence = {
  drawdownPct: null,
  winRatePct: null,
  meanR: null,
  slopePct: null,
  slopeError: null,
  regime: null,
  volatility: null,
  losingStreak: null,
  daysSinceProfit: null,
  trades: 0,
  health: 'HEALTHY',
  rebasedAt: null,
}
