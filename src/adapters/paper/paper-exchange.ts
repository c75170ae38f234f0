/** An exchange of our own for paper money: requests arrive after a latency, the market moves it, reports leave by the clock. */
import { MARKET_SETTINGS, type MarketSettings } from '../../core/market/settings.ts'
import { booked, type Exact } from '../../core/model/decimal.ts'
import { stableId, type ClientOrderId } from '../../core/model/ids.ts'
import { intervalMs } from '../../core/model/interval.ts'
import type { Candle, FeedEvent, Funding, Instrument, MarkPrice, Ticker } from '../../core/model/market.ts'
import type { OrderRequest } from '../../core/model/order.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { PaperShelf } from '../../core/ports/paper-shelf.ts'
import type { Venue, VenueReport } from '../../core/ports/venue.ts'
import { answerStatus, snapshot } from './answers.ts'
import { arrive } from './arrival.ts'
import { barOf } from './bar.ts'
import { settleFunding } from './funding.ts'
import { liquidateAtMark } from './liquidation.ts'
import { matchTicker } from './matching-on-book.ts'
import { matchBar } from './matching-on-candles.ts'
import { PaperBooks } from './paper-books.ts'
import type { PaperSettings } from './settings.ts'

export interface PaperExchangeDeps {
  readonly clock: Clock
  readonly shelf: PaperShelf
  readonly instruments: readonly Instrument[]
  readonly settings: PaperSettings
  /** estimates the spread where there is no book; the defaults where absent */
  readonly market?: MarketSettings
  /** of the latency's jitter */
  readonly seed: number
}

export type MoveResult = { readonly outcome: 'booked' } | { readonly outcome: 'refused'; readonly reason: string }

const HASH_DIGITS = 8
const HASH_RANGE = 36 ** HASH_DIGITS

export class PaperExchange implements Venue {
  readonly name = 'paper'
  private readonly clock: Clock
  private readonly settings: PaperSettings
  private readonly seed: number
  private readonly books: PaperBooks
  private tell: ((report: VenueReport) => void) | null = null
  private outbox: VenueReport[] = []
  private sent = 0
  private readonly underway = new Set<Cancel>()

  /** Opens the books of the shelf; a new exchange starts with its first deposit. */
  constructor(deps: PaperExchangeDeps) {
    this.clock = deps.clock
    this.settings = deps.settings
    this.seed = deps.seed
    this.books = new PaperBooks({ ...deps, market: deps.market ?? MARKET_SETTINGS })
    this.books.open(deps.instruments)
  }

  /** Bars of the past, oldest first, for 24 h volume and a first price; nothing is matched against them. */
  prime(candles: readonly Candle[]): void {
    for (const candle of candles) {
      const book = this.books.symbol(candle.symbol)
      const span = intervalMs(candle.interval)
      const closeAt = candle.openAt + span
      book.noteVolume(candle, closeAt)
      if (closeAt > Math.max(book.candleAt, book.tickerAt)) book.last = candle.close
    }
  }

  /** Whether the account holds anything. */
  get hasPositions(): boolean {
    return this.books.activeBooks().some((book) => book.holding !== null)
  }

  /** Every event of the feed, before the station sees it. Told again after a restart it changes nothing. */
  onMarket(event: FeedEvent): void {
    switch (event.kind) {
      case 'candle':
        return this.onCandle(event.candle)
      case 'ticker':
        return this.onTicker(event.ticker)
      case 'mark':
        return this.onMark(event.mark)
      case 'funding':
        return this.onFunding(event.funding)
      case 'instruments':
        return this.books.list(event.instruments)
      case 'fault':
      case 'end':
    }
  }

  connect(tell: (report: VenueReport) => void): Promise<void> {
    this.tell = tell
    this.outbox.push({ kind: 'connection', up: true, at: this.clock.now() })
    this.deliverSoon()
    return Promise.resolve()
  }

  submit(request: OrderRequest): void {
    this.send(request.clientOrderId, () => arrive(this.books, request))
  }

