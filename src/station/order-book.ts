/** Our orders by client id and by symbol: those at work, those that ended lately, and behind them the journal. */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Order } from '../core/model/order.ts'
import { isWorking } from '../core/order/transitions.ts'
import type { Journal } from '../core/ports/journal.ts'

const NONE: readonly Order[] = []

export class OrderBook {
  readonly #journal: Journal
  readonly #keepEnded: number
  readonly #working = new Map<ClientOrderId, Order>()
  readonly #bySymbol = new Map<string, readonly Order[]>()
  readonly #ended = new Map<ClientOrderId, Order>()

  constructor(journal: Journal, keepEnded: number) {
    this.#journal = journal
    this.#keepEnded = keepEnded
  }

  /** An order of ours, working or ended; null: not ours. */
  find(id: ClientOrderId): Order | null {
    return this.#working.get(id) ?? this.#ended.get(id) ?? this.#journal.order(id)
  }

  /** Orders the venue holds or may hold. */
  get working(): ReadonlyMap<ClientOrderId, Order> {
    return this.#working
  }

  /** Working orders of a symbol, oldest first. */
  of(symbol: string): readonly Order[] {
    return this.#bySymbol.get(symbol) ?? NONE
  }

  /** Keeps and journals the order as it is now. */
  save(order: Order): void {
    this.#journal.write('orders', order)
    this.place(order)
  }

  /** Keeps an order that comes from the journal. */
  place(order: Order): void {
    const id = order.clientOrderId
    if (isWorking(order.state)) {
      this.#ended.delete(id)
      this.#working.set(id, order)
    } else {
      this.#working.delete(id)
      this.#remember(order)
    }
    this.#index(order)
  }

  #remember(order: Order): void {
    this.#ended.delete(order.clientOrderId)
    this.#ended.set(order.clientOrderId, order)
    if (this.#ended.size <= this.#keepEnded) return
    const [oldest] = this.#ended.keys()
    if (oldest !== undefined) this.#ended.delete(oldest)
  }

  #index(order: Order): void {
    const others = this.of(order.symbol)
    const at = others.findIndex((other) => other.clientOrderId === order.clientOrderId)
    if (!isWorking(order.state)) {
      const rest = others.filter((_, index) => index !== at)
      if (rest.length === 0) this.#bySymbol.delete(order.symbol)
      else this.#bySymbol.set(order.symbol, rest)
      return
    }
    const next = at < 0 ? [...others, order] : others.with(at, order)
    this.#bySymbol.set(order.symbol, next)
  }
}
