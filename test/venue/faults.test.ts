/** Every fault by its name does what it says. */
import { afterEach, describe, expect, it } from 'vitest'

import { codeOf } from './ccxt-client.ts'
import { client, eachVenue, venue } from './each-venue.ts'
import type { FaultFields, FaultName } from './faults/fault-names.ts'
import { RawSocket, userSocket } from './raw-socket.ts'
import { OTHER, TEST } from './test-symbols.ts'

const sockets: RawSocket[] = []

eachVenue()
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})

const strike = (name: FaultName, fields: FaultFields = {}, on = ''): void => venue.inject({ name, on, fields })
const buy = (more = {}): Promise<unknown> => client.createOrder(TEST, 'market', 'buy', 1, undefined, more)
const rest = () => client.createOrder(TEST, 'limit', 'buy', 4, 99, { clientOrderId: 'rest' })
const held = (): number => venue.exchange.account.position('TESTUSDT').amount.toNumber()
const status = async (path = '/fapi/v1/ping'): Promise<[number, string | null]> => {
  const response = await fetch(venue.http + path)
  return [response.status, response.headers.get('retry-after')]
}

async function listening(): Promise<RawSocket> {
  const socket = await userSocket(venue)
  sockets.push(socket)
  return socket
}

async function stopAt97(): Promise<RawSocket> {
  await buy()
  await client.createOrder(TEST, 'market', 'sell', 1, undefined, { stopLossPrice: 97, reduceOnly: true })
  return listening()
}

const algoLife = (socket: RawSocket): unknown[] =>
  socket.heard.flatMap(({ e, o }) => (e === 'ALGO_UPDATE' ? [(o as { X: unknown }).X] : []))

async function orderEvents(more: () => Promise<unknown> = buy): Promise<string[]> {
  const socket = await listening()
  await more()
  await socket.caughtUp()
  return socket.events()
}

