/**
 * The desk that sends orders and cancels and sees to it that each gets an answer: what nobody answers is UNKNOWN and
 * asked for until the venue says what became of it. Nothing is ever sent again.
 */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Order, OrderState } from '../core/model/order.ts'
import {
  afterReport,
  type LifeRefusal,
  type LifeResult,
  type OrderReport,
  type OrderStanding,
} from '../core/order/order-life.ts'
import { isWorking, move, type OrderIn } from '../core/order/transitions.ts'
import type { Cancel } from '../core/ports/clock.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import { alarmFact } from './executor-facts.ts'

export interface DeskListener {
  /** an order moved; `from` is its state before */
  changed(order: Order, from: OrderState): void
  /** the venue was asked about an order and its answer is booked, fills included */
  answered(order: Order): void
  /** the venue filled more than it told: its fills are needed */
  fillsMissing(): void
}

/** What is under way for one order. */
interface Watch {
  readonly sentAt: number
  /** price it was expected to fill at, for slippage */
  readonly reference: number | null
  timer: Cancel | null
  cancelReason: string | null
  isCancelSent: boolean
  /** epoch ms of the last cancel that was sent; 0: none was */
  cancelledAt: number
  isAsking: boolean
}

export class OrderDesk {
  readonly #deps: ExecutorDeps
  readonly #listener: DeskListener
  readonly #watches = new Map<ClientOrderId, Watch>()
  #isUp = true

  constructor(deps: ExecutorDeps, listener: DeskListener) {
    this.#deps = deps
    this.#listener = listener
  }

  /** Journals the order, makes it durable, sends it. False: an entry that could not be made durable has FAILED unsent. */
  send(intended: Order, reference: number | null): boolean {
    const { books, clock, settings, venue } = this.#deps
    const now = clock.now()
    const order = move(intended as OrderIn<'INTENT'>, 'SUBMITTED', now)
    books.orders.save(order)
    this.#announce(order)
    if (!this.#deps.flush() && !order.reduceOnly) {
      this.tell(order, { kind: 'undelivered', outcome: 'failed', message: NOT_JOURNALED, at: now })
      return false
    }
    const wait = order.reduceOnly ? settings.protectAnswerTimeoutMs : settings.answerTimeoutMs
    const watch = this.#watch(order, reference)
    watch.timer = clock.at(now + wait, () => this.#unanswered(order.clientOrderId))
    venue.submit(requestOf(order))
    this.#listener.changed(order, 'INTENT')
    return true
  }

  /** After a restart nobody waits for the answers of before: whether these orders arrived is asked. */
  resume(): void {
    const at = this.#deps.clock.now()
    const sent = [...this.#deps.books.orders.working.values()].filter(({ state }) => state === 'SUBMITTED')
    for (const order of sent) this.tell(order, { kind: 'unanswered', at })
  }

  /** An order not yet acknowledged is cancelled as soon as it is. */
  cancel(order: Order, reason: string): void {
    if (!isWorking(order.state)) return
    const watch = this.#watch(order, null)
    watch.cancelReason ??= reason
    this.#sendCancel(order, watch)
  }

  isCancelling(id: ClientOrderId): boolean {
    return this.#watches.get(id)?.cancelReason != null
  }

  /** The price it was expected to fill at; null: unknown. */
  referenceOf(id: ClientOrderId): number | null {
    return this.#watches.get(id)?.reference ?? null
  }

  /** Asks what became of the order, until there is an answer. */
  ask(order: Order): void {
    const watch = this.#watch(order, null)
    watch.isAsking = true
    watch.timer?.()
    watch.timer = this.#deps.clock.at(this.#deps.clock.now() + this.#deps.settings.askRetryMs, () => {
      const now = this.#deps.books.orders.find(order.clientOrderId)
      if (now !== null && watch.isAsking) this.ask(now)
    })
    if (this.#isUp) this.#deps.venue.ask(order.symbol, order.clientOrderId)
  }

  isAsking(id: ClientOrderId): boolean {
    return this.#watches.get(id)?.isAsking ?? false
  }

  /** While the link is down nothing is asked; the questions are asked again once it is up. */
  connection(isUp: boolean): void {
    this.#isUp = isUp
  }

  /** Books a report. */
  tell(order: Order, report: OrderReport): LifeResult {
    const result = afterReport(order, report)
    if (result.outcome === 'refused') this.#onRefused(order, result.refusal)
    if (result.outcome === 'incomplete') this.#listener.fillsMissing()
    if (result.outcome === 'changed') this.#onChanged(result.order, order.state)
    return result
  }

  /** The venue's answer, asked for or found in a snapshot. */
  status(order: Order, standing: OrderStanding | null, at: number): void {
    const watch = this.#watch(order, null)
    if (standing === null && this.#mayStillArrive(order, watch)) return
    if (standing !== null && isStale(order, standing)) {
      if (watch.isAsking) this.ask(order)
      return
    }
    const result = this.tell(order, { kind: 'status', order: standing, at })
    if (result.outcome === 'incomplete') {
      if (!watch.isAsking) this.ask(order)
      return
    }
    this.#answered(result.outcome === 'changed' ? result.order : order, watch)
  }

  #answered(order: Order, watch: Watch): void {
    watch.isAsking = false
    watch.timer?.()
    watch.timer = null
    if (isWorking(order.state)) {
      watch.isCancelSent = false
      if (watch.cancelReason !== null) this.#sendCancel(order, watch)
    } else {
      this.#watches.delete(order.clientOrderId)
    }
    this.#listener.answered(order)
  }

  /** The venue does not have it, but it was sent so lately that it may still be on its way. */
  #mayStillArrive(order: Order, watch: Watch): boolean {
    const isHeld = order.venueOrderId !== null || order.filledQuantity.gt(0)
    if (isHeld || !isWorking(order.state)) return false
    const { clock, settings } = this.#deps
    const graceMs = order.reduceOnly ? settings.reducingAbsentGraceMs : settings.absentGraceMs
    if (clock.now() - watch.sentAt >= graceMs) return false
    if (!watch.isAsking) this.ask(order)
    return true
  }

