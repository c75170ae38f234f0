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
import type { NakedTime } from './naked-time.ts'
import { ProtectionDeadline } from './protection-deadline.ts'
import { isFailure, ProtectionFailures } from './protection-failures.ts'
import { legsOf } from './protection-legs.ts'
import { sendProtective } from './protection-orders.ts'
import { isLive, isProtective, matches, setOf, stopsCover, wantsOf, type Want } from './protection-wants.ts'
import type { ProtectionLeg } from './station-values.ts'

/** What is remembered of one symbol while it has a position or protective orders. */
interface Guarded {
  failures: ProtectionFailures
  resize: Cancel | null
  /** the trailing stop is to start at once: its activation price has been passed */
  trailsAtOnce: boolean
  /** position and orders as they were when everything was found in order */
  settled: { readonly position: Position; readonly orders: readonly Order[] } | null
  /** epoch ms of the venue's list that last showed its stop; null: none yet */
  verifiedAt: number | null
}

/** A conditional order whose price was reached. */
interface Triggered {
  readonly at: number
  /** it does not fill, and is no longer trusted */
  readonly isStuck: boolean
}

export class Protection {
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #closes: Closes
  readonly #deadline: ProtectionDeadline
  readonly #guarded = new Map<string, Guarded>()
  readonly #triggered = new Map<ClientOrderId, Triggered>()

  constructor(deps: ExecutorDeps, desk: OrderDesk, closes: Closes) {
    this.#deps = deps
    this.#desk = desk
    this.#closes = closes
    this.#deadline = new ProtectionDeadline(deps, (symbol) => this.#onOverdue(symbol))
  }

  /** The metric naked_seconds. */
  get naked(): NakedTime {
    return this.#deadline.naked
  }

  /** A fill changed the position: the first one is protected at once, further ones of a working entry a little later. */
  onFill(symbol: string, isEntryWorking: boolean): void {
    const position = this.#deps.books.positions.get(symbol)
    const hasStop = this.#protectives(symbol).some((order) => order.purpose === 'STOP')
    if (position === undefined || !hasStop || !isEntryWorking) this.refresh(symbol)
    else this.#resizeSoon(position)
  }

  /** Compares and mends one symbol. */
  refresh(symbol: string): void {
    const position = this.#deps.books.positions.get(symbol)
    if (position === undefined) this.#cancelOrphans(symbol)
    else if (position.strategyId !== FOREIGN) this.#mend(position, this.#guard(symbol))
  }

