/** How an entry is put to the market in each mode, and its second step (SPEC §8 Entry). Entries are never plain market orders. */
import type { Exact } from '../model/decimal.ts'
import type { EntryIntent } from '../model/intent.ts'
import { type Side, type Signal, signOf } from '../model/signal.ts'
import type { GuardRules, RiskMode } from '../policy/policy.ts'
import type { Quote } from './context.ts'
import type { OrchestratorSettings } from './settings.ts'

export interface EntryStyle {
  readonly price: number
  readonly timeInForce: EntryIntent['timeInForce']
  readonly restMs: number
  readonly followUpPrice: number | null
  /** worst price the entry may ever pay, the same in every mode: what it is sized by */
  readonly worstPrice: number
}

export interface RanAway {
  readonly outcome: 'price_ran_away'
  readonly limit: number
  readonly actual: number
  readonly sentence: string
}

/** The side of the book where an order of this side waits; without a book half the spread from the last price. */
function nearTouch(side: Side, { bid, ask, last, spread }: Quote): number {
  const estimate = last * (1 - (signOf(side) * (spread ?? 0)) / 2)
  return (side === 'LONG' ? bid : ask) ?? estimate
}

/** The side of the book that fills an order of this side at once. */
function farTouch(side: Side, { bid, ask, last, spread }: Quote): number {
  const estimate = last * (1 + (signOf(side) * (spread ?? 0)) / 2)
  return (side === 'LONG' ? ask : bid) ?? estimate
}

const tighter = (side: Side, one: number, other: number): number =>
  side === 'LONG' ? Math.min(one, other) : Math.max(one, other)
const looser = (side: Side, one: number, other: number): number =>
  side === 'LONG' ? Math.max(one, other) : Math.min(one, other)

/**
 * Signal price ± max(5 bp, 0.1 × stop distance), drawn in to what the guard takes: `maxEntryDistance` from the mark, and
 * (unless the signal's own price breaks it) `maxStopDistance` from the stop.
 */
export function worstPrice(
  { side, price, stopPrice }: Pick<Signal, 'side' | 'price' | 'stopPrice'>,
  mark: number,
  rules: GuardRules,
  settings: OrchestratorSettings,
): number {
  const sign = signOf(side)
  const slack = Math.max(settings.priceSlack * price, settings.stopDistanceSlack * Math.abs(price - stopPrice))
  const byMark = mark * (1 + sign * rules.maxEntryDistance)
  const byStop = looser(side, price, stopPrice / (1 - sign * rules.maxStopDistance))
  return tighter(side, tighter(side, price + sign * slack, byMark), byStop)
}

/** Fills at `touch` would be worse than `worst`. */
function ranAway(side: Side, touch: number, worst: number): RanAway | null {
  if (signOf(side) * (touch - worst) <= 0) return null
  const sentence = `price ran away: ${side} at ${touch} would be worse than ${worst}`
  return { outcome: 'price_ran_away', limit: worst, actual: touch, sentence }
}

/** The style of the mode. The price ran away when even the touch it waits at, or the one it takes, is worse than the worst price. */
export function entryStyle(
  signal: Signal,
  mode: RiskMode,
  quote: Quote,
  world: { readonly now: number; readonly rules: GuardRules; readonly settings: OrchestratorSettings },
): EntryStyle | RanAway {
  const { side } = signal
  const worst = worstPrice(signal, quote.mark, world.rules, world.settings)
  const near = nearTouch(side, quote)
  const touch = mode === 'AGGRESSIVE' ? farTouch(side, quote) : near
  const away = ranAway(side, touch, worst)
  if (away !== null) return away
  if (mode === 'AGGRESSIVE') {
    return { price: worst, timeInForce: 'IOC', restMs: 0, followUpPrice: null, worstPrice: worst }
  }
  const resting = { price: near, timeInForce: 'GTC', worstPrice: worst } as const
  return mode === 'NORMAL'
    ? { ...resting, restMs: world.settings.touchRestMs, followUpPrice: worst }
    : { ...resting, restMs: Math.max(0, signal.createdAt + signal.ttlMs - world.now), followUpPrice: null }
}

/**
 * The second step, once the first was cancelled and its result is known: `rest` of it as IOC at the worst price, for the
 * guard to judge again. Null: the style has no second step, or nothing is left.
 */
export function followUp(intent: EntryIntent, rest: Exact, quote: Quote, now: number): EntryIntent | RanAway | null {
  const price = intent.followUpPrice ?? null
  if (price === null || !rest.gt(0)) return null
  const away = ranAway(intent.side, farTouch(intent.side, quote), price.toNumber())
  if (away !== null) return away
  return { ...intent, quantity: rest, price, timeInForce: 'IOC', restMs: 0, createdAt: now, followUpPrice: null }
}
