/** The exchange's no: key, signature, time, parameters, filters, margin; each with its code. */
import { createHmac } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { orderMargin } from './account/margin.ts'
import { clientOf, codeOf } from './ccxt-client.ts'
import { client, eachVenue, venue } from './each-venue.ts'
import { keyOf } from './rest/signing.ts'
import { startVenue, VENUE_KEY, VENUE_SECRET, type RunningVenue } from './start-venue.ts'
import { SYMBOLS, TEST } from './test-symbols.ts'

eachVenue({
  keys: [keyOf(VENUE_KEY, VENUE_SECRET), keyOf('reader', 'secret', { mayTrade: false, mayWithdraw: true })],
})

interface Raw {
  readonly method?: string
  readonly key?: string | null
  readonly secret?: string
  readonly inBody?: boolean
}

/** A signed request by hand; answers status and code. */
async function raw(
  path: string,
  params: Record<string, string | number | null>,
  options: Raw = {},
): Promise<[number, unknown]> {
  const { method = 'GET', key = VENUE_KEY, secret = VENUE_SECRET, inBody = false } = options
  const text = Object.entries({ timestamp: venue.now(), ...params })
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  const signed = `${text}&signature=${createHmac('sha256', secret).update(text).digest('hex')}`
  const url = `${venue.http}${path}${inBody ? '' : `?${signed}`}`
  const headers: Record<string, string> = key === null ? {} : { 'X-MBX-APIKEY': key }
  const response = await fetch(url, { method, headers, ...(inBody ? { body: signed } : {}) })
  const body = (await response.json()) as { code?: number }
  return [response.status, body.code ?? 'ok']
}

describe('who asks', () => {
  it('needs a key, a known key, the right signature, in this order', async () => {
    expect(await raw('/fapi/v3/account', {}, { key: null, secret: 'x' })).toEqual([401, -2014])
    expect(await raw('/fapi/v3/account', {}, { key: 'nobody', secret: 'x' })).toEqual([401, -2015])
    expect(await raw('/fapi/v3/account', { timestamp: 1 }, { secret: 'x' })).toEqual([400, -1022])
    expect(await raw('/fapi/v3/account', { timestamp: 1 })).toEqual([400, -1021])
    expect(await raw('/fapi/v3/account', {})).toEqual([200, 'ok'])
  })

  it('may sign in the query or in the body', async () => {
    const params = { symbol: 'TESTUSDT', leverage: 5 }
    expect(await raw('/fapi/v1/leverage', params, { method: 'POST' })).toEqual([200, 'ok'])
    expect(await raw('/fapi/v1/leverage', params, { method: 'POST', inBody: true })).toEqual([200, 'ok'])
  })

  it('with a key that may not trade reads but sends nothing', async () => {
    const reader = { key: 'reader', secret: 'secret' }
    expect(await raw('/fapi/v3/account', {}, reader)).toEqual([200, 'ok'])
    const order = { symbol: 'TESTUSDT', side: 'BUY', type: 'MARKET', quantity: 1 }
    expect(await raw('/fapi/v1/order', order, { ...reader, method: 'POST' })).toEqual([401, -2015])
  })

  it('with a wrong secret is told so by the client too', async () => {
    const stranger = await clientOf(venue, { secret: 'wrong' })
    await expect(stranger.fetchBalance()).rejects.toThrow('-1022')
    await stranger.close()
  })
})

describe('the clock', () => {
  it('of the client may not be a second ahead, nor older than its window', async () => {
    const at = (ms: number, more = {}) => raw('/fapi/v3/account', { timestamp: venue.now() + ms, ...more })
    expect(await at(999)).toEqual([200, 'ok'])
    expect(await at(1000)).toEqual([400, -1021])
    expect(await at(-5000)).toEqual([200, 'ok'])
    expect(await at(-5001)).toEqual([400, -1021])
    expect(await at(-50_000, { recvWindow: 60_000 })).toEqual([200, 'ok'])
    expect(await at(0, { recvWindow: 60_001 })).toEqual([400, -1130])
  })

  it('that is wrong is repaired by looking at the time of the venue', async () => {
    venue.inject({ name: 'skew', fields: { ms: -5000 } })
    expect(await codeOf(client.fetchBalance())).toBe(-1021)
    const ours = venue.now()
    client.milliseconds = () => ours
    Reflect.deleteProperty(client, 'nonce')
    await client.loadTimeDifference()
    expect(await codeOf(client.fetchBalance())).toBe('ok')
  })
})

