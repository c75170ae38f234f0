/**
 * Holds the books against the venue at start, after every reconnect and every minute. The position endpoint is the truth
 * (SPEC §9): missing fills and income are booked by the executor before, orders are settled by what the venue says, and
 * what then still differs in two looks in a row is corrected and told.
 */
import { exact, type Exact } from '../core/model/decimal.ts'
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Order } from '../core/model/order.ts'
import type { Cancel } from '../core/ports/clock.ts'
import type { VenueOrder, VenueSnapshot } from '../core/ports/venue.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import type { OrderDesk } from './executor-desk.ts'
import { alarmFact } from './executor-facts.ts'
import { balanceDifference, positionDifferences, type Difference } from './reconciler-differences.ts'

export interface ReconcileResult {
  readonly at: number
  /** nothing differed */
  readonly ok: boolean
  readonly differences: readonly Difference[]
}

export interface ReconcilerHooks {
  /** orders at the venue that are not ours, at every look */
  readonly foreignOrders: (orders: readonly VenueOrder[]) => void
  /** the venue's list shows a conditional order of ours that has triggered, whether or not its event was told */
  readonly triggered: (order: Order) => void
  /** books and venue agree (again) */
  readonly done: (result: ReconcileResult) => void
  /** mends one difference in the books */
  readonly correct: (difference: Difference, snapshot: VenueSnapshot) => void
}

/** One reconciliation under way. */
interface Run {
  readonly startedAt: number
  /** when the snapshot was last asked for */
  askedAt: number
  /** orders whose fate the venue was asked for */
  readonly asked: Set<ClientOrderId>
  readonly differences: Difference[]
  hasSnapshot: boolean
  snapshotAt: number
}

export class Reconciler {
  readonly #deps: ExecutorDeps
  readonly #desk: OrderDesk
  readonly #hooks: ReconcilerHooks
  /** differences of the last look: what the venue showed, by what it is about */
  #suspects = new Map<string, string>()
  #run: Run | null = null
  #timer: Cancel | null = null
  #lastDoneAt: number | null = null
  #last: ReconcileResult | null = null
  /** epoch ms of the last snapshot with which books and venue agreed */
  #agreedAt = 0
  /** asked for while one was under way, which may have looked before */
  #isWantedAgain = false
  #foreignOrders: readonly VenueOrder[] = []

  constructor(deps: ExecutorDeps, desk: OrderDesk, hooks: ReconcilerHooks) {
    this.#deps = deps
    this.#desk = desk
    this.#hooks = hooks
  }

  /** Epoch ms of the last one that was carried through; null: none yet, and no entry may be made. */
  get doneAt(): number | null {
    return this.#lastDoneAt
  }

  /** what the last one found; null: none was carried through since the start */
  get last(): ReconcileResult | null {
    return this.#last
  }

  get isRunning(): boolean {
    return this.#run !== null
  }

  /** Orders at the venue that are not ours: shown and counted, never touched. */
  get foreignOrders(): readonly VenueOrder[] {
    return this.#foreignOrders
  }

  /** The books may be out of date: the next one must be carried through before entries. */
  invalidate(): void {
    this.#lastDoneAt = null
    this.#run = null
  }