  /** Every position and every protective order; whatever is as it was found in order costs nothing. */
  sweep(): void {
    const { books } = this.#deps
    for (const symbol of this.#closes.closing) this.#closes.retry(symbol)
    for (const [symbol, position] of books.positions) {
      const guarded = this.#guarded.get(symbol)
      const isSame = guarded?.settled?.position === position && guarded.settled.orders === books.orders.of(symbol)
      if (isSame) guarded.failures.forget()
      else this.refresh(symbol)
    }
    for (const order of books.orders.working.values()) if (isProtective(order)) this.#guard(order.symbol)
    for (const symbol of this.#guarded.keys()) if (!books.positions.has(symbol)) this.refresh(symbol)
  }

  /** A protective order moved. */
  changed(order: Order, from: OrderState): void {
    const position = this.#deps.books.positions.get(order.symbol)
    const hasEnded = !this.#deps.books.orders.working.has(order.clientOrderId)
    if (hasEnded) this.#triggered.delete(order.clientOrderId)
    if (order.state === 'SUBMITTED') {
      if (position !== undefined) this.#measure(position)
      return
    }
    if (position !== undefined && isFailure(order, from) && !this.#hasPassed(order)) {
      if (order.state === 'FAILED' || !this.#deadline.isUp) {
        this.#again(position)
        return
      }
      this.#guard(order.symbol).failures.note(order)
    }
    if (hasEnded) this.#guarded.get(order.symbol)?.failures.ended(order.clientOrderId)
    this.refresh(order.symbol)
  }

  onTriggered(order: Order): void {
    const isOver = !this.#deps.books.orders.working.has(order.clientOrderId)
    if (isOver || this.#triggered.has(order.clientOrderId)) return
    const { clock, priceEveryMs, settings } = this.#deps
    this.#triggered.set(order.clientOrderId, { at: clock.now(), isStuck: false })
    const patience = Math.max(settings.stuckTriggerMs, 2 * priceEveryMs)
    clock.at(clock.now() + patience, () => this.#ifStuck(order))
  }

  /** While the link is down orders may still get through: each is tried once a sweep, and no failure counts. */
  connection(isUp: boolean): void {
    this.#deadline.connection(isUp)
    if (isUp) for (const symbol of this.#deps.books.positions.keys()) this.refresh(symbol)
  }

  /** Live stops of the position's full quantity stand at the venue. */
  isProtected(symbol: string): boolean {
    const position = this.#deps.books.positions.get(symbol)
    if (position?.strategyId === FOREIGN) return position.stopPrice.gt(0)
    return position !== undefined && this.#isCovered(position)
  }

  /** How each order that should guard the position stands at the venue, the stop first. */
  legs(position: Position): readonly ProtectionLeg[] {
    const { symbol } = position
    return legsOf(position, {
      orders: this.#protectives(symbol),
      wants: wantsOf(position, this.#guarded.get(symbol)?.trailsAtOnce ?? false),
      instrument: this.#deps.instrumentOf(symbol),
      triggeredAt: (id) => this.#triggered.get(id)?.at ?? null,
      nakedSince: this.naked.since(symbol),
    })
  }

  /** The venue's own list, held against the books, has just shown the stops. */
  verified(at: number): void {
    for (const [symbol, position] of this.#deps.books.positions) {
      if (position.strategyId !== FOREIGN && this.#isCovered(position)) this.#guard(symbol).verifiedAt = at
    }
  }

  /** Epoch ms of the venue's list that last showed the position's stop; null: none yet. */
  verifiedAt(symbol: string): number | null {
    return this.#guarded.get(symbol)?.verifiedAt ?? null
  }

  /** An order of a position that is gone is still at the venue: it would close what is opened next. */
  hasOrphans(symbol: string): boolean {
    return !this.#deps.books.positions.has(symbol) && this.#protectives(symbol).length > 0
  }

  #mend(position: Position, guarded: Guarded): void {
    guarded.resize?.()
    guarded.resize = null
    guarded.settled = null
    this.#measure(position)
    let isInOrder = true
    for (const want of wantsOf(position, guarded.trailsAtOnce)) {
      if (this.#closes.isClosing(position.symbol)) return
      isInOrder = this.#settle(position, guarded, want) && isInOrder
    }
    if (isInOrder) guarded.settled = { position, orders: this.#deps.books.orders.of(position.symbol) }
  }

  /** True when the venue holds exactly what is wanted. */
  #settle(position: Position, guarded: Guarded, want: Want): boolean {
    const instrument = this.#deps.instrumentOf(position.symbol)
    const mine = this.#protectives(position.symbol).filter((order) => order.purpose === want.purpose)
    const fitting = mine.filter((order) => this.#isTrusted(order) && matches(order, position, want, instrument))
    const live = setOf(fitting.filter(isLive), position.quantity, instrument)
    const chosen = live ?? setOf(fitting, position.quantity, instrument)
    if (live !== null) {
      for (const other of mine) if (!live.includes(other)) this.#desk.cancel(other, 'replaced')
      return live.length === mine.length
    }
    const isFilling = mine.some((order) => this.#triggered.get(order.clientOrderId)?.isStuck === false)
    // nobody can be asked now whether it arrived
    const mayHaveArrived = !this.#deadline.isUp && mine.some(({ state }) => state === 'UNKNOWN')
    if (chosen === null && !isFilling && !mayHaveArrived) this.#place(position, guarded, want)
    return false
  }

  #isTrusted({ clientOrderId: id, state }: Order): boolean {
    return state !== 'UNKNOWN' && !this.#desk.isCancelling(id) && this.#triggered.get(id)?.isStuck !== true
  }

  #place(position: Position, { failures }: Guarded, want: Want): void {
    const { symbol } = position
    if (failures.of(want.purpose) >= this.#deps.settings.protectAttempts) {
      this.#giveUp(position, failures, want)
      return
    }
    let first: ClientOrderId | null = null
    const sentence = sendProtective(this.#deps, this.#desk, position, want, (id) => failures.sent(id, (first ??= id)))
    if (sentence === null) return
    this.#alarm({ severity: 'critical', code: 'protection_denied', message: `${symbol}: ${sentence}`, about: symbol })
  }

  /** A position whose stop cannot be placed is closed; a target, or the new size of a stop that covers it, is done without. */
  #giveUp(position: Position, failures: ProtectionFailures, want: Want): void {
    const times = `failed ${failures.of(want.purpose)} times in a row, last: ${failures.last}`
    if (want.purpose === 'STOP' && !this.#isCovered(position)) this.#closeUnprotected(position, `its stop ${times}`)
    else if (failures.giveUp(want.purpose)) {
      const { symbol: about, traceId } = position
      const message = `${about}: ${want.purpose} ${times}`
      this.#alarm({
        severity: 'warning',
        code: 'protection_failed',
        message,
        about: `${about} ${want.purpose}`,
        traceId,
      })
    }
  }

  #cancelOrphans(symbol: string): void {
    const orders = this.#protectives(symbol)
    for (const order of orders) this.#desk.cancel(order, 'its position is gone')
    this.#closes.forget(symbol)
    this.#deadline.end(symbol)
    const guarded = this.#guarded.get(symbol)
    guarded?.resize?.()
    // remembered until the venue has let go of them; the next position starts with a clean slate
    if (orders.length === 0) this.#guarded.delete(symbol)
    else this.#guarded.set(symbol, Object.assign(guarded ?? cleanSlate(), cleanSlate()))
  }

  /** The price is beyond the trigger already: a stop or target closes now, a trailing stop starts without activation. */
  #hasPassed(order: Order): boolean {
    if (!(order.reason ?? '').startsWith('WOULD_TRIGGER')) return false
    const guarded = this.#guard(order.symbol)
    if (order.purpose === 'TRAILING') {
      const isNew = !guarded.trailsAtOnce
      guarded.trailsAtOnce = true
      return isNew
    }
    this.#close(order.symbol, order.purpose === 'STOP' ? 'STOP' : 'TAKE_PROFIT')
    return true
  }

  #onOverdue(symbol: string): void {
    const position = this.#deps.books.positions.get(symbol)
    if (position === undefined || this.#closes.isClosing(symbol)) return
    this.#closeUnprotected(position, `it had no live stop for ${this.#deps.settings.protectWithinMs} ms`)
  }

  #closeUnprotected(position: Position, why: string): void {
    const { symbol, traceId } = position
    const message = `${symbol} could not be protected and is being closed: ${why}`
    this.#alarm({ severity: 'critical', code: 'position_unprotected', message, about: symbol, traceId })
    this.#close(symbol, 'UNPROTECTED')
  }

  #close(symbol: string, reason: ExitReason): void {
    this.#closes.closeNow(symbol, reason, 'executor')
  }

  #measure(position: Position): void {
    if (position.strategyId !== FOREIGN) this.#deadline.measure(position, this.#isCovered(position))
  }

  #isCovered(position: Position): boolean {
    const stops = this.#protectives(position.symbol).filter(
      (each) => this.#triggered.get(each.clientOrderId)?.isStuck !== true,
    )
    return stopsCover(stops, position, this.#deps.instrumentOf(position.symbol))
  }

