/**
 * The station: everything that may enter it is one union, handled one at a time in one order. Knows ports only; start-up
 * is recovery.
 */
import { candleFault } from '../core/market/candle-check.ts'
import type { Candle, Funding, FeedEvent } from '../core/model/market.ts'
import type { Order } from '../core/model/order.ts'
import type { VenueReport } from '../core/ports/venue.ts'
import { SYMBOL_FROZEN } from './executor-corrections.ts'
import { alarmFact } from './executor-facts.ts'
import type { Rooms } from './rooms.ts'
import { type PastRead, warmUp } from './warm-up.ts'

/** Everything that enters the station by itself; what people ask enters through the facade, between two of these. */
export type StationInput =
  | { readonly kind: 'market'; readonly event: FeedEvent }
  | { readonly kind: 'venue'; readonly report: VenueReport }

const DAY_MS = 86_400_000
/** more than one cause ever leads to */
const DECISIONS_OF_A_TRACE = 100
/** alerts read back at start: older ones that still stand are history */
const ALERTS_LOOKED_THROUGH = 1000

export class Station {
  readonly #rooms: Rooms

  constructor(rooms: Rooms) {
    this.#rooms = rooms
  }

  /** Recovers, warms up, connects, and lets the market in. `progress`: of the warm-up, the longest part */
  async start(progress: (read: PastRead) => void = () => undefined): Promise<void> {
    const { feed, venue, market, executor, equity, clock, commits, phase } = this.#rooms
    market.list(await feed.instruments())
    const after = this.#recover()
    commits.position = after ?? clock.now()
    const { strategies, settings, ranking } = this.#rooms
    ranking.open()
    const onHour = (candle: Candle): void => ranking.onHour(candle)
    const before = commits.position
    await warmUp({ feed, market, strategies, before, hours: settings.warmUpHours, onHour, progress })
    await venue.connect((report) => this.handle({ kind: 'venue', report }))
    executor.start()
    this.#rooms.canary.start()
    this.#rooms.cancelDenied()
    equity.start()
    this.#rooms.modeRules.start()
    this.#everyDay()
    phase.to('running')
    this.#rooms.safety.start()
    this.#rooms.ownAlerts.start()
    this.#rooms.msc.start()
    ranking.start()
    await feed.start((event) => this.handle({ kind: 'market', event }), after)
  }

  /** Nothing new is let in; everything said is made durable. */
  async stop(): Promise<void> {
    const { feed, venue, executor, commits, phase, ranking } = this.#rooms
    phase.to('stopping')
    await feed.stop()
    this.#rooms.msc.stop()
    this.#rooms.ownAlerts.stop()
    executor.stop()
    this.#rooms.canary.stop()
    ranking.stop()
    await venue.disconnect()
    commits.all()
  }

  handle(input: StationInput): void {
    try {
      if (input.kind === 'market') this.#onMarket(input.event)
      else this.#onReport(input.report)
    } catch (problem) {
      this.#failed(input, problem)
    }
    this.settle()
  }

  /** After whatever was handled: tell who looks, and have what was written made durable soon. */
  settle(): void {
    this.#rooms.announcer.tellChanges()
    this.#rooms.commits.soon()
  }

