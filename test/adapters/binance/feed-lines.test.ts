/** The market's connections: 500 symbols within the exchange's limits, a day that ends without a gap, sleep and silence. */
import { afterEach, describe, expect, it } from 'vitest'

import { BinanceFeed } from '../../../src/adapters/binance/binance-feed.ts'
import { Rest } from '../../../src/adapters/binance/rest.ts'
import { BINANCE_SETTINGS, type BinanceSettings } from '../../../src/adapters/binance/settings.ts'
import { usdmClient, type UsdmClient } from '../../../src/adapters/binance/usdm-client.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import type { FeedEvent } from '../../../src/core/model/market.ts'
import type { VenueSettings } from '../../venue/settings.ts'
import { type RunningVenue, startVenue } from '../../venue/start-venue.ts'
import { CONTRACT } from '../venue-contract/venue-under-test.ts'

const SECOND = 1_000
const MINUTE = 60_000
const START_AT = Date.UTC(2026, 0, 5, 0, 0, 30)

/** a touch that never moves is never told */
const TRADE_EVERY_MS = 10_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

class Market {
  readonly clock = new VirtualClock({ startAt: START_AT })
  readonly told: FeedEvent[] = []
  readonly problems: string[] = []
  readonly venue: RunningVenue
  readonly client: UsdmClient
  readonly feed: BinanceFeed

  private constructor(clock: VirtualClock, venue: RunningVenue, changes: Partial<BinanceSettings>) {
    this.clock = clock
    this.venue = venue
    const settings = { ...BINANCE_SETTINGS, ...changes }
    const endpoints = { rest: venue.http, stream: venue.ws, account: venue.http }
    const environment = 'simulated'
    this.client = usdmClient({ environment, endpoints, keys: null, settings, now: () => clock.now() })
    this.feed = new BinanceFeed({
      client: this.client,
      rest: new Rest(this.client, clock, settings),
      clock,
      settings,
      environment: 'SIMULATED',
      label: 'a venue',
      streamBase: venue.ws,
      hasKeys: false,
      symbols: [],
      random: () => 0.5,
      problem: (message) => this.problems.push(message),
    })
  }

  /** So many symbols at 100, and the feed on all of them. */
  static async of(
    symbols: number,
    { settings = {}, venue = {} }: { settings?: Partial<BinanceSettings>; venue?: Partial<VenueSettings> } = {},
  ): Promise<Market> {
    const clock = new VirtualClock({ startAt: START_AT })
    const listed = Array.from({ length: symbols }, (_symbol, index) => ({
      instrument: { ...CONTRACT, symbol: `S${index}USDT`, baseAsset: `S${index}` },
      price: 100,
    }))
    const market = new Market(clock, await startVenue({ clock, symbols: listed, settings: venue }), settings)
    await market.feed.start((event) => market.told.push(event), null)
    await market.up()
    return market
  }

  async up(): Promise<void> {
    while (!this.feed.link().streams.every((stream) => stream.isUp)) await this.play(SECOND)
  }

  async play(ms: number, step = SECOND): Promise<void> {
    for (let gone = 0; gone < ms; gone += step) {
      this.clock.advanceTo(this.clock.now() + step)
      if (gone % TRADE_EVERY_MS === 0) this.venue.moveTo('S0USDT', 100 + ((gone / TRADE_EVERY_MS) % 2) / 10)
      await pause(1)
    }
    await pause(10)
  }

  opensOf(symbol: string): number[] {
    return this.told.flatMap((event) =>
      event.kind === 'candle' && event.candle.symbol === symbol ? [event.candle.openAt] : [],
    )
  }

  async end(): Promise<void> {
    await this.feed.stop()
    await this.client.close()
    await this.venue.close()
  }
}

const isWhole = (opens: readonly number[]): boolean =>
  opens.every((open, index) => index === 0 || open === (opens[index - 1] ?? 0) + MINUTE)

let market: Market

afterEach(() => market.end())

