/** A flatten proves itself (SPEC §3): halt entries, cancel everything, close, ask the venue until it shows zero, report. */
import { type Exact, ZERO } from '../core/model/decimal.ts'
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { Order } from '../core/model/order.ts'
import type { Position } from '../core/model/position.ts'
import type { Side } from '../core/model/signal.ts'
import type { Cancel } from '../core/ports/clock.ts'
import type { VenuePosition, VenueSnapshot } from '../core/ports/venue.ts'
import { FOREIGN } from './books.ts'
import type { Closes } from './executor-closes.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import type { Entries } from './executor-entries.ts'
import { alarmFact } from './executor-facts.ts'
import type { Protection } from './protection.ts'
import type { FlattenLine, FlattenReport } from './station-values.ts'

export interface FlattenDeps extends ExecutorDeps {
  readonly entries: Entries
  readonly closes: Closes
  readonly protection: Protection
  /** asks for a snapshot, which comes back through `onSnapshot` once its fills are booked */
  readonly askSnapshot: () => void
}

interface Wish {
  readonly traceId: TraceId
  readonly actor: string
  /** what no order of ours opened is closed too, whatever the settings say */
  readonly withForeign: boolean
  /** told the report once the venue shows zero, or when it is given up */
  readonly done: (report: FlattenReport) => void
}

interface Run extends Omit<Wish, 'withForeign'> {
  withForeign: boolean
  readonly startedAt: number
  readonly cancelled: readonly ClientOrderId[]
  readonly closings: Map<string, Closing>
  untouched: FlattenReport['untouched']
  proof: FlattenReport['proof']
}

/** One position that is being closed, and the orders that do it. */
interface Closing {
  readonly side: Side
  readonly quantity: Exact
  readonly orders: Map<ClientOrderId, Order>
  attempts: number
}

export class Flatten {
  readonly #deps: FlattenDeps
  #run: Run | null = null
  #timer: Cancel | null = null
  #last: FlattenReport | null = null

  constructor(deps: FlattenDeps) {
    this.#deps = deps
  }

  /** While one is under way no entry is taken. */
  get isRunning(): boolean {
    return this.#run !== null
  }

  /** The last one's report, of one under way as it stands. */
  get last(): FlattenReport | null {
    return this.#last
  }

