/**
 * Positions and orders on this account that are not ours (SPEC §9): counted in exposure, alarmed where a position has no
 * stop, and left alone until a person adopts, closes or cancels them.
 */
import { ZERO } from '../core/model/decimal.ts'
import type { ClientOrderId } from '../core/model/ids.ts'
import type { ProtectIntent } from '../core/model/intent.ts'
import type { Order } from '../core/model/order.ts'
import type { Position } from '../core/model/position.ts'
import type { VenueOrder } from '../core/ports/venue.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import { FOREIGN } from './books.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import { standingFact } from './executor-facts.ts'
import { foreignClaim, foreignOrder, foreignStopOf } from './foreign-orders.ts'

/** A person's stop for a position that is not ours, as the guard approved it. */
type Adoption = Pick<Approved<ProtectIntent>, 'intent' | 'triggerPrice' | 'policyVersion'>

export class ForeignDesk {
  readonly #deps: ExecutorDeps
  readonly #announcePosition: (symbol: string) => void
  #orders: ReadonlyMap<ClientOrderId, Order> = new Map()

  constructor(deps: ExecutorDeps, announcePosition: (symbol: string) => void) {
    this.#deps = deps
    this.#announcePosition = announcePosition
  }

  /** As the venue last listed them. */
  get orders(): readonly Order[] {
    return [...this.#orders.values()]
  }

  find(id: ClientOrderId): Order | null {
    return this.#orders.get(id) ?? null
  }

  isOn(symbol: string): boolean {
    return this.orders.some((order) => order.symbol === symbol)
  }

  /** The venue's list as it is now. */
  list(held: readonly VenueOrder[]): void {
    this.#put(new Map(held.map((order) => [order.clientOrderId, foreignOrder(order)])))
  }

  /** The venue says that it has ended. */
  ended(id: ClientOrderId): void {
    if (!this.#orders.has(id)) return
    this.#put(new Map([...this.#orders].filter(([each]) => each !== id)))
    this.look()
  }

  /** Held against each other: which foreign position has a stop, and which has none. */
  look(): void {
    for (const position of this.#deps.books.positions.values()) if (position.strategyId === FOREIGN) this.#see(position)
  }

  /** From here on the position is ours, with the stop that a person gave it. */
  adopted({ intent, triggerPrice, policyVersion }: Adoption, position: Position): Position {
    const { id: intentId, traceId, strategyId } = intent
    const stopPrice = triggerPrice ?? position.stopPrice
    return { ...position, intentId, traceId, strategyId, policyVersion, stopPrice, initialStopPrice: stopPrice }
  }

  #put(orders: ReadonlyMap<ClientOrderId, Order>): void {
    const { announce, clock, markOf, reservations } = this.#deps
    const before = this.#orders
    this.#orders = orders
    const gone = [...before.values()].filter(({ clientOrderId }) => !orders.has(clientOrderId))
    for (const { intentId } of gone) reservations.release(intentId)
    const news = [...orders.values()].filter((order) => !isSame(order, before.get(order.clientOrderId)))
    for (const order of news) {
      if (order.purpose === 'ENTRY') reservations.restore(foreignClaim(order, markOf(order.symbol)))
    }
    const data = [...gone, ...news].map(({ clientOrderId }) => clientOrderId)
    if (data.length > 0) announce({ type: 'foreign.changed', at: clock.now(), traceId: null, data })
  }

  #see(position: Position): void {
    const { announce, books, clock } = this.#deps
    const { symbol, side, quantity } = position
    const stopPrice = foreignStopOf(position, this.orders) ?? ZERO
    if (!stopPrice.eq(position.stopPrice)) {
      books.setPosition(symbol, { ...position, stopPrice })
      this.#announcePosition(symbol)
    }
    if (stopPrice.gt(0)) return
    const message = `${symbol}: a position that is not ours (${side} ${quantity.toFixed()}) has no stop; adopt or close it`
    announce(standingFact(clock.now(), { severity: 'critical', code: 'foreign_unprotected', message, about: symbol }))
  }
}

const isSame = (order: Order, before: Order | undefined): boolean =>
  before !== undefined &&
  before.state === order.state &&
  before.filledQuantity.eq(order.filledQuantity) &&
  before.quantity.eq(order.quantity) &&
  String(before.price) === String(order.price) &&
  String(before.triggerPrice) === String(order.triggerPrice)