  cancel(_symbol: string, clientOrderId: ClientOrderId): void {
    this.send(clientOrderId, () => {
      const order = this.books.orders.get(clientOrderId)
      const at = this.clock.now()
      if (order === undefined) this.books.report({ kind: 'cancelRefused', clientOrderId, at })
      else this.books.end(this.books.symbol(order.request.symbol), order, 'CANCELLED', 'requested')
    })
  }

  ask(_symbol: string, clientOrderId: ClientOrderId): void {
    this.send(clientOrderId, () => this.books.report(answerStatus(this.books, clientOrderId)))
  }

  askSnapshot(since: number): void {
    this.send('snapshot', () => this.books.report(snapshot(this.books, since)))
  }

  /** No report leaves any more; what is under way still arrives. */
  disconnect(): Promise<void> {
    this.tell = null
    this.outbox = []
    return Promise.resolve()
  }

  /** Deposits (> 0) or withdraws (< 0) paper money, USDT. */
  move(amount: Exact): MoveResult {
    const change = booked(amount)
    if (!change.isFinite() || change.isZero()) return { outcome: 'refused', reason: 'the amount must not be zero' }
    const free = this.books.available()
    if (change.neg().gt(free)) {
      return { outcome: 'refused', reason: `only ${free.toFixed(2)} USDT are free to withdraw` }
    }
    this.books.book(change.gt(0) ? 'DEPOSIT' : 'WITHDRAWAL', null, change)
    this.settle()
    return { outcome: 'booked' }
  }

  /** Ends the exchange's life in this process: what is under way never arrives. */
  close(): void {
    this.tell = null
    this.outbox = []
    for (const cancel of this.underway) cancel()
    this.underway.clear()
  }

  private onCandle(candle: Candle): void {
    const book = this.books.symbol(candle.symbol)
    const closeAt = candle.openAt + intervalMs(candle.interval)
    if (!book.noteCandle(candle, closeAt, this.settings.maxBarShare)) return
    matchBar(this.books, book, barOf(candle, closeAt))
    this.settle()
  }

  private onTicker(ticker: Ticker): void {
    const book = this.books.symbol(ticker.symbol)
    if (!book.noteTicker(ticker)) return
    matchTicker(this.books, book)
    this.settle()
  }

  private onMark(mark: MarkPrice): void {
    const book = this.books.symbol(mark.symbol)
    if (mark.at <= book.markAt) return
    book.mark = mark.mark
    book.markAt = mark.at
    if (mark.mark > book.liquidationLow && mark.mark < book.liquidationHigh) return
    liquidateAtMark(this.books, book)
    this.settle()
  }

  private onFunding(funding: Funding): void {
    if (settleFunding(this.books, this.books.symbol(funding.symbol), funding)) this.settle()
  }

  /** A request arrives after the latency; its answers leave at once. */
  private send(key: string, arrival: () => void): void {
    const cancel = this.clock.at(this.clock.now() + this.latency(key), () => {
      this.underway.delete(cancel)
      arrival()
      this.outbox.push(...this.books.commit())
      this.deliver()
    })
    this.underway.add(cancel)
  }

  private latency(key: string): number {
    this.sent++
    if (this.settings.latencyJitterMs === 0) return this.settings.latencyMs
    const hash = Number.parseInt(stableId(this.seed, this.sent, key).slice(0, HASH_DIGITS), 36)
    return this.settings.latencyMs + (this.settings.latencyJitterMs * hash) / HASH_RANGE
  }

  /** Commits what an event did; its reports leave as soon as the clock comes round. */
  private settle(): void {
    const reports = this.books.commit()
    if (reports.length === 0) return
    this.outbox.push(...reports)
    this.deliverSoon()
  }

  private deliverSoon(): void {
    this.clock.at(this.clock.now(), () => this.deliver())
  }

  private deliver(): void {
    const reports = this.outbox
    this.outbox = []
    for (const report of reports) this.tell?.(report)
  }
}