  /** One at a time. */
  begin(wish: Wish): boolean {
    if (this.#run !== null) return false
    const { actor, traceId, withForeign } = wish
    const { books, clock, entries, closes, settings } = this.#deps
    const working = [...books.orders.working.values()].filter((order) => order.purpose !== 'CLOSE')
    const held = [...books.positions.values()].filter((position) => this.#isMeant(position.strategyId, withForeign))
    const others = [...books.positions.values()].filter((position) => !held.includes(position))
    const cancelled = working.map((order) => order.clientOrderId)
    const base = { ...wish, startedAt: clock.now(), cancelled, untouched: others.map(pick) }
    this.#run = { ...base, closings: new Map(), proof: null }
    for (const position of held) this.#noteClosing(position)
    this.#last = this.#report(held.map(pick), null)
    entries.cancelWhere(() => true, 'flatten')
    // stops stand until their position is gone: a close may take a while to get through
    for (const { symbol } of held) closes.closeNow(symbol, 'FLATTEN', actor)
    this.#look()
    clock.at(clock.now() + settings.flattenGiveUpMs, () => this.#giveUp(traceId))
    return true
  }

  /** One that is under way closes what is not ours from its next look on; nothing where none is. */
  widen(): void {
    if (this.#run === null) return
    this.#run.withForeign = true
    this.#run.untouched = []
  }

  /** An order that closes moved. */
  changed(order: Order): void {
    const closing = this.#run?.closings.get(order.symbol)
    if (closing === undefined) return
    closing.orders.set(order.clientOrderId, order)
    closing.attempts = Math.max(closing.attempts, this.#deps.closes.attemptsOf(order.symbol))
  }

  /** The venue's truth. */
  onSnapshot(snapshot: VenueSnapshot): void {
    const run = this.#run
    if (run === null || snapshot.at < run.startedAt) return
    const remaining = this.#remaining(snapshot.positions)
    const ours = snapshot.openOrders.filter((order) => this.#deps.books.orders.find(order.clientOrderId) !== null)
    run.proof = { at: snapshot.at, positions: remaining.length, openOrders: ours.length }
    this.#last = this.#report(remaining, null)
    if (remaining.length === 0 && ours.length === 0) this.#finish(remaining, this.#deps.clock.now() - run.startedAt)
  }

  #look(): void {
    const { clock, settings, closes, entries } = this.#deps
    this.#deps.askSnapshot()
    this.#timer = clock.at(clock.now() + settings.flattenAskMs, () => {
      // a late fill may have opened something since
      entries.cancelWhere(() => true, 'flatten')
      for (const [symbol, position] of this.#deps.books.positions) {
        if (!this.#isMeant(position.strategyId)) continue
        this.#noteClosing(position)
        closes.closeNow(symbol, 'FLATTEN', this.#run?.actor ?? 'flatten')
        closes.retry(symbol)
      }
      this.#look()
    })
  }

  /** What a late fill opened is closed too, and the report says so. */
  #noteClosing({ symbol, side, quantity }: Position): void {
    const run = this.#run
    if (run === null || run.closings.has(symbol)) return
    run.closings.set(symbol, { side, quantity, orders: new Map(), attempts: 0 })
    for (const order of this.#deps.books.orders.of(symbol)) if (order.purpose === 'CLOSE') this.changed(order)
  }

  #isMeant(strategyId: string, withForeign = this.#run?.withForeign === true): boolean {
    return withForeign || this.#deps.settings.flattenForeign || strategyId !== FOREIGN
  }

  #remaining(positions: readonly VenuePosition[]): FlattenReport['remaining'] {
    const { books } = this.#deps
    return positions
      .filter(({ quantity }) => quantity.gt(0))
      .filter(({ symbol }) => this.#isMeant(books.positions.get(symbol)?.strategyId ?? 'flatten'))
      .map(pick)
  }

  #giveUp(traceId: TraceId): void {
    if (this.#run?.traceId !== traceId) return
    const { announce, clock, closes, protection } = this.#deps
    const remaining = this.#last?.remaining ?? []
    const symbols = remaining.map(({ symbol }) => symbol)
    const message = `not flat: ${symbols.length === 0 ? 'the venue did not answer' : symbols.join(', ')}`
    const alarm = { severity: 'critical', code: 'flatten_not_proven', message, about: traceId, traceId } as const
    announce(alarmFact(clock.now(), alarm))
    this.#finish(remaining, null)
    for (const symbol of closes.closing) {
      closes.forget(symbol)
      protection.refresh(symbol)
    }
  }

  #finish(remaining: FlattenReport['remaining'], flatAfterMs: number | null): void {
    const run = this.#run
    if (run === null) return
    this.#timer?.()
    this.#timer = null
    const report = { ...this.#report(remaining, this.#deps.clock.now()), flatAfterMs, proven: flatAfterMs !== null }
    this.#last = report
    this.#run = null
    run.done(report)
  }

  #report(remaining: FlattenReport['remaining'], finishedAt: number | null): FlattenReport {
    const run = this.#run as Run
    const { traceId, startedAt, cancelled, closings, untouched, proof } = run
    const closed = [...closings].map(([symbol, closing]) => this.#lineOf(symbol, closing, startedAt))
    const retries = [...closings.values()].reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0)
    const base = { traceId, startedAt, finishedAt, flatAfterMs: null, cancelled, closed, remaining }
    return { ...base, untouched, retries, proof, proven: false }
  }

  #lineOf(symbol: string, { side, quantity, orders }: Closing, startedAt: number): FlattenLine {
    const filled = [...orders.values()].filter((order) => order.filledQuantity.gt(0))
    const filledQuantity = filled.reduce((sum, order) => sum.plus(order.filledQuantity), ZERO)
    const paid = filled.reduce((sum, order) => sum.plus(order.filledQuantity.times(order.averagePrice)), ZERO)
    const isOpen = this.#deps.books.positions.has(symbol) || filled.length === 0
    return {
      symbol,
      side,
      quantity,
      clientOrderIds: [...orders.keys()],
      filledQuantity,
      fillPrice: filledQuantity.gt(0) ? paid.div(filledQuantity) : null,
      closedAfterMs: isOpen ? null : Math.max(...filled.map(({ updatedAt }) => updatedAt)) - startedAt,
    }
  }
}

const pick = ({ symbol, quantity }: { readonly symbol: string; readonly quantity: Exact }) => ({ symbol, quantity })
