/** The exchange behind the venue port: orders out, reports back, each of them once, in the order they are learned. */
import type { ClientOrderId } from '../../core/model/ids.ts'
import type { OrderRequest } from '../../core/model/order.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { ContractFinding, VenueLink } from '../../core/ports/link.ts'
import type { Venue, VenueReport } from '../../core/ports/venue.ts'
import { checkContract } from './canary.ts'
import { ClockWatch } from './clock-watch.ts'
import { type BinanceFault, faultOf } from './faults.ts'
import { HoldingsWatch } from './holdings-watch.ts'
import { IncomeWatch } from './income-watch.ts'
import { Leverages } from './leverages.ts'
import { OrderAsker } from './order-asking.ts'
import { OrderSender } from './order-sending.ts'
import { OrderTales } from './order-tales.ts'
import { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { readSnapshot, type SnapshotDeps } from './snapshot.ts'
import type { UsdmClient } from './usdm-client.ts'
import { UserEvents } from './user-events.ts'
import { UserStream } from './user-stream.ts'
import type { Priority } from './weight-budget.ts'

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
  /** an order was refused by rules other than those that were read */
  readonly rulesChanged?: () => void
}

const TEN_SECONDS_MS = 10_000
const MINUTE_MS = 60_000

export class BinanceVenue implements Venue {
  readonly name = 'binance'
  readonly rest: Rest
  readonly #deps: BinanceVenueDeps
  readonly #stream: UserStream
  readonly #tales: OrderTales
  readonly #sender: OrderSender
  readonly #asker: OrderAsker
  readonly #income: IncomeWatch
  readonly #clockWatch: ClockWatch
  readonly #holdings: HoldingsWatch
  #tell: ((report: VenueReport) => void) | null = null
  #lastAt = 0
  /** of an order, for the account's sake */
  #refusal: { readonly at: number; readonly message: string } | null = null

