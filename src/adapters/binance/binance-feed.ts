/** The exchange's public market behind the feed port: candles, prices with their touch, marks, funding. Needs no keys. */
import { type Interval, intervalMs } from '../../core/model/interval.ts'
import type { Candle, FeedEvent, Instrument } from '../../core/model/market.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { Environment, Feed, FeedDescription } from '../../core/ports/feed.ts'
import type { FeedLink } from '../../core/ports/link.ts'
import { BackFill } from './back-fill.ts'
import { readCandles } from './candles.ts'
import { ClockWatch } from './clock-watch.ts'
import { readContracts } from './contracts.ts'
import { faultOf } from './faults.ts'
import { FeedStreams } from './feed-streams.ts'
import { FundingFill } from './funding-fill.ts'
import { hearMarket, type MarketHearers } from './market-events.ts'
import { MarketTrack } from './market-track.ts'
import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import type { UsdmClient } from './usdm-client.ts'

export interface BinanceFeedDeps {
  readonly client: UsdmClient
  readonly rest: Rest
  readonly clock: Clock
  readonly settings: BinanceSettings
  readonly environment: Environment
  /** one line for people: what this market is */
  readonly label: string
  /** of the stream host */
  readonly streamBase: string
  readonly hasKeys: boolean
  /** empty: all perpetuals in USDT */
  readonly symbols: readonly string[]
  readonly random: () => number
  readonly problem: (message: string) => void
}

const INTERVAL: Interval = '1m'
const MINUTE_MS = intervalMs(INTERVAL)
/** a mark price comes every second, a price when there is a trade or the touch moves */
const PRICE_EVERY_MS = 3_000

export class BinanceFeed implements Feed {
  readonly description: FeedDescription
  readonly #deps: BinanceFeedDeps
  readonly #tracks = new Map<string, MarketTrack>()
  readonly #streams: FeedStreams
  readonly #backFill: BackFill
  readonly #clockWatch: ClockWatch
  readonly #timers = new Set<Cancel>()
  #tell: ((event: FeedEvent) => void) | null = null
  #contractsAt = 0
  #fundingFill: FundingFill | null = null

