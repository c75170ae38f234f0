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

const NOTHING_FOLLOWS = { timer: null, isFollowed: false, replacement: null }
const REST_OVER = 'its time to rest is over'

/** An entry whose order has not ended, or has ended and waits for the venue to confirm with what. */
interface Pending {
  /** null after a restart: then there is no second step */
  readonly intent: EntryIntent | null
  readonly symbol: string
  timer: Cancel | null
  /** a second step follows once the first is settled */
  isFollowed: boolean
  /** what takes its place once the venue has confirmed its end, with the whole quantity; null: nothing */
  replacement: EntryIntent | null
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
  start(approved: Approved<EntryIntent>, id = entryIdOf(approved.intent)): ClientOrderId | null {
    const { books, clock, markOf } = this.#deps
    const { intent } = approved
    if (books.orders.find(id) !== null) return null
    const order = entryOrder(approved, id, clock.now())
    this.#pending.set(id, { ...NOTHING_FOLLOWS, intent, symbol: intent.symbol })
    this.#rest(order)
    const isResting = intent.timeInForce !== 'IOC'
    const isSent = this.#desk.send(order, isResting ? (order.price?.toNumber() ?? null) : markOf(intent.symbol))
    return isSent ? id : null
  }

  /** After a restart: what still rests is cancelled in its time; its second step is given up. */
  resume(): void {
    for (const order of this.#deps.books.restingEntries()) {
      this.#pending.set(order.clientOrderId, { ...NOTHING_FOLLOWS, intent: null, symbol: order.symbol })
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
      pending.replacement = null
      this.#desk.cancel(order, reason)
    }
  }

  /**
   * Cancels the order; once the venue has confirmed its end, what `next` asks for beyond what has filled goes to the
   * guard anew. False: it does not rest, or is being cancelled already.
   */
  replace(id: ClientOrderId, next: EntryIntent, reason: string): boolean {
    const pending = this.#pending.get(id)
    const order = this.#deps.books.orders.working.get(id)
    if (pending === undefined || order === undefined || this.#desk.isCancelling(id)) return false
    pending.isFollowed = false
    pending.replacement = next
    this.#desk.cancel(order, reason)
    return true
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
    if (!isCut && !pending.isFollowed && pending.replacement === null) this.#end(order)
    else if (order.state === 'FILLED') this.#end(order)
    else if (!this.#desk.isAsking(order.clientOrderId)) this.#desk.ask(order)
  }

  /** The venue confirmed the end of the first step. */
  answered(order: Order): void {
    const pending = this.#pending.get(order.clientOrderId)
    if (pending === undefined || isWorking(order.state)) return
    if (pending.replacement !== null) {
      if (!this.#replace(order, pending.replacement)) this.#end(order)
    } else if (!pending.isFollowed || pending.intent === null || !this.#follow(order, pending.intent)) this.#end(order)
  }

  #replace(order: Order, wished: EntryIntent): boolean {
    const { books, clock } = this.#deps
    const quantity = wished.quantity.minus(order.filledQuantity)
    const restMs = (order.entryPlan?.restUntil ?? 0) - clock.now()
    if (quantity.lte(0) || restMs <= 0) return false
    const verdict = checked(this.#deps, { ...wished, quantity, restMs })
    if (verdict.outcome === 'denied') return false
    let number = 2
    while (books.orders.find(entryIdOf(wished, number)) !== null) number++
    this.#pending.delete(order.clientOrderId)
    this.#deps.reservations.hold(verdict)
    return this.start(verdict, entryIdOf(wished, number)) !== null
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
      if (now === null || !isWorking(now.state) || pending.replacement !== null) return
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
