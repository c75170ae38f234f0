/** The policy, what is in force, its versions and the governor as the contract tells them. */
import type * as Told from '../../contract/policy-shapes.ts'
import type { PolicyPreview as ToldPreview } from '../../contract/policy.ts'
import type { PolicyRules as ToldRules, RiskProfile as ToldProfile } from '../../contract/rules-shapes.ts'
import type {
  EffectiveLimits,
  Emergency,
  GlobalPolicy,
  GovernorState,
  Limit,
  Pin,
  PolicyRules,
  RiskProfile,
} from '../../core/policy/policy.ts'
import type { FieldChange, PolicyVersion } from '../../core/ports/policy-shelf.ts'
import type { ModeRulesView } from '../mode-rules-view.ts'
import type { PolicyPreview } from '../policy-store.ts'
import { iso, isoOrNull, snakeKeys, snakeName } from './wire-values.ts'

export const pinWire = (pin: Pin | null): Told.PolicyDocument['pin'] =>
  pin && { by: pin.by, at: iso(pin.at), until: isoOrNull(pin.until), reason: pin.reason }

export const emergencyWire = (emergency: Emergency | null): Told.PolicyDocument['emergency'] =>
  emergency && {
    id: emergency.id,
    engaged_at: iso(emergency.engagedAt),
    by: emergency.by,
    reason: emergency.reason,
  }

export const policyWire = (policy: GlobalPolicy): Told.PolicyDocument => ({
  risk_mode: policy.riskMode,
  max_risk_per_trade: policy.maxRiskPerTrade,
  max_positions: policy.maxPositions,
  max_daily_trades: policy.maxDailyTrades,
  global_min_confidence: policy.globalMinConfidence,
  allowed_strategies: policy.allowedStrategies && [...policy.allowedStrategies],
  blocked_strategies: [...policy.blockedStrategies],
  allowed_symbols: policy.allowedSymbols && [...policy.allowedSymbols],
  opp_rankings: { ...policy.oppRankings },
  model_versions: { ...policy.modelVersions },
  emergency: emergencyWire(policy.emergency),
  pin: pinWire(policy.pin),
  version: policy.version,
  last_updated: iso(policy.updatedAt),
  updated_by: policy.updatedBy,
  reason: policy.reason,
  sources: Object.fromEntries(
    Object.entries(policy.sources).map(([field, { actor, version, hold }]) => [
      snakePath(field),
      { actor, version, hold: hold ?? null },
    ]),
  ),
  evaluation: policy.evaluation && { ...policy.evaluation },
})

const limitWire = <Value>(limit: Limit<Value>): { value: Value; source: Limit<Value>['source'] } => ({
  value: limit.value,
  source: limit.source,
})

export const effectiveWire = (limits: EffectiveLimits): Told.EffectiveLimits => ({
  policy_version: limits.policyVersion,
  risk_mode: limits.riskMode,
  max_risk_per_trade: limitWire(limits.maxRiskPerTrade),
  max_leverage: limitWire(limits.maxLeverage),
  max_positions: limitWire(limits.maxPositions),
  min_confidence: limitWire(limits.minConfidence),
  position_size_cap_usd: limitWire(limits.positionSizeCapUsd),
  position_size_cap_fraction: limitWire(limits.positionSizeCapFraction),
  max_daily_trades: limitWire(limits.maxDailyTrades),
  max_daily_drawdown: limitWire(limits.maxDailyDrawdown),
  max_gross_exposure: limitWire(limits.maxGrossExposure),
  max_symbol_exposure: limitWire(limits.maxSymbolExposure),
  allow_new_positions: limitWire(limits.allowNewPositions),
  size_multiplier: limits.sizeMultiplier,
})

export const governorWire = (governor: GovernorState): Told.GovernorState => ({
  level: governor.level,
  since: iso(governor.since),
  cause: governor.cause,
  exit: governor.exit,
  allow_new_positions: governor.allowNewPositions,
  leverage: governor.leverage,
  size: governor.size,
  exposure: governor.exposure,
})

export const modeRulesWire = (
  { open, isPinned, volatility, rules }: ModeRulesView,
  now: number,
): Told.ModeRulesAnswer => ({
  open: open && { name: open.name, mode: open.mode, from: isoOrNull(open.from), until: isoOrNull(open.until) },
  is_pinned: isPinned,
  volatility,
  items: rules.map(({ name, kind, mode, enabled, isOpen, speaks, until, nextAt }) => ({
    name,
    kind,
    mode,
    enabled,
    is_open: isOpen,
    speaks,
    until: isoOrNull(until),
    next_at: isoOrNull(nextAt),
  })),
  next: null,
  timestamp: iso(now),
})

export const rulesWire = (rules: PolicyRules): ToldRules => snakeKeys(rules) as ToldRules
export const profileWire = (profile: RiskProfile): ToldProfile => snakeKeys(profile) as ToldProfile

/** A field's path in snake_case; names of models in it stay as they are. */
export function snakePath(path: string): string {
  const [models, ...name] = path.split('.')
  return models === 'modelVersions' ? ['model_versions', ...name].join('.') : snakeName(path)
}

/** Values of a diff: holds of our own names are renamed, instants told as text, records keyed by symbol or model left. */
function valueWire(path: string, value: unknown): unknown {
  if (path === 'pin') return pinWire(value as Pin | null)
  if (path === 'emergency') return emergencyWire(value as Emergency | null)
  return path.startsWith('rules.') ? snakeKeys(value) : value
}

export const changeWire = (change: FieldChange): Told.FieldChange => ({
  path: snakePath(change.path),
  from: valueWire(change.path, change.from),
  to: valueWire(change.path, change.to),
})

export const previewWire = (preview: PolicyPreview): ToldPreview => ({
  policy: policyWire(preview.policy),
  changes: preview.changes.map(changeWire),
  notes: [...preview.notes],
  before: effectiveWire(preview.before),
  after: effectiveWire(preview.after),
  governor_level: preview.governorLevel,
  account_over: [...preview.accountOver],
  positions_over: preview.positionsOver.map(({ symbol, exceeded }) => ({ symbol, exceeded: [...exceeded] })),
  entries_cancelled: preview.entriesCancelled.map(({ clientOrderId, symbol, code, actual, limit }) => ({
    client_order_id: clientOrderId,
    symbol,
    code,
    actual,
    limit,
  })),
})

export const versionWire = (version: PolicyVersion): Told.PolicyVersion => ({
  version: version.policy.version,
  at: iso(version.policy.updatedAt),
  actor: version.policy.updatedBy,
  reason: version.policy.reason,
  trace_id: version.traceId,
  risk_mode: version.policy.riskMode,
  ranking_only: version.rankingOnly,
  changes: version.changes.map(changeWire),
})