  /** Filling in parts is not stuck: what is left of it waits for the market, not for the venue. */
  #ifStuck(order: Order): void {
    const { clientOrderId: id, symbol, traceId } = order
    const now = this.#deps.books.orders.working.get(id)
    if (now === undefined || now.filledQuantity.gt(0)) return
    this.#triggered.set(id, { at: this.#triggered.get(id)?.at ?? order.updatedAt, isStuck: true })
    const message = `${symbol}: ${order.purpose} has triggered but does not fill`
    this.#alarm({ severity: 'critical', code: 'stop_stuck', message, about: id, traceId })
    this.#desk.ask(now)
    this.refresh(symbol)
  }

  /** It did not get through, which is no fault of the order: again soon, or with the next sweep while another stop stands. */
  #again(position: Position): void {
    if (this.#isCovered(position) || !this.#deadline.isUp) this.#measure(position)
    else this.#resizeSoon(position)
  }

  #resizeSoon(position: Position): void {
    const guarded = this.#guard(position.symbol)
    const { clock, settings } = this.#deps
    this.#measure(position)
    guarded.resize ??= clock.at(clock.now() + settings.resizeAfterMs, () => this.refresh(position.symbol))
  }

  #protectives(symbol: string): readonly Order[] {
    return this.#deps.books.orders.of(symbol).filter(isProtective)
  }

  #guard(symbol: string): Guarded {
    const known = this.#guarded.get(symbol)
    if (known !== undefined) return known
    const guarded = cleanSlate()
    this.#guarded.set(symbol, guarded)
    return guarded
  }

  #alarm(alarm: Alarm): void {
    this.#deps.announce(alarmFact(this.#deps.clock.now(), alarm))
  }
}

const cleanSlate = (): Guarded => ({
  failures: new ProtectionFailures(),
  resize: null,
  trailsAtOnce: false,
  settled: null,
  verifiedAt: null,
})
