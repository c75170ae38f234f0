/** The Meta Strategy Controller answered. */
import type * as Told from '../../contract/msc.ts'
import type { Evidence } from '../../core/msc/evidence.ts'
import type { GlobalPolicy } from '../../core/policy/policy.ts'
import type { StationFacade } from '../facade.ts'
import type { ToldEvaluation } from '../msc-desk.ts'
import type { StrategyRanking } from '../msc-facade.ts'
import { answering } from './call.ts'
import { refused } from './faults.ts'
import { timestamp } from './policy-writes.ts'
import { iso, isoOrNull, snakeName } from './wire-values.ts'

const { msc } = answering

const PERCENT = 100
const percentOf = (fraction: number): number => Number((fraction * PERCENT).toFixed(6))

const evidenceWire = (evidence: Evidence): Told.Evidence => ({
  drawdown_pct: evidence.drawdownPct,
  winrate_pct: evidence.winRatePct,
  mean_r: evidence.meanR,
  equity_slope_pct_per_day: evidence.slopePct,
  equity_slope_error: evidence.slopeError,
  regime: evidence.regime,
  volatility: evidence.volatility,
  consecutive_losses: evidence.losingStreak,
  days_since_profit: evidence.daysSinceProfit,
  trades: evidence.trades,
  health: evidence.health,
  rebased_at: isoOrNull(evidence.rebasedAt),
})

const votesWire = (votes: ToldEvaluation['votes']): Told.Vote[] =>
  votes.map(({ voter, reading, unit, outcome, weight, cells, note, turnsWhen }) => ({
    voter,
    reading,
    unit,
    outcome,
    weight,
    cells: [...cells],
    note,
    turns_when: turnsWhen,
  }))

const targetsWire = (targets: ToldEvaluation['targets']): Told.Evaluation['targets'] =>
  targets.map(({ field, inForce, advised, profile, wouldBe }) => ({
    field: snakeName(field) as Told.Evaluation['targets'][number]['field'],
    in_force: inForce,
    advised,
    profile,
    would_be: wouldBe,
  }))

export const evaluationWire = (run: ToldEvaluation): Told.Evaluation => ({
  trace_id: run.traceId,
  at: iso(run.at),
  took_ms: run.tookMs,
  trigger: run.trigger,
  evidence: evidenceWire(run.evidence),
  votes: votesWire(run.votes),
  aggressive_votes: run.aggressiveVotes,
  aggressive_needed: run.aggressiveNeeded,
  defensive_weight: run.defensiveWeight,
  defensive_needed: run.defensiveNeeded,
  advised: run.advised,
  mode_before: run.modeBefore,
  mode_after: run.modeAfter,
  result: run.result,
  sentence: run.sentence,
  targets: targetsWire(run.targets),
  active_strategies: [...run.activeStrategies],
  policy_version: run.policyVersion,
  failure: run.failure,
})

function policyWireOf(policy: GlobalPolicy, activeStrategies: number) {
  const { allowedStrategies } = policy
  return {
    risk_mode: policy.riskMode,
    max_risk_per_trade: policy.maxRiskPerTrade,
    max_risk_per_trade_pct: percentOf(policy.maxRiskPerTrade),
    max_positions: policy.maxPositions,
    max_daily_trades: policy.maxDailyTrades,
    min_confidence: policy.globalMinConfidence,
    min_confidence_pct: percentOf(policy.globalMinConfidence),
    allowed_strategies: allowedStrategies === null ? null : [...allowedStrategies],
    active_strategies_count: activeStrategies,
    version: policy.version,
    last_updated: iso(policy.updatedAt),
  }
}

const rankingWire = (ranking: StrategyRanking) => ({
  strategy_id: ranking.id,
  strategy_name: ranking.name,
  score: ranking.score,
  parts: ranking.parts && {
    profit_factor: ranking.parts.profitFactor,
    win_rate: ranking.parts.winRate,
    drawdown: ranking.parts.drawdown,
    trades: ranking.parts.trades,
    regime: ranking.parts.regime,
  },
  currently_active: ranking.isActive,
  size_share: ranking.sizeShare,
  standing: ranking.standing,
  metrics: {
    profit_factor: ranking.metrics.profitFactor,
    winrate_pct: ranking.metrics.winRate === null ? null : percentOf(ranking.metrics.winRate),
    avg_R_multiple: ranking.metrics.meanR,
    max_drawdown_pct: ranking.metrics.maxDrawdownPct,
    total_trades: ranking.metrics.trades,
    shadow_trades: ranking.metrics.shadowTrades,
  },
})

const statusAnswer = (facade: StationFacade) => {
  const view = facade.msc.view()
  const active = facade.msc.strategies().rankings.filter(({ isActive }) => isActive)
  return {
    status: view.status,
    policy: policyWireOf(facade.policy.current, active.length),
    system_health: evidenceWire(view.evidence),
    evaluation: view.evaluation && evaluationWire(view.evaluation),
    interval_minutes: view.intervalMinutes,
    running: view.isRunning,
    last_at: isoOrNull(view.lastAt),
    next_at: isoOrNull(view.nextAt),
    next_changes: [...view.nextChanges],
    timestamp: timestamp(facade),
  }
}

const healthAnswer = (facade: StationFacade) => {
  const health = facade.msc.health()
  return {
    status: health.status,
    runs_24h: health.runs24h,
    failed_24h: health.failed24h,
    mode_changes_1h: health.modeChanges1h,
    signals_1h: health.signals1h,
    blocked_1h: health.blocked1h,
    last_success_at: isoOrNull(health.lastSuccessAt),
    shares: health.shares.map(({ mode, share, targetFrom, targetTo }) => ({
      mode,
      share,
      target_from: targetFrom,
      target_to: targetTo,
    })),
    shares_since: isoOrNull(health.sharesSince),
  }
}

export const mscAnswers = (facade: StationFacade) => ({
  status: msc.status.handler(() => statusAnswer(facade)),
  history: msc.history.handler(({ input: { limit } }) => ({
    items: facade.msc.history(limit).map(evaluationWire),
    next: null,
  })),
  evaluate: msc.evaluate.handler(() => {
    const result = facade.msc.evaluate()
    if (result.outcome === 'refused') throw refused(result.reason)
    return { evaluation: evaluationWire(result.evaluation) }
  }),
  health: msc.health.handler(() => healthAnswer(facade)),
  strategies: msc.strategies.handler(() => {
    const { minScore, rankings } = facade.msc.strategies()
    return { total_strategies: rankings.length, min_score: minScore, rankings: rankings.map(rankingWire) }
  }),
  rebase: msc.rebase.handler(({ input, context }) => ({
    rebased_at: iso(facade.msc.rebase(context.actor, input.reason).rebasedAt),
  })),
})
