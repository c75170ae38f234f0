/**
 * Carries out what the risk guard approved and books what the venue reports: orders, protection, closes, reconciliation,
 * flatten. Event driven; nothing runs while nothing is open but the reconciliation of every minute.
 */
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { CloseIntent, EntryIntent, ProtectIntent } from '../core/model/intent.ts'
import type { Order, OrderState } from '../core/model/order.ts'
import type { ExitReason, Trade } from '../core/model/position.ts'
import type { Cancel, Clock } from '../core/ports/clock.ts'
import type { VenueReport, VenueSnapshot } from '../core/ports/venue.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import { FOREIGN } from './books.ts'
import { DeadMansSwitch } from './dead-mans-switch.ts'
import { Bookings } from './executor-bookings.ts'
import { Closes } from './executor-closes.ts'
import { correct } from './executor-corrections.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import { OrderDesk } from './executor-desk.ts'
import { Entries } from './executor-entries.ts'
import { alarmFact } from './executor-facts.ts'
import { ForeignDesk } from './executor-foreign.ts'
import { Flatten } from './flatten.ts'
import { isProtective } from './protection-wants.ts'
import { Protection } from './protection.ts'
import { Reconciler, type ReconcileResult } from './reconciler.ts'
import type { FlattenReport } from './station-values.ts'

export interface ExecutorHooks {
  /** after every reconciliation that was carried through */
  readonly onReconciled?: (result: ReconcileResult) => void
}

export class Executor {
  readonly protection: Protection
  readonly reconciler: Reconciler
  readonly foreign: ForeignDesk
  readonly deadMan: DeadMansSwitch
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #entries: Entries
  readonly #closes: Closes
  readonly #bookings: Bookings
  readonly #flatten: Flatten
  #sweep: Cancel | null = null
  #isUp = true
  #isStopped = false