  constructor(deps: BinanceFeedDeps) {
    this.#deps = deps
    const { environment, label, streamBase, problem } = deps
    this.description = { environment, label, interval: INTERVAL, priceEveryMs: PRICE_EVERY_MS, hasBook: true }
    const hearers: MarketHearers = {
      tracks: this.#tracks,
      interval: INTERVAL,
      closed: (track, candle) => this.#closed(track, candle),
      mark: (mark) => {
        this.#tell?.({ kind: 'mark', mark })
        this.#fundingFill?.heard(mark.at)
      },
      funding: (funding) => this.#tell?.({ kind: 'funding', funding }),
    }
    this.#streams = new FeedStreams({
      ...deps,
      base: streamBase,
      interval: INTERVAL,
      onMessage: (message) => hearMarket(message, hearers),
      onUp: () => void this.#backFill.all(),
      onDown: (reason) => {
        problem(`a market stream is down: ${reason}`)
        this.#fault(null, `a market stream is down: ${reason}`)
      },
    })
    this.#backFill = new BackFill({
      ...deps,
      interval: INTERVAL,
      tracks: this.#tracks,
      tell: (candle) => this.#tell?.({ kind: 'candle', candle }),
      failed: (symbol, message) => this.#fault(symbol, message),
    })
    this.#clockWatch = new ClockWatch({ ...deps, rest: null, woke: () => this.resumed() })
  }

  link(): FeedLink {
    return { streams: this.#streams.readings, backFilled: this.#backFill.count }
  }

  async instruments(): Promise<readonly Instrument[]> {
    const { symbols, clock } = this.#deps
    this.#contractsAt = clock.now()
    const all = await readContracts(this.#deps)
    return symbols.length === 0 ? all : all.filter(({ symbol }) => symbols.includes(symbol))
  }

  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]> {
    const { rest, clock } = this.#deps
    const length = intervalMs(interval)
    const end = Math.min(Math.ceil(before / length), Math.floor(clock.now() / length)) * length
    const from = end - limit * length
    return readCandles(rest, { symbol, interval, from, before }, clock.now())
  }

  async start(tell: (event: FeedEvent) => void, after: number | null): Promise<void> {
    const { client, clock, settings } = this.#deps
    this.#tell = tell
    this.#fundingFill = new FundingFill(after ?? clock.now(), {
      ...this.#deps,
      tracks: this.#tracks,
      tell: (funding) => this.#tell?.({ kind: 'funding', funding }),
    })
    await client.loadHttpProxyAgent()
    this.#follow(await this.instruments(), after ?? clock.now())
    this.#every(settings.tickerEveryMs, () => this.#tellTickers())
    this.#everyMinute()
    this.#every(settings.contractsEveryMs, () => void this.#tellContracts())
    this.#clockWatch.start()
    if (after !== null) void this.#backFill.all()
  }

  async stop(): Promise<void> {
    this.#tell = null
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    this.#clockWatch.stop()
    this.#streams.stop()
    this.#tracks.clear()
    await Promise.resolve()
  }

  /** Lines of before the sleep are dropped; what closed meanwhile is fetched as soon as they are back. */
  resumed(): void {
    if (this.#clockWatch.wakes()) this.#streams.renew('the computer slept')
  }

  /** An order was refused by rules other than those we know: they are read anew, though not again and again. */
  rulesChanged(): void {
    const { clock, settings } = this.#deps
    if (clock.now() - this.#contractsAt >= settings.rulesEveryMs) void this.#tellContracts()
  }

  /** Symbols that trade are listened to from `from` on; those that do not any more are left. */
  #follow(instruments: readonly Instrument[], from: number): void {
    const lastOpenAt = Math.floor(from / MINUTE_MS) * MINUTE_MS - MINUTE_MS
    const trading = instruments.filter(({ status }) => status === 'TRADING').map(({ symbol }) => symbol)
    const wanted = new Set(trading)
    for (const symbol of this.#tracks.keys()) if (!wanted.has(symbol)) this.#tracks.delete(symbol)
    for (const symbol of trading)
      if (!this.#tracks.has(symbol)) this.#tracks.set(symbol, new MarketTrack(symbol, lastOpenAt))
    for (const { symbol, fundingIntervalHours } of instruments) {
      const track = this.#tracks.get(symbol)
      if (track !== undefined) track.fundingHours = fundingIntervalHours
    }
    this.#streams.carry(trading)
  }

  #closed(track: MarketTrack, candle: Candle): void {
    if (candle.openAt <= track.lastOpenAt || track.isFilling) return
    if (!track.follows(candle, MINUTE_MS)) {
      void this.#backFill.one(track)
      return
    }
    track.lastOpenAt = candle.openAt
    this.#tell?.({ kind: 'candle', candle })
  }

  #tellTickers(): void {
    for (const track of this.#tracks.values()) {
      if (!track.isMoved) continue
      track.isMoved = false
      this.#tell?.({ kind: 'ticker', ticker: track.ticker() })
    }
  }

  async #tellContracts(): Promise<void> {
    try {
      const instruments = await this.instruments()
      if (this.#tell === null) return
      this.#follow(instruments, this.#deps.clock.now())
      this.#tell({ kind: 'instruments', instruments })
    } catch (problem) {
      this.#fault(null, `the contracts could not be read: ${faultOf(problem).message}`)
    }
  }

  #fault(symbol: string | null, message: string): void {
    this.#tell?.({ kind: 'fault', at: this.#deps.clock.now(), symbol, message })
  }

  #everyMinute(): void {
    const { clock, settings } = this.#deps
    const next = (Math.floor(clock.now() / MINUTE_MS) + 1) * MINUTE_MS + settings.lateBarMs
    this.#later(next, () => {
      void this.#backFill.all()
      this.#everyMinute()
    })
  }

  #every(ms: number, work: () => void): void {
    this.#later(this.#deps.clock.now() + ms, () => {
      work()
      this.#every(ms, work)
    })
  }

  #later(at: number, work: () => void): void {
    const cancel = this.#deps.clock.at(at, () => {
      this.#timers.delete(cancel)
      work()
    })
    this.#timers.add(cancel)
  }
}
