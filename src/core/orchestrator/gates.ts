/** The gates an entry signal passes one after another (SPEC §8); the first that stays shut drops it. */
import { intervalMs } from '../model/interval.ts'
import type { LimitSource } from '../model/refusal.ts'
import type { Signal } from '../model/signal.ts'
import type { GlobalPolicy } from '../policy/policy.ts'
import type { OrchestratorContext, SymbolView } from './context.ts'
import { type Candidate, type Drop, passedGate } from './decision.ts'

/** Float noise of a sum: as sure as required is sure enough. */
const NOISE = 1e-12

const textOf = ({ kind, actor, version }: LimitSource): string => `${kind} ${actor} v${version}`

function fieldText({ sources, updatedBy, version }: GlobalPolicy, field: keyof GlobalPolicy): string {
  const written = sources[field]
  return `policy ${written?.actor ?? updatedBy} v${written?.version ?? version}`
}

/** What all signals of a batch are judged by, worked out once. */
export interface Standard {
  readonly context: OrchestratorContext
  /** a ranking exists at all */
  readonly isRanked: boolean
  /** who set the limit of each gate, as text */
  readonly sources: {
    readonly confidence: string
    readonly allowedStrategies: string
    readonly blockedStrategies: string
    readonly allowedSymbols: string
    readonly oppRankings: string
  }
}

export function standardOf(context: OrchestratorContext): Standard {
  const { policy, limits } = context
  return {
    context,
    isRanked: context.isRanked ?? Object.keys(policy.oppRankings).length > 0,
    sources: {
      confidence: textOf(limits.minConfidence.source),
      allowedStrategies: fieldText(policy, 'allowedStrategies'),
      blockedStrategies: fieldText(policy, 'blockedStrategies'),
      allowedSymbols: fieldText(policy, 'allowedSymbols'),
      oppRankings: fieldText(policy, 'oppRankings'),
    },
  }
}

export function expired({ signal }: Candidate, { now }: OrchestratorContext): Drop | null {
  const until = signal.createdAt + signal.ttlMs
  if (now <= until) return null
  const sentence = `signal expired ${Math.round((now - until) / 1000)} s ago`
  return { reason: 'expired', limit: until, actual: now, sentence, source: null }
}

export function duplicate(candidate: Candidate, isUsed: boolean): Drop | null {
  if (!isUsed) return null
  const sentence = 'this signal was decided before: an intent is used once, ever'
  return { reason: 'duplicate', limit: 'new', actual: candidate.intentId, sentence, source: null }
}

/** A few digits of a confidence, unless they hide that it is below what is required. */
function short(actual: number, required: number): number {
  const few = Number(actual.toPrecision(3))
  return few < required ? few : actual
}

/** Surer where the spread is wide or fills have been slipping. */
function surcharge(view: SymbolView | undefined, { settings }: OrchestratorContext): number {
  const isWide = (view?.spread ?? 0) > settings.wideSpread
  const isSlippery = (view?.meanSlippage ?? 0) > settings.highSlippage
  return isWide || isSlippery ? settings.confidenceSurcharge : 0
}

export function confidence(
  candidate: Candidate,
  view: SymbolView | undefined,
  { context, sources }: Standard,
): Drop | null {
  const { value } = context.limits.minConfidence
  const extra = surcharge(view, context)
  const limit = value + extra
  const actual = candidate.signal.confidence
  const gate = { reason: 'confidence_below_required', limit, actual, source: sources.confidence } as const
  if (actual >= limit - NOISE) return passedGate(candidate, gate)
  const why = extra > 0 ? ` (${value} and ${extra} for spread or slippage)` : ''
  return { ...gate, sentence: `confidence ${short(actual, limit)}, ${Number(limit.toPrecision(6))} required${why}` }
}