/** What each fault must do. A new fault needs its line here. */
const STRIKES: Record<FaultName, () => Promise<void>> = {
  'response-lost': async () => {
    const codes: Record<string, unknown> = {}
    for (const mode of ['reset', '1007', '503'] as const) {
      strike('response-lost', { mode }, 'POST /fapi/v1/order')
      codes[mode] = await codeOf(buy())
    }
    expect(codes).toMatchObject({ '1007': -1007, '503': -1000, reset: expect.stringContaining('NetworkError') })
    expect(held()).toBe(3)
    client.timeout = 200
    strike('response-lost', { mode: 'hang' }, 'POST /fapi/v1/order')
    expect(await codeOf(buy())).toContain('RequestTimeout')
    expect(held()).toBe(4)
  },
  'not-executed': async () => {
    strike('not-executed')
    expect(await codeOf(buy())).toBe(-1008)
    strike('not-executed', { code: -1001 })
    expect(await codeOf(buy())).toBe(-1001)
    strike('not-executed', { mode: 'html' })
    expect(await codeOf(buy())).toContain('ExchangeNotAvailable')
    strike('not-executed', { mode: 'reset' })
    expect(await codeOf(buy())).toContain('NetworkError')
    client.timeout = 200
    strike('not-executed', { mode: 'hang' })
    expect(await codeOf(buy())).toContain('RequestTimeout')
    expect(held()).toBe(0)
  },
  'rate-limited': async () => {
    strike('rate-limited', { seconds: 7 })
    expect(await status()).toEqual([429, '7'])
    expect(await status()).toEqual([200, null])
  },
  banned: async () => {
    strike('banned', { seconds: 30 })
    expect(await status()).toEqual([418, '30'])
    venue.advance(29_000)
    expect(await status()).toEqual([418, '1'])
    venue.advance(1000)
    expect(await status()).toEqual([200, null])
  },
  slow: async () => {
    strike('slow', { ms: 3000 }, 'POST /fapi/v1/order')
    const sent = buy()
    while (venue.exchange.faults.struck.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(held()).toBe(0)
    venue.advance(3000)
    await sent
    expect(held()).toBe(1)
  },
  'replication-lag': async () => {
    await rest()
    strike('replication-lag', { ms: 500 })
    const ask = () => codeOf(client.fetchOrder('', TEST, { clientOrderId: 'rest' }))
    expect([await ask(), await ask()]).toEqual([-2013, 'ok'])
  },
  'cancel-race': async () => {
    await rest()
    strike('cancel-race', { share: 0.25 })
    await client.cancelOrder('', TEST, { clientOrderId: 'rest' })
    expect(held()).toBe(1)
    await rest()
    strike('cancel-race')
    expect(await codeOf(client.cancelOrder('', TEST, { clientOrderId: 'rest' }))).toBe(-2011)
    expect(held()).toBe(5)
  },
  'permissions-unreadable': async () => {
    const urls = client.urls['api'] as unknown as Record<string, string>
    urls['sapi'] = `${venue.http}/sapi/v1`
    strike('permissions-unreadable')
    expect(await codeOf(client.request('account/apiRestrictions', 'sapi', 'GET'))).toBe(-2015)
  },
  'stuck-triggering': async () => {
    const socket = await stopAt97()
    strike('stuck-triggering', { ms: 60_000 })
    venue.moveTo('TESTUSDT', 96)
    venue.advance(59_000)
    await socket.caughtUp()
    expect([algoLife(socket), held()]).toEqual([['TRIGGERING'], 1])
    venue.advance(2000)
    expect(held()).toBe(0)
  },
  'child-refused': async () => {
    const socket = await stopAt97()
    strike('child-refused', { code: -2019 })
    venue.moveTo('TESTUSDT', 96)
    venue.advance(20)
    await socket.caughtUp()
    expect([algoLife(socket), held()]).toEqual([['TRIGGERING', 'REJECTED'], 1])
    expect(socket.events()).toContain('CONDITIONAL_ORDER_TRIGGER_REJECT')
  },
  'partial-take': async () => {
    strike('partial-take', { share: 0.3 })
    expect(await buy()).toMatchObject({ status: 'expired', filled: 0.3 })
  },
  'duplicate-event': async () => {
    strike('duplicate-event', {}, 'ACCOUNT_UPDATE')
    expect((await orderEvents()).filter((name) => name === 'ACCOUNT_UPDATE')).toHaveLength(2)
  },
  'swap-events': async () => {
    strike('swap-events', {}, 'ACCOUNT_UPDATE')
    expect((await orderEvents()).slice(-2)).toEqual(['ORDER_TRADE_UPDATE', 'ACCOUNT_UPDATE'])
  },
  'lose-event': async () => {
    venue.inject({ name: 'lose-event', on: 'ORDER_TRADE_UPDATE', after: 1 })
    expect(await orderEvents()).toEqual(['ORDER_TRADE_UPDATE', 'TRADE_LITE', 'ACCOUNT_UPDATE'])
  },
  'delay-event': async () => {
    strike('delay-event', { ms: 5000 }, 'ORDER_TRADE_UPDATE')
    const socket = await listening()
    await rest()
    venue.advance(4999)
    await socket.caughtUp()
    expect(socket.heard).toEqual([])
    venue.advance(1)
    await socket.caughtUp()
    expect(socket.events()).toEqual(['ORDER_TRADE_UPDATE'])
  },
  'depth-break': async () => {
    const socket = await RawSocket.open(venue, '/public/ws/testusdt@depth@100ms')
    sockets.push(socket)
    await socket.caughtUp()
    for (const price of [101, 102]) venue.moveTo('TESTUSDT', price)
    strike('depth-break')
    venue.moveTo('TESTUSDT', 103)
    await socket.caughtUp()
    const [first, second, third] = socket.heard as unknown as { u: number; pu: number }[]
    expect(second?.pu).toBe(first?.u)
    expect(third?.pu).not.toBe(second?.u)
  },
  skew: async () => {
    strike('skew', { ms: -2000 })
    expect(await codeOf(buy())).toBe(-1021)
    expect(await client.fetchTime()).toBe(venue.now() - 2000)
  },
  'ws-silent': async () => {
    const socket = await listening()
    strike('ws-silent', { category: 'private', ms: 1000 })
    await rest()
    await socket.caughtUp()
    expect([socket.heard, socket.isOpen]).toEqual([[], true])
    venue.advance(1000)
    await client.cancelAllOrders(TEST)
    await socket.caughtUp()
    expect(socket.events()).toEqual(['ORDER_TRADE_UPDATE'])
  },
  'ws-drop': async () => {
    const [mine, market] = [await listening(), await RawSocket.open(venue, '/market/ws/1')]
    sockets.push(market)
    strike('ws-drop', { category: 'private' })
    await mine.closed()
    expect(market.isOpen).toBe(true)
    strike('ws-drop')
    await market.closed()
  },
  'listen-key-expired': async () => {
    const socket = await listening()
    strike('listen-key-expired')
    expect(await socket.next(({ e }) => e === 'listenKeyExpired')).toBeTruthy()
  },
  outage: async () => {
    const socket = await listening()
    venue.exchange.print('TESTUSDT', 100.2, 1)
    strike('outage', { ms: 120_000 })
    expect((await status())[0]).toBe(503)
    expect(await codeOf(buy())).not.toBe('ok')
    await expect(RawSocket.open(venue, '/market/ws/1')).rejects.toThrow('400')
    venue.moveTo('TESTUSDT', 90)
    venue.advance(120_000)
    await socket.caughtUp()
    expect([socket.heard, held()]).toEqual([[], 0])
    const candles = await client.fetchOHLCV(TEST, '1m', undefined, 2)
    expect(candles[0]).toEqual([venue.now() - 60_000, 100.2, 100.2, 100.2, 100.2, 0])
  },
  'symbol-status': async () => {
    strike('symbol-status', { symbol: 'TESTUSDT', status: 'SETTLING' })
    expect(await codeOf(buy())).toBe(-4141)
    strike('symbol-status', { symbol: 'TESTUSDT', status: 'TRADING' })
    expect(await codeOf(buy())).toBe('ok')
  },
  'filter-change': async () => {
    strike('filter-change', { symbol: 'TESTUSDT', tickSize: '0.1', stepSize: '0.1', minNotional: '50' })
    const send = (quantity: number, price: number) => codeOf(client.createOrder(TEST, 'limit', 'buy', quantity, price))
    expect([await send(1, 99.05), await send(1.05, 99), await send(0.5, 99)]).toEqual([-4014, -4023, -4164])
    expect(await send(1, 99)).toBe('ok')
  },
  'funding-interval': async () => {
    strike('funding-interval', { symbol: 'TESTUSDT', hours: 1 })
    const before = Number((await client.fetchFundingRate(TEST)).fundingTimestamp)
    expect(before - venue.now()).toBe(3_600_000)
  },
  'funding-rate': async () => {
    strike('funding-rate', { symbol: 'TESTUSDT', rate: -1 })
    expect((await client.fetchFundingRate(TEST)).fundingRate).toBe(-0.02)
  },
  settle: async () => {
    await buy()
    const before = venue.exchange.account.wallet
    strike('settle', { symbol: 'TESTUSDT', rate: 0.01 })
    expect(before.minus(venue.exchange.account.wallet).toNumber()).toBe(1)
  },
  gap: async () => {
    await stopAt97()
    strike('gap', { symbol: 'TESTUSDT', share: -0.1 })
    venue.advance(20)
    expect(venue.exchange.market('TESTUSDT').last).toBe(90)
    expect((await client.fetchMyTrades(TEST)).at(-1)?.price).toBe(89.99)
  },
  adl: async () => {
    await buy()
    strike('adl', { symbol: 'TESTUSDT', share: 0.4 })
    expect(held()).toBe(0.6)
  },
  delivery: async () => {
    const socket = await stopAt97()
    await rest()
    strike('delivery', { symbol: 'TESTUSDT' })
    await socket.caughtUp()
    expect([held(), venue.exchange.orders.allOpen(), venue.exchange.algos.allLive()]).toEqual([0, [], []])
    const forced = socket.heard.findLast(({ e }) => e === 'ORDER_TRADE_UPDATE')?.['o'] as { c: string; x: string }
    expect([forced.c.split('-')[0], forced.x]).toEqual(['settlement_autoclose', 'CALCULATED'])
    expect(await codeOf(buy())).toBe(-4141)
  },
  'ack-shape': async () => {
    strike('ack-shape', { slim: false })
    expect(await buy()).toMatchObject({ average: 100.01, cost: 100.01 })
  },
  'event-order': async () => {
    strike('event-order', { accountFirst: false })
    expect((await orderEvents()).slice(-2)).toEqual(['ORDER_TRADE_UPDATE', 'ACCOUNT_UPDATE'])
  },
  'coin-margined': async () => {
    strike('coin-margined')
    const socket = await RawSocket.open(venue, '/market/ws/!miniTicker@arr')
    sockets.push(socket)
    await socket.caughtUp()
    venue.advance(1000)
    const array = (await socket.next((message) => Array.isArray(message))) as unknown as { s: string; st: number }[]
    expect(array.at(-1)).toMatchObject({ s: 'BTCUSD_PERP', st: 2 })
  },
  wallet: async () => {
    strike('wallet', { amount: 5000 })
    expect(Number((await client.fetchBalance())['USDT']?.total)).toBe(15_000)
  },
  'foreign-trade': async () => {
    const events = await orderEvents(() => {
      strike('foreign-trade', { symbol: 'OTHERUSDT', side: 'SELL', quantity: 1 })
      return Promise.resolve()
    })
    expect(events).toContain('ORDER_TRADE_UPDATE')
    expect((await client.fetchPositions([OTHER]))[0]).toMatchObject({ side: 'short', contracts: 1 })
  },
  'release-trigger': async () => {
    await stopAt97()
    strike('stuck-triggering')
    venue.moveTo('TESTUSDT', 96)
    venue.advance(3_600_000)
    expect(held()).toBe(1)
    strike('release-trigger')
    expect(held()).toBe(0)
  },
}

describe('each fault', () => {
  it.each(Object.entries(STRIKES))('%s', async (name, proof) => {
    await proof()
    expect(venue.exchange.faults.struck.map((struck) => struck.name)).toContain(name)
  })
})