describe('parameters', () => {
  const order = { symbol: 'TESTUSDT', side: 'BUY', type: 'LIMIT', quantity: 1, price: 99, timeInForce: 'GTC' }
  /** null: not sent */
  const send = async (fields: Record<string, string | number | null>): Promise<unknown> => {
    const given = Object.entries<string | number | null>({ ...order, ...fields }).filter(([, value]) => value !== null)
    return (await raw('/fapi/v1/order', Object.fromEntries(given), { method: 'POST' }))[1]
  }

  it.each([
    ['no symbol', { symbol: null }, -1102],
    ['an empty one', { symbol: '' }, -1105],
    ['an unknown one', { symbol: 'NOSUCHUSDT' }, -1121],
    ['another side', { side: 'UP' }, -1117],
    ['another type', { type: 'ICEBERG' }, -1116],
    ['a conditional type', { type: 'STOP_MARKET', stopPrice: 90 }, -4120],
    ['another time in force', { timeInForce: 'SOON' }, -1115],
    ['a limit without price', { price: null }, -1102],
    ['a market order with one', { type: 'MARKET', timeInForce: null }, -1106],
    ['a quantity that is no number', { quantity: '1e3' }, -1100],
    ['a hedge side in one-way mode', { positionSide: 'LONG' }, -4061],
  ] as const)('%s is refused', async (_what, fields, code) => {
    expect(await send(fields)).toBe(code)
  })

  it('a path that is not there has its own code', async () => {
    expect(await raw('/fapi/v1/nothing', {})).toEqual([404, -5000])
  })
})

describe('filters', () => {
  it.each([
    ['off the tick', { price: 99.005 }, -4014],
    ['more decimals than there are', { price: '99.00501' }, -1111],
    ['below zero', { price: -1 }, -4001],
    ['below the least', { price: 0 }, -4013],
    ['above the largest', { price: 2_000_000 }, -4002],
    ['off the step', { quantity: '1.0005' }, -4023],
    ['nothing', { quantity: 0 }, -4003],
    ['less than the least', { quantity: '0.001' }, -4004],
    ['more than the most', { quantity: 5001 }, -4005],
    ['too little money', { quantity: '0.05' }, -4164],
    ['a buy too far up', { price: 105.01 }, -4016],
    ['a sell too far down', { side: 'SELL', price: 94.99 }, -4024],
    ['too much for a market order', { type: 'MARKET', quantity: 2001 }, -4005],
  ] as const)('%s', async (_what, fields, code) => {
    const all = { symbol: 'TESTUSDT', side: 'BUY', type: 'LIMIT', quantity: 1, price: 99, ...fields }
    const { price, ...market } = all
    const params = all.type === 'MARKET' ? market : { ...market, price, timeInForce: 'GTC' }
    expect((await raw('/fapi/v1/order', params, { method: 'POST' }))[1]).toBe(code)
  })

  it('a market order is refused when the best counterparty is beyond the bound', async () => {
    venue.exchange.market('TESTUSDT').pinnedMark = 90
    expect(await codeOf(client.createOrder(TEST, 'market', 'buy', 1))).toBe(-4131)
    expect(await codeOf(client.createOrder(TEST, 'market', 'sell', 1))).toBe('ok')
  })

  it('orders beyond the most that may rest', async () => {
    venue.exchange.market('TESTUSDT').rules = { ...venue.exchange.market('TESTUSDT').rules, maxOrders: 2 }
    const send = () => codeOf(client.createOrder(TEST, 'limit', 'buy', 1, 99))
    expect([await send(), await send(), await send()]).toEqual(['ok', 'ok', -2025])
  })
})