export function strategyAllowed(candidate: Candidate, { context, sources }: Standard): Drop | null {
  const { policy } = context
  const actual = candidate.signal.strategyId
  const reason = 'strategy_not_allowed'
  if (policy.blockedStrategies.includes(actual)) {
    const source = sources.blockedStrategies
    return { reason, limit: 'not blocked', actual, source, sentence: `strategy ${actual} is blocked` }
  }
  const { allowedStrategies } = policy
  const gate = { reason, limit: 'allowed', actual, source: sources.allowedStrategies } as const
  if (allowedStrategies === null || allowedStrategies.includes(actual)) return passedGate(candidate, gate)
  return { ...gate, sentence: `strategy ${actual} is not an allowed one` }
}

export function symbolAllowed(candidate: Candidate, { context, sources }: Standard): Drop | null {
  const actual = candidate.signal.symbol
  const { allowedSymbols } = context.policy
  const gate = { reason: 'symbol_not_allowed', limit: 'allowed', actual, source: sources.allowedSymbols } as const
  if (allowedSymbols === null || allowedSymbols.includes(actual)) return passedGate(candidate, gate)
  return { ...gate, sentence: `${actual} is not an allowed symbol` }
}

/** Sets the candidate's ranking and score. */
export function ranked(candidate: Candidate, { context, isRanked, sources }: Standard): Drop | null {
  const { policy, settings } = context
  const { symbol, confidence } = candidate.signal
  const found = Object.hasOwn(policy.oppRankings, symbol) ? policy.oppRankings[symbol] : undefined
  const ranking = isRanked ? found : settings.unrankedScore
  const source = sources.oppRankings
  if (ranking === undefined) {
    const sentence = `${symbol} is not in the ranking`
    return { reason: 'not_ranked', limit: 'ranked', actual: 'not ranked', source, sentence }
  }
  candidate.ranking = ranking
  candidate.score = confidence * ranking
  return passedGate(candidate, { reason: 'not_ranked', limit: 'ranked', actual: ranking, source })
}

/** One net position per symbol. A position of the other side is `opposite_position`: another strategy's, it is not ours to close. */
export function symbolFree(candidate: Candidate, view: SymbolView): Drop | null {
  const { signal } = candidate
  const { position } = view
  const busy = (actual: string): Drop => ({
    reason: 'symbol_busy',
    limit: 'one per symbol',
    actual,
    source: null,
    sentence: `${signal.symbol} already has ${actual}`,
  })
  if (position !== null && position.side === signal.side) return busy(`a ${position.side} position`)
  if (position !== null) {
    const actual = `${position.side} by ${position.strategyId}`
    const sentence = `${signal.symbol} is held ${actual}: only that strategy turns it`
    return { reason: 'opposite_position', limit: 'own position', actual, source: null, sentence }
  }
  if (view.hasUnknownOrder) return busy('an order in state UNKNOWN')
  if (view.hasRestingEntry) return busy('a resting entry')
  return passedGate(candidate, { reason: 'symbol_busy', limit: 'one per symbol', actual: 'free', source: null })
}

const cooldownMs = ({ interval }: Signal, { settings }: OrchestratorContext): number =>
  Math.max(settings.cooldownMs, settings.cooldownBars * intervalMs(interval))

export function cooledDown(candidate: Candidate, view: SymbolView, context: OrchestratorContext): Drop | null {
  const { signal } = candidate
  const stoppedAt = view.stoppedOutAt[signal.side]
  const until = stoppedAt === null ? -Infinity : stoppedAt + cooldownMs(signal, context)
  const gate = {
    reason: 'cooldown',
    limit: stoppedAt === null ? null : until,
    actual: context.now,
    source: null,
  } as const
  if (context.now >= until) return passedGate(candidate, gate)
  const minutes = Math.ceil((until - context.now) / 60_000)
  return { ...gate, sentence: `${signal.symbol} ${signal.side} was stopped out: ${minutes} min of cooldown left` }
}

export function calmEnough(candidate: Candidate, view: SymbolView): Drop | null {
  const actual = view.volatility ?? 'NORMAL'
  const gate = { reason: 'volatility_extreme', limit: 'below EXTREME', actual, source: null } as const
  if (actual !== 'EXTREME') return passedGate(candidate, gate)
  return { ...gate, sentence: `volatility of ${candidate.signal.symbol} is EXTREME: no entries` }
}
