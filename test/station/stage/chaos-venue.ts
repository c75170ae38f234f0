/**
 * A small exchange with a bad line: it fills, triggers and keeps its own books faithfully, but messages to it may be lost,
 * and its reports may come late, twice, out of order or never. Answers and snapshots tell the truth of their instant.
 */
import { ZERO, booked, exact, minOf, type Exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../../src/core/model/ids.ts'
import { isConditional, type Fill, type OrderRequest } from '../../../src/core/model/order.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import type { Venue, VenueOrder, VenueOrderState, VenuePosition, VenueReport } from '../../../src/core/ports/venue.ts'

export interface Faults {
  /** chance that a message to the venue never arrives */
  loseRequest: number
  /** chance that a report is never told, and that it is told twice */
  loseReport: number
  duplicate: number
  /** chance that the venue says no for no reason */
  reject: number
  /** reports come after 20 ms and up to so much more, each for itself: out of order */
  maxDelayMs: number
}

interface Held {
  readonly request: OrderRequest
  readonly venueOrderId: string
  state: VenueOrderState
  filled: Exact
  paid: Exact
}

const TICK_MS = 250
const FEE = '0.0005'

export class ChaosVenue implements Pick<Venue, 'submit' | 'cancel' | 'ask' | 'askSnapshot'> {
  readonly prices = new Map<string, number>()
  readonly orders = new Map<ClientOrderId, Held>()
  /** signed by side */
  readonly positions = new Map<string, { quantity: Exact; entry: Exact }>()
  readonly fills: Fill[] = []
  balance = exact(10_000)
  faults: Faults
  isUp = true
  tell: (report: VenueReport) => void = () => undefined
  readonly #clock: Clock
  readonly #random: () => number

  constructor(clock: Clock, random: () => number, faults: Faults, symbols: readonly string[]) {
    this.#clock = clock
    this.#random = random
    this.faults = faults
    for (const symbol of symbols) this.prices.set(symbol, 100)
    this.#tick()
  }

  submit(request: OrderRequest): void {
    if (this.#isLost(this.faults.loseRequest)) {
      const { clientOrderId } = request
      const base = { kind: 'undelivered', clientOrderId, outcome: 'unknown', message: 'timeout' } as const
      if (this.#chance(0.5)) this.#report((at) => ({ ...base, at }))
    } else {
      this.#later(() => this.#arrive(request))
    }
  }

  cancel(_symbol: string, id: ClientOrderId): void {
    if (this.#isLost(this.faults.loseRequest)) return
    this.#later(() => {
      const order = this.orders.get(id)
      if (order?.state === 'OPEN' || order?.state === 'PARTIALLY_FILLED') this.#end(order, 'CANCELLED', 'asked')
      else this.#report((at) => ({ kind: 'cancelRefused', clientOrderId: id, at }))
    })
  }

  ask(_symbol: string, id: ClientOrderId): void {
    if (this.#isLost(this.faults.loseRequest)) return
    this.#later(() => {
      const held = this.orders.get(id)
      const order = held === undefined ? null : this.#shown(held)
      this.#report((at) => ({ kind: 'status', clientOrderId: id, order, at }))
    })
  }

  askSnapshot(since: number): void {
    if (this.#isLost(this.faults.loseRequest)) return
    this.#later(() => {
      const at = this.#clock.now()
      const openOrders = this.working().map((order) => this.#shown(order))
      const fills = this.fills.filter((fill) => fill.at >= since)
      const { balance } = this
      const snapshot = {
        at,
        balance,
        availableBalance: balance,
        positions: this.shown(),
        openOrders,
        fills,
        income: [],
      }
      this.#report(() => ({ kind: 'snapshot', snapshot, at }))
    })
  }

  working(): Held[] {
    return [...this.orders.values()].filter(({ state }) => state === 'OPEN' || state === 'PARTIALLY_FILLED')
  }

  shown(): VenuePosition[] {
    return [...this.positions].map(([symbol, { quantity, entry }]) => ({
      symbol,
      side: quantity.gt(0) ? 'LONG' : 'SHORT',
      quantity: quantity.abs(),
      entryPrice: entry,
      markPrice: exact(this.prices.get(symbol) ?? 0),
      leverage: 3,
      isolatedMargin: ZERO,
      liquidationPrice: null,
    }))
  }

  setUp(isUp: boolean): void {
    this.isUp = isUp
    this.tell({ kind: 'connection', up: isUp, at: this.#clock.now() })
  }

  #arrive(request: OrderRequest): void {
    const { clientOrderId, symbol } = request
    const no = (code: 'DUPLICATE_CLIENT_ID' | 'OTHER' | 'WOULD_TRIGGER' | 'REDUCE_ONLY'): void =>
      this.#report((at) => ({ kind: 'rejected', clientOrderId, code, message: 'no', at }))
    if (this.orders.has(clientOrderId)) return no('DUPLICATE_CLIENT_ID')
    if (this.#chance(this.faults.reject)) return no('OTHER')
    if (request.reduceOnly && this.#reducible(request).isZero()) return no('REDUCE_ONLY')
    const price = this.prices.get(symbol) ?? 0
    if (isConditional(request.type) && isTriggered(request, price)) return no('WOULD_TRIGGER')
    const venueOrderId = `v${this.orders.size + 1}`
    const held: Held = { request, venueOrderId, state: 'OPEN', filled: ZERO, paid: ZERO }
    this.orders.set(clientOrderId, held)
    this.#report((at) => ({ kind: 'accepted', clientOrderId, venueOrderId, at }))
    this.#match(held, price)
    if (request.timeInForce === 'IOC' && held.state !== 'FILLED') this.#end(held, 'EXPIRED', 'IOC')
  }

  #tick(): void {
    this.#clock.at(this.#clock.now() + TICK_MS, () => {
      for (const [symbol, price] of this.prices) {
        const next = Math.round(price * (1 + 0.003 * (this.#random() - 0.5)) * 100) / 100
        this.prices.set(symbol, next)
        for (const held of this.working()) if (held.request.symbol === symbol) this.#match(held, next)
      }
      this.#tick()
    })
  }

  #match(held: Held, price: number): void {
    const { request } = held
    const isHit =
      request.type === 'MARKET' ||
      (request.type === 'LIMIT' ? isMarketable(request, price) : held.filled.gt(0) || isTriggered(request, price))
    if (!isHit || (held.state !== 'OPEN' && held.state !== 'PARTIALLY_FILLED')) return
    let rest = request.quantity.minus(held.filled)
    if (request.reduceOnly) rest = minOf(rest, this.#reducible(request))
    if (rest.isZero()) return this.#end(held, 'EXPIRED', 'nothing to reduce')
    const part = this.#chance(0.4) ? rest.times('0.4').toDecimalPlaces(3) : rest
    this.#fill(held, part.isZero() ? rest : part, price)
    if (request.type === 'MARKET') this.#match(held, price)
  }

  #fill(held: Held, quantity: Exact, price: number): void {
    const { clientOrderId, symbol, side } = held.request
    const at = this.#clock.now()
    const fee = booked(quantity.times(price).times(FEE))
    const id = `x${this.fills.length + 1}` as FillId
    const fill: Fill = { id, clientOrderId, symbol, side, price: exact(price), quantity, fee, liquidity: 'TAKER', at }
    this.fills.push(fill)
    held.filled = held.filled.plus(quantity)
    held.paid = held.paid.plus(quantity.times(price))
    held.state = held.filled.gte(held.request.quantity) ? 'FILLED' : 'PARTIALLY_FILLED'
    this.#move(symbol, side === 'BUY' ? quantity : quantity.neg(), exact(price))
    this.balance = this.balance.minus(fee)
    const done = held.state === 'FILLED'
    this.#report(() => ({ kind: 'filled', fill, done, at }))
  }

  /** Net position: adding averages, reducing realises. The stage's orders never cross zero by more than a late entry does. */
  #move(symbol: string, signed: Exact, price: Exact): void {
    const held = this.positions.get(symbol)
    if (held === undefined) {
      this.positions.set(symbol, { quantity: signed, entry: price })
      return
    }
    const after = held.quantity.plus(signed)
    if (held.quantity.gt(0) === signed.gt(0)) {
      held.entry = held.entry.times(held.quantity).plus(price.times(signed)).div(after)
    } else {
      const closed = held.quantity.abs().lt(signed.abs()) ? held.quantity : signed.neg()
      this.balance = this.balance.plus(booked(price.minus(held.entry).times(closed)))
      if (!after.isZero() && after.gt(0) !== held.quantity.gt(0)) held.entry = price
    }
    held.quantity = after
    if (after.isZero()) this.positions.delete(symbol)
  }

  #reducible({ symbol, side }: OrderRequest): Exact {
    const quantity = this.positions.get(symbol)?.quantity ?? ZERO
    return (side === 'SELL') === quantity.gt(0) ? quantity.abs() : ZERO
  }

  #end(held: Held, state: 'CANCELLED' | 'EXPIRED', reason: string): void {
    held.state = state
    const kind = state === 'CANCELLED' ? 'cancelled' : 'expired'
    const { clientOrderId } = held.request
    this.#report((at) => ({ kind, clientOrderId, reason, at }))
  }

  #shown({ request, venueOrderId, state, filled, paid }: Held): VenueOrder {
    const averagePrice = filled.isZero() ? ZERO : paid.div(filled)
    const { clientOrderId } = request
    return { clientOrderId, venueOrderId, request, state, filledQuantity: filled, averagePrice, updatedAt: 0 }
  }

  #report(make: (at: number) => VenueReport): void {
    const report = make(this.#clock.now())
    if (this.#isLost(this.faults.loseReport)) return
    this.#deliver(report)
    if (this.#chance(this.faults.duplicate)) this.#deliver(report)
  }

  #deliver(report: VenueReport): void {
    const delay = 20 + Math.floor(this.#random() * this.faults.maxDelayMs)
    this.#clock.at(this.#clock.now() + delay, () => {
      if (this.isUp) this.tell(report)
    })
  }

  #later(act: () => void): void {
    this.#clock.at(this.#clock.now() + 20 + Math.floor(this.#random() * 100), act)
  }

  #isLost(chance: number): boolean {
    return !this.isUp || this.#chance(chance)
  }

  #chance(chance: number): boolean {
    return this.#random() < chance
  }
}

function isMarketable({ side, price }: OrderRequest, last: number): boolean {
  return price === null || (side === 'BUY' ? price.gte(last) : price.lte(last))
}

/** A stop sells below and buys above its trigger, a target the other way round. */
function isTriggered({ type, side, triggerPrice }: OrderRequest, last: number): boolean {
  if (triggerPrice === null) return false
  const above = (type === 'STOP_MARKET') === (side === 'BUY')
  return above ? triggerPrice.lte(last) : triggerPrice.gte(last)
}
