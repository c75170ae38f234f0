/**
 * How large an entry is (SPEC §8): the least of risk, Kelly, size cap, leverage and free margin, times the multipliers.
 * In every mode it is measured at the same worst price, so that a tighter mode never sizes larger than a looser one.
 */
import { bracketOf, wholeLeverage } from '../model/leverage.ts'
import { lossPerUnit } from '../model/loss-per-unit.ts'
import type { Instrument, LeverageBracket } from '../model/market.ts'
import type { Side } from '../model/signal.ts'
import { sizeCapUsd } from '../policy/effective.ts'
import type { EffectiveLimits, GuardRules } from '../policy/policy.ts'
import { kellyRisk, type TradeRecord } from './kelly.ts'
import type { OrchestratorSettings } from './settings.ts'

export interface SizeInput {
  readonly side: Side
  readonly worstPrice: number
  /** price its limit is set at */
  readonly price: number
  readonly mark: number
  readonly stopPrice: number
  readonly fundingRate: number
  readonly equity: number
  readonly freeMargin: number
  readonly limits: EffectiveLimits
  readonly rules: GuardRules
  readonly instrument: Instrument
  readonly record: TradeRecord
  /** volatility, warming up, per-symbol adaptation, multiplied; the governor's comes with the limits */
  readonly multiplier: number
  readonly settings: OrchestratorSettings
}

type SizeBound = 'risk' | 'kelly' | 'size_cap' | 'leverage' | 'free_margin' | 'order_notional' | 'exchange_maximum'

export interface Sized {
  /** base asset, not rounded; 0 when there is nothing to size with */
  readonly quantity: number
  /** what it will take of the free margin, USDT */
  readonly margin: number
  readonly boundBy: SizeBound
  /** all multipliers together, floor applied */
  readonly multiplier: number
}

function leverageIn(input: SizeInput, bracket: LeverageBracket): number {
  const { limits, rules, instrument, worstPrice, stopPrice } = input
  return wholeLeverage({
    limit: limits.maxLeverage.value,
    stopDistance: Math.abs(worstPrice - stopPrice) / worstPrice,
    bracket,
    liquidationFee: instrument.liquidationFee,
    stopMultiple: rules.liquidationStopMultiple,
    reserve: rules.leverageReserve,
  })
}

/**
 * Largest notional whose margin and entry fee fit into the free margin. Leverage falls from bracket to bracket, so each
 * is asked for its own largest and the largest that lies in its bracket counts.
 */
function marginNotional(input: SizeInput): number {
  const { instrument, freeMargin } = input
  let most = 0
  for (const bracket of instrument.brackets) {
    const leverage = leverageIn(input, bracket)
    if (!(leverage >= 1)) break
    const affordable = Math.min(bracket.notionalCap, freeMargin / (1 / leverage + instrument.takerFee))
    if (affordable > bracket.notionalFloor) most = affordable
  }
  return most
}

/** Margin and entry fee of that much, as the guard will reserve them. */
function marginOf(input: SizeInput, notional: number): number {
  const bracket = bracketOf(input.instrument.brackets, notional)
  return bracket === undefined ? 0 : notional * (1 / leverageIn(input, bracket) + input.instrument.takerFee)
}

/** Highest price a fill may have: what notional and margin are counted at. */
const notionalPrice = ({ side, worstPrice, price, mark }: SizeInput): number =>
  side === 'LONG' ? Math.max(worstPrice, price) : Math.max(worstPrice, price, mark)

type Bounds = readonly (readonly [bound: SizeBound, quantity: number])[]

/** The five bounds as the governor leaves them out, so that its multiplier counts once. */
function bounds(input: SizeInput, governor: number): Bounds {
  const { side, worstPrice: entry, stopPrice: stop, equity, limits, rules, instrument, settings } = input
  const { fundingRate, record } = input
  const loss = lossPerUnit({ side, entry, stop, takerFee: instrument.takerFee, slippage: rules.slippage, fundingRate })
  const risk = limits.maxRiskPerTrade.value / governor
  const price = notionalPrice(input)
  return [
    ['risk', (risk * equity) / loss],
    ['kelly', (kellyRisk(record, risk, settings) * equity) / loss],
    ['size_cap', sizeCapUsd(limits, equity, rules.smallAccountUsd).value / governor / price],
    ['leverage', (limits.maxLeverage.value * equity) / price],
    ['free_margin', marginNotional(input) / price],
  ]
}

/** What no multiplier touches: the same bounds as they stand, and the largest single order. */
function ceilings(input: SizeInput, governed: Bounds, governor: number): Bounds {
  const { rules, instrument } = input
  const order = rules.maxOrderNotionalUsd === null ? Infinity : rules.maxOrderNotionalUsd / notionalPrice(input)
  return [
    ...governed.map(([bound, quantity]) => [bound, GOVERNED.has(bound) ? quantity * governor : quantity] as const),
    ['order_notional', order],
    ['exchange_maximum', Number(instrument.maxQuantity)],
  ]
}

/** Bounds whose limits already carry the governor's multiplier. */
const GOVERNED: ReadonlySet<SizeBound> = new Set<SizeBound>(['risk', 'size_cap'])

/** The tightest; NaN, from whatever is not known, is tighter than anything. */
function least(all: Bounds): readonly [bound: SizeBound, quantity: number] {
  let tightest: Bounds[number] = ['exchange_maximum', Infinity]
  for (const each of all) if (Number.isNaN(each[1]) || each[1] < tightest[1]) tightest = each
  return tightest
}

export function sizeOf(input: SizeInput): Sized {
  const { limits, settings } = input
  const governor = limits.sizeMultiplier
  if (!(governor > 0)) return { quantity: 0, margin: 0, boundBy: 'risk', multiplier: 0 }
  const multiplier = Math.max(settings.multiplierFloor, governor * input.multiplier)
  const full = bounds(input, governor)
  const [fullBound, fullQuantity] = least(full)
  const [topBound, top] = least(ceilings(input, full, governor))
  const isScaled = !(top < fullQuantity * multiplier)
  const most = (isScaled ? fullQuantity * multiplier : top) * (1 - settings.sizeReserve)
  const quantity = most > 0 ? most : 0
  const margin = marginOf(input, quantity * notionalPrice(input))
  return { quantity, margin, boundBy: isScaled ? fullBound : topBound, multiplier }
}
