/** Books fills, income and snapshots, each once, and tells what they changed. */
import type { TraceId } from '../core/model/ids.ts'
import { closingSide, type Fill, type Order } from '../core/model/order.ts'
import type { ExitReason, Trade } from '../core/model/position.ts'
import { isWorking } from '../core/order/transitions.ts'
import { isForced, type Income, type VenueSnapshot } from '../core/ports/venue.ts'
import type { BookedFill } from './books.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import type { OrderDesk } from './executor-desk.ts'
import { alarmFact } from './executor-facts.ts'

export interface BookingsHooks {
  /** a position changed by a fill; `trade` when it ended it */
  readonly filled: (symbol: string, trade: Trade | null) => void
  /** fills are missing, or came out of order: a snapshot has them all */
  readonly askSnapshot: () => void
  /** somebody else trades on this account */
  readonly reconcile: () => void
  /** the books may lack what happened before: money that moves now must wait for it */
  readonly isBehind: () => boolean
}

export class Bookings {
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #hooks: BookingsHooks

  constructor(deps: ExecutorDeps, desk: OrderDesk, hooks: BookingsHooks) {
    this.#deps = deps
    this.#desk = desk
    this.#hooks = hooks
  }

  /** A fill as reported; `isDone`: the venue says that nothing is left of its order. */
  onFill(fill: Fill, isDone: boolean): void {
    const { books } = this.#deps
    const order = books.orders.find(fill.clientOrderId)
    if (order === null && fill.at < books.beganAt) return
    if (order === null && !isForced(fill.clientOrderId)) this.#onForeign(fill)
    else if (books.knowsFill(fill.id)) return
    else if (!this.#canBook(fill, order)) {
      // it overtook the fill it reduces: a snapshot has both, in their order
      this.#hooks.askSnapshot()
    } else this.#book(fill, order, isDone)
  }

  /** Income as reported. While the books are behind a snapshot brings it, after what came before. */
  onIncome(income: Income): void {
    if (this.#hooks.isBehind()) this.#hooks.askSnapshot()
    else this.#bookIncome(income)
  }

  #bookIncome(income: Income): void {
    const { announce, books, markOf } = this.#deps
    if (income.at < books.beganAt) return
    if (!books.bookIncome(income, markOf)) return
    announce({ type: 'account.changed', at: income.at, traceId: null, data: null })
    if (income.kind === 'FUNDING' && income.symbol !== null) this.announcePosition(income.symbol, null)
  }

  /** Whatever a snapshot tells that was not told; fills of others are seen in its positions. */
  absorb(snapshot: VenueSnapshot): void {
    const { books } = this.#deps
    const early: Fill[] = []
    for (const movement of inOrder(snapshot)) {
      if ('income' in movement) {
        this.#bookIncome(movement.income)
        continue
      }
      const { fill } = movement
      const order = books.orders.find(fill.clientOrderId)
      // the venue's clock may be behind ours: what an order of ours filled is never too old
      if (order === null && fill.at < books.beganAt) continue
      if ((order === null && !isForced(fill.clientOrderId)) || books.knowsFill(fill.id)) continue
      if (this.#canBook(fill, order)) this.#book(fill, order, false)
      else early.push(fill)
    }
    // later closes were booked before them: only with the later entries is there enough to reduce
    for (const fill of early) this.#book(fill, books.orders.find(fill.clientOrderId), false)
  }

  /** `traceId`: of the position that is gone, when it is. */
  announcePosition(symbol: string, traceId: TraceId | null): void {
    const { announce, books, clock } = this.#deps
    const position = books.positions.get(symbol) ?? null
    const trace = position?.traceId ?? traceId
    const data = { symbol, position, traceId: trace }
    announce({ type: 'position.changed', at: clock.now(), traceId: trace, data })
  }

  announceTrade(trade: Trade): void {
    this.#deps.announce({ type: 'trade.executed', at: trade.closedAt, traceId: trade.traceId, data: trade })
  }

  #book(fill: Fill, order: Order | null, isDone: boolean): void {
    const { books } = this.#deps
    const reference = this.#desk.referenceOf(fill.clientOrderId)
    const booked = books.bookFill(fill, order, exitReasonOf(order))
    if (order !== null) this.#tell(order, fill, isDone)
    if (reference !== null) {
      const sign = fill.side === 'BUY' ? 1 : -1
      books.memory.filled(fill.symbol, sign * (fill.price.toNumber() / reference - 1))
    }
    this.#announce(fill.symbol, booked)
  }

  #tell(order: Order, fill: Fill, isDone: boolean): void {
    const result = this.#desk.tell(order, { kind: 'filled', fill, at: fill.at })
    if (result.outcome !== 'changed') return
    // nothing is left at the venue, but fills are missing here: an earlier one is on its way, or it was cut short
    if (isDone && isWorking(result.order.state)) this.#desk.ask(result.order)
  }

  #announce(symbol: string, { position, before, trade }: BookedFill): void {
    this.announcePosition(symbol, position?.traceId ?? before?.traceId ?? null)
    if (trade !== null) this.announceTrade(trade)
    this.#hooks.filled(symbol, trade)
  }

  /** What reduces must find what it reduces. */
  #canBook(fill: Fill, order: Order | null): boolean {
    if (order !== null && !order.reduceOnly) return true
    const position = this.#deps.books.positions.get(fill.symbol)
    return position !== undefined && closingSide(position.side) === fill.side && position.quantity.gte(fill.quantity)
  }

  #onForeign({ clientOrderId: about, symbol }: Fill): void {
    const message = `a fill on ${symbol} of an order that is not ours (${about})`
    const now = this.#deps.clock.now()
    this.#deps.announce(alarmFact(now, { severity: 'warning', code: 'foreign_fill', message, about }))
    this.#hooks.reconcile()
  }
}

type Movement = { readonly at: number } & ({ readonly fill: Fill } | { readonly income: Income })

/** As they happened; of one instant fills first. */
function inOrder({ fills, income }: VenueSnapshot): readonly Movement[] {
  const movements: Movement[] = [
    ...fills.map((fill) => ({ at: fill.at, fill })),
    ...income.map((each) => ({ at: each.at, income: each })),
  ]
  return movements.sort((one, other) => one.at - other.at)
}

const EXITS: Readonly<Partial<Record<Order['purpose'], ExitReason>>> = {
  STOP: 'STOP',
  TAKE_PROFIT: 'TAKE_PROFIT',
  TRAILING: 'TRAILING',
}

/** Why a position ends that this order closes; null: the venue's own order. */
function exitReasonOf(order: Order | null): ExitReason {
  if (order === null) return 'LIQUIDATION'
  return order.exitReason ?? EXITS[order.purpose] ?? 'FOREIGN'
}
