/** All regular orders: the open ones by symbol in order of arrival, the ended ones for questions. */
import type { VenueSettings } from '../settings.ts'
import { isOpen, type Order } from './order.ts'

const NONE: readonly Order[] = []
const DAY_MS = 86_400_000
/** Ended without a fill, an order is forgotten after 3 days; any after 90. */
const UNFILLED_KEPT_MS = 3 * DAY_MS
const KEPT_MS = 90 * DAY_MS

export class OrderShelf {
  private readonly byId = new Map<number, Order>()
  private readonly open = new Map<string, Order[]>()
  /** latest order of each client id */
  private readonly byClientId = new Map<string, Order>()
  private readonly kept: number

  constructor(settings: VenueSettings) {
    this.kept = settings.keptOrders
  }

  add(order: Order): void {
    this.byId.set(order.id, order)
    this.byClientId.set(keyOf(order.symbol, order.clientId), order)
    this.forgetOldest()
  }

  /** From now on it rests. */
  rest(order: Order): void {
    const orders = this.open.get(order.symbol)
    if (orders === undefined) this.open.set(order.symbol, [order])
    else orders.push(order)
  }

  /** It no longer rests. */
  remove(order: Order): void {
    const orders = this.open.get(order.symbol)
    const index = orders?.indexOf(order) ?? -1
    if (index >= 0) orders?.splice(index, 1)
  }

  /** resting orders, oldest first; a list of its own, whatever becomes of them */
  openOf(symbol: string): readonly Order[] {
    return this.open.get(symbol)?.slice() ?? NONE
  }

  allOpen(): Order[] {
    return [...this.open.values()].flat().sort((one, other) => one.id - other.id)
  }

  symbolsWithOrders(): string[] {
    return [...this.open].flatMap(([symbol, orders]) => (orders.length > 0 ? [symbol] : []))
  }

  find(symbol: string, id: number, now: number): Order | null {
    const order = this.byId.get(id)
    return order === undefined || order.symbol !== symbol || isForgotten(order, now) ? null : order
  }

  findByClientId(symbol: string, clientId: string, now: number): Order | null {
    const order = this.byClientId.get(keyOf(symbol, clientId))
    return order === undefined || isForgotten(order, now) ? null : order
  }

  hasOpenClientId(symbol: string, clientId: string): boolean {
    const order = this.byClientId.get(keyOf(symbol, clientId))
    return order !== undefined && isOpen(order)
  }

  /** everything of a symbol that is still remembered, oldest first */
  all(symbol: string | null, now: number): Order[] {
    return [...this.byId.values()].filter(
      (order) => (symbol === null || order.symbol === symbol) && !isForgotten(order, now),
    )
  }

  private forgetOldest(): void {
    if (this.byId.size <= this.kept) return
    for (const [id, order] of this.byId) {
      if (this.byId.size <= this.kept) return
      if (isOpen(order)) continue
      this.byId.delete(id)
      const key = keyOf(order.symbol, order.clientId)
      if (this.byClientId.get(key) === order) this.byClientId.delete(key)
    }
  }
}

const keyOf = (symbol: string, clientId: string): string => `${symbol} ${clientId}`

function isForgotten(order: Order, now: number): boolean {
  if (isOpen(order)) return false
  const age = now - order.updatedAt
  return age > KEPT_MS || (order.executed.isZero() && age > UNFILLED_KEPT_MS)
}
