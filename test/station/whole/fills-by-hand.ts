/** What each order of a run must have got, worked out slowly from the recorded bars (SPEC §10), held against what it got. */
import { expect } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import type { Fill, Order } from '../../../src/core/model/order.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import { MINUTE_MS } from '../../fixtures/whole-station.ts'
import { closeOf, type Tape } from './tape.ts'

const LATENCY_MS = 50
const BASIS_POINT = 1e-4
const IMPACT = 0.03
const STOP_SLIP = 0.25
const TICK_PARTS = 100
/** later than this into a bar, its favourable extreme may be over */
const GRACE_MS = 1000

type Faults = string[]
type Side = Order['side']

const adverse = (side: Side): 1 | -1 => (side === 'BUY' ? 1 : -1)
const worse = (side: Side, ...prices: number[]): number => (side === 'BUY' ? Math.max(...prices) : Math.min(...prices))
const better = (side: Side, ...prices: number[]): number => (side === 'BUY' ? Math.min(...prices) : Math.max(...prices))
const extremeAgainst = (side: Side, bar: Candle): number => (side === 'SELL' ? bar.low : bar.high)
const extremeFor = (side: Side, bar: Candle): number => (side === 'SELL' ? bar.high : bar.low)
/** the price has come to the level of an order that closes at a loss */
const hasFallenTo = (side: Side, price: number, level: number): boolean =>
  side === 'SELL' ? price <= level : price >= level

/** Half of clamp(1 bp + 2 bp·√(50 M ÷ 24 h volume), 1 tick, 20 bp). */
function halfSpread(tape: Tape, time: number, price: number): number {
  const estimate = BASIS_POINT + 2 * BASIS_POINT * Math.sqrt(50e6 / tape.volume24h(time))
  return Math.max(tape.tick / price, Math.min(20 * BASIS_POINT, estimate)) / 2
}

/** What taking `quantity` at `price` comes to: half spread and square-root impact, against us. */
function taken(tape: Tape, time: number, side: Side, price: number, quantity: number): number {
  const impact = IMPACT * Math.sqrt((price * quantity) / tape.volume24h(time))
  return price * (1 + adverse(side) * (halfSpread(tape, time, price) + impact))
}

/** The worse of stop and open, less half spread and a quarter of (stop to extreme), no worse than the extreme less half spread. */
function stopped(tape: Tape, time: number, side: Side, hit: { level: number; open: number; extreme: number }): number {
  const base = worse(side, hit.level, hit.open)
  const spread = 1 + adverse(side) * halfSpread(tape, time, base)
  const slip = adverse(side) * STOP_SLIP * Math.abs(hit.level - hit.extreme)
  return better(side, base * spread + slip, hit.extreme * spread)
}

/** Rounded against us on the fine grid, so never better than `expected`, and worse by a hundredth of a tick at most. */
function isPriced({ tape, order: { side }, slack }: Case, actual: number, expected: number): boolean {
  const grid = tape.tick / TICK_PARTS
  const worseBy = (actual - expected) * adverse(side)
  return worseBy >= -slack * expected && worseBy <= grid + slack * expected
}

interface Fate {
  readonly at: number
  readonly price: number
}

/** When and at what price a stop fills that stands from `from` to `until`; null: it does not. */
function fateOfStop(order: Order, tape: Tape, from: number, until: number, entryBar: Candle | null): Fate | null {
  const level = order.triggerPrice?.toNumber() ?? Number.NaN
  const { side } = order
  const hit = (bar: Candle) => ({ level, open: bar.open, extreme: extremeAgainst(side, bar) })
  if (entryBar !== null && hasFallenTo(side, extremeAgainst(side, entryBar), level)) {
    return { at: from, price: stopped(tape, from, side, hit(entryBar)) }
  }
  for (const bar of tape.closing(from, until)) {
    if (!hasFallenTo(side, extremeAgainst(side, bar), level)) continue
    return { at: closeOf(bar), price: stopped(tape, closeOf(bar), side, hit(bar)) }
  }
  return null
}

