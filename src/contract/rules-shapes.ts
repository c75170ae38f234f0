/** The policy's versioned rules: profiles, guard, governor, MSC targets, ranker weights, time and volatility rules. */
import { z } from 'zod'

import { RiskModeName } from './values.ts'

const text = z.string().trim().min(1).max(80)
/** bounds are the policy's: it names every field that breaks one, not only the first kind of fault */
const number = z.number()
const count = number

/** The envelope of a mode; fractions of NAV unless the name says otherwise. */
export const RiskProfile = z.strictObject({
  max_leverage: number,
  max_risk_per_trade: number,
  max_daily_drawdown: number,
  max_open_positions: count,
  position_size_cap_usd: number,
  position_size_cap_fraction: number,
  min_confidence: number,
  allow_new_positions: z.boolean(),
})

const GuardRules = z.strictObject({
  min_listing_age_days: number,
  min_days_to_delivery: number,
  max_entry_distance: number,
  max_mark_deviation: number,
  min_stale_ms: number,
  stale_intervals: number,
  min_stop_distance: number,
  max_stop_distance: number,
  slippage: number,
  max_cost_share_of_stop: number,
  liquidation_stop_multiple: number,
  leverage_reserve: number,
  small_account_usd: number,
  max_order_notional_usd: number.nullable(),
  max_daily_loss_usd: number.nullable(),
  max_entries_per_minute: count,
  rejections_to_rest_symbol: count,
  symbol_rest_ms: number,
  rejections_to_stop_entries: count,
  rejection_window_ms: number,
  max_gross_exposure: number,
  max_symbol_exposure: number,
  max_heat: number,
  max_heat_one_direction: number,
  max_correlation: number.nullable(),
  equity_jump: number,
})

const GovernorRules = z.strictObject({
  emergency_drawdown_multiple: number,
  total_drawdown: number,
  cautious_share: number,
  elevated_share: number,
  defensive_streak: count,
  cautious_streak: count,
  margin_ratio_emergency: number,
  margin_ratio_warning: number,
  loosen_after_ms: number,
  flatten_on_emergency: z.boolean(),
  mark_gap_ms: number,
  streak_window_ms: number,
  streak_group_ms: number,
  streak_defensive_ms: number,
  after_release_ms: number,
  after_release_multiplier: number,
  reengage_share: number,
  unprotected_ms: number,
  disconnected_ms: number,
  elevated_leverage: number,
  elevated_size: number,
  elevated_exposure: number,
  cautious_leverage: number,
  cautious_size: number,
  cautious_exposure: number,
  defensive_leverage: number,
  defensive_size: number,
  defensive_exposure: number,
})

/** The four numbers a mode asks for. */
const ModeTargets = z.strictObject({
  max_risk_per_trade: number,
  global_min_confidence: number,
  max_positions: count,
  max_daily_trades: count,
})

/** What the Meta Strategy Controller judges by. */
const MscEvidenceRules = z.strictObject({
  min_trades: number,
  max_trades: number,
  trade_days: number,
  drawdown_days: number,
  slope_days: number,
  poor_mean_r: number,
  slope_errors: number,
  streak_chance: number,
})

const MscThresholds = z.strictObject({
  drawdown_aggressive_pct: number,
  drawdown_mild_pct: number,
  drawdown_clear_pct: number,
  drawdown_severe_pct: number,
  win_rate_aggressive_pct: number,
  win_rate_mild_pct: number,
  win_rate_severe_pct: number,
  slope_aggressive_pct: number,
  slope_mild_pct: number,
  slope_severe_pct: number,
  streak_mild: number,
  streak_severe: number,
  days_aggressive: number,
  days_mild: number,
})

const MscWeights = z.strictObject({
  drawdown_mild: number,
  drawdown_clear: number,
  drawdown_severe: number,
  win_rate_mild: number,
  win_rate_severe: number,
  slope_mild: number,
  slope_severe: number,
  regime_choppy: number,
  regime_low_liquidity: number,
  volatility_high: number,
  volatility_extreme: number,
  streak_mild: number,
  streak_severe: number,
  days_mild: number,
})

