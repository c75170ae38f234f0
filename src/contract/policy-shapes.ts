/** The policy as it is told: the document, what is in force with its sources, one version of its history. */
import { z } from 'zod'

import { LimitSource } from './denial.ts'
import { Instant, RiskModeName } from './values.ts'

export const Pin = z.object({ by: z.string(), at: Instant, until: Instant.nullable(), reason: z.string() })

/** The kill switch, engaged. */
export const Emergency = z.object({ id: z.string(), engaged_at: Instant, by: z.string(), reason: z.string() })

/** A limit in force and who set it. */
const limitOf = <Value extends z.ZodType>(value: Value): z.ZodObject<{ value: Value; source: typeof LimitSource }> =>
  z.object({ value, source: LimitSource })

const NumberLimit = limitOf(z.number())

/** What is in force now: the tighter of profile, policy, governor and configuration. */
export const EffectiveLimits = z.object({
  policy_version: z.number().int(),
  risk_mode: RiskModeName,
  max_risk_per_trade: NumberLimit,
  max_leverage: NumberLimit,
  max_positions: NumberLimit,
  min_confidence: NumberLimit,
  position_size_cap_usd: NumberLimit,
  position_size_cap_fraction: NumberLimit,
  max_daily_trades: NumberLimit,
  max_daily_drawdown: NumberLimit,
  max_gross_exposure: NumberLimit,
  max_symbol_exposure: NumberLimit,
  allow_new_positions: limitOf(z.boolean()),
  size_multiplier: z.number(),
})
export type EffectiveLimits = z.infer<typeof EffectiveLimits>

export const PolicyDocument = z.object({
  risk_mode: RiskModeName,
  max_risk_per_trade: z.number(),
  max_positions: z.number().int(),
  max_daily_trades: z.number().int(),
  global_min_confidence: z.number(),
  allowed_strategies: z.array(z.string()).nullable(),
  blocked_strategies: z.array(z.string()),
  allowed_symbols: z.array(z.string()).nullable(),
  opp_rankings: z.record(z.string(), z.number()),
  model_versions: z.record(z.string(), z.string()),
  emergency: Emergency.nullable(),
  pin: Pin.nullable(),
  version: z.number().int(),
  last_updated: Instant,
  updated_by: z.string(),
  reason: z.string(),
  /** who last wrote each field, in which version, and the value at which a person holds a number */
  sources: z.record(
    z.string(),
    z.object({ actor: z.string(), version: z.number().int(), hold: z.number().nullable() }),
  ),
  /** inputs, votes, advised and applied mode of the last evaluation; free-form */
  evaluation: z.record(z.string(), z.unknown()).nullable(),
})
export type PolicyDocument = z.infer<typeof PolicyDocument>

export const PolicyAnswer = z.object({
  policy: PolicyDocument.extend({ effective: EffectiveLimits }),
  timestamp: Instant,
})
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

/** One changed field, dotted path in snake_case. */
export const FieldChange = z.object({ path: z.string(), from: z.unknown(), to: z.unknown() })
export type FieldChange = z.infer<typeof FieldChange>

/** The answer to an accepted write; `notes` say where the profile still holds tighter than what was written. */
export const ChangeAnswer = PolicyAnswer.extend({ changes: z.array(FieldChange), notes: z.array(z.string()) })
export type ChangeAnswer = z.infer<typeof ChangeAnswer>

export const PolicyVersion = z.object({
  version: z.number().int(),
  at: Instant,
  actor: z.string(),
  reason: z.string(),
  trace_id: z.string(),
  risk_mode: RiskModeName,
  ranking_only: z.boolean(),
  changes: z.array(FieldChange),
})
export type PolicyVersion = z.infer<typeof PolicyVersion>

export const GovernorState = z.object({
  level: z.enum(['NORMAL', 'ELEVATED', 'CAUTIOUS', 'DEFENSIVE', 'EMERGENCY']),
  since: Instant,
  cause: z.string().nullable(),
  exit: z.string().nullable(),
  allow_new_positions: z.boolean(),
  leverage: z.number(),
  size: z.number(),
  exposure: z.number(),
})
export type GovernorState = z.infer<typeof GovernorState>

const OpenRule = z.object({
  name: z.string(),
  mode: RiskModeName,
  /** null: opened and closed by a condition */
  from: Instant.nullable(),
  until: Instant.nullable(),
})

/** The user's rules that set a mode. Of those open the tightest speaks; a pin stands above it, MSC may only tighten. */
export const ModeRulesAnswer = z.object({
  open: OpenRule.nullable(),
  is_pinned: z.boolean(),
  /** of the whole market; null: not known yet */
  volatility: z.enum(['LOW', 'NORMAL', 'HIGH', 'EXTREME']).nullable(),
  items: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['time', 'volatility']),
      mode: RiskModeName,
      enabled: z.boolean(),
      is_open: z.boolean(),
      speaks: z.boolean(),
      /** when its open window closes; null: none is open, or a condition closes it */
      until: Instant.nullable(),
      /** when its next window opens; null: it is off, or waits for a condition */
      next_at: Instant.nullable(),
    }),
  ),
  next: z.null(),
  timestamp: Instant,
})
export type ModeRulesAnswer = z.infer<typeof ModeRulesAnswer>