describe('the lines of the market', () => {
  it('500 symbols: each on one connection, none beyond what one may carry, one message to subscribe', async () => {
    market = await Market.of(500, { venue: { streamsPerConnection: 200, messagesPerSecond: 1 } })
    const { streams } = market.feed.link()
    expect(streams.map(({ name, symbols }) => [name, symbols])).toEqual([
      ['marks', 500],
      ['candles 1', 200],
      ['touch 1', 200],
      ['candles 2', 200],
      ['touch 2', 200],
      ['candles 3', 100],
      ['touch 3', 100],
    ])
    const { sockets } = market.venue
    await market.play(2 * SECOND)
    for (let index = 0; index < 500; index++)
      expect([sockets.count(`s${index}usdt@kline_1m`), sockets.count(`s${index}usdt@bookTicker`)]).toEqual([1, 1])
    expect(sockets.counts()).toEqual({ market: 4, public: 3 })
    expect(streams.every(({ reconnects }) => reconnects === 0)).toBe(true)
  })

  it('before its day ends a line is replaced while it still tells: nothing is lost, nobody hears of it', async () => {
    const settings = { connectionMs: 4 * MINUTE, lateBarMs: 50 * SECOND }
    market = await Market.of(3, { settings, venue: { connectionMs: 10 * MINUTE } })
    const before = market.feed.link().streams.map(({ upSince }) => upSince ?? 0)
    await market.play(13 * MINUTE)
    const { streams, backFilled } = market.feed.link()
    expect(streams.map(({ reconnects, isUp }) => [reconnects, isUp])).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ])
    for (const [index, { upSince }] of streams.entries()) expect(upSince).toBeGreaterThan(before[index] ?? 0)
    expect(market.venue.sockets.counts()).toEqual({ market: 2, public: 1 })
    expect(market.problems).toEqual([])
    expect(backFilled).toBe(0)
    const opens = market.opensOf('S1USDT')
    expect(opens.length).toBeGreaterThanOrEqual(12)
    expect(isWhole(opens)).toBe(true)
  })

  it('after a sleep every line is dropped at once, and what closed meanwhile is fetched in order', async () => {
    market = await Market.of(3)
    await market.play(2 * MINUTE)
    market.venue.sockets.silence('', Infinity)
    market.clock.advanceTo(market.clock.now() + 10 * SECOND)
    market.feed.resumed()
    expect(market.feed.link().streams.some(({ isUp }) => isUp)).toBe(false)
    await market.play(3 * MINUTE)
    expect(market.feed.link().streams.every(({ isUp, reconnects }) => isUp && reconnects === 1)).toBe(true)
    expect(isWhole(market.opensOf('S0USDT'))).toBe(true)
  })

  it('lines that were lost leave nothing behind', async () => {
    market = await Market.of(2)
    for (let drop = 0; drop < 15; drop++) {
      market.venue.sockets.drop('')
      await market.play(2 * SECOND)
      await market.up()
    }
    const { streams } = market.feed.link()
    expect(Math.min(...streams.map(({ reconnects }) => reconnects))).toBeGreaterThan(5)
    expect([Object.keys(market.client.clients).length, market.client.listeners.size]).toEqual([3, 3])
  })

  it('a silent line is opened anew; a line of few symbols may be quiet longer than that of all marks', async () => {
    market = await Market.of(2)
    await market.play(2 * SECOND)
    market.venue.sockets.silence('', Infinity)
    await market.play(BINANCE_SETTINGS.silentMs + 2 * SECOND)
    const reconnects = (): Record<string, number> =>
      Object.fromEntries(market.feed.link().streams.map((stream) => [stream.name, stream.reconnects]))
    expect(reconnects()).toEqual({ marks: 1, 'candles 1': 0, 'touch 1': 0 })
    await market.play(BINANCE_SETTINGS.quietMs)
    expect(reconnects()['candles 1']).toBe(1)
    expect(isWhole(market.opensOf('S0USDT'))).toBe(true)
  })

  it('contracts that are not ours in the streams of all are passed over', async () => {
    market = await Market.of(2, { venue: { coinMargined: true } })
    await market.play(2 * MINUTE)
    const symbols = new Set(
      market.told.flatMap((event) =>
        event.kind === 'mark' ? [event.mark.symbol] : event.kind === 'ticker' ? [event.ticker.symbol] : [],
      ),
    )
    expect([...symbols].toSorted()).toEqual(['S0USDT', 'S1USDT'])
  })

  it('a contract that is listed later is listened to; one that trades no more is left', async () => {
    market = await Market.of(2, { settings: { contractsEveryMs: 2 * MINUTE } })
    market.venue.inject({ name: 'symbol-status', fields: { symbol: 'S0USDT', status: 'SETTLING' } })
    await market.play(3 * MINUTE)
    const count = market.opensOf('S0USDT').length
    await market.play(2 * MINUTE)
    expect(market.opensOf('S0USDT')).toHaveLength(count)
    market.venue.inject({ name: 'symbol-status', fields: { symbol: 'S0USDT', status: 'TRADING' } })
    await market.play(4 * MINUTE)
    expect(market.opensOf('S0USDT').length).toBeGreaterThan(count)
    expect(isWhole(market.opensOf('S1USDT'))).toBe(true)
  })

  it('an order refused by rules we do not know has them read anew, but not more than once a minute', async () => {
    market = await Market.of(1)
    await market.play(2 * MINUTE)
    market.venue.inject({ name: 'filter-change', fields: { symbol: 'S0USDT', tickSize: '0.05' } })
    market.feed.rulesChanged()
    market.feed.rulesChanged()
    while (!market.told.some(({ kind }) => kind === 'instruments')) await market.play(SECOND)
    const lists = market.told.flatMap((event) => (event.kind === 'instruments' ? [event.instruments] : []))
    expect(lists.map((instruments) => instruments.map(({ tickSize }) => tickSize))).toEqual([['0.050']])
    market.feed.rulesChanged()
    await market.play(2 * SECOND)
    expect(market.told.filter(({ kind }) => kind === 'instruments')).toHaveLength(1)
  })
})
