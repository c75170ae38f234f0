/**
 * Carries out what the risk guard approved and books what the venue reports: orders, protection, closes, reconciliation,
 * flatten. Event driven; nothing runs while nothing is open but the reconciliation of every minute.
 */
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { CloseIntent, EntryIntent, ProtectIntent } from '../core/model/intent.ts'
import type { Fill, Order, OrderState } from '../core/model/order.ts'
import type { ExitReason } from '../core/model/position.ts'
import { isWorking } from '../core/order/transitions.ts'
import type { Cancel } from '../core/ports/clock.ts'
import { LIQUIDATION_PREFIX, type VenueReport, type VenueSnapshot } from '../core/ports/venue.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import type { BookedFill } from './books.ts'
import { Closes } from './executor-closes.ts'
import { correct } from './executor-corrections.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import { OrderDesk } from './executor-desk.ts'
import { Entries } from './executor-entries.ts'
import { alarmFact, type Alarm } from './executor-facts.ts'
import type { FlattenReport } from './facade.ts'
import { Flatten } from './flatten.ts'
import { isProtective } from './protection-wants.ts'
import { Protection } from './protection.ts'
import { Reconciler, type ReconcileResult } from './reconciler.ts'

export interface ExecutorHooks {
  /** after every reconciliation that was carried through */
  readonly onReconciled?: (result: ReconcileResult) => void
}

export class Executor {
  readonly protection: Protection
  readonly reconciler: Reconciler
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #entries: Entries
  readonly #closes: Closes
  readonly #flatten: Flatten
  #sweep: Cancel | null = null
  #isUp = true