/** The same of a trailing stop: the adverse extreme of a bar first, then its favourable one, then its close. */
function fateOfTrailing(order: Order, tape: Tape, from: number, until: number): Fate | null {
  const { side, callback, activationPrice } = order
  const activation = activationPrice?.toNumber() ?? null
  const keep = 1 + adverse(side) * (callback ?? 0)
  const isBetter = (price: number, than: number): boolean => (side === 'SELL' ? price >= than : price <= than)
  const last = tape.lastTold(from)
  let best: number | null = activation === null || isBetter(last, activation) ? last : null
  for (const bar of tape.closing(from, until)) {
    const at = closeOf(bar)
    if (best !== null) {
      const [level, extreme] = [best * keep, extremeAgainst(side, bar)]
      if (hasFallenTo(side, extreme, level))
        return { at, price: stopped(tape, at, side, { level, open: bar.open, extreme }) }
    }
    const favourable = extremeFor(side, bar)
    if (from > bar.openAt + GRACE_MS || !isBetter(favourable, best ?? activation ?? Number.NaN)) continue
    best = favourable
    const level = best * keep
    if (hasFallenTo(side, bar.close, level)) {
      return { at, price: stopped(tape, at, side, { level, open: level, extreme: bar.close }) }
    }
  }
  return null
}

/** A target fills in the first bar that reaches it and that it was there for from the start. */
function fateOfTarget(order: Order, tape: Tape, from: number, until: number, quantity: number): Fate | null {
  const level = order.triggerPrice?.toNumber() ?? Number.NaN
  const { side } = order
  for (const bar of tape.closing(from, until)) {
    const isReached = side === 'SELL' ? bar.high >= level : bar.low <= level
    if (from > bar.openAt + GRACE_MS || !isReached) continue
    return { at: closeOf(bar), price: taken(tape, closeOf(bar), side, level, quantity) }
  }
  return null
}

interface Case {
  readonly order: Order
  readonly fills: readonly Fill[]
  readonly tape: Tape
  readonly endAt: number
  /** the bar inside which a resting entry was filled just before this order came, which it is owed a look at */
  readonly entryBar: Candle | null
  /** times at which something closed or reduced a position on the symbol */
  readonly reductions: ReadonlySet<number>
  /** fraction of the price */
  readonly slack: number
}

const EXACT = 1e-9
/** After a restart the exchange knows the volume of the last hours, not of the minutes since: its estimate is a little off. */
export const RESTARTED = 2e-6

const text = ({ order }: Case): string => `${order.purpose} ${order.clientOrderId} on ${order.symbol} (${order.state})`

/** Stops, trailing stops and targets: filled when and as the bars say, and not passed over by any bar. */
function checkProtection(one: Case): Faults {
  const { order, fills, tape, endAt, entryBar, reductions } = one
  const from = order.createdAt + LATENCY_MS
  const [first] = fills
  const until = first?.at ?? (order.state === 'OPEN' ? endAt : order.updatedAt)
  const fate =
    order.purpose === 'STOP'
      ? fateOfStop(order, tape, from, until, entryBar)
      : order.purpose === 'TRAILING'
        ? fateOfTrailing(order, tape, from, until)
        : fateOfTarget(order, tape, from, until, first?.quantity.toNumber() ?? 0)
  if (first === undefined) {
    // another order may have closed the position in the very bar that would have filled this one
    return fate === null || reductions.has(fate.at) ? [] : [`${text(one)} was passed over at ${fate.at}`]
  }
  if (fate === null) return [`${text(one)} filled at ${first.at} though no bar reached it`]
  if (fate.at !== first.at) return [`${text(one)} filled at ${first.at}, by hand at ${fate.at}`]
  const price = first.price.toNumber()
  return isPriced(one, price, fate.price) ? [] : [`${text(one)} filled at ${price}, by hand ${fate.price}`]
}

/** Orders that take at once: at the price told last before they arrived, with its costs, never beyond their limit. */
function checkTaking(one: Case): Faults {
  const { order, fills, tape } = one
  const limit = order.price?.toNumber() ?? null
  return fills.flatMap((fill) => {
    if (fill.at !== order.createdAt + LATENCY_MS) return [`${text(one)} took at ${fill.at}, not as it arrived`]
    const { side } = order
    const byHand = taken(tape, fill.at, side, tape.lastTold(fill.at), fill.quantity.toNumber())
    const expected = limit === null ? byHand : better(side, byHand, limit)
    const price = fill.price.toNumber()
    return isPriced(one, price, expected) ? [] : [`${text(one)} took at ${price}, by hand ${expected}`]
  })
}

/** A resting limit: only in a bar that was not under way when it came and that trades a tick through it, at its own price. */
function checkResting(one: Case): Faults {
  const { order, fills, tape } = one
  const limit = order.price?.toNumber() ?? Number.NaN
  return fills.flatMap((fill) => {
    const bar = tape.barClosingAt(fill.at)
    if (bar === null) return [`${text(one)} filled at ${fill.at}, where no bar closed`]
    const isThere = order.createdAt + LATENCY_MS <= bar.openAt + GRACE_MS
    const isThrough =
      order.side === 'BUY' ? bar.low <= limit - tape.tick * 0.999 : bar.high >= limit + tape.tick * 0.999
    if (!isThere || !isThrough) return [`${text(one)} filled in a bar that did not trade through it`]
    return fill.price.toNumber() === limit && fill.liquidity === 'MAKER' ? [] : [`${text(one)} filled not at its price`]
  })
}

