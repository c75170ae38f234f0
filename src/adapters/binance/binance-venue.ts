/** The exchange behind the venue port: orders out, reports back, each of them once, in the order they are learned. */
import type { ClientOrderId } from '../../core/model/ids.ts'
import { isConditional, type OrderRequest } from '../../core/model/order.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { Venue, VenueOrder, VenueReport } from '../../core/ports/venue.ts'
import { BinanceFault, faultOf } from './faults.ts'
import { incomeOf, incomeRows } from './income.ts'
import { Leverages } from './leverages.ts'
import { orderCall, stateOf, venueAlgoOf, venueOrderOf } from './order-params.ts'
import { OrderTales } from './order-tales.ts'
import { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { fillsOfOrder, readSnapshot, type SnapshotDeps } from './snapshot.ts'
import type { UsdmClient } from './usdm-client.ts'
import { UserEvents } from './user-events.ts'
import { UserStream } from './user-stream.ts'
import { AlgoRow, OrderRow } from './wire/trading.ts'

export interface BinanceVenueDeps {
  readonly client: UsdmClient
  readonly clock: Clock
  readonly settings: BinanceSettings
  /** of the stream host */
  readonly streamBase: string
  /** seeded: the jitter of reconnects */
  readonly random: () => number
  /** told what could not be read or done, for log and alerts */
  readonly problem: (message: string) => void
}

/** What the screen shows of the line to the exchange. */
export interface VenueLink {
  readonly isUp: boolean
  readonly latencyMs: number | null
  readonly skewMs: number | null
  readonly weightUsed: number
  readonly listenKeyAt: number | null
  readonly reconnects: number
  readonly userEventAt: number
}

/** the exchange's clock may be ahead, and funding is booked a moment after its hour */
const AHEAD_MS = 5_000
/** rows of so long ago may still appear */
const INCOME_OVERLAP_MS = 3_600_000

export class BinanceVenue implements Venue {
  readonly name = 'binance'
  readonly rest: Rest
  readonly #deps: BinanceVenueDeps
  readonly #stream: UserStream
  readonly #tales: OrderTales
  readonly #events: UserEvents
  readonly #leverages: Leverages
  readonly #seenIncome = new Set<string>()
  #incomeSince = 0
  #tell: ((report: VenueReport) => void) | null = null
  #lastAt = 0
  #cancelClock: Cancel | null = null

  constructor(deps: BinanceVenueDeps) {
    this.#deps = deps
    const { client, clock, settings } = deps
    this.rest = new Rest(client, clock, settings)
    const tell = (report: VenueReport): void => this.#report(report)
    this.#tales = new OrderTales({ tell, now: () => this.#now(), most: settings.rememberedOrders })
    this.#leverages = new Leverages(this.rest)
    this.#events = new UserEvents({
      tales: this.#tales,
      settings,
      tell,
      now: () => this.#now(),
      walletMoved: () => this.#incomeSoon(settings.incomeLooks),
      leverageChanged: (symbol, leverage) => this.#leverages.told(symbol, leverage),
      fillsMissing: (symbol, venueOrderId, isWhole) => this.#fillsSoon(symbol, venueOrderId, isWhole),
      problem: deps.problem,
    })
    this.#stream = new UserStream({
      ...deps,
      rest: this.rest,
      base: deps.streamBase,
      onEvent: (name, event) => this.#events.hear(name, event),
      onProblem: deps.problem,
      onUp: () => this.#report({ kind: 'connection', up: true, at: this.#now() }),
      onDown: (reason) => {
        deps.problem(`the account's stream is down: ${reason}`)
        this.#report({ kind: 'connection', up: false, at: this.#now() })
      },
    })
  }

  get link(): VenueLink {
    const { latencyMs, skewMs, budget } = this.rest
    const { isUp, keyAt, reconnects, heardAt } = this.#stream
    const weightUsed = budget.used(this.#deps.clock.now())
    return { isUp, latencyMs, skewMs, weightUsed, listenKeyAt: keyAt, reconnects, userEventAt: heardAt }
  }

  /** The clock is read first: a wrong one spoils every signature. That the exchange is silent now does not stop the start. */
  async connect(tell: (report: VenueReport) => void): Promise<void> {
    this.#tell = tell
    this.#incomeSince = this.#deps.clock.now()
    await this.#deps.client.loadHttpProxyAgent()
    await this.#followClock()
    this.#stream.start()
  }

  async disconnect(): Promise<void> {
    this.#tell = null
    this.#cancelClock?.()
    await this.#stream.stop()
  }

  submit(request: OrderRequest): void {
    this.#tales.begin(request)
    void this.#submit(request)
  }

  cancel(symbol: string, clientOrderId: ClientOrderId): void {
    void this.#cancel(symbol, clientOrderId)
  }

  ask(symbol: string, clientOrderId: ClientOrderId): void {
    void this.#ask(symbol, clientOrderId)
  }

  askSnapshot(since: number): void {
    void this.#snapshot(since)
  }

  async #submit(request: OrderRequest): Promise<void> {
    const { clientOrderId: id, symbol } = request
    try {
      if (request.leverage !== null) await this.#leverages.set(symbol, request.leverage)
      const { path, params } = orderCall(request)
      const answer = await this.rest.call({
        api: 'fapiPrivate',
        method: 'POST',
        path,
        params,
        weight: isConditional(request.type) ? 1 : 0,
        priority: 'order',
        isNewOrder: true,
      })
      this.#acknowledged(request, answer)
    } catch (problem) {
      this.#refused(request, faultOf(problem), id)
    }
  }

  #acknowledged(request: OrderRequest, answer: unknown): void {
    const { symbol } = request
    if (isConditional(request.type)) {
      const row = AlgoRow.parse(answer)
      this.#tales.accepted(request.clientOrderId, symbol, row.algoId, true)
      return
    }
    const row = OrderRow.parse(answer)
    this.#tales.accepted(request.clientOrderId, symbol, row.orderId)
    const state = stateOf(row.status)
    if (row.executedQty.gt(this.#tales.filled(request.clientOrderId)))
      this.#fillsSoon(symbol, row.orderId, state === 'FILLED')
    else if (state === 'EXPIRED') this.#tales.ended(request.clientOrderId, 'expired', row.status)
    else if (state === 'CANCELLED') this.#tales.ended(request.clientOrderId, 'cancelled', row.status)
  }

  /** What may have happened is `unknown`; what surely did not is rejected or failed. */
  #refused(request: OrderRequest, fault: BinanceFault, id: ClientOrderId): void {
    const { consequence, rejection } = fault.meaning
    if (fault.code === FOK_UNFILLED && request.timeInForce === 'FOK') {
      this.#tales.ended(id, 'expired', fault.message)
      return
    }
    if (consequence === 'unknown') this.#tales.undelivered(id, 'unknown', fault.message)
    else if (consequence === 'retry') this.#tales.undelivered(id, 'failed', fault.message)
    else this.#tales.rejected(id, rejection, fault.message)
    if (consequence === 'alert') this.#deps.problem(`the exchange refuses orders: ${fault.message}`)
    if (rejection === 'LEVERAGE') this.#leverages.forget(request.symbol)
  }

  /** A conditional order that has triggered is cancelled by its child, which has the same client id. */
  async #cancel(symbol: string, id: ClientOrderId): Promise<void> {
    const first = this.#tales.isConditional(id) === true
    try {
      if (!(await this.#cancelOne(symbol, id, first)) && !(await this.#cancelOne(symbol, id, !first)))
        this.#report({ kind: 'cancelRefused', clientOrderId: id, at: this.#now() })
    } catch (problem) {
      const { message } = faultOf(problem)
      this.#deps.problem(`cancelling ${id} on ${symbol} failed: ${message}`)
      await this.#ask(symbol, id)
    }
  }

  /** false: there is no such working order of this kind */
  async #cancelOne(symbol: string, id: ClientOrderId, conditional: boolean): Promise<boolean> {
    const [path, params] = conditional
      ? ['algoOrder', { clientAlgoId: id }]
      : ['order', { symbol, origClientOrderId: id }]
    try {
      await this.rest.call({ api: 'fapiPrivate', method: 'DELETE', path, params, weight: 1, priority: 'order' })
    } catch (problem) {
      const fault = faultOf(problem)
      if (fault.meaning.rejection === 'UNKNOWN_ORDER') return false
      throw fault
    }
    if (!conditional) this.#tales.accepted(id, symbol, '')
    this.#tales.ended(id, 'cancelled', 'cancelled on request')
    return true
  }

  async #ask(symbol: string, id: ClientOrderId): Promise<void> {
    try {
      const order = await this.#find(symbol, id)
      this.#report({ kind: 'status', clientOrderId: id, order, at: this.#now() })
    } catch (problem) {
      this.#deps.problem(`asking for ${id} on ${symbol} failed: ${faultOf(problem).message}`)
    }
  }

  /** A triggered conditional order is what its child is; null: the exchange never had it. */
  async #find(symbol: string, id: ClientOrderId): Promise<VenueOrder | null> {
    const regular = await this.#lookUp('order', { symbol, origClientOrderId: id })
    if (regular !== null) return venueOrderOf(OrderRow.parse(regular))
    const conditional = await this.#lookUp('algoOrder', { clientAlgoId: id })
    return conditional === null ? null : venueAlgoOf(AlgoRow.parse(conditional))
  }

  async #lookUp(path: string, params: Readonly<Record<string, string>>): Promise<unknown> {
    try {
      return await this.rest.call({ api: 'fapiPrivate', method: 'GET', path, params, weight: 1, priority: 'order' })
    } catch (problem) {
      const fault = faultOf(problem)
      if (fault.meaning.rejection === 'UNKNOWN_ORDER') return null
      throw fault
    }
  }

  async #snapshot(since: number): Promise<void> {
    try {
      const snapshot = await readSnapshot(this.#snapshotDeps, since)
      this.#report({ kind: 'snapshot', snapshot, at: this.#now() })
    } catch (problem) {
      this.#deps.problem(`the account could not be read: ${faultOf(problem).message}`)
    }
  }

  get #snapshotDeps(): SnapshotDeps {
    return { rest: this.rest, tales: this.#tales, settings: this.#deps.settings, now: () => this.#deps.clock.now() }
  }

  /** `isWhole`: nothing is left to fill, so the last of its fills ends it */
  #fillsSoon(symbol: string, venueOrderId: string, isWhole: boolean): void {
    const { clock, settings } = this.#deps
    clock.at(clock.now() + settings.missingFillMs, () => void this.#fetchFills(symbol, venueOrderId, isWhole))
  }

  /** Fills that an answer named and no stream told; what was told already is not told again. */
  async #fetchFills(symbol: string, venueOrderId: string, isWhole: boolean): Promise<void> {
    try {
      const fills = await fillsOfOrder(this.#snapshotDeps, symbol, venueOrderId)
      for (const fill of fills) this.#tales.filledBy(fill, isWhole && fill === fills.at(-1))
    } catch (problem) {
      this.#deps.problem(`fills of order ${venueOrderId} could not be read: ${faultOf(problem).message}`)
    }
  }

  /** The stream says that the wallet moved, the list says why, a little later. */
  #incomeSoon(looks: number): void {
    if (looks === 0) return
    const { clock, settings } = this.#deps
    clock.at(clock.now() + settings.incomeAfterMs, () => {
      void this.#tellIncome().then((isNew) => {
        if (!isNew) this.#incomeSoon(looks - 1)
      })
    })
  }

  /** false: the list has nothing new */
  async #tellIncome(): Promise<boolean> {
    const now = this.#deps.clock.now()
    try {
      const rows = incomeOf(await incomeRows(this.rest, this.#incomeSince, now + AHEAD_MS))
      const fresh = rows.filter(({ id }) => !this.#seenIncome.has(id))
      this.#incomeSince = Math.max(this.#incomeSince, now - INCOME_OVERLAP_MS)
      for (const income of fresh) {
        this.#seenIncome.add(income.id)
        this.#report({ kind: 'income', income, at: this.#now() })
      }
      return fresh.length > 0
    } catch (problem) {
      this.#deps.problem(`the wallet's movements could not be read: ${faultOf(problem).message}`)
      return false
    }
  }

  async #followClock(): Promise<void> {
    const { clock, settings, problem } = this.#deps
    await this.rest
      .syncClock()
      .catch((fault: unknown) => problem(`no clock of the exchange: ${faultOf(fault).message}`))
    if (this.#tell === null) return
    this.#cancelClock = clock.at(clock.now() + settings.clockEveryMs, () => void this.#followClock())
  }

  /** Reports never go back in time, whatever the wall clock does. */
  #now(): number {
    this.#lastAt = Math.max(this.#lastAt, this.#deps.clock.now())
    return this.#lastAt
  }

  #report(report: VenueReport): void {
    this.#tell?.(report)
  }
}

const FOK_UNFILLED = -5021
