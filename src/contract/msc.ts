/** The Meta Strategy Controller: what it saw, how its seven voters voted, what it wrote and what it would take to change. */
import { z } from 'zod'

import { REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { Instant, numberFrom, Reason, RiskModeName } from './values.ts'

const tags = ['msc']

const Regime = z.enum(['BULL_TRENDING', 'BEAR_TRENDING', 'RANGING', 'CHOPPY', 'LOW_LIQUIDITY'])
const Volatility = z.enum(['LOW', 'NORMAL', 'HIGH', 'EXTREME'])

/** What the votes were made of; null: not known, or too little history. */
export const Evidence = z.object({
  drawdown_pct: z.number().nullable(),
  winrate_pct: z.number().nullable(),
  mean_r: z.number().nullable(),
  equity_slope_pct_per_day: z.number().nullable(),
  /** standard error of the slope */
  equity_slope_error: z.number().nullable(),
  regime: Regime.nullable(),
  volatility: Volatility.nullable(),
  consecutive_losses: z.number().int().nullable(),
  days_since_profit: z.number().int().nullable(),
  /** trades the figures are made of */
  trades: z.number().int(),
  health: z.enum(['HEALTHY', 'DEGRADED', 'CRITICAL']),
  /** windows begin no earlier; null: never re-based */
  rebased_at: Instant.nullable(),
})
export type Evidence = z.infer<typeof Evidence>

/** One way a voter may speak, and whether it does. */
const VoteCell = z.object({
  outcome: z.enum(['aggressive', 'none', 'defensive']),
  /** 1…3 of a defensive cell, else 0 */
  weight: z.number().int(),
  /** its threshold in words, e.g. `5 to 7` */
  label: z.string(),
  hit: z.boolean(),
})

export const Vote = z.object({
  voter: z.enum(['drawdown', 'win_rate', 'equity_slope', 'regime', 'volatility', 'losing_streak', 'days_since_profit']),
  reading: z.union([z.number(), z.string()]).nullable(),
  /** `%`, `%/day`, `losses`, `days`, empty for words */
  unit: z.string(),
  outcome: z.enum(['aggressive', 'none', 'defensive', 'abstains']),
  weight: z.number().int(),
  cells: z.array(VoteCell),
  /** why it abstains, or why evidence kept a defensive vote from counting; null: nothing to say */
  note: z.string().nullable(),
  /** distance to its next other vote, in words with the numbers; null: cannot be said */
  turns_when: z.string().nullable(),
})
export type Vote = z.infer<typeof Vote>

/** What one of the four numbers is, what is asked for, what the profile allows, and what it comes to. */
const TargetRow = z.object({
  field: z.enum(['max_risk_per_trade', 'global_min_confidence', 'max_positions', 'max_daily_trades']),
  in_force: z.number(),
  advised: z.number(),
  profile: z.number().nullable(),
  would_be: z.number(),
})

export const Evaluation = z.object({
  trace_id: z.string(),
  at: Instant,
  took_ms: z.number(),
  trigger: z.enum(['start', 'schedule', 'manual', 'health', 'wake']),
  evidence: Evidence,
  votes: z.array(Vote),
  aggressive_votes: z.number().int(),
  aggressive_needed: z.number().int(),
  defensive_weight: z.number().int(),
  defensive_needed: z.number().int(),
  advised: RiskModeName,
  /** mode before and after this run */
  mode_before: RiskModeName,
  mode_after: RiskModeName,
  result: z.enum([
    'unchanged',
    'tightened',
    'loosened',
    'waiting',
    'held_by_pin',
    'held_by_rule',
    'advice_only',
    'failed',
  ]),
  /** what happened, with the numbers */
  sentence: z.string(),
  targets: z.array(TargetRow),
  active_strategies: z.array(z.string()),
  /** null: nothing was written */
  policy_version: z.number().int().nullable(),
  /** the step that failed and why; null: none */
  failure: z.object({ step: z.string(), message: z.string() }).nullable(),
})
export type Evaluation = z.infer<typeof Evaluation>

const MscPolicy = z.object({
  risk_mode: RiskModeName,
  max_risk_per_trade: z.number(),
  max_risk_per_trade_pct: z.number(),
  max_positions: z.number().int(),
  max_daily_trades: z.number().int(),
  min_confidence: z.number(),
  min_confidence_pct: z.number(),
  allowed_strategies: z.array(z.string()).nullable(),
  active_strategies_count: z.number().int(),
  version: z.number().int(),
  last_updated: Instant,
})

const ModeShare = z.object({
  mode: RiskModeName,
  share: z.number(),
  target_from: z.number(),
  target_to: z.number(),
})

/** The short form that stands beside the mode buttons. */
export const MscGlance = z.object({
  status: z.enum(['active', 'advising', 'paused', 'stale', 'disabled']),
  advised: RiskModeName.nullable(),
  aggressive_votes: z.number().int(),
  defensive_weight: z.number().int(),
  sentence: z.string().nullable(),
  last_at: Instant.nullable(),
  next_at: Instant.nullable(),
})
export type MscGlance = z.infer<typeof MscGlance>

export const msc = {
  status: read
    .route({ method: 'GET', path: '/api/msc/status', tags, summary: 'Whether it runs, its policy, what it sees' })
    .output(
      z.object({
        status: MscGlance.shape.status,
        policy: MscPolicy,
        system_health: Evidence,
        /** the last run that did not fail; null: none yet */
        evaluation: Evaluation.nullable(),
        interval_minutes: z.number(),
        running: z.boolean(),
        last_at: Instant.nullable(),
        next_at: Instant.nullable(),
        /** what would change the mode next, each with its numbers */
        next_changes: z.array(z.string()),
        timestamp: Instant,
      }),
    ),
  history: read
    .route({ method: 'GET', path: '/api/msc/history', tags, summary: 'Runs, newest first' })
    .input(z.strictObject({ limit: numberFrom(z.number().int().min(1).max(500)).default(10) }))
    .output(z.object({ items: z.array(Evaluation), next: z.string().nullable() })),
  evaluate: control
    .errors(REFUSED)
    .route({ method: 'POST', path: '/api/msc/evaluate', tags, summary: 'Evaluate now' })
    .input(z.strictObject({}).optional())
    .output(z.object({ evaluation: Evaluation })),
  health: read
    .route({ method: 'GET', path: '/api/msc/health', tags, summary: 'Whether its runs succeed, and time per mode' })
    .output(
      z.object({
        status: z.enum(['HEALTHY', 'DEGRADED', 'CRITICAL']),
        runs_24h: z.number().int(),
        failed_24h: z.number().int(),
        mode_changes_1h: z.number().int(),
        signals_1h: z.number().int(),
        blocked_1h: z.number().int(),
        last_success_at: Instant.nullable(),
        /** of the last seven days, or since the station began */
        shares: z.array(ModeShare),
        shares_since: Instant.nullable(),
      }),
    ),
  strategies: read
    .route({ method: 'GET', path: '/api/msc/strategies', tags, summary: 'Scores of the strategies, in parts' })
    .output(
      z.object({
        total_strategies: z.number().int(),
        min_score: z.number(),
        rankings: z.array(
          z.object({
            strategy_id: z.string(),
            strategy_name: z.string(),
            /** null: warming up */
            score: z.number().nullable(),
            parts: z
              .object({
                profit_factor: z.number(),
                win_rate: z.number(),
                drawdown: z.number(),
                trades: z.number(),
                regime: z.number(),
              })
              .nullable(),
            currently_active: z.boolean(),
            /** fraction of the usual size it trades at, e.g. 0.5 while warming up */
            size_share: z.number(),
            /** in words: allowed, warming up, below the cut … */
            standing: z.string(),
            metrics: z.object({
              profit_factor: z.number().nullable(),
              winrate_pct: z.number().nullable(),
              avg_R_multiple: z.number().nullable(),
              max_drawdown_pct: z.number().nullable(),
              total_trades: z.number().int(),
              /** of these, in the shadow */
              shadow_trades: z.number().int(),
            }),
          }),
        ),
      }),
    ),
  rebase: control
    .route({ method: 'POST', path: '/api/msc/rebase', tags, summary: 'Begin the evidence anew: windows start now' })
    .input(z.strictObject({ reason: Reason }))
    .output(z.object({ rebased_at: Instant })),
}
