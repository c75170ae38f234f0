/** Public REST and market streams, by the client and by plain sockets. */
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'

import { loadRecording } from '../../src/adapters/recorded/recording.ts'
import { recordedData } from '../fixtures/recorded-data.ts'
import { clientOf, codeOf } from './ccxt-client.ts'
import { client, eachVenue, venue } from './each-venue.ts'
import { RecordedSource } from './market/recorded-source.ts'
import { RawSocket } from './raw-socket.ts'
import { startVenue } from './start-venue.ts'
import { TEST } from './test-symbols.ts'

const MINUTE_MS = 60_000

eachVenue()

const rows = (path: string): Promise<unknown> => fetch(venue.http + path).then((response) => response.json())

describe('candles', () => {
  it('end with the one in progress, and closed ones are what was traded', async () => {
    venue.moveTo('TESTUSDT', 101)
    venue.exchange.print('TESTUSDT', 100.5, 3)
    venue.advance(MINUTE_MS)
    venue.exchange.print('TESTUSDT', 100.7, 2)
    const candles = await client.fetchOHLCV(TEST, '1m', undefined, 3)
    expect(candles.slice(-2)).toEqual([
      [venue.now() - MINUTE_MS, 100, 101, 100, 100.5, 3],
      [venue.now(), 100.7, 100.7, 100.7, 100.7, 2],
    ])
    expect(candles).toHaveLength(3)
  })

  it('without a trade are flat, volume 0', async () => {
    venue.advance(3 * MINUTE_MS)
    const [candle] = await client.fetchOHLCV(TEST, '1m', venue.now() - MINUTE_MS, 1)
    expect(candle).toEqual([venue.now() - MINUTE_MS, 100, 100, 100, 100, 0])
  })

  it('of every interval come oldest first from startTime, without gap into the time before the venue', async () => {
    for (const [interval, length] of [
      ['1m', 1],
      ['15m', 15],
      ['1h', 60],
      ['4h', 240],
      ['1d', 1440],
    ] as const) {
      venue.advance(7 * MINUTE_MS)
      const candles = (await client.fetchOHLCV(TEST, interval, undefined, 20)) as number[][]
      const opens = candles.map(([openAt]) => Number(openAt))
      expect(candles).toHaveLength(20)
      expect(new Set(opens.slice(1).map((openAt, index) => openAt - (opens[index] as number)))).toEqual(
        new Set([length * MINUTE_MS]),
      )
      expect(opens.at(-1)).toBe(Math.floor(venue.now() / (length * MINUTE_MS)) * length * MINUTE_MS)
      const from = await client.fetchOHLCV(TEST, interval, opens[5], 3)
      expect(from.map(([openAt]) => openAt)).toEqual(opens.slice(5, 8))
    }
  })

  it('are refused beyond 1000 and for intervals that are not', async () => {
    expect(await rows('/fapi/v1/klines?symbol=TESTUSDT&interval=1m&limit=1001')).toMatchObject({ code: -1130 })
    expect(await rows('/fapi/v1/klines?symbol=TESTUSDT&interval=1s')).toMatchObject({ code: -1120 })
    expect(await client.fetchOHLCV(TEST, '1m', undefined, 1500)).toHaveLength(1000)
    expect(await client.fetchOHLCV(TEST, '1h', undefined, 2, { price: 'mark' })).toHaveLength(2)
  })
})

describe('tickers, book, funding', () => {
  it('24 h have no bid and ask; the book ticker has', async () => {
    const ticker = await client.fetchTicker(TEST)
    expect([ticker.last, ticker.bid]).toEqual([100, undefined])
    expect((await client.fetchBidsAsks([TEST]))[TEST]).toMatchObject({ bid: 99.99, ask: 100.01 })
    expect(Object.keys(await client.fetchTickers())).toHaveLength(2)
  })

  it('depth takes certain limits only', async () => {
    const book = await client.fetchOrderBook(TEST, 20)
    expect([book.bids.length, book.asks.length, book.bids[0]?.[0]]).toEqual([20, 20, 99.99])
    expect(await rows('/fapi/v1/depth?symbol=TESTUSDT&limit=3')).toMatchObject({ code: -4021 })
    expect(await rows('/fapi/v1/depth?symbol=TESTUSDT&limit=1500')).toMatchObject({ code: -1130 })
  })

  it('the rate shown is the one of the next settlement', async () => {
    const shown = await client.fetchFundingRate(TEST)
    venue.advance(8 * 60 * MINUTE_MS + 30)
    const [settled] = (await client.fetchFundingRateHistory(TEST)) as { fundingRate: number }[]
    expect(settled?.fundingRate).toBe(shown.fundingRate)
    expect(shown.fundingTimestamp).toBe(venue.now() - 30)
  })

  it('rules follow the filters, not the precisions', () => {
    expect(client.market(TEST)).toMatchObject({ precision: { price: 0.01, amount: 0.001 }, swap: true, active: true })
    expect(client.market(TEST).info).toMatchObject({ pricePrecision: 3 })
  })
})