  /** The feed time up to which everything was told, or null for a new journal. */
  #recover(): number | null {
    const { journal, books, guard, pipeline, announcer, records, clock } = this.#rooms
    const recovered = journal.recover(clock.now() - DAY_MS)
    const { items } = records.trades({ limit: this.#rooms.settings.rememberedTrades })
    books.load(recovered, items.toReversed())
    this.#rooms.wins.load(
      [...this.#rooms.market.desks].map(({ symbol }) => symbol),
      records,
    )
    for (const entry of books.restingEntries()) guard.restore(entry, this.#confidenceOf(entry))
    pipeline.remember(recovered.intentIds)
    this.#rooms.alerts.load(records.alerts({ limit: ALERTS_LOOKED_THROUGH }).items)
    for (const { code, about, message, raisedAt } of this.#rooms.alerts.standing)
      if (code === SYMBOL_FROZEN) books.freeze(about, message, raisedAt)
    announcer.resumeAfter(recovered.lastEventSeq)
    this.#rooms.safety.load()
    this.#rooms.ownAlerts.load()
    return recovered.feedPosition
  }

  /** As the approval of the entry was journaled. */
  #confidenceOf({ intentId, traceId }: Order): number {
    const { items } = this.#rooms.records.decisions({ limit: DECISIONS_OF_A_TRACE, traceId })
    const approvals = items.filter((row) => row.intentId === intentId && row.outcome === 'approved')
    return approvals.find(({ confidence }) => confidence !== null)?.confidence ?? 0
  }

  #onMarket(event: FeedEvent): void {
    switch (event.kind) {
      case 'candle':
        this.#onCandle(event.candle)
        break
      case 'ticker':
        this.#onTicker(event.ticker)
        break
      case 'mark':
        this.#rooms.market.desk(event.mark.symbol)?.onMark(event.mark)
        this.#moved(event.mark.symbol)
        break
      case 'funding':
        this.#onFunding(event.funding)
        break
      case 'instruments':
        this.#rooms.market.list(event.instruments)
        break
      case 'fault':
        this.#fault(event.symbol, event.message)
        break
      case 'end':
        this.#rooms.phase.to('finished')
        this.#rooms.onEnd()
    }
  }

  #onCandle(candle: Extract<FeedEvent, { kind: 'candle' }>['candle']): void {
    const desk = this.#rooms.market.desk(candle.symbol)
    if (desk === undefined) return
    const fault = candleFault(candle, desk.lastOpenAt)
    if (fault !== null) {
      this.#fault(candle.symbol, `candle of ${new Date(candle.openAt).toISOString()} refused: ${fault}`)
      return
    }
    this.#tellTime(desk.closeOf(candle))
    desk.onCandle(candle)
    this.#moved(candle.symbol)
    this.#rooms.announcer.publish('market.candle', null, candle)
  }

  #onTicker(ticker: Extract<FeedEvent, { kind: 'ticker' }>['ticker']): void {
    const desk = this.#rooms.market.desk(ticker.symbol)
    if (desk === undefined || !(ticker.last > 0)) return
    this.#tellTime(ticker.at)
    desk.onTicker(ticker)
    this.#moved(ticker.symbol)
    this.#rooms.announcer.publish('market.ticker', null, ticker)
  }

  #onFunding(funding: Funding): void {
    const desk = this.#rooms.market.desk(funding.symbol)
    if (desk !== undefined) desk.funding = funding
  }

  #onReport(report: VenueReport): void {
    const { executor, guard, equity, announcer } = this.#rooms
    guard.refresh()
    equity.refresh()
    executor.onReport(report)
    this.#rooms.safety.onReport(report)
    // a stop that triggers is another state of its position's protection, and of nothing else
    if (report.kind === 'triggered') {
      const symbol = this.#rooms.books.orders.find(report.clientOrderId)?.symbol
      if (symbol !== undefined) announcer.touch('positions', symbol)
    }
    this.#rooms.canary.onReport(report)
    announcer.touch('status')
  }

  /** Everything of an earlier time has been told once a later time comes: only that counts as done. */
  #tellTime(at: number): void {
    const { clock, commits, market } = this.#rooms
    const now = clock.now()
    market.lastAt = at
    market.lagMs = Math.max(0, now - at)
    commits.position = Math.max(commits.position, Math.min(at, now) - 1)
  }

  #moved(symbol: string): void {
    const { guard, equity, announcer, books } = this.#rooms
    guard.refresh()
    equity.refresh()
    announcer.touch('quotes')
    if (!books.positions.has(symbol)) return
    announcer.touch('positions', symbol)
    announcer.touch('account')
    announcer.touch('usage')
  }

  #fault(symbol: string | null, message: string): void {
    const { announcer, log } = this.#rooms
    log.warn('feed_fault', { symbol, message })
    announcer.publish('feed.fault', null, { symbol, message })
  }

  /** A fault of ours in one input must not stop the next; it is logged, and a person is told. */
  #failed(input: StationInput, problem: unknown): void {
    const { log, announce, clock } = this.#rooms
    const what = input.kind === 'market' ? input.event.kind : input.report.kind
    const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
    log.error('input_failed', { input: what, problem: text })
    const message = `handling a ${what} failed: ${String(problem)}`
    announce(alarmFact(clock.now(), { severity: 'critical', code: 'input_failed', message, about: what }))
  }

  #everyDay(): void {
    const { clock, policy } = this.#rooms
    clock.at((Math.floor(clock.now() / DAY_MS) + 1) * DAY_MS, () => {
      policy.thinHistory()
      this.#everyDay()
    })
  }
}