describe('margin and leverage', () => {
  it('what the free margin does not cover is refused, resting orders counted', async () => {
    await client.setLeverage(3, TEST)
    expect(await codeOf(client.createOrder(TEST, 'market', 'buy', 301))).toBe(-2019)
    await client.createOrder(TEST, 'limit', 'buy', 200, 99)
    const { USDT } = await client.fetchBalance()
    expect(Number(USDT?.free)).toBeCloseTo(10_000 - (200 * 99) / 3, 6)
    expect(await codeOf(client.createOrder(TEST, 'limit', 'buy', 200, 99))).toBe(-2019)
  })

  it('the loss an order would open with counts (9 253.30 at a mark of 9 259.84, sheet §7)', async () => {
    await client.setLeverage(20, TEST)
    const { exchange } = venue
    exchange.market('TESTUSDT').pinnedMark = 9259.84
    const opening = { price: exact('9253.30'), quantity: exact(1), executed: exact(0), reduceOnly: false }
    expect(orderMargin(exchange, 'TESTUSDT', { ...opening, side: 'BUY' }).toFixed(2)).toBe('462.66')
    expect(
      orderMargin(exchange, 'TESTUSDT', { ...opening, side: 'SELL' })
        .minus('462.665')
        .toFixed(2),
    ).toBe('6.54')
  })

  it('leverage stays within the brackets, and is not lowered under an isolated position', async () => {
    expect(await codeOf(client.setLeverage(51, TEST))).toBe(-4028)
    await client.setLeverage(20, TEST)
    expect(await codeOf(client.createOrder(TEST, 'limit', 'buy', 600, 99))).toBe(-2027)
    await client.setMarginMode('isolated', TEST)
    await client.createOrder(TEST, 'market', 'buy', 1)
    expect(await codeOf(client.setLeverage(19, TEST))).toBe(-4161)
    expect(await codeOf(client.setLeverage(25, TEST))).toBe('ok')
  })

  it('margin type and position mode change only when nothing is open', async () => {
    await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    expect(await codeOf(client.setMarginMode('isolated', TEST))).toBe(-4047)
    expect(await codeOf(client.setPositionMode(true))).toBe(-4067)
    await client.createOrder(TEST, 'market', 'buy', 1)
    await client.cancelAllOrders(TEST)
    expect(await codeOf(client.setMarginMode('isolated', TEST))).toBe(-4048)
    expect(await codeOf(client.setPositionMode(true))).toBe(-4068)
    await client.createOrder(TEST, 'market', 'sell', 1)
    expect(await codeOf(client.setMarginMode('cross', TEST))).toBe(-4046)
    expect(await codeOf(client.setPositionMode(false))).toBe(-4059)
    expect(await codeOf(client.setPositionMode(true))).toBe('ok')
    expect(await codeOf(client.createOrder(TEST, 'market', 'buy', 1))).toBe(-4061)
  })
})

describe('limits', () => {
  let strict: RunningVenue
  beforeAll(async () => {
    strict = await startVenue({
      symbols: SYMBOLS,
      settings: { weightPerMinute: 10, refusalsBeforeBan: 2, firstBanMs: 120_000, ordersPer10s: 2 },
    })
  })
  afterAll(() => strict.close())

  it('weights are counted, told, refused with 429, and who does not listen is banned with 418', async () => {
    const ask = (path: string) => fetch(strict.http + path)
    strict.advance(60_000)
    const first = await ask('/fapi/v1/klines?symbol=TESTUSDT&interval=1m&limit=1000')
    expect([first.status, first.headers.get('x-mbx-used-weight-1m')]).toEqual([200, '5'])
    expect((await ask('/fapi/v1/ticker/bookTicker')).headers.get('x-mbx-used-weight-1m')).toBe('10')
    const over = await ask('/fapi/v1/ping')
    expect([over.status, over.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await over.json()).toMatchObject({ code: -1003 })
    await ask('/fapi/v1/ping')
    const banned = await ask('/fapi/v1/ping')
    expect([banned.status, banned.headers.get('retry-after')]).toEqual([418, '120'])
    strict.advance(60_000)
    expect((await ask('/fapi/v1/ping')).status).toBe(418)
    strict.advance(60_000)
    expect((await ask('/fapi/v1/ping')).status).toBe(200)
  })

  it('new orders are counted by 10 s and by the minute', async () => {
    strict.advance(60_000)
    const client = await clientOf(strict)
    const send = () => codeOf(client.createOrder(TEST, 'limit', 'buy', 1, 99))
    expect([await send(), await send()]).toEqual(['ok', 'ok'])
    expect(client.last_response_headers?.['X-Mbx-Order-Count-10s']).toBe('2')
    expect(await send()).toBe(-1015)
    strict.advance(10_000)
    expect(await send()).toBe('ok')
    await client.close()
  })
})