const MscDecisionRules = z.strictObject({
  defensive_weight: number,
  aggressive_votes: number,
  pin_weight: number,
  loosen_gap_minutes: number,
})

const MscScoringRules = z.strictObject({
  days: number,
  profit_factor_weight: number,
  profit_factor_full: number,
  win_rate_weight: number,
  win_rate_from: number,
  win_rate_span: number,
  drawdown_weight: number,
  risk_pct_per_r: number,
  drawdown_full_pct: number,
  trades_weight: number,
  trades_full: number,
  regime_weight: number,
  min_losses: number,
  max_profit_factor: number,
  warm_trades: number,
})

const MscSelectionRules = z.strictObject({
  min_score: number,
  most_defensive: number,
  most_normal: number,
  most_aggressive: number,
  fewest: number,
})

const MscSymbolRules = z.strictObject({
  most: number,
  min_ranking: number,
  fewest: number,
  fill_ranking: number,
  max_age_minutes: number,
})

const MSC_GROUPS = {
  evidence: MscEvidenceRules,
  thresholds: MscThresholds,
  weights: MscWeights,
  decision: MscDecisionRules,
  scoring: MscScoringRules,
  selection: MscSelectionRules,
  symbols: MscSymbolRules,
} as const

const TimeRule = z.strictObject({
  name: text,
  mode: RiskModeName,
  /** 0 = Sunday */
  days: z.array(z.number().int().min(0).max(6)).max(7),
  from_minute: z.number().int().min(0).max(1440),
  to_minute: z.number().int().min(0).max(1440),
  enabled: z.boolean(),
})

const VolatilityRule = z.strictObject({
  name: text,
  mode: RiskModeName,
  at_least: z.enum(['HIGH', 'EXTREME']),
  enabled: z.boolean(),
})

const weights = z.record(z.string().max(80), number)

export const PolicyRules = z.strictObject({
  profiles: z.strictObject({ DEFENSIVE: RiskProfile, NORMAL: RiskProfile, AGGRESSIVE: RiskProfile }),
  guard: GuardRules,
  governor: GovernorRules,
  msc: z.strictObject({
    targets: z.strictObject({ DEFENSIVE: ModeTargets, NORMAL: ModeTargets, AGGRESSIVE: ModeTargets }),
    ...MSC_GROUPS,
  }),
  ranker: z.strictObject({ weights, min_quote_volume_24h: number, min_score: number }),
  time_rules: z.array(TimeRule).max(100),
  volatility_rules: z.array(VolatilityRule).max(100),
})

/** What may be changed of the rules: any part; lists and weights are replaced whole. */
export const RulesPatch = z.strictObject({
  profiles: z
    .strictObject({
      DEFENSIVE: RiskProfile.partial(),
      NORMAL: RiskProfile.partial(),
      AGGRESSIVE: RiskProfile.partial(),
    })
    .partial()
    .optional(),
  guard: GuardRules.partial().optional(),
  governor: GovernorRules.partial().optional(),
  msc: z
    .strictObject({
      targets: z
        .strictObject({
          DEFENSIVE: ModeTargets.partial(),
          NORMAL: ModeTargets.partial(),
          AGGRESSIVE: ModeTargets.partial(),
        })
        .partial(),
      evidence: MscEvidenceRules.partial(),
      thresholds: MscThresholds.partial(),
      weights: MscWeights.partial(),
      decision: MscDecisionRules.partial(),
      scoring: MscScoringRules.partial(),
      selection: MscSelectionRules.partial(),
      symbols: MscSymbolRules.partial(),
    })
    .partial()
    .optional(),
  ranker: z.strictObject({ weights, min_quote_volume_24h: number, min_score: number }).partial().optional(),
  time_rules: z.array(TimeRule).max(100).optional(),
  volatility_rules: z.array(VolatilityRule).max(100).optional(),
})

export type RiskProfile = z.infer<typeof RiskProfile>
export type PolicyRules = z.infer<typeof PolicyRules>
