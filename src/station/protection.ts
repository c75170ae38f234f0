/**
 * A filled entry is never unprotected (SPEC §9). What each position should have at the venue (stop, target, trailing
 * stop, all reduce-only and of its full quantity) is compared with what it has, after every change and every few
 * seconds, in both directions; the new order is placed before the old one is cancelled. Trailing is left to the venue
 * (TRAILING_STOP_MARKET): it goes on while we are down; the fixed stop stays beside it.
 */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Order, OrderState } from '../core/model/order.ts'
import type { ExitReason, Position } from '../core/model/position.ts'
import type { Cancel } from '../core/ports/clock.ts'
import { FOREIGN } from './books.ts'
import type { Closes } from './executor-closes.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import type { OrderDesk } from './executor-desk.ts'
import { alarmFact, type Alarm } from './executor-facts.ts'
import { NakedTime } from './naked-time.ts'
import { sendProtective } from './protection-orders.ts'
import { isLive, isProtective, matches, stopCovers, wantsOf, type Want } from './protection-wants.ts'

/** What is remembered of one symbol while it has a position or protective orders. */
interface Guarded {
  /** failures in a row, by purpose */
  readonly failures: Map<string, number>
  resize: Cancel | null
  deadline: Cancel | null
  /** the trailing stop is to start at once: its activation price has been passed */
  trailsAtOnce: boolean
  /** position and orders as they were when everything was found in order */
  settled: { readonly position: Position | undefined; readonly orders: readonly Order[] } | null
}

export class Protection {
  readonly naked = new NakedTime()
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #closes: Closes
  readonly #guarded = new Map<string, Guarded>()
  /** triggered conditional orders, and whether they are stuck */
  readonly #triggered = new Map<ClientOrderId, boolean>()
  #upSince: number | null = 0

  constructor(deps: ExecutorDeps, desk: OrderDesk, closes: Closes) {
    this.#deps = deps
    this.#desk = desk
    this.#closes = closes
  }

  /** A fill changed the position: the first one is protected at once, further ones of a working entry a little later. */
  onFill(symbol: string, isEntryWorking: boolean): void {
    const position = this.#deps.books.positions.get(symbol)
    const hasStop = this.#protectives(symbol).some((order) => order.purpose === 'STOP')
    if (position === undefined || !hasStop || !isEntryWorking) this.refresh(symbol)
    else this.#resizeSoon(symbol)
  }