  constructor(given: ExecutorDeps, hooks: ExecutorHooks = {}) {
    const deps = { ...given, clock: this.#whileRunning(given.clock) }
    this.#deps = deps
    this.#desk = new OrderDesk(deps, {
      changed: (order, from) => this.#onOrder(order, from),
      answered: (order) => this.#onAnswered(order),
      fillsMissing: () => this.reconciler.askSnapshot(),
    })
    this.#entries = new Entries(deps, this.#desk)
    this.#closes = new Closes(deps, this.#desk)
    this.#bookings = new Bookings(deps, this.#desk, {
      filled: (symbol, trade) => this.#onFilled(symbol, trade),
      askSnapshot: () => this.reconciler.askSnapshot(),
      reconcile: () => this.reconciler.beginSoon(),
      isBehind: () => this.reconciler.doneAt === null,
    })
    this.protection = new Protection(deps, this.#desk, this.#closes)
    this.foreign = new ForeignDesk(deps, (symbol) => this.#bookings.announcePosition(symbol, null))
    this.deadMan = new DeadMansSwitch({
      ...deps,
      resting: () => deps.books.restingEntries(),
      isShared: (symbol) => this.foreign.isOn(symbol),
    })
    this.reconciler = new Reconciler(deps, this.#desk, {
      foreignOrders: (orders) => this.foreign.list(orders),
      triggered: (order) => this.protection.onTriggered(order),
      done: (result) => this.#onReconciled(result, hooks),
      correct: (difference, snapshot) => this.#onCorrected(difference.symbol, correct(deps, difference, snapshot)),
    })
    const rooms = { entries: this.#entries, closes: this.#closes, protection: this.protection }
    const askSnapshot = (): void => this.reconciler.askSnapshot(true)
    this.#flatten = new Flatten({ ...deps, ...rooms, askSnapshot })
  }

  /** After the books are loaded and the venue is connected: takes up what was under way and reconciles. */
  start(): void {
    this.#deps.books.begin(this.#deps.clock.now())
    this.#entries.resume()
    this.#desk.resume()
    this.deadMan.look()
    this.reconciler.begin()
    this.#watch()
  }

  /** From now on it does nothing by itself any more. */
  stop(): void {
    this.#isStopped = true
    this.reconciler.stop()
    this.#sweep?.()
    this.#sweep = null
  }

  /** The venue is connected. */
  get isUp(): boolean {
    return this.#isUp
  }

  /** Why no entry may be made now; null: nothing of the executor stands against it. */
  get entriesOff(): string | null {
    if (!this.#isUp) return 'the venue is not connected'
    if (this.reconciler.doneAt === null) return 'books and venue are not reconciled yet'
    if (this.#flatten.isRunning) return 'a flatten is under way'
    return null
  }

  /** The same for one symbol. */
  entriesOffOn(symbol: string): string | null {
    const off = this.entriesOff ?? this.#deps.books.frozen.get(symbol)?.reason
    if (off !== undefined) return off
    if (this.protection.hasOrphans(symbol)) return `an order of the last position on ${symbol} is still being cancelled`
    return this.foreign.isOn(symbol) ? `an order that is not ours rests on ${symbol}` : null
  }

  /** A position, an order at work or of unknown fate, an entry between its steps, or a frozen symbol takes no entry. */
  isBusy(symbol: string): boolean {
    const { books } = this.#deps
    if (books.positions.has(symbol) || books.orders.of(symbol).length > 0) return true
    return books.frozen.has(symbol) || this.#entries.isPending(symbol) || this.foreign.isOn(symbol)
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

  /** Moves a resting entry: it is cancelled, and what is left sent anew through the guard. False: it does not rest. */
  replaceEntry(id: ClientOrderId, next: EntryIntent): boolean {
    return this.#entries.replace(id, next, `replaced by ${next.actor}`)
  }

  /** Closes the whole position and keeps at it; false: there is none. */
  closePosition(symbol: string, reason: ExitReason, actor: string): boolean {
    if (!this.#deps.books.positions.has(symbol)) return false
    this.#cancelEntriesOn(symbol, 'its position is being closed')
    this.#closes.closeNow(symbol, reason, actor)
    return true
  }

  /** False: one is under way already. */
  flatten(traceId: TraceId, actor: string, done: (report: FlattenReport) => void, withForeign = false): boolean {
    return this.#flatten.begin({ traceId, actor, withForeign, done })
  }

  /** One that is under way closes what is not ours too. */
  widenFlatten(): void {
    this.#flatten.widen()
  }

  /** Why a flatten could not be carried out now; null: it could. */
  get flattenObstacle(): string | null {
    if (!this.#isUp) return 'the venue is not connected'
    return this.#flatten.isRunning ? 'a flatten is under way' : null
  }

  get lastFlatten(): FlattenReport | null {
    return this.#flatten.last
  }

  onReport(report: VenueReport): void {
    switch (report.kind) {
      case 'filled':
        this.#bookings.onFill(report.fill, report.done)
        break
      case 'income':
        this.#bookings.onIncome(report.income)
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
    const { id: intentId, symbol } = approved.intent
    const id = this.entriesOff === null ? this.#entries.start(approved) : null
    // what was not sent reserves nothing, unless an earlier order of this very intent is on its way
    if (id === null && !this.#entries.isPending(symbol)) this.#deps.reservations.release(intentId)
    this.#watch()
    return id
  }

  #close(approved: Approved<CloseIntent>): ClientOrderId | null {
    this.#cancelEntriesOn(approved.intent.symbol, 'its position is being closed')
    return this.#closes.close(approved)
  }

  /** The position remembers where its stop or target belongs; the new order is placed before the old is cancelled. */
  #moveProtection({ intent, triggerPrice, policyVersion }: Approved<ProtectIntent>): null {
    const { books } = this.#deps
    const held = books.positions.get(intent.symbol)
    if (held === undefined) return null
    const position =
      held.strategyId === FOREIGN ? this.foreign.adopted({ intent, triggerPrice, policyVersion }, held) : held
    const moved =
      intent.type === 'TRAILING_STOP_MARKET'
        ? { ...position, trailing: intent.trailing }
        : intent.type === 'STOP_MARKET'
          ? { ...position, stopPrice: triggerPrice ?? position.stopPrice }
          : { ...position, takeProfitPrice: triggerPrice }
    books.setPosition(intent.symbol, moved)
    this.#bookings.announcePosition(intent.symbol, moved.traceId)
    this.protection.refresh(intent.symbol)
    return null
  }

  #cancel(id: ClientOrderId, actor: string): ClientOrderId | null {
    const order = this.#deps.books.orders.find(id)
    if (order === null) return this.#cancelForeign(id)
    const reason = `cancelled by ${actor}`
    if (order.purpose === 'ENTRY') this.#entries.cancelWhere((entry) => entry.clientOrderId === id, reason)
    else this.#desk.cancel(order, reason)
    return id
  }

  /** Nobody reports to us what becomes of it: the venue is looked at again. */
  #cancelForeign(id: ClientOrderId): ClientOrderId | null {
    const order = this.foreign.find(id)
    if (order === null) return null
    this.#deps.venue.cancel(order.symbol, id)
    this.reconciler.begin()
    return id
  }

  #onOrderReport(report: Exclude<VenueReport, { kind: Handled }>): void {
    const order = this.#deps.books.orders.find(report.clientOrderId)
    if (order === null) {
      if (report.kind === 'cancelled' || report.kind === 'expired') this.foreign.ended(report.clientOrderId)
      return
    }
    switch (report.kind) {
      case 'triggered':
        this.protection.onTriggered(order)
        break
      case 'cancelRefused':
        this.#desk.ask(order)
        break
      case 'status':
        if (report.order?.isTriggered === true) this.protection.onTriggered(order)
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
      this.deadMan.look()
    } else if (order.purpose === 'CLOSE') {
      this.#flatten.changed(order)
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

  #onFilled(symbol: string, trade: Trade | null): void {
    if (trade !== null) this.#cancelEntriesOn(symbol, 'its position was closed')
    const isEntryWorking = this.#deps.books.orders.of(symbol).some((order) => order.purpose === 'ENTRY')
    this.protection.onFill(symbol, isEntryWorking)
  }

  #onSnapshot(snapshot: VenueSnapshot): void {
    this.#bookings.absorb(snapshot)
    this.reconciler.onSnapshot(snapshot)
    this.#flatten.onSnapshot(snapshot)
  }

  #onConnection(isUp: boolean): void {
    if (isUp === this.#isUp) return
    this.#isUp = isUp
    this.#desk.connection(isUp)
    this.protection.connection(isUp)
    this.deadMan.connection(isUp)
    this.reconciler.invalidate()
    if (isUp) this.reconciler.begin()
  }

  #onLiquidated(symbol: string): void {
    const message = `${symbol} was liquidated by the venue`
    const now = this.#deps.clock.now()
    this.#deps.announce(alarmFact(now, { severity: 'critical', code: 'liquidated', message, about: symbol }))
    this.reconciler.begin()
  }

  #onReconciled(result: ReconcileResult, hooks: ExecutorHooks): void {
    this.protection.sweep()
    this.protection.verified(result.at)
    this.foreign.look()
    this.deadMan.look()
    hooks.onReconciled?.(result)
  }

  #onCorrected(symbol: string | null, trade: Trade | null): void {
    const { announce, clock } = this.#deps
    if (symbol === null) announce({ type: 'account.changed', at: clock.now(), traceId: null, data: null })
    else this.#bookings.announcePosition(symbol, trade?.traceId ?? null)
    if (trade !== null) this.#bookings.announceTrade(trade)
  }

  #cancelEntriesOn(symbol: string, reason: string): void {
    this.#entries.cancelWhere((order) => order.symbol === symbol, reason)
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

  #whileRunning(clock: Clock): Clock {
    const unlessStopped = (wake: () => void) => (): void => {
      if (!this.#isStopped) wake()
    }
    return { now: () => clock.now(), at: (time, wake) => clock.at(time, unlessStopped(wake)) }
  }
}

/** Kinds of reports that do not concern one order's state. */
type Handled = 'filled' | 'income' | 'snapshot' | 'connection' | 'liquidated'
