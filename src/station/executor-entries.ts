/** Entries on their way: how long they rest, their second step as IOC, and what they reserve until they end (SPEC §8, §9). */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { EntryIntent } from '../core/model/intent.ts'
import type { Order } from '../core/model/order.ts'
import { isWorking } from '../core/order/transitions.ts'
import type { Cancel } from '../core/ports/clock.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import { checked, type ExecutorDeps } from './executor-deps.ts'
import type { OrderDesk } from './executor-desk.ts'
import { entryIdOf, entryOrder } from './executor-orders.ts'

const REST_OVER = 'its time to rest is over'

/** An entry whose order has not ended, or has ended and waits for the venue to confirm with what. */
interface Pending {
  /** null after a restart: then there is no second step */
  readonly intent: EntryIntent | null
  readonly symbol: string
  timer: Cancel | null
  /** a second step follows once the first is settled */
  isFollowed: boolean
}

export class Entries {
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #pending = new Map<ClientOrderId, Pending>()

  constructor(deps: ExecutorDeps, desk: OrderDesk) {
    this.#deps = deps
    this.#desk = desk
  }

  /** Sends the entry; null: this very order was sent before, and is never sent again, or it could not be journaled. */
  start(approved: Approved<EntryIntent>): ClientOrderId | null {
    const { books, clock, markOf } = this.#deps
    const { intent } = approved
    const id = entryIdOf(intent)
    if (books.orders.find(id) !== null) return null
    const order = entryOrder(approved, clock.now())
    this.#pending.set(id, { intent, symbol: intent.symbol, timer: null, isFollowed: false })
    this.#rest(order)
    const isResting = intent.timeInForce !== 'IOC'
    const isSent = this.#desk.send(order, isResting ? (order.price?.toNumber() ?? null) : markOf(intent.symbol))
    return isSent ? id : null
  }

  /** After a restart: what still rests is cancelled in its time; its second step is given up. */
  resume(): void {
    for (const order of this.#deps.books.restingEntries()) {
      this.#pending.set(order.clientOrderId, { intent: null, symbol: order.symbol, timer: null, isFollowed: false })
      this.#rest(order)
    }
  }

  /** An entry on its way, between its two steps too. */
  isPending(symbol: string): boolean {
    for (const pending of this.#pending.values()) if (pending.symbol === symbol) return true
    return false
  }

  /** Cancels resting entries and gives up their second steps. */
  cancelWhere(isMeant: (order: Order) => boolean, reason: string): void {
    for (const [id, pending] of this.#pending) {
      const order = this.#deps.books.orders.find(id)
      if (order === null || !isMeant(order)) continue
      pending.isFollowed = false
      this.#desk.cancel(order, reason)
    }
  }

  changed(order: Order): void {
    const pending = this.#pending.get(order.clientOrderId)
    if (pending === undefined) {
      // a late answer or fill of an entry long over
      return
    }
    if (isWorking(order.state)) {
      const rest = order.quantity.minus(order.filledQuantity)
      if (order.filledQuantity.gt(0)) this.#deps.reservations.keep(order.intentId, rest.toNumber())
      return
    }
    pending.timer?.()
    if (wouldHaveTaken(order)) pending.isFollowed = true
    const isCut = order.state === 'CANCELLED' || order.state === 'EXPIRED'
    // the report of the end may have overtaken a fill, or a fill was lost: only the venue's answer tells what is left
    if (!isCut && !pending.isFollowed) this.#end(order)
    else if (order.state === 'FILLED') this.#end(order)
    else if (!this.#desk.isAsking(order.clientOrderId)) this.#desk.ask(order)
  }

  /** The venue confirmed the end of the first step. */
  answered(order: Order): void {
    const pending = this.#pending.get(order.clientOrderId)
    if (pending === undefined || isWorking(order.state)) return
    if (!pending.isFollowed || pending.intent === null || !this.#follow(order, pending.intent)) this.#end(order)
  }

  #follow(order: Order, intent: EntryIntent): boolean {
    const rest = order.quantity.minus(order.filledQuantity)
    const next = rest.gt(0) ? this.#deps.followUp(intent, rest) : null
    if (next === null) return false
    const verdict = checked(this.#deps, next)
    if (verdict.outcome === 'denied') return false
    this.#pending.delete(order.clientOrderId)
    this.#deps.reservations.hold(verdict)
    return this.start(verdict) !== null
  }

  #end(order: Order): void {
    this.#pending.get(order.clientOrderId)?.timer?.()
    this.#pending.delete(order.clientOrderId)
    this.#deps.reservations.release(order.intentId)
  }

  #rest(order: Order): void {
    const pending = this.#pending.get(order.clientOrderId)
    const restUntil = order.entryPlan?.restUntil ?? null
    if (pending === undefined || restUntil === null) return
    pending.timer = this.#deps.clock.at(restUntil, () => {
      const now = this.#deps.books.orders.find(order.clientOrderId)
      if (now === null || !isWorking(now.state)) return
      pending.isFollowed = pending.intent !== null
      this.#desk.cancel(now, REST_OVER)
    })
  }
}

/** A post-only order that the venue refused because it would have taken. */
function wouldHaveTaken(order: Order): boolean {
  if (order.timeInForce !== 'GTX') return false
  return order.state === 'EXPIRED' || (order.state === 'REJECTED' && (order.reason ?? '').startsWith('POST_ONLY'))
}