  /** Compares and mends one symbol. */
  refresh(symbol: string): void {
    const position = this.#deps.books.positions.get(symbol)
    if (position === undefined) {
      this.#cancelOrphans(symbol)
      return
    }
    if (position.strategyId === FOREIGN) return
    const guarded = this.#guard(symbol)
    guarded.resize?.()
    guarded.resize = null
    this.#measure(position, guarded)
    if (this.#closes.isClosing(symbol) || this.#upSince === null) return
    const isDone = wantsOf(position, guarded.trailsAtOnce).map((want) => this.#settle(position, guarded, want))
    const orders = this.#deps.books.orders.of(symbol)
    guarded.settled = isDone.every(Boolean) ? { position, orders } : null
  }

  /** Every position and every protective order; whatever is as it was found in order costs nothing. */
  sweep(): void {
    const { books } = this.#deps
    for (const symbol of this.#closes.closing) this.#closes.retry(symbol)
    for (const [symbol, position] of books.positions) {
      const settled = this.#guarded.get(symbol)?.settled
      if (settled?.position !== position || settled.orders !== books.orders.of(symbol)) this.refresh(symbol)
    }
    for (const symbol of this.#guarded.keys()) if (!books.positions.has(symbol)) this.refresh(symbol)
  }

  /** A protective order moved. */
  changed(order: Order, from: OrderState): void {
    const guarded = this.#guard(order.symbol)
    if (order.state === 'OPEN') guarded.failures.delete(order.purpose)
    const isOver = order.state === 'FILLED' || order.state === 'CANCELLED'
    if (isOver || order.state === 'EXPIRED') this.#triggered.delete(order.clientOrderId)
    if (order.state === 'SUBMITTED') this.#measureOf(order.symbol)
    else if (isFailure(order, from)) this.#onFailure(order, guarded)
    else this.refresh(order.symbol)
  }

  onTriggered(order: Order): void {
    if (this.#triggered.has(order.clientOrderId)) return
    const { clock, settings } = this.#deps
    this.#triggered.set(order.clientOrderId, false)
    clock.at(clock.now() + settings.stuckTriggerMs, () => this.#ifStuck(order))
  }

  /** While the link is down nothing is sent; the time to be protected starts anew with the link. */
  connection(isUp: boolean): void {
    this.#upSince = isUp ? this.#deps.clock.now() : null
    if (isUp) for (const symbol of this.#deps.books.positions.keys()) this.refresh(symbol)
  }

  /** A live stop of the position's full quantity stands at the venue. */
  isProtected(symbol: string): boolean {
    const position = this.#deps.books.positions.get(symbol)
    return position !== undefined && this.#isCovered(position)
  }

  /** Cancels every protective order of the symbol, for a flatten. */
  cancelAll(symbol: string): void {
    for (const order of this.#protectives(symbol)) this.#desk.cancel(order, 'flatten')
  }

  #settle(position: Position, guarded: Guarded, want: Want): boolean {
    const mine = this.#protectives(position.symbol).filter((order) => order.purpose === want.purpose)
    const fitting = mine.filter((order) => this.#fits(order, position, want))
    const live = fitting.find(isLive)
    if (live !== undefined) {
      for (const other of mine) if (other !== live) this.#desk.cancel(other, 'replaced')
      return mine.length === 1
    }
    const isOnItsWay = fitting.length > 0 || mine.some((order) => this.#triggered.get(order.clientOrderId) === false)
    const hasFailed = (guarded.failures.get(want.purpose) ?? 0) >= this.#deps.settings.protectAttempts
    const isGivenUp = hasFailed && (want.purpose !== 'STOP' || this.#isCovered(position))
    if (!isOnItsWay && !isGivenUp) this.#place(position, want)
    return false
  }

  #fits(order: Order, position: Position, want: Want): boolean {
    if (this.#desk.isCancelling(order.clientOrderId) || order.state === 'UNKNOWN') return false
    if (this.#triggered.get(order.clientOrderId) === true) return false
    return matches(order, position, want, this.#deps.instrumentOf(position.symbol))
  }

  #place(position: Position, want: Want): void {
    const sentence = sendProtective(this.#deps, this.#desk, position, want)
    if (sentence === null) return
    const message = `${position.symbol}: ${sentence}`
    this.#alarm({ severity: 'critical', code: 'protection_denied', message, about: position.symbol })
  }

  #cancelOrphans(symbol: string): void {
    const now = this.#deps.clock.now()
    const orders = this.#protectives(symbol)
    for (const order of orders) this.#desk.cancel(order, 'its position is gone')
    this.#closes.forget(symbol)
    this.naked.end(symbol, now)
    const guarded = this.#guarded.get(symbol)
    guarded?.resize?.()
    guarded?.deadline?.()
    if (orders.length === 0) this.#guarded.delete(symbol)
    else this.#guard(symbol).settled = null
  }

  #onFailure(order: Order, guarded: Guarded): void {
    const { symbol, purpose } = order
    const position = this.#deps.books.positions.get(symbol)
    if (position === undefined) {
      this.refresh(symbol)
      return
    }
    if ((order.reason ?? '').startsWith('WOULD_TRIGGER') && this.#onPassed(order, guarded)) return
    const failures = (guarded.failures.get(purpose) ?? 0) + 1
    guarded.failures.set(purpose, failures)
    if (failures < this.#deps.settings.protectAttempts) {
      this.refresh(symbol)
    } else if (purpose === 'STOP' && !this.#isCovered(position)) {
      this.#closeUnprotected(
        position,
        `${String(failures)} stops failed in a row, last: ${order.reason ?? order.state}`,
      )
    } else {
      const message = `${symbol}: ${purpose} failed ${String(failures)} times, last: ${order.reason ?? order.state}`
      this.#alarm({ severity: 'warning', code: 'protection_failed', message, about: order.clientOrderId })
      this.refresh(symbol)
    }
  }

  /** The price is beyond the trigger already: a stop or target closes now, a trailing stop starts without activation. */
  #onPassed(order: Order, guarded: Guarded): boolean {
    if (order.purpose === 'TRAILING') {
      if (guarded.trailsAtOnce) return false
      guarded.trailsAtOnce = true
      this.refresh(order.symbol)
      return true
    }
    this.#close(order.symbol, order.purpose === 'STOP' ? 'STOP' : 'TAKE_PROFIT')
    return true
  }

  #closeUnprotected(position: Position, why: string): void {
    const { symbol, traceId } = position
    const message = `${symbol} could not be protected and is being closed: ${why}`
    this.#alarm({ severity: 'critical', code: 'position_unprotected', message, about: symbol, traceId })
    this.#close(symbol, 'UNPROTECTED')
  }

  #close(symbol: string, reason: ExitReason): void {
    this.#closes.closeNow(symbol, reason, 'executor')
    this.#measureOf(symbol)
  }

  #measureOf(symbol: string): void {
    const position = this.#deps.books.positions.get(symbol)
    if (position !== undefined && position.strategyId !== FOREIGN) this.#measure(position, this.#guard(symbol))
  }

  /** Notes whether the position is naked, and sees to it that it does not stay so. */
  #measure(position: Position, guarded: Guarded): void {
    const { clock } = this.#deps
    const { symbol } = position
    const isNaked = !this.#isCovered(position)
    this.naked.note(symbol, isNaked, clock.now())
    if (!isNaked) {
      guarded.deadline?.()
      guarded.deadline = null
    } else if (guarded.deadline === null) {
      this.#watchDeadline(symbol, guarded)
    }
  }

  #watchDeadline(symbol: string, guarded: Guarded): void {
    const { clock, settings } = this.#deps
    const since = Math.max(this.naked.since(symbol) ?? 0, this.#upSince ?? clock.now())
    guarded.deadline = clock.at(since + settings.protectWithinMs, () => {
      guarded.deadline = null
      const position = this.#deps.books.positions.get(symbol)
      if (position === undefined || this.#isCovered(position) || this.#closes.isClosing(symbol)) return
      const isUpLongEnough = this.#upSince !== null && clock.now() - this.#upSince >= settings.protectWithinMs
      if (isUpLongEnough) this.#closeUnprotected(position, `no live stop for ${String(settings.protectWithinMs)} ms`)
      else if (this.#upSince !== null) this.#watchDeadline(symbol, guarded)
    })
  }

  #isCovered(position: Position): boolean {
    const instrument = this.#deps.instrumentOf(position.symbol)
    return this.#protectives(position.symbol).some(
      (order) => stopCovers(order, position, instrument) && this.#triggered.get(order.clientOrderId) !== true,
    )
  }

  #ifStuck(order: Order): void {
    const now = this.#deps.books.orders.find(order.clientOrderId)
    if (now === null || !this.#triggered.has(order.clientOrderId)) return
    if (!this.#deps.books.orders.working.has(order.clientOrderId)) return
    this.#triggered.set(order.clientOrderId, true)
    const message = `${order.symbol}: ${order.purpose} has triggered but does not fill`
    const { clientOrderId: about, traceId } = order
    this.#alarm({ severity: 'critical', code: 'stop_stuck', message, about, traceId })
    this.#desk.ask(now)
    this.refresh(order.symbol)
  }

  #resizeSoon(symbol: string): void {
    const guarded = this.#guard(symbol)
    const { clock, settings } = this.#deps
    this.#measureOf(symbol)
    guarded.resize ??= clock.at(clock.now() + settings.resizeAfterMs, () => this.refresh(symbol))
  }

  #protectives(symbol: string): readonly Order[] {
    return this.#deps.books.orders.of(symbol).filter(isProtective)
  }

  #guard(symbol: string): Guarded {
    const known = this.#guarded.get(symbol)
    if (known !== undefined) return known
    const guarded = { failures: new Map(), resize: null, deadline: null, trailsAtOnce: false, settled: null }
    this.#guarded.set(symbol, guarded)
    return guarded
  }

  #alarm(alarm: Alarm): void {
    this.#deps.announce(alarmFact(this.#deps.clock.now(), alarm))
  }
}

/** An order that is not answered counts once, whatever becomes of it. */
function isFailure({ state }: Order, from: OrderState): boolean {
  if (state === 'UNKNOWN' || state === 'EXPIRED') return true
  return (state === 'REJECTED' || state === 'FAILED') && from !== 'UNKNOWN'
}
