/** The paper exchange under the venue contract, with a market of candles or of books. */
import { PaperExchange } from '../../../src/adapters/paper/paper-exchange.ts'
import { PAPER_SETTINGS, type PaperSettings } from '../../../src/adapters/paper/settings.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import type { Candle, FeedEvent, Ticker } from '../../../src/core/model/market.ts'
import type { PaperShelf } from '../../../src/core/ports/paper-shelf.ts'
import type { VenueReport } from '../../../src/core/ports/venue.ts'
import { CONTRACT, type VenueHarness } from '../venue-contract/venue-under-test.ts'
import { MemoryShelf } from './memory-shelf.ts'

export const MINUTE_MS = 60_000
export const START_AT = Date.UTC(2025, 0, 1)
const TICK = 0.01
/** base asset: what a bar trades unless a test says otherwise */
const PLENTY = 4_000_000
/** base asset at the touch */
const DEEP = 100_000

const PLENTIFUL = { volume: PLENTY, quoteVolume: PLENTY * 100 }

type Prices = Pick<Candle, 'open' | 'high' | 'low' | 'close'>
/** `next`: the open of the bar after it, else its close */
type BarFields = Prices & { readonly volume?: number; readonly quoteVolume?: number; readonly next?: number }

const rounded = (price: number): number => Number(price.toFixed(2))

/** A long time for an order to belong to a bar: the contract's stories send several orders in one. */
const SETTINGS: PaperSettings = { ...PAPER_SETTINGS, barGraceMs: 30_000 }

export class PaperHarness<Shelf extends PaperShelf = MemoryShelf> implements VenueHarness {
  readonly reports: VenueReport[] = []
  /** every event of the market so far */
  readonly told: FeedEvent[] = []
  readonly takingCost = 0.0002
  readonly clock = new VirtualClock({ startAt: START_AT })
  readonly shelf: Shelf
  readonly settings: PaperSettings
  venue: PaperExchange
  last = 100
  readonly isBook: boolean

  constructor(market: 'candles' | 'books', settings: PaperSettings, shelf: Shelf) {
    this.isBook = market === 'books'
    this.settings = settings
    this.shelf = shelf
    this.venue = this.open()
  }

  static started(market: 'candles' | 'books', settings: PaperSettings = SETTINGS): Promise<PaperHarness> {
    return PaperHarness.startedOn(new MemoryShelf(), market, settings)
  }

  static async startedOn<Shelf extends PaperShelf>(
    shelf: Shelf,
    market: 'candles' | 'books',
    settings: PaperSettings = SETTINGS,
  ): Promise<PaperHarness<Shelf>> {
    const harness = new PaperHarness(market, settings, shelf)
    await harness.listen()
    await harness.moveTo(100)
    return harness
  }

  now(): number {
    return this.clock.now()
  }

  async moveTo(price: number): Promise<void> {
    const { last } = this
    const at = this.nextMinute()
    this.tell({ kind: 'mark', mark: { symbol: CONTRACT.symbol, at, mark: price } })
    if (this.isBook) {
      this.ticker({ last: price, bid: rounded(price - TICK), ask: rounded(price + TICK) })
    } else {
      this.bar({ open: last, high: Math.max(last, price), low: Math.min(last, price), close: price, volume: PLENTY })
    }
    await this.settle()
  }

  async tradeAt(price: number, quantity: number): Promise<void> {
    this.nextMinute()
    const { last } = this
    const through = rounded(price < last ? price - TICK : price + TICK)
    if (this.isBook) {
      const touch = price < last ? { ask: price, bid: through } : { bid: price, ask: through }
      this.ticker({ last, ...touch, bidQuantity: quantity, askQuantity: quantity })
    } else {
      const volume = quantity / this.settings.maxBarShare
      this.bar({ open: last, high: Math.max(last, through), low: Math.min(last, through), close: last, volume })
    }
    await this.settle()
  }

  async settleFunding(rate: number, at = this.clock.now()): Promise<number> {
    this.tell({ kind: 'funding', funding: { symbol: CONTRACT.symbol, at, rate, intervalHours: 8, mark: null } })
    await this.settle()
    return at
  }

  settle(): Promise<void> {
    this.clock.advanceTo(this.clock.now() + this.settings.latencyMs)
    return Promise.resolve()
  }

  async restart(): Promise<void> {
    this.venue.close()
    this.venue = this.open()
    await this.listen()
  }

  end(): Promise<void> {
    this.venue.close()
    return Promise.resolve()
  }

  listen(): Promise<void> {
    return this.venue.connect((report) => this.reports.push(report))
  }

  tell(event: FeedEvent): void {
    this.told.push(event)
    this.venue.onMarket(event)
  }

  /** The minute before now as a closed candle, then the next bar's open. */
  bar(fields: BarFields): void {
    const { next = fields.close, ...rest } = fields
    const at = this.clock.now()
    const openAt = at - MINUTE_MS
    const candle = { symbol: CONTRACT.symbol, interval: '1m', openAt, ...PLENTIFUL, ...rest } as const
    this.tell({ kind: 'candle', candle })
    this.ticker({ last: next })
  }

  ticker(fields: Partial<Ticker> & { readonly last: number }): void {
    const at = this.clock.now()
    const sizes = fields.bid == null ? null : DEEP
    const none = { symbol: CONTRACT.symbol, at, bid: null, ask: null, bidQuantity: sizes, askQuantity: sizes }
    this.last = fields.last
    this.tell({ kind: 'ticker', ticker: { ...none, ...fields } })
  }

  nextMinute(): number {
    const at = Math.floor(this.clock.now() / MINUTE_MS + 1) * MINUTE_MS
    this.clock.advanceTo(at)
    return at
  }

  private open(): PaperExchange {
    const { clock, shelf, settings } = this
    return new PaperExchange({ clock, shelf, instruments: [CONTRACT], settings, seed: 1 })
  }
}