describe('streams of the client', () => {
  /** Moves the market until the client has what it waits for. */
  async function whileMoving<Value>(wanted: Promise<Value>): Promise<Value> {
    const state = { isDone: false }
    const done = wanted.finally(() => {
      state.isDone = true
    })
    done.catch(() => undefined)
    for (let price = 100; !state.isDone; price = price === 100 ? 100.1 : 100) {
      venue.exchange.print('TESTUSDT', price, 1)
      venue.moveTo('TESTUSDT', price)
      venue.advance(250)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return done
  }

  it('candles, tickers, book tickers, trades, marks, books', async () => {
    const [candles] = await whileMoving(client.watchOHLCV(TEST, '1m'))
    expect(candles?.[0]).toBeGreaterThan(0)
    expect((await whileMoving(client.watchTicker(TEST))).symbol).toBe(TEST)
    expect((await whileMoving(client.watchBidsAsks([TEST])))[TEST]?.bid).toBeGreaterThan(99)
    expect((await whileMoving(client.watchTrades(TEST)))[0]).toMatchObject({ amount: 1 })
    expect((await whileMoving(client.watchMarkPrice(TEST))).symbol).toBe(TEST)
    const book = await whileMoving(client.watchOrderBook(TEST))
    expect(book.asks[0]?.[0]).toBeGreaterThan(Number(book.bids[0]?.[0]))
  })

  it('a broken chain of depth updates makes the client begin again', async () => {
    await whileMoving(client.watchOrderBook(TEST))
    venue.inject({ name: 'depth-break' })
    const failed = (async () => {
      for (;;) await client.watchOrderBook(TEST)
    })()
    await expect(whileMoving(failed)).rejects.toThrow(/checksum|nonce|out of sync/iu)
  })
})

describe('plain sockets', () => {
  it('subscribe, list, unsubscribe; /stream wraps, /ws does not', async () => {
    const plain = await RawSocket.open(venue, '/market/ws/1')
    plain.say({ method: 'SUBSCRIBE', params: ['testusdt@kline_1m', 'testusdt@aggTrade'], id: 1 })
    expect(await plain.next(({ id }) => id === 1)).toEqual({ result: null, id: 1 })
    plain.say({ method: 'UNSUBSCRIBE', params: ['testusdt@aggTrade'], id: 2 })
    plain.say({ method: 'LIST_SUBSCRIPTIONS', id: 3 })
    expect(await plain.next(({ id }) => id === 3)).toEqual({ result: ['testusdt@kline_1m'], id: 3 })
    const combined = await RawSocket.open(venue, '/public/stream?streams=testusdt@bookTicker/testusdt@trade')
    await combined.caughtUp()
    venue.exchange.print('TESTUSDT', 100.5, 1)
    expect(await combined.next(({ stream }) => stream === 'testusdt@trade')).toMatchObject({
      data: { e: 'trade', p: '100.500', q: '1.000', m: false },
    })
    expect((await plain.next(({ e }) => e === 'kline'))['k']).toMatchObject({ i: '1m', x: false, c: '100.500' })
    venue.advance(MINUTE_MS)
    const closed = await plain.next(({ k }) => (k as { x?: boolean } | undefined)?.x === true)
    expect(closed['k']).toMatchObject({ t: venue.now() - MINUTE_MS, T: venue.now() - 1, v: '1.000', n: 1 })
    plain.close()
    combined.close()
  })

  it('partial depth is the best levels whole, each time', async () => {
    const socket = await RawSocket.open(venue, '/public/ws/testusdt@depth5@100ms')
    await socket.caughtUp()
    venue.moveTo('TESTUSDT', 101)
    const told = (await socket.next(({ e }) => e === 'depthUpdate')) as unknown as { b: string[][]; a: string[][] }
    expect([told.b.length, told.a.length, told.b[0]?.[0]]).toEqual([5, 5, '100.990'])
    socket.close()
  })

  it('are pinged every 3 minutes, and cut when nobody answers', async () => {
    const { ws, exchange } = venue
    const deaf = new WebSocket(`${ws}/market/ws/1`, { autoPong: false })
    const pinged = new Promise((resolve) => deaf.once('ping', resolve))
    await new Promise((resolve) => deaf.once('open', resolve))
    venue.advance(exchange.settings.pingMs)
    await pinged
    const wall = performance.now.bind(performance)
    performance.now = () => wall() + 3000
    venue.advance(exchange.settings.pongTimeoutMs + exchange.settings.pingMs)
    performance.now = wall
    await new Promise((resolve) => deaf.once('close', resolve))
    expect(venue.sockets.counts()).toEqual({})
  })

  it('of another category stay silent', async () => {
    const socket = await RawSocket.open(venue, '/public/ws/1')
    socket.say({ method: 'SUBSCRIBE', params: ['testusdt@kline_1m'], id: 1 })
    await socket.next(({ id }) => id === 1)
    venue.moveTo('TESTUSDT', 101)
    await socket.caughtUp()
    expect(socket.events()).toEqual([])
    socket.close()
  })

  it('complain in both shapes, and cut who talks too much or wants too many', async () => {
    const socket = await RawSocket.open(venue, '/market/ws/1')
    socket.say('not json')
    expect(await socket.next(({ error }) => error !== undefined)).toMatchObject({ error: { code: 3 } })
    venue.exchange.change({ socketErrorShape: 'flat', streamsPerConnection: 1 })
    socket.say({ method: 'DANCE', id: 9 })
    expect(await socket.next(({ id }) => id === 9)).toMatchObject({ code: 2 })
    socket.say({ method: 'SUBSCRIBE', params: ['testusdt@kline_1m', 'testusdt@kline_5m'], id: 1 })
    await socket.closed()
    const loud = await RawSocket.open(venue, '/market/ws/2')
    for (let id = 1; id <= 11; id++) loud.say({ method: 'LIST_SUBSCRIPTIONS', id })
    await loud.closed()
  })

  it('end after 24 h, and coin-margined symbols come where they are switched on', async () => {
    const socket = await RawSocket.open(venue, '/market/ws/1')
    socket.say({ method: 'SUBSCRIBE', params: ['!miniTicker@arr', 'testusdt@markPrice@1s'], id: 1 })
    await socket.next(({ id }) => id === 1)
    venue.inject({ name: 'coin-margined' })
    venue.advance(1000)
    const array = (await socket.next((message) => Array.isArray(message))) as unknown as { s: string }[]
    expect(array.map(({ s }) => s)).toEqual(['TESTUSDT', 'OTHERUSDT', 'BTCUSD_PERP'])
    expect(await socket.next(({ e }) => e === 'markPriceUpdate')).toMatchObject({ p: '100.00000000' })
    venue.exchange.sockets.silence('', Infinity)
    venue.advance(24 * 60 * MINUTE_MS)
    await socket.closed()
  })
})

describe('a whole market', () => {
  it('of the simulator: hundreds of symbols load, with traps among them', async () => {
    const market = await startVenue({ simulator: { symbols: 200 }, settings: { oddListings: true } })
    const other = await clientOf(market)
    expect(other.symbols.length).toBeGreaterThan(200)
    expect(other.market('BTC/USDT:USDT').active).toBe(true)
    expect(await codeOf(other.createOrder('GOING/USDT:USDT', 'market', 'buy', 100))).toBe(-4141)
    market.advance(61_000)
    const candles = await other.fetchOHLCV('ETH/USDT:USDT', '1m', undefined, 2)
    expect(candles.map(([openAt]) => openAt)).toEqual([market.now() - 61_000, market.now() - 1000])
    const ticker = await other.fetchTicker('ETH/USDT:USDT')
    expect(ticker.quoteVolume).toBeGreaterThan(1e8)
    await other.close()
    await market.close()
  })

  it('twice the same is the same', async () => {
    const once = async (): Promise<unknown> => {
      const market = await startVenue({ simulator: { symbols: 2 }, seed: 7, startAt: Date.UTC(2026, 0, 5, 7) })
      const other = await clientOf(market)
      await other.createOrder('BTC/USDT:USDT', 'market', 'buy', 0.01)
      await other.createOrder('ETH/USDT:USDT', 'market', 'sell', 0.1, undefined, { clientOrderId: 'eth' })
      market.advance(2 * 3_600_000)
      const { exchange } = market
      const told = exchange.userStream.told.filter(({ e }) => e === 'ACCOUNT_UPDATE')
      await other.close()
      await market.close()
      return [exchange.account.wallet.toFixed(), exchange.account.income.map(({ amount }) => amount.toFixed()), told]
    }
    expect(await once()).toEqual(await once())
  })

  const data = recordedData()
  it.skipIf(data === null)('of recorded candles: they come out as they were recorded', async () => {
    const recording = await loadRecording(`${data ?? ''}/candles-2025`, { symbols: ['BTCUSDT'] })
    const source = new RecordedSource(recording)
    const market = await startVenue({ source, startAt: source.startAt + 3 * 3_600_000 })
    const other = await clientOf(market)
    market.advance(10 * MINUTE_MS)
    const candles = (await other.fetchOHLCV('BTC/USDT:USDT', '1m', undefined, 60)) as number[][]
    const { bars } = recording.symbols[0] as (typeof recording.symbols)[number]
    const first = bars.openAt.indexOf(Number(candles[0]?.[0]))
    for (const [index, candle] of candles.slice(0, -1).entries()) {
      const row = first + index
      expect(candle.slice(0, 5)).toEqual([
        bars.openAt[row],
        bars.open[row],
        bars.high[row],
        bars.low[row],
        bars.close[row],
      ])
    }
    await other.close()
    await market.close()
  })
})
