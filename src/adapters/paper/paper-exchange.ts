/** An exchange of our own for paper money: requests arrive after a latency, the market moves it, reports leave by the clock. */
import { MARKET_SETTINGS, type MarketSettings } from '../../core/market/settings.ts'
import { booked, type Exact } from '../../core/model/decimal.ts'
import { stableId, type ClientOrderId } from '../../core/model/ids.ts'
import { intervalMs } from '../../core/model/interval.ts'
import type { Candle, FeedEvent, Funding, Instrument, MarkPrice, Ticker } from '../../core/model/market.ts'
import type { OrderRequest } from '../../core/model/order.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import { JournalUnwritable } from '../../core/ports/journal.ts'
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
  /** prices come over a line that can be cut: bars then say what it missed; absent: every price is told */
  readonly missesTicks?: boolean
  /** of the latency's jitter */
  readonly seed: number
}

export type MoveResult = { readonly outcome: 'booked' } | { readonly outcome: 'refused'; readonly reason: string }

const UNWRITABLE: MoveResult = { outcome: 'refused', reason: 'the books of the paper exchange cannot be written' }
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
  /** its books cannot be written: nothing is accepted or reported, as if the line were cut, until they can */
  private isCut = false

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
    if (this.isCut) return UNWRITABLE
    const kinds = change.gt(0) ? (['DEPOSIT', 'WITHDRAWAL'] as const) : (['WITHDRAWAL', 'DEPOSIT'] as const)
    this.books.book(kinds[0], null, change)
    if (this.settle()) return { outcome: 'booked' }
    // it will be written with everything else that waits, so it is taken back by its opposite
    this.books.book(kinds[1], null, change.neg())
    return UNWRITABLE
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
      if (this.isCut) return
      arrival()
      if (this.commit()) this.deliver()
    })
    this.underway.add(cancel)
  }

  private latency(key: string): number {
    this.sent++
    if (this.settings.latencyJitterMs === 0) return this.settings.latencyMs
    const hash = Number.parseInt(stableId(this.seed, this.sent, key).slice(0, HASH_DIGITS), 36)
    return this.settings.latencyMs + (this.settings.latencyJitterMs * hash) / HASH_RANGE
  }

  /** Commits what an event did; its reports leave as soon as the clock comes round. False: it could not be written. */
  private settle(): boolean {
    if (!this.commit()) return false
    if (this.outbox.length > 0) this.deliverSoon()
    return true
  }

  private commit(): boolean {
    return !this.isCut && this.write()
  }

  private write(): boolean {
    try {
      this.outbox.push(...this.books.commit())
      return true
    } catch (problem) {
      if (!(problem instanceof JournalUnwritable)) throw problem
      this.cut()
      return false
    }
  }

  private mend(): void {
    if (!this.write()) return
    this.isCut = false
    this.outbox.push({ kind: 'connection', up: true, at: this.clock.now() })
    this.deliver()
  }

  /** What waits is tried again and again; once it is written the line is up again. */
  private cut(): void {
    if (!this.isCut) this.outbox.push({ kind: 'connection', up: false, at: this.clock.now() })
    this.isCut = true
    this.deliverSoon()
    const cancel = this.clock.at(this.clock.now() + this.settings.rewriteMs, () => {
      this.underway.delete(cancel)
      this.mend()
    })
    this.underway.add(cancel)
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
