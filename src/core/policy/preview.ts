/** What a change would do before it is made: limits before and after, positions over them, entries that would go (SPEC §2). */
import type { DenialCode } from '../model/refusal.ts'
import { effectiveLimits, sizeCapUsd } from './effective.ts'
import type { EffectiveLimits, GlobalPolicy, GovernorState, Limit, RiskMode } from './policy.ts'

/** An open position as far as limits look at it. */
export interface PreviewPosition {
  readonly symbol: string
  readonly strategyId: string
  /** USDT at mark */
  readonly notional: number
  readonly leverage: number
  readonly openedAt: number
}

/** A resting entry as far as limits look at it. */
export interface PreviewEntry extends Omit<PreviewPosition, 'openedAt'> {
  readonly clientOrderId: string
  readonly confidence: number
  /** fraction of NAV lost if its stop is hit */
  readonly riskFraction: number
}

export interface PreviewInputs {
  readonly positions: readonly PreviewPosition[]
  /** oldest first: the oldest keep their slot */
  readonly restingEntries: readonly PreviewEntry[]
  readonly governor: GovernorState
  /** the level the governor would take under each mode's drawdown limit; as now where absent */
  readonly governorUnder?: Readonly<Partial<Record<RiskMode, GovernorState>>>
  /** USDT */
  readonly equity: number
  /** of the UTC day, fraction */
  readonly drawdown: number
  /** USDT lost if every stop is hit, resting entries included; absent: not known */
  readonly heatUsd?: number
}

/** One limit that something exceeds. */
interface Exceeded {
  readonly code: DenialCode
  readonly actual: number | string
  readonly limit: number | string
}

export interface Consequences {
  readonly before: EffectiveLimits
  readonly after: EffectiveLimits
  /** the level that would follow */
  readonly governorLevel: GovernorState['level']
  /** limits of the whole account that what is open and resting would be over: nothing more is opened until it is less */
  readonly accountOver: readonly Exceeded[]
  /** open positions that would be over a new limit; they are never closed by it */
  readonly positionsOver: readonly { readonly symbol: string; readonly exceeded: readonly Exceeded[] }[]
  /** resting entries that would now be denied, each with the first reason; they are cancelled */
  readonly entriesCancelled: readonly ({ readonly clientOrderId: string; readonly symbol: string } & Exceeded)[]
}

interface Frame {
  readonly policy: GlobalPolicy
  readonly limits: EffectiveLimits
  readonly equity: number
}

function over(code: DenialCode, actual: number, limit: Limit<number>): Exceeded[] {
  return actual > limit.value ? [{ code, actual, limit: limit.value }] : []
}

const listed = (names: readonly string[]): string => names.join(', ') || 'none'

function namesExceeded(policy: GlobalPolicy, item: { symbol: string; strategyId: string }): Exceeded[] {
  const { allowedSymbols, allowedStrategies, blockedStrategies } = policy
  const found: Exceeded[] = []
  if (allowedSymbols !== null && !allowedSymbols.includes(item.symbol))
    found.push({ code: 'symbol_not_allowed', actual: item.symbol, limit: listed(allowedSymbols) })
  const blocked = blockedStrategies.includes(item.strategyId)
  const allowed =
    item.strategyId === 'manual' || allowedStrategies === null || allowedStrategies.includes(item.strategyId)
  if (blocked || !allowed)
    found.push({
      code: 'strategy_not_allowed',
      actual: item.strategyId,
      limit: blocked ? `blocked: ${listed(blockedStrategies)}` : listed(allowedStrategies ?? []),
    })
  return found
}

function sizeExceeded({ policy, limits, equity }: Frame, item: { notional: number; leverage: number }): Exceeded[] {
  const cap = sizeCapUsd(limits, equity, policy.rules.guard.smallAccountUsd)
  const exposure = equity > 0 ? item.notional / equity : Number.POSITIVE_INFINITY
  return [
    ...over('max_leverage', item.leverage, limits.maxLeverage),
    ...over('position_cap', item.notional, cap),
    ...over('symbol_exposure', exposure, limits.maxSymbolExposure),
  ]
}

