/** Closing positions at market, reduce-only, until they are gone. */
import { clientOrderIdOf, type ClientOrderId, type IntentId } from '../core/model/ids.ts'
import type { CloseIntent } from '../core/model/intent.ts'
import type { Order } from '../core/model/order.ts'
import type { ExitReason } from '../core/model/position.ts'
import { isWorking } from '../core/order/transitions.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import { checked, type ExecutorDeps } from './executor-deps.ts'
import type { OrderDesk } from './executor-desk.ts'
import { alarmFact } from './executor-facts.ts'
import { closeOrder } from './executor-orders.ts'

/** A whole position that is to be closed. */
interface Closing {
  readonly reason: ExitReason
  readonly actor: string
  attempts: number
  /** where to look for a free client id */
  number: number
}

export class Closes {
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #closings = new Map<string, Closing>()

  constructor(deps: ExecutorDeps, desk: OrderDesk) {
    this.#deps = deps
    this.#desk = desk
  }

  /** A close that the guard has approved; null: it was sent before. */
  close(approved: Approved<CloseIntent>): ClientOrderId | null {
    const { intent, quantity } = approved
    if (this.#deps.books.orders.find(clientOrderIdOf(intent.id, 'close-1')) !== null) return null
    const position = this.#deps.books.positions.get(intent.symbol)
    if (position !== undefined && quantity.gte(position.quantity)) {
      this.#closings.set(intent.symbol, { reason: intent.reason, actor: intent.actor, attempts: 1, number: 1 })
    }
    this.#send(approved, 1)
    return clientOrderIdOf(intent.id, 'close-1')
  }

  /** Closes whatever is held on the symbol, and keeps at it until it is gone. */
  closeNow(symbol: string, reason: ExitReason, actor: string): void {
    if (this.#closings.has(symbol)) return
    this.#closings.set(symbol, { reason, actor, attempts: 0, number: 1 })
    this.retry(symbol)
  }

  isClosing(symbol: string): boolean {
    return this.#closings.has(symbol)
  }

  /** How often its close was sent; 0: it is not being closed. */
  attemptsOf(symbol: string): number {
    return this.#closings.get(symbol)?.attempts ?? 0
  }

  get closing(): Iterable<string> {
    return this.#closings.keys()
  }

  /** Nothing is left to close, or it is given up. */
  forget(symbol: string): void {
    this.#closings.delete(symbol)
  }

  /** An order of a close ended: at once again, at first; later with every sweep. */
  changed(order: Order): void {
    const closing = this.#closings.get(order.symbol)
    if (closing === undefined || isWorking(order.state)) return
    // what gets on is not failing: the rest follows at once, however many parts it takes
    if (order.filledQuantity.gt(0)) closing.attempts = 1
    if (closing.attempts < this.#deps.settings.protectAttempts) this.retry(order.symbol)
  }

  /** Sends the close of what is still held, unless one is on its way. */
  retry(symbol: string): void {
    const { books, clock, closeDecided } = this.#deps
    const closing = this.#closings.get(symbol)
    const position = books.positions.get(symbol)
    if (closing === undefined || position === undefined) return
    if (books.orders.of(symbol).some((order) => order.purpose === 'CLOSE')) return
    closing.attempts++
    const { intentId: id, traceId, strategyId, side, quantity } = position
    const what = { id, traceId, strategyId, symbol, side, quantity }
    const { actor, reason } = closing
    const intent: CloseIntent = { kind: 'CLOSE', ...what, actor, reason, createdAt: clock.now() }
    const verdict = checked(this.#deps, intent)
    if (closing.attempts === 1 || verdict.outcome === 'denied') closeDecided(intent, verdict, closing.attempts)
    closing.number = this.#freeNumber(id, closing.number)
    if (verdict.outcome === 'approved') this.#send(verdict, closing.number)
    else this.#alarm(symbol, verdict.sentence)
  }

  #send(approved: Approved<CloseIntent>, from: number): void {
    const { clock, markOf } = this.#deps
    const { id, symbol } = approved.intent
    approved.slices.forEach((quantity, index) => {
      const order = closeOrder(approved, clientOrderIdOf(id, `close-${from + index}`), quantity, clock.now())
      this.#desk.send(order, markOf(symbol))
    })
  }

  /** The first number no order of this intent has taken, before a restart neither. */
  #freeNumber(intentId: IntentId, from: number): number {
    let number = from
    while (this.#deps.books.orders.find(clientOrderIdOf(intentId, `close-${number}`)) !== null) number++
    return number
  }

  #alarm(symbol: string, sentence: string): void {
    const now = this.#deps.clock.now()
    const message = `cannot close ${symbol}: ${sentence}`
    this.#deps.announce(alarmFact(now, { severity: 'critical', code: 'close_denied', message, about: symbol }))
  }
}