  constructor(deps: BinanceVenueDeps) {
    this.#deps = deps
    const { client, clock, settings, problem } = deps
    this.rest = new Rest(client, clock, settings)
    const { rest } = this
    const now = (): number => this.#now()
    const tell = (report: VenueReport): void => this.#report(report)
    this.#tales = new OrderTales({ tell, now, most: settings.rememberedOrders })
    const shared = { ...deps, rest, tales: this.#tales }
    const leverages = new Leverages(rest)
    this.#asker = new OrderAsker({
      ...this.#snapshotDeps,
      clock,
      problem,
      told: (clientOrderId, order) => tell({ kind: 'status', clientOrderId, order, at: now() }),
    })
    const fillsMissing = (symbol: string, venueOrderId: string, isWhole: boolean): void =>
      this.#asker.fillsSoon(symbol, venueOrderId, isWhole)
    this.#sender = new OrderSender({
      ...shared,
      leverages,
      fillsMissing,
      endMissing: (symbol, id) => this.#asker.askSoon(symbol, id),
      cancelRefused: (clientOrderId) => tell({ kind: 'cancelRefused', clientOrderId, at: now() }),
      ask: (symbol, id) => this.#asker.ask(symbol, id),
      refused: (fault) => this.#onRefusal(fault),
    })
    this.#holdings = new HoldingsWatch({ ...shared, ask: (symbol, id) => void this.#asker.ask(symbol, id) })
    this.#income = new IncomeWatch({ ...shared, tell: (income) => tell({ kind: 'income', income, at: now() }) })
    const events = new UserEvents({
      ...shared,
      tell,
      now,
      fillsMissing,
      walletMoved: () => this.#income.soon(),
      leverageChanged: (symbol, leverage) => leverages.told(symbol, leverage),
      marginTypeChanged: () => leverages.forgetAll(),
    })
    this.#stream = new UserStream({
      ...shared,
      base: deps.streamBase,
      onEvent: (name, event) => events.hear(name, event),
      onProblem: problem,
      onUp: () => {
        leverages.forgetAll()
        tell({ kind: 'connection', up: true, at: now() })
      },
      onDown: (reason) => {
        problem(`the account's stream is down: ${reason}`)
        tell({ kind: 'connection', up: false, at: now() })
      },
    })
    this.#clockWatch = new ClockWatch({ ...shared, woke: () => this.resumed() })
  }

  link(): VenueLink {
    const { latencyMs, budget } = this.rest
    const { isUp, keyAt, reconnects, heardAt } = this.#stream
    const now = this.#deps.clock.now()
    return {
      isUp,
      latencyMs,
      weightUsed: budget.used(now),
      weightLimit: this.#deps.settings.weightPerMinute,
      orders10s: budget.ordersWithin(TEN_SECONDS_MS, now),
      orders1m: budget.ordersWithin(MINUTE_MS, now),
      silentUntil: budget.blockedUntil(now) || null,
      listenKeyAt: keyAt,
      reconnects,
      userEventAt: heardAt,
    }
  }

  clockSkewMs(): number | null {
    return this.rest.skewMs === null ? null : -this.rest.skewMs
  }

  async connect(tell: (report: VenueReport) => void): Promise<void> {
    this.#tell = tell
    this.#income.start()
    this.#holdings.start()
    await this.#deps.client.loadHttpProxyAgent()
    await this.#clockWatch.sync()
    this.#clockWatch.start()
    this.#stream.start()
  }

  async disconnect(): Promise<void> {
    this.#tell = null
    this.#clockWatch.stop()
    this.#holdings.stop()
    await this.#stream.stop()
  }

  /** What was open is of before: it is dropped at once, the listen key is renewed with the new line. */
  resumed(): void {
    if (!this.#clockWatch.wakes()) return
    void this.#clockWatch.sync()
    this.#stream.renew('the computer slept')
  }

  submit(request: OrderRequest): void {
    this.#tales.begin(request)
    void this.#sender.submit(request)
  }

  cancel(symbol: string, clientOrderId: ClientOrderId): void {
    void this.#sender.cancel(symbol, clientOrderId)
  }

  ask(symbol: string, clientOrderId: ClientOrderId): void {
    void this.#asker.ask(symbol, clientOrderId)
  }

  askSnapshot(since: number, isAwaited = false): void {
    void this.#snapshot(since, isAwaited ? 'recovery' : 'read')
  }

  countdown(symbol: string, ms: number): void {
    void this.#sender.countdown(symbol, ms)
  }

  async checkContract(symbols: readonly string[]): Promise<readonly ContractFinding[]> {
    const { settings, clock } = this.#deps
    const found = await checkContract({ rest: this.rest, settings }, symbols)
    const refusal = this.#refusal
    if (refusal === null || clock.now() - refusal.at > settings.refusalMs) return found
    return [...found, { about: 'refused orders', message: refusal.message }]
  }

  #onRefusal({ meaning, message }: BinanceFault): void {
    const { consequence, rejection } = meaning
    if (consequence === 'alert') {
      this.#refusal = { at: this.#deps.clock.now(), message: `the exchange refuses orders: ${message}` }
      this.#deps.problem(this.#refusal.message)
    }
    const isRules = rejection === 'FILTER' || rejection === 'SYMBOL_CLOSED'
    if (consequence === 'resync' && isRules) this.#deps.rulesChanged?.()
  }

  async #snapshot(since: number, priority: Priority): Promise<void> {
    try {
      const snapshot = await readSnapshot({ ...this.#snapshotDeps, rest: this.rest.ranked(priority) }, since)
      this.#report({ kind: 'snapshot', snapshot, at: this.#now() })
    } catch (problem) {
      this.#deps.problem(`the account could not be read: ${faultOf(problem).message}`)
    }
  }

  get #snapshotDeps(): SnapshotDeps {
    const { settings, clock } = this.#deps
    return { rest: this.rest, tales: this.#tales, settings, now: () => clock.now() }
  }

  /** Reports never go back in time, whatever the wall clock does. */
  #now(): number {
    this.#lastAt = Math.max(this.#lastAt, this.#deps.clock.now())
    return this.#lastAt
  }

  #report(report: VenueReport): void {
    if (report.kind === 'filled') this.#holdings.told(report.fill)
    this.#tell?.(report)
  }
}
