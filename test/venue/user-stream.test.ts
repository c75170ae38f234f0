/** The user-data stream, by the client and by a plain socket. */
import { describe, expect, it } from 'vitest'

import { client, eachVenue, venue } from './each-venue.ts'
import { RawSocket, userSocket } from './raw-socket.ts'
import { TEST } from './test-symbols.ts'

eachVenue()

/** Waits for the client's own private connection, then lets something happen. */
async function whenListening(happen: () => Promise<unknown>): Promise<void> {
  while (venue.sockets.counts()['private'] === undefined) await new Promise((resolve) => setImmediate(resolve))
  await happen()
}

describe('the client hears', () => {
  it('orders and trades of the account', async () => {
    const orders = client.watchOrders(TEST)
    const trades = client.watchMyTrades(TEST)
    await whenListening(() => client.createOrder(TEST, 'market', 'buy', 1, undefined, { clientOrderId: 'first' }))
    expect((await orders).at(-1)).toMatchObject({ clientOrderId: 'first', symbol: TEST })
    expect(await trades).toMatchObject([{ amount: 1, price: 100.01, fee: { currency: 'USDT' } }])
  })

  it('the wallet and the positions', async () => {
    const balance = client.watchBalance()
    await whenListening(() => client.createOrder(TEST, 'market', 'sell', 2))
    expect(Number((await balance)['USDT']?.total)).toBeCloseTo(10_000 - 2 * 99.99 * 0.0005, 8)
  })
})

describe('a plain socket hears', () => {
  it('of a market order: NEW, then the trade with the account, all at one time', async () => {
    const socket = await userSocket(venue)
    await client.createOrder(TEST, 'market', 'buy', 1)
    await socket.caughtUp()
    expect(socket.events()).toEqual(['ORDER_TRADE_UPDATE', 'TRADE_LITE', 'ACCOUNT_UPDATE', 'ORDER_TRADE_UPDATE'])
    const [placed, , account, traded] = socket.heard
    expect(placed?.['o']).toMatchObject({ x: 'NEW', X: 'NEW', q: '1.000', z: '0.000' })
    expect(traded?.['o']).toMatchObject({
      x: 'TRADE',
      X: 'FILLED',
      l: '1.000',
      L: '100.010',
      n: '0.05000500',
      N: 'USDT',
    })
    expect(account?.['a']).toMatchObject({
      m: 'ORDER',
      B: [{ a: 'USDT', wb: '9999.94999500', bc: '0' }],
      P: [{ s: 'TESTUSDT', pa: '1.000', ep: '100.01', mt: 'cross' }],
    })
    expect(account?.['T']).toBe(traded?.['T'])
    socket.close()
  })

  it('nothing of the account when an order is placed or cancelled', async () => {
    const socket = await userSocket(venue)
    const { id } = await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    await client.cancelOrder(String(id), TEST)
    await socket.caughtUp()
    expect(socket.heard.map((event) => (event['o'] as { x: string }).x)).toEqual(['NEW', 'CANCELED'])
    socket.close()
  })

  it('a change of leverage', async () => {
    const socket = await userSocket(venue)
    await client.setLeverage(7, TEST)
    expect((await socket.next(({ e }) => e === 'ACCOUNT_CONFIG_UPDATE'))['ac']).toEqual({ s: 'TESTUSDT', l: 7 })
    socket.close()
  })

  it('the order before the account, where the venue is told to', async () => {
    venue.inject({ name: 'event-order', fields: { accountFirst: false } })
    const socket = await userSocket(venue)
    await client.createOrder(TEST, 'market', 'buy', 1)
    await socket.caughtUp()
    expect(socket.events().slice(-2)).toEqual(['ORDER_TRADE_UPDATE', 'ACCOUNT_UPDATE'])
    socket.close()
  })
})

describe('listen keys', () => {
  const keys = (method: 'POST' | 'PUT' | 'DELETE') => client.request('listenKey', 'fapiPrivate', method)

  it('are the same while active and last an hour from the last extension', async () => {
    const { listenKey } = (await keys('POST')) as { listenKey: string }
    expect(listenKey).toHaveLength(64)
    expect(await keys('POST')).toEqual({ listenKey })
    venue.advance(59 * 60_000)
    expect(await keys('PUT')).toEqual({ listenKey })
    venue.advance(59 * 60_000)
    expect(venue.exchange.listenKeys.isActive(listenKey)).toBe(true)
    venue.advance(60_000)
    expect(venue.exchange.listenKeys.isActive(listenKey)).toBe(false)
    await expect(keys('PUT')).rejects.toThrow('-1125')
  })

  it('expire with a word, and the socket stays open and silent', async () => {
    const socket = await userSocket(venue)
    venue.inject({ name: 'listen-key-expired' })
    expect(await socket.next(({ e }) => e === 'listenKeyExpired')).toMatchObject({ listenKey: expect.any(String) })
    await client.createOrder(TEST, 'market', 'buy', 1)
    await socket.caughtUp()
    expect(socket.events()).toEqual(['listenKeyExpired'])
    expect(socket.isOpen).toBe(true)
    socket.close()
  })

  it('that nobody gave hear nothing, or are refused', async () => {
    const stranger = await RawSocket.open(venue, `/private/ws?listenKey=${'x'.repeat(64)}`)
    await client.createOrder(TEST, 'market', 'buy', 1)
    await stranger.caughtUp()
    expect(stranger.heard).toEqual([])
    stranger.close()
    venue.exchange.change({ unknownListenKey: 'refuse' })
    await expect(RawSocket.open(venue, '/private/ws?listenKey=nobody')).rejects.toThrow('400')
  })
})
