/** The limits in force: the tighter of profile, policy, governor and configuration, each with who set it (SPEC §2). */
import type { LimitSource } from '../model/refusal.ts'
import { isLooser, profileLimit, type NumberField } from './numbers.ts'
import type {
  EffectiveLimits,
  FieldSource,
  GlobalPolicy,
  GovernorState,
  GuardRules,
  Limit,
  RiskProfile,
} from './policy.ts'

/** One trade may risk at most a quarter of the drawdown that is left today (SPEC §2). */
const TRADES_LEFT_IN_DRAWDOWN = 4

type Kind = LimitSource['kind']

function sourced(policy: GlobalPolicy, kind: Kind, key: string): LimitSource {
  const fallback: FieldSource = { actor: policy.updatedBy, version: policy.version }
  const { actor, version } = policy.sources[key] ?? policy.sources['rules'] ?? fallback
  return { kind, actor, version }
}

/** A profile's limit holds since the mode was chosen or the profile edited, whichever came later. */
function fromProfile(policy: GlobalPolicy, field: string): LimitSource {
  const chosen = sourced(policy, 'profile', 'riskMode')
  const edited = policy.sources[`rules.profiles.${policy.riskMode}.${field}`]
  return edited !== undefined && edited.version > chosen.version ? { kind: 'profile', ...withoutHold(edited) } : chosen
}

const withoutHold = ({ actor, version }: FieldSource): Pick<FieldSource, 'actor' | 'version'> => ({ actor, version })

const fromGovernor = (policy: GlobalPolicy): LimitSource => ({
  kind: 'governor',
  actor: 'governor',
  version: policy.version,
})

const PROFILE_FIELDS: Readonly<Record<NumberField, string>> = {
  maxRiskPerTrade: 'maxRiskPerTrade',
  maxPositions: 'maxOpenPositions',
  globalMinConfidence: 'minConfidence',
  maxDailyTrades: '',
}

/** The tighter of policy and profile; on a tie the policy. */
function tighterLimit(policy: GlobalPolicy, field: NumberField): Limit<number> {
  const own = policy[field]
  const limit = profileLimit(field, policy.rules.profiles[policy.riskMode])
  if (limit === null || !isLooser(field, own, limit)) return { value: own, source: sourced(policy, 'policy', field) }
  return { value: limit, source: fromProfile(policy, PROFILE_FIELDS[field]) }
}

/** The limit times the governor's multiplier, whose limit it then is. */
function scaled(policy: GlobalPolicy, limit: Limit<number>, multiplier: number): Limit<number> {
  return multiplier < 1 ? { value: limit.value * multiplier, source: fromGovernor(policy) } : limit
}

function riskLimit(policy: GlobalPolicy, governor: GovernorState, drawdown: number): Limit<number> {
  const limit = scaled(policy, tighterLimit(policy, 'maxRiskPerTrade'), governor.size)
  const { maxDailyDrawdown } = policy.rules.profiles[policy.riskMode]
  const left = Math.max(0, (maxDailyDrawdown - drawdown) / TRADES_LEFT_IN_DRAWDOWN)
  return limit.value <= left ? limit : { value: left, source: fromProfile(policy, 'maxDailyDrawdown') }
}

function leverageLimit(policy: GlobalPolicy, governor: GovernorState): Limit<number> {
  const { maxLeverage } = policy.rules.profiles[policy.riskMode]
  const value = Math.max(1, Math.floor(maxLeverage * governor.leverage))
  return { value, source: value < maxLeverage ? fromGovernor(policy) : fromProfile(policy, 'maxLeverage') }
}

function newPositions(policy: GlobalPolicy, governor: GovernorState): Limit<boolean> {
  if (policy.emergency !== null) {
    const { actor, version } = sourced(policy, 'policy', 'emergency')
    return { value: false, source: { kind: 'policy', actor, version } }
  }
  if (!governor.allowNewPositions) return { value: false, source: fromGovernor(policy) }
  const { allowNewPositions } = policy.rules.profiles[policy.riskMode]
  if (!allowNewPositions) return { value: false, source: fromProfile(policy, 'allowNewPositions') }
  return { value: true, source: sourced(policy, 'policy', 'riskMode') }
}

/** `drawdown` is the account's of the UTC day, a fraction ≥ 0 (SPEC §4 `dd`). */
export function effectiveLimits(policy: GlobalPolicy, governor: GovernorState, drawdown: number): EffectiveLimits {
  const profile = policy.rules.profiles[policy.riskMode]
  const { guard } = policy.rules
  const ofProfile = (field: keyof RiskProfile, value: number): Limit<number> => ({
    value,
    source: fromProfile(policy, field),
  })
  const configured = (field: keyof GuardRules, value: number): Limit<number> =>
    scaled(policy, { value, source: sourced(policy, 'config', `rules.guard.${field}`) }, governor.exposure)
  return {
    policyVersion: policy.version,
    riskMode: policy.riskMode,
    maxRiskPerTrade: riskLimit(policy, governor, drawdown),
    maxLeverage: leverageLimit(policy, governor),
    maxPositions: tighterLimit(policy, 'maxPositions'),
    minConfidence: tighterLimit(policy, 'globalMinConfidence'),
    positionSizeCapUsd: scaled(policy, ofProfile('positionSizeCapUsd', profile.positionSizeCapUsd), governor.size),
    positionSizeCapFraction: scaled(
      policy,
      ofProfile('positionSizeCapFraction', profile.positionSizeCapFraction),
      governor.size,
    ),
    maxDailyTrades: tighterLimit(policy, 'maxDailyTrades'),
    maxDailyDrawdown: ofProfile('maxDailyDrawdown', profile.maxDailyDrawdown),
    maxGrossExposure: configured('maxGrossExposure', guard.maxGrossExposure),
    maxSymbolExposure: configured('maxSymbolExposure', guard.maxSymbolExposure),
    allowNewPositions: newPositions(policy, governor),
    sizeMultiplier: governor.size,
  }
}

/**
 * The largest notional of one position, USDT, with the limit that sets it: a fraction of equity always, the dollar cap
 * only while the account is as small as the cap was drawn for (SPEC §2).
 */
export function sizeCapUsd(limits: EffectiveLimits, equity: number, smallAccountUsd: number): Limit<number> {
  const { value, source } = limits.positionSizeCapFraction
  const share: Limit<number> = { value: Math.max(0, value * equity), source }
  const binds = equity <= smallAccountUsd && limits.positionSizeCapUsd.value < share.value
  return binds ? limits.positionSizeCapUsd : share
}