export interface FillsChecked {
  readonly taking: number
  readonly resting: number
  readonly stops: number
  readonly trailing: number
  readonly targets: number
}

/** Every fill of the run, and every protective order that did not fill; returns how many of each there were. */
export function expectFillsByHand(
  folder: string,
  tapes: ReadonlyMap<string, Tape>,
  endAt: number,
  slack = EXACT,
): FillsChecked {
  const fills = rowsOf(folder, 'fills')
  const orders = rowsOf(folder, 'orders')
  // a close carries the intent of the position that it ends, and no confidence
  const entered = rowsOf(folder, 'decisions').filter(({ confidence }) => confidence !== null)
  const decidedOn = new Map(entered.map((row) => [row.intentId, row.at]))
  const byOrder = new Map<string, Fill[]>()
  for (const fill of fills) byOrder.set(fill.clientOrderId, [...(byOrder.get(fill.clientOrderId) ?? []), fill])
  const closing = new Map<string, Set<number>>()
  const purposeOf = new Map(orders.map((order) => [order.clientOrderId as string, order.purpose]))
  for (const fill of fills) {
    if (purposeOf.get(fill.clientOrderId) === 'ENTRY') continue
    closing.set(fill.symbol, (closing.get(fill.symbol) ?? new Set<number>()).add(fill.at))
  }
  const faults: Faults = []
  const count = { taking: 0, resting: 0, stops: 0, trailing: 0, targets: 0 }
  for (const order of orders) {
    const tape = tapes.get(order.symbol)
    if (tape === undefined) throw new Error(`no tape of ${order.symbol}`)
    const own = byOrder.get(order.clientOrderId) ?? []
    const reductions = closing.get(order.symbol) ?? new Set<number>()
    const one: Case = { order, fills: own, tape, endAt, slack, reductions, entryBar: entryBarOf(order, fills, tape) }
    if (order.purpose === 'ENTRY' && own.length > 0) faults.push(...lookedAhead(one, decidedOn.get(order.intentId)))
    const [first] = own
    if (order.purpose === 'ENTRY' && order.timeInForce !== 'IOC') {
      faults.push(...checkResting(one))
      count.resting += own.length
    } else if (order.purpose === 'ENTRY' || order.purpose === 'CLOSE') {
      faults.push(...checkTaking(one))
      count.taking += own.length
    } else {
      faults.push(...checkProtection(one))
      const kind = ({ STOP: 'stops', TRAILING: 'trailing', TAKE_PROFIT: 'targets' } as const)[order.purpose]
      if (first !== undefined) count[kind]++
    }
  }
  expect(faults.slice(0, 10)).toEqual([])
  return count
}

/** An entry fills after its decision, at a price the market then shows to everybody. */
function lookedAhead(one: Case, decidedAt: number | undefined): Faults {
  const { order, fills, tape } = one
  return fills.flatMap((fill) => {
    if (decidedAt === undefined || fill.at <= decidedAt)
      return [`${text(one)} filled at ${fill.at}, decided at ${String(decidedAt)}`]
    const bar = tape.barClosingAt(fill.at) ?? tape.barClosingAt(Math.ceil(fill.at / MINUTE_MS) * MINUTE_MS)
    if (bar === null) return [`${text(one)} filled at ${fill.at}, where there is no bar`]
    const best = order.side === 'BUY' ? bar.low : bar.high
    const isReachable = (fill.price.toNumber() - best) * adverse(order.side) >= 0
    return isReachable ? [] : [`${text(one)} filled better than its bar ever was`]
  })
}

/** Of a stop: the bar in which a resting entry of the same intent filled at its close, just before the stop was sent. */
function entryBarOf(order: Order, fills: readonly (Fill & { readonly intentId: string })[], tape: Tape): Candle | null {
  if (order.purpose !== 'STOP') return null
  const entry = fills.findLast(
    (fill) => fill.intentId === order.intentId && fill.side !== order.side && fill.at <= order.createdAt,
  )
  if (entry?.liquidity !== 'MAKER' || order.createdAt - entry.at >= MINUTE_MS) return null
  return tape.barClosingAt(entry.at)
}
