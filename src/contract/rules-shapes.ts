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
})

/** The four numbers a mode asks for. */
const ModeTargets = z.strictObject({
  max_risk_per_trade: number,
  global_min_confidence: number,
  max_positions: count,
  max_daily_trades: count,
})

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
    })
    .optional(),
  ranker: z.strictObject({ weights, min_quote_volume_24h: number, min_score: number }).partial().optional(),
  time_rules: z.array(TimeRule).max(100).optional(),
  volatility_rules: z.array(VolatilityRule).max(100).optional(),
})

export type RiskProfile = z.infer<typeof RiskProfile>
export type PolicyRules = z.infer<typeof PolicyRules>
