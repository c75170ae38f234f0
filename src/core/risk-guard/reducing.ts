import { type Exact, exact, floorToStep, minOf, toTick, ZERO } from '../model/decimal.ts'
/**
 * Risk-reducing actions: they always pass (SPEC §3). Nothing of checks 1–14 is looked at; what is missing, stale or
 * throws when read is passed over; of check 15 only tick, step and the market-lot maximum remain.
 */
import type { DecisionStep } from '../model/decision-step.ts'
import type { CloseIntent, ProtectIntent, ReducingIntent } from '../model/intent.ts'
import type { Instrument } from '../model/market.ts'
import type { Side } from '../model/signal.ts'
import type { GuardContext } from './context.ts'
import { EXCHANGE, type Failure } from './verdict.ts'

export interface Reduction {
  readonly quantity: Exact
  /** adds up to `quantity`; more than one where the exchange takes no larger market lot */
  readonly slices: readonly Exact[]
  readonly triggerPrice: Exact | null
  readonly steps: readonly DecisionStep[]
}

/** Whatever goes wrong while reading means: not known. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

interface Held {
  readonly side: Side
  readonly quantity: Exact
  readonly stopPrice: Exact | null
}

/** The exchange's position: `undefined` when nobody can tell, null when there is none. */
function heldOn(symbol: string, context: GuardContext): Held | null | undefined {
  return attempt(() => {
    const { positions } = context
    if (positions === undefined) return undefined
    const position = positions.find((each) => each.symbol === symbol)
    if (position === undefined) return null
    const { side, quantity, stopPrice } = position
    return quantity.gt(0) ? { side, quantity, stopPrice: attempt(() => usable(stopPrice)) ?? null } : undefined
  })
}

const usable = (price: Exact | null): Exact | null => (price !== null && price.isFinite() && price.gt(0) ? price : null)

/** A usable decimal of an instrument's text; undefined when it is missing or nonsense. */
function stepOf(
  instrument: Instrument | undefined,
  field: 'tickSize' | 'stepSize' | 'maxMarketQuantity',
): Exact | undefined {
  const step = attempt(() => (instrument === undefined ? undefined : exact(instrument[field])))
  return step !== undefined && step.isFinite() && step.gt(0) ? step : undefined
}

/** Towards the market: a rounded stop is never farther away, a rounded target never harder to reach. */
function roundedTrigger(intent: ProtectIntent, tick: Exact | undefined): Exact | null {
  const { triggerPrice, side, type } = intent
  if (triggerPrice === null || tick === undefined) return triggerPrice
  const isStop = type !== 'TAKE_PROFIT_MARKET'
  return toTick(triggerPrice, tick, (side === 'LONG') === isStop ? 'up' : 'down')
}

function sliced(quantity: Exact, most: Exact | undefined, step: Exact | undefined): readonly Exact[] {
  if (most === undefined || quantity.lte(most)) return [quantity]
  const lot = step === undefined ? most : floorToStep(most, step)
  if (lot.lte(0)) return [quantity]
  const whole = quantity.div(lot).floor().toNumber()
  const rest = quantity.minus(lot.times(whole))
  return [...Array.from({ length: whole }, () => lot), ...(rest.gt(0) ? [rest] : [])]
}

const notReducing = (limit: string, actual: string, sentence: string): Failure => ({
  code: 'not_reducing',
  limit,
  actual,
  source: EXCHANGE,
  sentence,
})

/** Only what is known for certain speaks against it: there is nothing to reduce, or the stop would move away. */
function objection(
  intent: CloseIntent | ProtectIntent,
  held: Held | null | undefined,
  trigger: Exact | null,
): Failure | null {
  if (held === undefined) return null
  const { symbol, side } = intent
  if (held === null) return notReducing('a position', 'none', `there is no position on ${symbol} to reduce`)
  if (held.side !== side) {
    return notReducing(held.side, side, `the position on ${symbol} is ${held.side}: nothing ${side} to reduce`)
  }
  const stop = intent.kind === 'PROTECT' && intent.type === 'STOP_MARKET' ? held.stopPrice : null
  if (stop === null || trigger === null) return null
  const movesAway = side === 'LONG' ? trigger.lt(stop) : trigger.gt(stop)
  const [from, to] = [stop.toFixed(), trigger.toFixed()]
  return movesAway ? notReducing(from, to, `a stop of ${symbol} may only move closer: from ${from}, asked ${to}`) : null
}

const isAsked = (value: Exact | null): boolean => value !== null && value.isFinite() && value.gt(0)

/** What is not an order at all: no quantity, or a stop without a price. */
function malformed(intent: CloseIntent | ProtectIntent, quantity: Exact, trigger: Exact | null): Failure | null {
  const base = { code: 'exchange_filter', limit: 'above 0', source: EXCHANGE } as const
  if (!isAsked(quantity)) {
    const actual = quantity.toString()
    const sentence = `the quantity to reduce must be above 0, was ${intent.quantity.toString()}, in steps ${actual}`
    return { ...base, actual, sentence }
  }
  if (intent.kind === 'CLOSE' || intent.type === 'TRAILING_STOP_MARKET' || isAsked(trigger)) return null
  return { ...base, actual: String(trigger), sentence: `a ${intent.type} needs a trigger price above 0` }
}

function stairs(asked: Exact, quantity: Exact, held: Held | null | undefined): readonly DecisionStep[] {
  const limit = held?.quantity.toFixed() ?? 'not known'
  const source = 'exchange'
  return [
    { step: 'reduce_only', passed: true, actual: asked.toString(), limit, source },
    { step: 'exchange_filter', passed: true, actual: quantity.toString(), limit: null, source },
  ]
}

/** A cancel needs nothing; a close or protection is cut to the position, rounded to steps, and sliced. */
export function reduce(intent: ReducingIntent, context: GuardContext): Reduction | Failure {
  if (intent.kind === 'CANCEL') return { quantity: ZERO, slices: [], triggerPrice: null, steps: [] }
  const held = heldOn(intent.symbol, context)
  const instrument = attempt(() => context.instrument)
  const step = stepOf(instrument, 'stepSize')
  const cut = held === undefined || held === null ? intent.quantity : minOf(intent.quantity, held.quantity)
  const quantity = step === undefined ? cut : floorToStep(cut, step)
  const triggerPrice = intent.kind === 'PROTECT' ? roundedTrigger(intent, stepOf(instrument, 'tickSize')) : null
  const failure = objection(intent, held, triggerPrice) ?? malformed(intent, quantity, triggerPrice)
  if (failure !== null) return failure
  const slices = sliced(quantity, stepOf(instrument, 'maxMarketQuantity'), step)
  return { quantity, slices, triggerPrice, steps: stairs(intent.quantity, quantity, held) }
}