/** Positions over a limit; where there are more than allowed, the newest are the ones too many. */
function positionsOver(frame: Frame, positions: readonly PreviewPosition[]): Consequences['positionsOver'] {
  const slots = frame.limits.maxPositions.value
  const oldestFirst = [...positions].sort((left, right) => left.openedAt - right.openedAt)
  return oldestFirst.flatMap((position, index) => {
    const surplus: Exceeded[] = index < slots ? [] : [{ code: 'max_positions', actual: index + 1, limit: slots }]
    const exceeded = [...namesExceeded(frame.policy, position), ...sizeExceeded(frame, position), ...surplus]
    return exceeded.length === 0 ? [] : [{ symbol: position.symbol, exceeded }]
  })
}

/** The first gate of SPEC §3 that would deny the entry, as far as policy and limits decide it. */
function firstDenial(frame: Frame, entry: PreviewEntry, slotsTaken: number): Exceeded | null {
  const { policy, limits } = frame
  const [nameDenial] = namesExceeded(policy, entry)
  if (policy.emergency !== null) return { code: 'emergency', actual: policy.emergency.reason, limit: 'none engaged' }
  if (nameDenial?.code === 'symbol_not_allowed') return nameDenial
  if (!limits.allowNewPositions.value)
    return { code: 'new_positions_disabled', actual: 'entry', limit: 'no new positions' }
  if (nameDenial !== undefined) return nameDenial
  if (entry.confidence < limits.minConfidence.value)
    return { code: 'confidence_below_threshold', actual: entry.confidence, limit: limits.minConfidence.value }
  const [leverage, ...sizes] = [
    ...over('max_leverage', entry.leverage, limits.maxLeverage),
    ...over('max_risk_per_trade', entry.riskFraction, limits.maxRiskPerTrade),
    ...sizeExceeded(frame, entry).filter(({ code }) => code === 'position_cap'),
    ...over('max_positions', slotsTaken + 1, limits.maxPositions),
    ...sizeExceeded(frame, entry).filter(({ code }) => code === 'symbol_exposure'),
  ]
  return leverage ?? sizes[0] ?? null
}

/** Resting entries that the policy would now deny; entries that stay take their slots, oldest first. */
export function deniedEntries(
  policy: GlobalPolicy,
  limits: EffectiveLimits,
  account: Pick<PreviewInputs, 'positions' | 'restingEntries' | 'equity'>,
): Consequences['entriesCancelled'] {
  const frame: Frame = { policy, limits, equity: account.equity }
  const taken = new Set(account.positions.map((position) => position.symbol))
  return account.restingEntries.flatMap((entry) => {
    const others = taken.has(entry.symbol) ? taken.size - 1 : taken.size
    const denial = firstDenial(frame, entry, others)
    if (denial !== null) return [{ clientOrderId: entry.clientOrderId, symbol: entry.symbol, ...denial }]
    taken.add(entry.symbol)
    return []
  })
}

/** Exposure and heat of the whole account, as fractions of its equity. */
function accountOver({ policy, limits, equity }: Frame, inputs: PreviewInputs): Exceeded[] {
  if (!(equity > 0)) return []
  const { positions, restingEntries, heatUsd, drawdown } = inputs
  const notional = [...positions, ...restingEntries].reduce((sum, item) => sum + item.notional, 0)
  const heat = (heatUsd ?? 0) / equity
  const heatLimit = Math.min(policy.rules.guard.maxHeat, Math.max(0, limits.maxDailyDrawdown.value - drawdown))
  const exposed = over('gross_exposure', notional / equity, limits.maxGrossExposure)
  return heat > heatLimit ? [...exposed, { code: 'heat', actual: heat, limit: heatLimit }] : exposed
}

/** What `after` instead of `before` would do to the account. */
export function consequences(before: GlobalPolicy, after: GlobalPolicy, inputs: PreviewInputs): Consequences {
  const governor = inputs.governorUnder?.[after.riskMode] ?? inputs.governor
  const limits = effectiveLimits(after, governor, inputs.drawdown)
  const frame: Frame = { policy: after, limits, equity: inputs.equity }
  return {
    before: effectiveLimits(before, inputs.governor, inputs.drawdown),
    after: limits,
    governorLevel: governor.level,
    accountOver: accountOver(frame, inputs),
    positionsOver: positionsOver(frame, inputs.positions),
    entriesCancelled: deniedEntries(after, limits, inputs),
  }
}