  constructor(deps: ExecutorDeps, hooks: ExecutorHooks = {}) {
    this.#deps = deps
    this.#desk = new OrderDesk(deps, {
      changed: (order, from) => this.#onOrder(order, from),
      answered: (order) => this.#onAnswered(order),
      fillsMissing: () => this.reconciler.askSnapshot(),
    })
    this.#entries = new Entries(deps, this.#desk)
    this.#closes = new Closes(deps, this.#desk)
    this.protection = new Protection(deps, this.#desk, this.#closes)
    this.reconciler = new Reconciler(deps, this.#desk, {
      done: (result) => this.#onReconciled(result, hooks),
      correct: (difference, snapshot) => this.#onCorrected(difference.symbol, correct(deps, difference, snapshot)),
    })
    const { entries, closes, protection } = {
      entries: this.#entries,
      closes: this.#closes,
      protection: this.protection,
    }
    const askSnapshot = (): void => this.reconciler.askSnapshot()
    this.#flatten = new Flatten({ ...deps, entries, closes, protection, askSnapshot })
  }

  /** After the books are loaded and the venue is connected: takes up what was under way and reconciles. */
  start(): void {
    this.#entries.resume()
    this.reconciler.begin()
    this.#watch()
  }

  stop(): void {
    this.reconciler.stop()
    this.#sweep?.()
    this.#sweep = null
  }

  /** Why no entry may be made now; null: nothing of the executor stands against it. */
  get entriesOff(): string | null {
    if (!this.#isUp) return 'the venue is not connected'
    if (this.reconciler.doneAt === null) return 'books and venue are not reconciled yet'
    if (this.#flatten.isRunning) return 'a flatten is under way'
    return null
  }

  /** A position, an order at work or of unknown fate, an entry between its steps, or a frozen symbol takes no entry. */
  isBusy(symbol: string): boolean {
    const { books } = this.#deps
    if (books.positions.has(symbol) || books.orders.of(symbol).length > 0) return true
    return books.frozen.has(symbol) || this.#entries.isPending(symbol)
  }

  /** The client id of the (first) order sent; null: nothing was sent, because it was before or because entries are off. */
  execute(approved: Approved): ClientOrderId | null {
    const { intent } = approved
    switch (intent.kind) {
      case 'ENTRY':
        return this.#enter(approved as Approved<EntryIntent>)
      case 'CLOSE':
        return this.#close(approved as Approved<CloseIntent>)
      case 'PROTECT':
        return this.#moveProtection(approved as Approved<ProtectIntent>)
      case 'CANCEL':
        return this.#cancel(intent.clientOrderId, intent.actor)
    }
  }

  /** Cancels resting entries, second steps included, on a policy change or an emergency. */
  cancelEntries(isMeant: (order: Order) => boolean, reason: string): void {
    this.#entries.cancelWhere(isMeant, reason)
  }

  /** Closes the whole position and keeps at it; false: there is none. */
  closePosition(symbol: string, reason: ExitReason, actor: string): boolean {
    if (!this.#deps.books.positions.has(symbol)) return false
    this.#cancelEntriesOn(symbol, 'its position is being closed')
    this.#closes.closeNow(symbol, reason, actor)
    return true
  }

  /** False: one is under way already. */
  flatten(traceId: TraceId, actor: string, done: (report: FlattenReport) => void): boolean {
    return this.#flatten.begin(traceId, actor, done)
  }

  get lastFlatten(): FlattenReport | null {
    return this.#flatten.last
  }

  onReport(report: VenueReport): void {
    switch (report.kind) {
      case 'filled':
        this.#onFill(report.fill, report.done)
        break
      case 'income':
        this.#onIncome(report)
        break
      case 'snapshot':
        this.#onSnapshot(report.snapshot)
        break
      case 'connection':
        this.#onConnection(report.up)
        break
      case 'liquidated':
        this.#onLiquidated(report.symbol)
        break
      case 'triggered':
      case 'cancelRefused':
      case 'status':
      case 'accepted':
      case 'rejected':
      case 'cancelled':
      case 'expired':
      case 'undelivered':
        this.#onOrderReport(report)
        break
    }
    this.#watch()
  }

  #enter(approved: Approved<EntryIntent>): ClientOrderId | null {
    if (this.entriesOff !== null) {
      this.#deps.reservations.release(approved.intent.id)
      return null
    }
    const id = this.#entries.start(approved)
    this.#watch()
    return id
  }

  #close(approved: Approved<CloseIntent>): ClientOrderId | null {
    this.#cancelEntriesOn(approved.intent.symbol, 'its position is being closed')
    return this.#closes.close(approved)
  }

  /** The position remembers where its stop or target belongs; the new order is placed before the old is cancelled. */
  #moveProtection({ intent, triggerPrice }: Approved<ProtectIntent>): null {
    const { books } = this.#deps
    const position = books.positions.get(intent.symbol)
    if (position === undefined) return null
    const moved =
      intent.type === 'TRAILING_STOP_MARKET'
        ? { ...position, trailing: intent.trailing }
        : intent.type === 'STOP_MARKET'
          ? { ...position, stopPrice: triggerPrice ?? position.stopPrice }
          : { ...position, takeProfitPrice: triggerPrice }
    books.setPosition(intent.symbol, moved)
    this.#announcePosition(intent.symbol, moved.traceId)
    this.protection.refresh(intent.symbol)
    return null
  }

  #cancel(id: ClientOrderId, actor: string): ClientOrderId | null {
    const order = this.#deps.books.orders.find(id)
    if (order === null) return null
    const reason = `cancelled by ${actor}`
    if (order.purpose === 'ENTRY') this.#entries.cancelWhere((entry) => entry.clientOrderId === id, reason)
    else this.#desk.cancel(order, reason)
    return id
  }

  #onOrderReport(report: Exclude<VenueReport, { kind: Handled }>): void {
    const order = this.#deps.books.orders.find(report.clientOrderId)
    if (order === null) return
    switch (report.kind) {
      case 'triggered':
        this.protection.onTriggered(order)
        break
      case 'cancelRefused':
        this.#desk.ask(order)
        break
      case 'status':
        this.#desk.status(order, report.order, report.at)
        break
      case 'accepted':
      case 'rejected':
      case 'cancelled':
      case 'expired':
      case 'undelivered':
        this.#desk.tell(order, report)
        break
    }
  }

  #onOrder(order: Order, from: OrderState): void {
    if (order.purpose === 'ENTRY') {
      if (order.state === 'REJECTED') this.#deps.books.memory.rejected(order, order.updatedAt)
      else if (from === 'SUBMITTED' && order.venueOrderId !== null) this.#deps.books.memory.accepted(order)
      this.#entries.changed(order)
    } else if (order.purpose === 'CLOSE') {
      if (from !== 'INTENT') this.#closes.changed(order)
    } else if (isProtective(order)) {
      this.protection.changed(order, from)
    }
    const isGoneAtVenue = order.state === 'REJECTED' && (order.reason ?? '').startsWith('REDUCE_ONLY')
    if (isGoneAtVenue) this.reconciler.begin()
  }

  #onAnswered(order: Order): void {
    this.#entries.answered(order)
    this.reconciler.answered(order)
  }

  #onFill(fill: Fill, isDone: boolean, isFromSnapshot = false): void {
    const { books } = this.#deps
    const order = books.orders.find(fill.clientOrderId)
    const isVenues = fill.clientOrderId.startsWith(LIQUIDATION_PREFIX)
    if (order === null && !isVenues) {
      if (!isFromSnapshot) this.#onForeignFill(fill)
      return
    }
    const reference = this.#desk.referenceOf(fill.clientOrderId)
    const booked = books.bookFill(fill, order, exitReasonOf(order))
    if (booked === null) return
    if (order !== null) this.#tellFill(order, fill, isDone)
    if (order !== null && reference !== null) {
      const sign = fill.side === 'BUY' ? 1 : -1
      books.memory.filled(fill.symbol, sign * (fill.price.toNumber() / reference - 1))
    }
    this.#afterFill(fill.symbol, booked)
  }

  #tellFill(order: Order, fill: Fill, isDone: boolean): void {
    const result = this.#desk.tell(order, { kind: 'filled', fill, at: fill.at })
    if (result.outcome !== 'changed') return
    // nothing is left at the venue, but fills are missing here: an earlier one is on its way, or it was cut short
    if (isDone && isWorking(result.order.state)) this.#desk.ask(result.order)
  }

  #afterFill(symbol: string, { position, before, trade }: BookedFill): void {
    const { announce, books } = this.#deps
    const traceId = position?.traceId ?? before?.traceId ?? null
    this.#announcePosition(symbol, traceId)
    if (trade !== null) {
      this.#cancelEntriesOn(symbol, 'its position was closed')
      announce({ type: 'trade.executed', at: trade.closedAt, traceId: trade.traceId, data: trade })
    }
    const isEntryWorking = books.orders.of(symbol).some((order) => order.purpose === 'ENTRY')
    this.protection.onFill(symbol, isEntryWorking)
  }

  /** Somebody else trades on this account: the venue's positions tell what came of it. */
  #onForeignFill(fill: Fill): void {
    const { clientOrderId: about, symbol } = fill
    const message = `a fill on ${symbol} of an order that is not ours (${about})`
    this.#alarm({ severity: 'warning', code: 'foreign_fill', message, about })
    this.reconciler.begin()
  }

  #onIncome({ income }: Extract<VenueReport, { kind: 'income' }>): void {
    const { announce, books, markOf } = this.#deps
    if (!books.bookIncome(income, markOf)) return
    announce({ type: 'account.changed', at: income.at, traceId: null, data: null })
    if (income.kind === 'FUNDING' && income.symbol !== null) this.#announcePosition(income.symbol, null)
  }

  #onSnapshot(snapshot: VenueSnapshot): void {
    for (const income of snapshot.income) this.#onIncome({ kind: 'income', income, at: snapshot.at })
    for (const fill of snapshot.fills) this.#onFill(fill, false, true)
    this.reconciler.onSnapshot(snapshot)
    this.#flatten.onSnapshot(snapshot)
  }

  #onConnection(isUp: boolean): void {
    if (isUp === this.#isUp) return
    this.#isUp = isUp
    this.#desk.connection(isUp)
    this.protection.connection(isUp)
    this.reconciler.invalidate()
    if (isUp) this.reconciler.begin()
  }

  #onLiquidated(symbol: string): void {
    const message = `${symbol} was liquidated by the venue`
    this.#alarm({ severity: 'critical', code: 'liquidated', message, about: symbol })
    this.reconciler.begin()
  }

  #onReconciled(result: ReconcileResult, hooks: ExecutorHooks): void {
    this.protection.sweep()
    hooks.onReconciled?.(result)
  }

  #onCorrected(symbol: string | null, trade: ReturnType<typeof correct>): void {
    const { announce, clock } = this.#deps
    if (symbol === null) announce({ type: 'account.changed', at: clock.now(), traceId: null, data: null })
    else this.#announcePosition(symbol, trade?.traceId ?? null)
    if (trade !== null) announce({ type: 'trade.executed', at: trade.closedAt, traceId: trade.traceId, data: trade })
  }

  #cancelEntriesOn(symbol: string, reason: string): void {
    this.#entries.cancelWhere((order) => order.symbol === symbol, reason)
  }

  #announcePosition(symbol: string, traceId: TraceId | null): void {
    const { announce, books, clock } = this.#deps
    const position = books.positions.get(symbol) ?? null
    const trace = position?.traceId ?? traceId
    announce({
      type: 'position.changed',
      at: clock.now(),
      traceId: trace,
      data: { symbol, position, traceId: trace },
    })
  }

  /** Sweeps while anything is held or on its way. */
  #watch(): void {
    const { books, clock, settings } = this.#deps
    if (this.#sweep !== null || (books.positions.size === 0 && books.orders.working.size === 0)) return
    this.#sweep = clock.at(clock.now() + settings.sweepMs, () => {
      this.#sweep = null
      this.protection.sweep()
      this.#watch()
    })
  }

  #alarm(alarm: Alarm): void {
    this.#deps.announce(alarmFact(this.#deps.clock.now(), alarm))
  }
}

/** Kinds of reports that do not concern one order's state. */
type Handled = 'filled' | 'income' | 'snapshot' | 'connection' | 'liquidated'

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
