/** A surviving candidate becomes a sized entry in the style of the mode, or is dropped for want of a price or a size. */
import { type Exact, exact } from '../model/decimal.ts'
import type { EntryIntent } from '../model/intent.ts'
import { intervalMs } from '../model/interval.ts'
import type { OrchestratorContext, SymbolView } from './context.ts'
import { type Candidate, type Drop, passedGate } from './decision.ts'
import { type EntryStyle, entryStyle } from './entry-style.ts'
import { NO_TRADES } from './kelly.ts'
import { type Sized, sizeOf } from './size.ts'

const exactOrNull = (value: number | null): Exact | null => (value === null ? null : exact(value))

const isPrice = (value: number): boolean => Number.isFinite(value) && value > 0

function notReady({ signal }: Candidate, { last, mark }: SymbolView): Drop | null {
  const isReady = [last, mark, signal.price, signal.stopPrice].every(isPrice)
  if (isReady) return null
  const actual = `last ${last}, mark ${mark}, signal ${signal.price}, stop ${signal.stopPrice}`
  const sentence = `${signal.symbol} has no usable prices yet: ${actual}`
  return { reason: 'data_not_ready', limit: 'prices above 0', actual, source: null, sentence }
}

/** HIGH volatility, a strategy warming up, per-symbol adaptation; the governor's multiplier comes with the limits. */
function multiplierOf({ signal }: Candidate, view: SymbolView, context: OrchestratorContext): number {
  const { settings, limits } = context
  const byVolatility = view.volatility === 'HIGH' ? settings.highVolatilitySize : 1
  const whileWarming = limits.riskMode === 'DEFENSIVE' ? settings.warmingUpSizeDefensive : settings.warmingUpSize
  const byWarmth = context.warmingUp.has(signal.strategyId) ? whileWarming : 1
  return byVolatility * byWarmth * view.sizeMultiplier
}

function sizeEntry(
  candidate: Candidate,
  view: SymbolView,
  style: EntryStyle,
  context: OrchestratorContext,
  freeMargin: number,
): Sized {
  const { side, stopPrice, strategyId } = candidate.signal
  const { equity, limits, settings, policy, tradeRecords } = context
  return sizeOf({
    side,
    stopPrice,
    worstPrice: style.worstPrice,
    price: style.price,
    mark: view.mark,
    fundingRate: view.fundingRate,
    equity,
    freeMargin,
    limits,
    rules: policy.rules.guard,
    instrument: view.instrument,
    record: tradeRecords.get(strategyId) ?? NO_TRADES,
    multiplier: multiplierOf(candidate, view, context),
    settings,
  })
}

function intentOf(
  candidate: Candidate,
  style: EntryStyle,
  quantity: number,
  context: OrchestratorContext,
): EntryIntent {
  const { signal, intentId } = candidate
  return {
    kind: 'ENTRY',
    id: intentId,
    traceId: signal.traceId,
    strategyId: signal.strategyId,
    symbol: signal.symbol,
    side: signal.side,
    actor: `strategy:${signal.strategyId}`,
    createdAt: context.now,
    signalId: signal.id,
    confidence: signal.confidence,
    quantity: exact(quantity),
    price: exact(style.price),
    timeInForce: style.timeInForce,
    restMs: style.restMs,
    followUpPrice: exactOrNull(style.followUpPrice),
    stopPrice: exact(signal.stopPrice),
    takeProfitPrice: exactOrNull(signal.takeProfitPrice),
    trailing: signal.trailing,
    leverage: null,
    expectedHoldMs: context.settings.expectedHoldBars * intervalMs(signal.interval),
    bar: signal.bar,
  }
}

export interface SizedEntry {
  readonly intent: EntryIntent
  /** USDT */
  readonly margin: number
}

/** `freeMargin`: what earlier entries of the batch have left. */
export function entryOf(
  candidate: Candidate,
  view: SymbolView,
  context: OrchestratorContext,
  freeMargin: number,
): SizedEntry | Drop {
  const unready = notReady(candidate, view)
  if (unready !== null) return unready
  const { now, policy, settings, limits } = context
  const style = entryStyle(candidate.signal, limits.riskMode, view, { now, rules: policy.rules.guard, settings })
  if ('outcome' in style) {
    const { limit, actual, sentence } = style
    return { reason: 'price_ran_away', limit, actual, source: null, sentence }
  }
  passedGate(candidate, { reason: 'price_ran_away', limit: style.worstPrice, actual: style.price, source: null })
  const { quantity, margin, boundBy, multiplier } = sizeEntry(candidate, view, style, context, freeMargin)
  const seen = { reason: 'size_zero', limit: `${boundBy} × ${multiplier}`, actual: quantity, source: null } as const
  if (!(quantity > 0)) return { ...seen, sentence: `nothing to size with: ${boundBy} allows 0 now` }
  passedGate(candidate, seen)
  return { intent: intentOf(candidate, style, quantity, context), margin }
}
