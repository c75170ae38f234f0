/** Counts attempts to protect that failed in a row: the orders of one attempt count once, however many of them fail. */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Order, OrderPurpose, OrderState } from '../core/model/order.ts'

export class ProtectionFailures {
  /** first order of the attempt that an order belongs to */
  readonly #attempts = new Map<ClientOrderId, ClientOrderId>()
  readonly #failed = new Map<OrderPurpose, Set<ClientOrderId>>()
  readonly #told = new Set<OrderPurpose>()
  /** why the last one failed */
  last = ''

  sent(id: ClientOrderId, first: ClientOrderId): void {
    this.#attempts.set(id, first)
  }

  /** Nothing more will be told of it. */
  ended(id: ClientOrderId): void {
    this.#attempts.delete(id)
  }

  note(order: Order): void {
    const attempts = this.#failed.get(order.purpose) ?? new Set()
    this.#failed.set(order.purpose, attempts.add(this.#attempts.get(order.clientOrderId) ?? order.clientOrderId))
    this.last = order.reason ?? order.state
  }

  of(purpose: OrderPurpose): number {
    return this.#failed.get(purpose)?.size ?? 0
  }

  /** True the first time it is given up. */
  giveUp(purpose: OrderPurpose): boolean {
    if (this.#told.has(purpose)) return false
    this.#told.add(purpose)
    return true
  }

  /** Everything stands, and has stood for a while. */
  forget(): void {
    this.#failed.clear()
    this.#told.clear()
  }
}

/** An order that is not answered counts once, whatever becomes of it. */
export function isFailure({ state }: Order, from: OrderState): boolean {
  if (state === 'UNKNOWN' || state === 'EXPIRED') return true
  return (state === 'REJECTED' || state === 'FAILED') && from !== 'UNKNOWN'
}
