/** The exchange's public market: every closed candle once and in order, whatever happens to the line. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { BinanceFeed } from '../../../src/adapters/binance/binance-feed.ts'
import { Rest } from '../../../src/adapters/binance/rest.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { usdmClient, type UsdmClient } from '../../../src/adapters/binance/usdm-client.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import type { FeedEvent } from '../../../src/core/model/market.ts'
import { type RunningVenue, startVenue } from '../../venue/start-venue.ts'

const MINUTE = 60_000
const START_AT = Date.UTC(2026, 0, 5, 0, 0, 30)
const STEP_MS = 500

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('the exchange as a feed', () => {
  let clock: VirtualClock
  let venue: RunningVenue
  let client: UsdmClient
  let feed: BinanceFeed
  let problems: string[]
  let told: FeedEvent[]

  beforeEach(async () => {
    clock = new VirtualClock({ startAt: START_AT })
    venue = await startVenue({ clock, seed: 7, simulator: { symbols: 5, tickSeconds: 1 } })
    const endpoints = { rest: venue.http, stream: venue.ws, account: venue.http }
    const settings = BINANCE_SETTINGS
    client = usdmClient({ environment: 'simulated', endpoints, keys: null, settings, now: () => clock.now() })
    problems = []
    told = []
    feed = new BinanceFeed({
      client,
      rest: new Rest(client, clock, settings),
      clock,
      settings,
      environment: 'SIMULATED',
      label: 'a venue',
      streamBase: venue.ws,
      hasKeys: false,
      symbols: [],
      random: () => 0.5,
      problem: (message) => problems.push(message),
    })
  })
  afterEach(async () => {
    await feed.stop()
    await client.close()
    await venue.close()
  })

  const isUp = (): boolean => feed.link().streams.every((stream) => stream.isUp)

  const start = async (after: number | null = null): Promise<void> => {
    await feed.start((event) => told.push(event), after)
    while (!isUp()) await pause(2)
  }

  /** Time goes by in steps small enough for what is on the line to arrive. */
  const play = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += STEP_MS) {
      clock.advanceTo(clock.now() + STEP_MS)
      await pause(1)
    }
    await pause(20)
  }

  const opensOf = (symbol: string): number[] =>
    told.flatMap((event) => (event.kind === 'candle' && event.candle.symbol === symbol ? [event.candle.openAt] : []))
  const symbols = (): string[] => [
    ...new Set(told.flatMap((event) => (event.kind === 'ticker' ? [event.ticker.symbol] : []))),
  ]
  const consecutive = (opens: readonly number[]): boolean =>
    opens.every((open, index) => index === 0 || open === (opens[index - 1] ?? 0) + MINUTE)

  it('lists perpetuals in USDT with their filters, brackets and funding hours', async () => {
    const instruments = await feed.instruments()
    expect(instruments.length).toBeGreaterThanOrEqual(5)
    for (const { symbol, tickSize, stepSize, minNotional, brackets, fundingIntervalHours } of instruments) {
      expect([symbol, Number(tickSize) > 0, Number(stepSize) > 0, Number(minNotional) > 0]).toEqual([
        symbol,
        true,
        true,
        true,
      ])
      expect(brackets[0]?.notionalFloor).toBe(0)
      expect([1, 4, 8]).toContain(fundingIntervalHours)
    }
  })

  it('tells each closed candle once, a price with its touch in between, and marks', async () => {
    await start()
    await play(4 * MINUTE)
    const kinds = new Set(told.map((event) => event.kind))
    expect(kinds).toContain('mark')
    expect(symbols().length).toBeGreaterThanOrEqual(5)
    for (const symbol of symbols()) {
      const opens = opensOf(symbol)
      expect(opens.length).toBeGreaterThanOrEqual(3)
      expect([symbol, consecutive(opens)]).toEqual([symbol, true])
    }
    const tickers = told.flatMap((event) => (event.kind === 'ticker' ? [event.ticker] : []))
    expect(tickers.some(({ bid, ask }) => bid !== null && ask !== null && bid < ask)).toBe(true)
  })

  it('fetches what closed while every line was down, in order, and nothing twice', async () => {
    await start()
    await play(2 * MINUTE)
    for (const category of ['market', 'public']) venue.sockets.drop(category)
    await play(3 * MINUTE)
    while (!isUp()) await play(STEP_MS)
    await play(2 * MINUTE)
    expect(problems.some((problem) => problem.startsWith('a market stream is down'))).toBe(true)
    expect(told.some((event) => event.kind === 'fault')).toBe(true)
    for (const symbol of symbols()) expect([symbol, consecutive(opensOf(symbol))]).toEqual([symbol, true])
    expect(feed.link().streams.map(({ reconnects }) => reconnects)).toEqual([1, 1, 1])
  })

  it('goes on where a restart left off', async () => {
    await play(10 * MINUTE)
    const after = START_AT + 4 * MINUTE
    await start(after)
    await play(2 * MINUTE)
    const [symbol = ''] = symbols()
    const opens = opensOf(symbol)
    expect(opens[0]).toBe(Math.floor(after / MINUTE) * MINUTE)
    expect(consecutive(opens)).toBe(true)
  })

  it('answers history without the bar in progress', async () => {
    await play(3 * MINUTE)
    const [first] = await feed.instruments()
    const bars = await feed.history(first?.symbol ?? '', '1m', clock.now(), 50)
    expect(bars).toHaveLength(50)
    expect((bars.at(-1)?.openAt ?? 0) + MINUTE).toBeLessThanOrEqual(clock.now())
  })
})