  #watch(order: Order, reference: number | null): Watch {
    const known = this.#watches.get(order.clientOrderId)
    if (known !== undefined) return known
    const watch: Watch = {
      sentAt: order.createdAt,
      reference,
      timer: null,
      cancelReason: null,
      isCancelSent: false,
      cancelledAt: 0,
      isAsking: false,
    }
    this.#watches.set(order.clientOrderId, watch)
    return watch
  }

  #unanswered(id: ClientOrderId): void {
    const order = this.#deps.books.orders.find(id)
    if (order?.state === 'SUBMITTED') this.tell(order, { kind: 'unanswered', at: this.#deps.clock.now() })
  }

  #sendCancel(order: Order, watch: Watch): void {
    const isHeld = order.state === 'OPEN' || order.state === 'PARTIALLY_FILLED'
    if (!isHeld || watch.isCancelSent || watch.isAsking) return
    const { clock, settings, venue } = this.#deps
    watch.timer?.()
    const next = watch.cancelledAt + settings.askRetryMs
    if (clock.now() < next) {
      // refused a moment ago, though the order still stands: a stop that triggers can neither be cancelled nor does it end
      watch.timer = clock.at(next, () => this.#cancelAgain(order.clientOrderId, watch))
      return
    }
    watch.isCancelSent = true
    watch.cancelledAt = clock.now()
    watch.timer = clock.at(clock.now() + settings.cancelTimeoutMs, () => {
      const now = this.#deps.books.orders.find(order.clientOrderId)
      if (now !== null && isWorking(now.state)) this.ask(now)
    })
    venue.cancel(order.symbol, order.clientOrderId)
  }

  #cancelAgain(id: ClientOrderId, watch: Watch): void {
    const order = this.#deps.books.orders.find(id)
    if (order !== null) this.#sendCancel(order, watch)
  }

  #onChanged(order: Order, from: OrderState): void {
    this.#deps.books.orders.save(order)
    this.#announce(order)
    const watch = this.#watch(order, null)
    if (order.state === 'UNKNOWN') this.ask(order)
    else if (from === 'SUBMITTED' && !watch.isAsking) {
      watch.timer?.()
      watch.timer = null
    }
    if (watch.cancelReason !== null) this.#sendCancel(order, watch)
    this.#listener.changed(order, from)
    if (!isWorking(order.state) && !watch.isAsking) {
      watch.timer?.()
      this.#watches.delete(order.clientOrderId)
    }
  }

  /** Books and venue contradict each other: what lives without our knowing is cancelled, and a person is told. */
  #onRefused(order: Order, refusal: LifeRefusal): void {
    const { announce, clock, venue } = this.#deps
    if (refusal === 'alive_after_end') venue.cancel(order.symbol, order.clientOrderId)
    const message = `order ${order.clientOrderId} on ${order.symbol} is ${order.state} in the books: ${SAYS[refusal]}`
    const about = order.clientOrderId
    announce(alarmFact(clock.now(), { severity: 'warning', code: refusal, message, about, traceId: order.traceId }))
  }

  #announce(order: Order): void {
    this.#deps.announce({ type: 'order.changed', at: order.updatedAt, traceId: order.traceId, data: order })
  }
}

const NOT_JOURNALED = 'not sent: the journal could not be written'

const SAYS: Readonly<Record<LifeRefusal, string>> = {
  overfill: 'the venue filled more than was asked for; the fill is booked',
  fill_of_dead_order: 'the venue filled it all the same; the fill is booked',
  alive_after_end: 'the venue works on it all the same; it is being cancelled',
  impossible_move: 'the venue reports what cannot follow; nothing was changed',
}

/** An answer made before the end that has been reported meanwhile. */
function isStale({ state }: Order, standing: OrderStanding): boolean {
  const hasEnded = state === 'CANCELLED' || state === 'EXPIRED' || state === 'FILLED'
  return hasEnded && (standing.state === 'OPEN' || standing.state === 'PARTIALLY_FILLED')
}

/** The part of an order that a venue is told. */
function requestOf(order: Order) {
  const { clientOrderId, symbol, side, type, timeInForce, quantity, price, triggerPrice } = order
  const { activationPrice, callback, reduceOnly, leverage } = order
  const what = { clientOrderId, symbol, side, type, timeInForce, quantity, price, triggerPrice }
  return { ...what, activationPrice, callback, reduceOnly, leverage }
}
