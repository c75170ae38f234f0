import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
/** A stage for executor stories: books, executor, guard and clock around a venue that the story speaks for. */
import { ZERO, exact, type Exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../../src/core/model/ids.ts'
import type { CloseIntent, EntryIntent, Intent } from '../../../src/core/model/intent.ts'
import type { Order, OrderPurpose, OrderRequest } from '../../../src/core/model/order.ts'
import type { Position } from '../../../src/core/model/position.ts'
import type { Denied } from '../../../src/core/model/refusal.ts'
import type {
  RejectionCode,
  Venue,
  VenueOrder,
  VenuePosition,
  VenueReport,
  VenueSnapshot,
} from '../../../src/core/ports/venue.ts'
import { guardPosition } from '../../../src/core/risk-guard/guard-position.ts'
import { Reservations } from '../../../src/core/risk-guard/reservations.ts'
import { check, type Approved } from '../../../src/core/risk-guard/risk-guard.ts'
import { Books } from '../../../src/station/books.ts'
import type { FollowUp } from '../../../src/station/executor-deps.ts'
import type { Fact } from '../../../src/station/executor-facts.ts'
import { EXECUTOR_SETTINGS, type ExecutorSettings } from '../../../src/station/executor-settings.ts'
import { Executor } from '../../../src/station/executor.ts'
import type { ReconcileResult } from '../../../src/station/reconciler.ts'
import { MemoryJournal } from '../../fixtures/memory-journal.ts'
import { INSTRUMENT, SYMBOL, approvedEntry, entryIntent } from './intents.ts'
import { ScriptedVenue } from './scripted-venue.ts'

type Port = Pick<Venue, 'submit' | 'cancel' | 'ask' | 'askSnapshot'>

export interface StageOptions {
  readonly clock?: VirtualClock
  readonly journal?: MemoryJournal
  readonly venue?: Port
  readonly settings?: Partial<ExecutorSettings>
  readonly followUp?: FollowUp
  readonly priceEveryMs?: number
  /** the guard's word on a second step */
  readonly approvesSecondStep?: boolean
}

export const START = 1_700_000_000_000

export class Stage {
  readonly clock: VirtualClock
  readonly journal: MemoryJournal
  readonly books: Books
  readonly executor: Executor
  readonly scripted: ScriptedVenue
  readonly reservations = new Reservations()
  readonly facts: Fact[] = []
  /** closes that no signal asked for, with the guard's word on each */
  readonly closes: { readonly intent: CloseIntent; readonly verdict: Approved | Denied; readonly attempt: number }[] =
    []
  readonly reconciled: ReconcileResult[] = []
  readonly checked: Intent[] = []
  mark: number | null = 100
  /** nothing can be journaled durably */
  isDiskFull = false
  #fills = 0

  constructor(options: StageOptions = {}) {
    this.clock = options.clock ?? new VirtualClock({ startAt: START })
    this.journal = options.journal ?? new MemoryJournal()
    this.scripted = new ScriptedVenue(() => this.clock.now())
    const settings = { ...EXECUTOR_SETTINGS, ...options.settings }
    this.books = new Books({ journal: this.journal, settings, riskModeOf: () => 'NORMAL' })
    this.books.load(this.journal.recover(), [])
    const approves = options.approvesSecondStep ?? true
    this.executor = new Executor(
      {
        venue: options.venue ?? this.scripted,
        clock: this.clock,
        books: this.books,
        settings,
        flush: () => {
          if (this.isDiskFull) return false
          this.journal.flush(this.clock.now())
          return true
        },
        check: (intent) => this.#check(intent, approves),
        closeDecided: (intent, verdict, attempt) => this.closes.push({ intent, verdict, attempt }),
        reservations: this.reservations,
        followUp: options.followUp ?? (() => null),
        markOf: () => this.mark,
        instrumentOf: () => INSTRUMENT,
        priceEveryMs: options.priceEveryMs ?? 1_000,
        announce: (fact) => this.facts.push(fact),
      },
      { onReconciled: (result) => this.reconciled.push(result) },
    )
  }

  get now(): number {
    return this.clock.now()
  }

  wait(ms: number): void {
    this.clock.advanceTo(this.clock.now() + ms)
  }

  /** Starts with 10 000 USDT and the first reconciliation carried through. */
  ready(): this {
    this.executor.start()
    this.snapshot()
    return this
  }

  enter(fields: Partial<EntryIntent> = {}): Order {
    const approved = approvedEntry(entryIntent(fields))
    this.reservations.hold(approved)
    const id = this.executor.execute(approved)
    if (id === null) throw new Error('the entry was not sent')
    return this.order(id)
  }

  /** Enters and fills the whole entry. */
  hold(fields: Partial<EntryIntent> = {}): void {
    const order = this.enter(fields)
    this.accept(order.clientOrderId)
    this.fill(order.clientOrderId, order.quantity)
  }

  /** Enters, fills, and lets the venue take stop and target. */
  holdProtected(fields: Partial<EntryIntent> = {}): void {
    this.hold(fields)
    for (const order of this.working('STOP', 'TAKE_PROFIT', 'TRAILING')) this.accept(order.clientOrderId)
  }

  order(id: ClientOrderId): Order {
    const order = this.books.orders.find(id)
    if (order === null) throw new Error(`no order ${id}`)
    return order
  }

  /** Working orders of the purposes, oldest first. */
  working(...purposes: readonly OrderPurpose[]): Order[] {
    return [...this.books.orders.working.values()].filter(({ purpose }) => purposes.includes(purpose))
  }

  only(purpose: OrderPurpose): Order {
    const found = this.working(purpose)
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} orders are ${purpose}`)
    return found[0]
  }

  tell(report: VenueReport): void {
    this.executor.onReport(report)
  }

  accept(id: ClientOrderId): void {
    this.tell({ kind: 'accepted', clientOrderId: id, venueOrderId: `v-${id}`, at: this.now })
  }

  reject(id: ClientOrderId, code: RejectionCode): void {
    this.tell({ kind: 'rejected', clientOrderId: id, code, message: 'no', at: this.now })
  }

  cancelled(id: ClientOrderId): void {
    this.tell({ kind: 'cancelled', clientOrderId: id, reason: 'asked', at: this.now })
  }

  status(id: ClientOrderId, state: VenueOrder['state'] | null, filled: Exact = this.order(id).filledQuantity): void {
    const order = state === null ? null : this.venueOrder(id, state, filled)
    this.tell({ kind: 'status', clientOrderId: id, order, at: this.now })
  }

  venueOrder(id: ClientOrderId, state: VenueOrder['state'], filled: Exact): VenueOrder {
    const request: OrderRequest = this.order(id)
    const base = { clientOrderId: id, venueOrderId: `v-${id}`, request, state, filledQuantity: filled }
    return { ...base, averagePrice: request.price ?? ZERO, updatedAt: this.now }
  }

  venuePosition({ symbol, side, quantity, entryPrice, leverage }: Position): VenuePosition {
    const markPrice = exact(this.mark ?? 0)
    return { symbol, side, quantity, entryPrice, leverage, markPrice, isolatedMargin: ZERO, liquidationPrice: null }
  }

  fill(id: ClientOrderId, quantity: Exact | number, price?: number, name?: string): void {
    const order = this.order(id)
    const at = price ?? (order.triggerPrice ?? order.price)?.toNumber() ?? this.mark ?? 0
    const filled = order.filledQuantity.plus(quantity)
    const fill = {
      id: (name ?? `f${++this.#fills}`) as FillId,
      clientOrderId: id,
      symbol: order.symbol,
      side: order.side,
      price: exact(at),
      quantity: exact(quantity),
      fee: exact(quantity).times(at).times('0.0005'),
      liquidity: 'TAKER' as const,
      at: this.now,
    }
    this.tell({ kind: 'filled', fill, done: filled.gte(order.quantity), at: this.now })
  }

  /** A snapshot in which the venue agrees with the books, unless the story says otherwise. */
  snapshot(fields: Partial<VenueSnapshot> = {}): void {
    const balance = this.books.isNew ? exact(10_000) : this.books.balance
    const positions = [...this.books.positions.values()].map((position) => this.venuePosition(position))
    const openOrders = [...this.books.orders.working.values()].map((order) =>
      this.venueOrder(
        order.clientOrderId,
        order.filledQuantity.gt(0) ? 'PARTIALLY_FILLED' : 'OPEN',
        order.filledQuantity,
      ),
    )
    const base = { at: this.now, balance, availableBalance: balance, positions, openOrders, fills: [], income: [] }
    this.tell({ kind: 'snapshot', snapshot: { ...base, ...fields }, at: this.now })
  }

  alarms(): string[] {
    return this.facts.flatMap((fact) => (fact.type === 'alert.raised' ? [fact.data.code] : []))
  }

  /** The real guard for what reduces risk; entries are asked only as second steps here. */
  #check(intent: Intent, approves: boolean): Approved | Denied {
    this.checked.push(intent)
    const market = { mark: this.mark ?? 100, takerFee: 0.0005, slippage: 0.001, fundingRate: 0 }
    const positions = [...this.books.positions.values()].map((position) => guardPosition(position, market))
    if (intent.kind !== 'ENTRY') return check(intent, { instrument: INSTRUMENT, positions })
    return approves ? approvedEntry(intent) : check(intent, {})
  }
}

export { SYMBOL }