  /** Begins one, unless one is under way. */
  begin(): void {
    if (this.#run !== null) return
    const now = this.#deps.clock.now()
    this.#run = { startedAt: now, askedAt: now, asked: new Set(), differences: [], hasSnapshot: false, snapshotAt: 0 }
    this.askSnapshot()
    this.#wakeIn(this.#deps.settings.reconcileTimeoutMs, () => {
      this.#run = null
      this.begin()
    })
  }

  /** Begins one, though not soon after the last: somebody else may trade on the account all the time. */
  beginSoon(): void {
    const { clock, settings } = this.#deps
    const next = (this.#last?.at ?? 0) + settings.foreignLookMs
    if (this.#run !== null) this.#isWantedAgain = true
    else if (clock.now() >= next) this.begin()
    else this.#wakeIn(next - clock.now(), () => this.begin())
  }

  /**
   * Asks the venue for everything, from a little before the last fill we know, or before it last agreed with the books.
   * Until the books are reconciled no entry is made: that look is awaited.
   */
  askSnapshot(isAwaited = this.#lastDoneAt === null): void {
    const { books, clock, settings, venue } = this.#deps
    if (this.#run !== null) this.#run.askedAt = clock.now()
    const known = Math.max(books.lastFillAt, this.#agreedAt, books.isNew ? 0 : books.beganAt)
    venue.askSnapshot(Math.max(0, known - settings.reconcileOverlapMs), isAwaited)
  }

  stop(): void {
    this.#timer?.()
    this.#timer = null
    this.#run = null
  }

  /** A snapshot whose fills and income are booked already. */
  onSnapshot(snapshot: VenueSnapshot): void {
    const run = this.#run
    if (run === null || run.hasSnapshot) return
    if (this.#deps.books.lastFillAt > snapshot.at) {
      this.#lookAgain()
      return
    }
    run.hasSnapshot = true
    run.snapshotAt = snapshot.at
    this.#compareOrders(run, snapshot)
    if (this.#compareMoney(run, snapshot)) this.#finishIfSettled()
    else run.hasSnapshot = false
  }

  /** The venue said what became of an order. */
  answered(order: Order): void {
    if (this.#run?.asked.delete(order.clientOrderId) === true) this.#finishIfSettled()
  }

  #finishIfSettled(): void {
    const run = this.#run
    if (run === null || !run.hasSnapshot || run.asked.size > 0) return
    const { clock, settings } = this.#deps
    this.#run = null
    this.#agreedAt = run.snapshotAt
    this.#lastDoneAt = clock.now()
    this.#wakeIn(this.#isWantedAgain ? settings.foreignLookMs : settings.reconcileEveryMs, () => this.begin())
    this.#isWantedAgain = false
    const { differences } = run
    this.#last = { at: clock.now(), ok: differences.length === 0, differences }
    this.#hooks.done(this.#last)
  }

  #compareOrders(run: Run, snapshot: VenueSnapshot): void {
    const { books, settings } = this.#deps
    const held = new Map(snapshot.openOrders.map((order) => [order.clientOrderId, order]))
    const working = [...books.orders.working.values()]
    for (const order of working) {
      const standing = held.get(order.clientOrderId)
      const isFresh = this.#lastDoneAt !== null && run.askedAt - order.createdAt < settings.answerTimeoutMs
      if (standing?.isTriggered === true) this.#hooks.triggered(order)
      if (standing !== undefined) this.#desk.status(order, standing, snapshot.at)
      else if (!isFresh) this.#askFor(run, order)
    }
    const foreign: VenueOrder[] = []
    for (const order of snapshot.openOrders) {
      const known = books.orders.find(order.clientOrderId)
      if (known === null) foreign.push(order)
      else this.#ifAliveAfterEnd(run, known, snapshot)
    }
    this.#tellForeign(run, foreign)
  }

  #askFor(run: Run, order: Order): void {
    run.asked.add(order.clientOrderId)
    this.#desk.ask(order)
  }

  /** Our books have it as ended, and not only since the snapshot was made. */
  #ifAliveAfterEnd(run: Run, order: Order, snapshot: VenueSnapshot): void {
    const isWorking = this.#deps.books.orders.working.has(order.clientOrderId)
    if (isWorking || order.updatedAt >= snapshot.at) return
    this.#deps.venue.cancel(order.symbol, order.clientOrderId)
    const about = order.clientOrderId
    this.#note(run, { kind: 'order', about, symbol: order.symbol, booked: order.state, venue: 'OPEN' })
  }

  #tellForeign(run: Run, foreign: readonly VenueOrder[]): void {
    const known = new Set(this.#foreignOrders.map((order) => order.clientOrderId))
    this.#foreignOrders = foreign
    this.#hooks.foreignOrders(foreign)
    for (const { clientOrderId: about, request, state } of foreign) {
      if (!known.has(about)) {
        this.#note(run, { kind: 'foreign_order', about, symbol: request.symbol, booked: 'none', venue: state })
      }
    }
  }

  /** True when positions and balance are settled; false: a second look has been asked for. */
  #compareMoney(run: Run, snapshot: VenueSnapshot): boolean {
    const { books, settings } = this.#deps
    const found = positionDifferences(books.positions, snapshot.positions, (symbol) => this.#stepOf(symbol))
    const balance = balanceDifference(books.balance, snapshot.balance, settings.balanceTolerance)
    const all = balance === null ? found : [...found, balance]
    const isOpening = books.isNew
    const suspects = new Map(all.map((difference) => [difference.about, difference.venue]))
    const isConfirmed = isOpening || all.every(({ about, venue }) => this.#suspects.get(about) === venue)
    this.#suspects = isConfirmed ? new Map<string, string>() : suspects
    if (!isConfirmed) {
      this.#lookAgain()
      return false
    }
    for (const difference of all) {
      this.#hooks.correct(difference, snapshot)
      if (!(isOpening && difference.kind === 'balance')) this.#note(run, difference)
    }
    return true
  }

  #stepOf(symbol: string): Exact | string {
    return this.#deps.instrumentOf(symbol)?.stepSize ?? '0'
  }

  #lookAgain(): void {
    const { clock, settings } = this.#deps
    clock.at(clock.now() + settings.askRetryMs, () => {
      if (this.#run !== null && !this.#run.hasSnapshot) this.askSnapshot()
    })
  }

  #note(run: Run, difference: Difference): void {
    run.differences.push(difference)
    const { kind, about, symbol, booked, venue } = difference
    const where = symbol === null ? '' : ` on ${symbol}`
    const message = `${kind.replace('_', ' ')}${where}: the books had ${booked}, the venue has ${venue}${whyOf(difference)}`
    const severity = kind === 'foreign_position' ? 'critical' : 'warning'
    this.#deps.announce(alarmFact(this.#deps.clock.now(), { severity, code: `reconcile_${kind}`, message, about }))
  }

  #wakeIn(ms: number, wake: () => void): void {
    this.#timer?.()
    this.#timer = this.#deps.clock.at(this.#deps.clock.now() + ms, wake)
  }
}

/** What nothing explains is named, and what is made of it. */
function whyOf({ kind, booked, venue }: Difference): string {
  if (kind !== 'balance') return ''
  const apart = exact(venue).minus(booked)
  const made = apart.gt(0) ? 'counts as paid in' : 'counts as lost'
  return `: no fill, funding or transfer explains ${apart.gt(0) ? '+' : ''}${apart.toFixed()} USDT, which ${made}`
}
