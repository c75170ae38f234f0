/** The exchange's public market behind the feed port: candles, prices with their touch, marks, funding. Needs no keys. */
import { type Interval, intervalMs } from '../../core/model/interval.ts'
import type { Candle, FeedEvent, Instrument } from '../../core/model/market.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { Environment, Feed, FeedDescription } from '../../core/ports/feed.ts'
import { readCandles } from './candles.ts'
import { readContracts } from './contracts.ts'
import { faultOf } from './faults.ts'
import { hearMarket } from './market-events.ts'
import { MarketTrack } from './market-track.ts'
import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { StreamSocket } from './stream-socket.ts'
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
  readonly #sockets: StreamSocket[] = []
  readonly #timers = new Set<Cancel>()
  #tell: ((event: FeedEvent) => void) | null = null
  #connections = 0

  constructor(deps: BinanceFeedDeps) {
    this.#deps = deps
    this.description = {
      environment: deps.environment,
      label: deps.label,
      interval: INTERVAL,
      priceEveryMs: PRICE_EVERY_MS,
      hasBook: true,
    }
  }

  /** For the screen: how many connections are up, and how often one was lost. */
  get streams(): { readonly up: number; readonly of: number; readonly reconnects: number } {
    const up = this.#sockets.filter((socket) => socket.isUp).length
    return { up, of: this.#sockets.length, reconnects: this.#sockets.reduce((sum, each) => sum + each.reconnects, 0) }
  }

  async instruments(): Promise<readonly Instrument[]> {
    const { symbols } = this.#deps
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
    const { client, clock } = this.#deps
    this.#tell = tell
    await client.loadHttpProxyAgent()
    const instruments = await this.instruments()
    const from = after ?? clock.now()
    const lastOpenAt = Math.floor(from / MINUTE_MS) * MINUTE_MS - MINUTE_MS
    for (const { symbol, status } of instruments)
      if (status === 'TRADING') this.#tracks.set(symbol, new MarketTrack(symbol, lastOpenAt))
    this.#open()
    this.#every(this.#deps.settings.tickerEveryMs, () => this.#tellTickers())
    this.#everyMinute()
    this.#every(this.#deps.settings.contractsEveryMs, () => void this.#tellContracts())
    if (after !== null) void this.#fillAll()
  }

  async stop(): Promise<void> {
    this.#tell = null
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    for (const socket of this.#sockets) socket.stop()
    this.#sockets.length = 0
    await Promise.resolve()
  }

  #open(): void {
    const names = [...this.#tracks.keys()].map((symbol) => symbol.toLowerCase())
    this.#sockets.push(
      this.#socket('market', ['!markPrice@arr@1s']),
      ...this.#inShards(names.map((name) => `${name}@kline_${INTERVAL}`)).map((part) => this.#socket('market', part)),
      ...this.#inShards(names.map((name) => `${name}@bookTicker`)).map((part) => this.#socket('public', part)),
    )
    for (const socket of this.#sockets) socket.start()
  }

  #inShards(streams: readonly string[]): readonly (readonly string[])[] {
    const size = this.#deps.settings.streamsPerConnection
    return Array.from({ length: Math.ceil(streams.length / size) }, (_, index) =>
      streams.slice(index * size, (index + 1) * size),
    )
  }

  #socket(category: 'market' | 'public', streams: readonly string[]): StreamSocket {
    const { streamBase, problem } = this.#deps
    const hearers = {
      tracks: this.#tracks,
      interval: INTERVAL,
      closed: (track: MarketTrack, candle: Candle) => this.#closed(track, candle),
      mark: (mark: Extract<FeedEvent, { kind: 'mark' }>['mark']) => this.#tell?.({ kind: 'mark', mark }),
      funding: (funding: Extract<FeedEvent, { kind: 'funding' }>['funding']) =>
        this.#tell?.({ kind: 'funding', funding }),
    }
    return new StreamSocket({
      ...this.#deps,
      address: () => Promise.resolve(`${streamBase}/${category}/ws/${++this.#connections}`),
      streams,
      isTalkative: true,
      onMessage: (message) => hearMarket(message, hearers),
      onUp: () => void this.#fillAll(),
      onDown: (reason) => {
        problem(`a market stream is down: ${reason}`)
        this.#fault(null, `a market stream is down: ${reason}`)
      },
    })
  }

  #closed(track: MarketTrack, candle: Candle): void {
    if (candle.openAt <= track.lastOpenAt || track.isFilling) return
    if (!track.follows(candle, MINUTE_MS)) {
      void this.#fill(track)
      return
    }
    track.lastOpenAt = candle.openAt
    this.#tell?.({ kind: 'candle', candle })
  }

  /** Candles that closed and were not told: after a lost line, and where the stream forgot one. */
  async #fillAll(): Promise<void> {
    const { clock, settings } = this.#deps
    const due = Math.floor((clock.now() - settings.lateBarMs) / MINUTE_MS) * MINUTE_MS - MINUTE_MS
    for (const track of this.#tracks.values()) if (track.lastOpenAt < due) await this.#fill(track)
  }

  async #fill(track: MarketTrack): Promise<void> {
    if (track.isFilling) return
    track.isFilling = true
    const { rest, clock } = this.#deps
    const { symbol, lastOpenAt } = track
    const span = { symbol, interval: INTERVAL, from: lastOpenAt + MINUTE_MS, before: clock.now() }
    try {
      for (const candle of await readCandles(rest, span, clock.now())) {
        track.lastOpenAt = candle.openAt
        this.#tell?.({ kind: 'candle', candle })
      }
    } catch (problem) {
      this.#fault(symbol, `missing candles could not be fetched: ${faultOf(problem).message}`)
    } finally {
      track.isFilling = false
    }
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
      this.#tell?.({ kind: 'instruments', instruments: await this.instruments() })
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
      void this.#fillAll()
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
