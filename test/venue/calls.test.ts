/** Every call of the client that the sheet lists is answered, and every code of the exchange has its status. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { clientOf, type Client } from './ccxt-client.ts'
import { CODES } from './errors.ts'
import { startVenue, type RunningVenue } from './start-venue.ts'
import { OTHER, SYMBOLS, TEST } from './test-symbols.ts'

let venue: RunningVenue
let client: Client

beforeAll(async () => {
  venue = await startVenue({ symbols: SYMBOLS })
  client = await clientOf(venue)
  client.options['fetchOpenOrders'] = { warnWithoutSymbol: false }
  await client.createOrder(TEST, 'market', 'buy', 1)
  await client.createOrder(TEST, 'limit', 'buy', 1, 99, { clientOrderId: 'resting' })
  await client.createOrder(TEST, 'market', 'sell', 1, undefined, { stopLossPrice: 97, clientOrderId: 'waiting' })
  venue.advance(8 * 3_600_000 + 30)
  venue.exchange.print('TESTUSDT', 100.1, 1)
})
afterAll(async () => {
  await client.close()
  await venue.close()
})

type Call = (client: Client) => Promise<unknown>
const TRIGGER = { trigger: true }

/** What is asked, and what the answer must hold. */
const CALLS: Record<string, readonly [Call, object]> = {
  'fetchTime()': [(c) => c.fetchTime().then((time) => ({ time })), { time: expect.any(Number) }],
  'fetchTickers()': [(c) => c.fetchTickers(), { [TEST]: { last: 100.1 } }],
  'fetchBidsAsks()': [(c) => c.fetchBidsAsks([TEST]), { [TEST]: { bid: 99.99 } }],
  'fetchOrderBook()': [(c) => c.fetchOrderBook(TEST, 20), { symbol: TEST }],
  'fetchMarkPrice()': [(c) => c.fetchMarkPrice(TEST), { markPrice: 100.1 }],
  'fetchFundingRate()': [(c) => c.fetchFundingRate(TEST), { symbol: TEST }],
  'fetchFundingRates()': [(c) => c.fetchFundingRates(), { [TEST]: {}, [OTHER]: {} }],
  'fetchFundingRateHistory()': [(c) => c.fetchFundingRateHistory(TEST, 0, 2), [{ symbol: TEST }]],
  'fetchFundingIntervals()': [(c) => c.fetchFundingIntervals(), { [OTHER]: { interval: '4h' } }],
  'fetchOHLCV()': [(c) => c.fetchOHLCV(TEST, '5m', undefined, 1), [expect.any(Array)]],
  'fetchTrades()': [(c) => c.fetchTrades(TEST, undefined, 1), [{ price: 100.1 }]],
  'fetchOpenInterest()': [(c) => c.fetchOpenInterest(TEST), { symbol: TEST }],
  'fetchLeverageTiers()': [(c) => c.fetchLeverageTiers([TEST]), { [TEST]: [{ maxLeverage: 50 }, {}] }],
  'fetchBalance()': [(c) => c.fetchBalance(), { USDT: { total: expect.any(Number) } }],
  'fetchBalance(v2)': [(c) => c.fetchBalance({ useV2: true }), { USDT: { total: expect.any(Number) } }],
  'fetchPositions()': [(c) => c.fetchPositions([TEST]), [{ side: 'long', contracts: 1 }]],
  'fetchPositions(v2)': [(c) => c.fetchPositions([TEST], { useV2: true }), [{ leverage: 20 }]],
  'fetchLeverages()': [(c) => c.fetchLeverages([TEST]), { [TEST]: { longLeverage: 20 } }],
  'fetchPositionMode()': [(c) => c.fetchPositionMode(TEST), { hedged: false }],
  'fetchTradingFee()': [(c) => c.fetchTradingFee(TEST), { taker: 0.0005 }],
  'fetchTradingFees()': [(c) => c.fetchTradingFees(), { [TEST]: {} }],
  'fetchOrder()': [(c) => c.fetchOrder('', TEST, { clientOrderId: 'resting' }), { status: 'open', price: 99 }],
  'fetchOrder(trigger)': [
    (c) => c.fetchOrder('', TEST, { clientAlgoId: 'waiting', ...TRIGGER }),
    { triggerPrice: 97, clientOrderId: 'waiting' },
  ],
  'fetchOpenOrders()': [(c) => c.fetchOpenOrders(), [{ clientOrderId: 'resting' }]],
  'fetchOpenOrders(trigger)': [
    (c) => c.fetchOpenOrders(TEST, undefined, undefined, TRIGGER),
    [{ clientOrderId: 'waiting', status: 'open' }],
  ],
  'fetchOrders()': [(c) => c.fetchOrders(TEST), [{ status: 'closed' }, { status: 'open' }]],
  'fetchOrders(trigger)': [(c) => c.fetchOrders(TEST, undefined, undefined, TRIGGER), [{ triggerPrice: 97 }]],
  'fetchMyTrades()': [(c) => c.fetchMyTrades(TEST), [{ price: 100.01 }]],
  'fetchFundingHistory()': [(c) => c.fetchFundingHistory(TEST), [{ code: 'USDT', symbol: TEST }]],
  'fetchLedger()': [(c) => c.fetchLedger('USDT'), [{ amount: 10_000 }, {}, {}]],
  orderTest: [
    (c) =>
      c.request('order/test', 'fapiPrivate', 'POST', {
        symbol: 'TESTUSDT',
        side: 'BUY',
        type: 'MARKET',
        quantity: 1,
      }),
    {},
  ],
  accountConfig: [(c) => c.request('accountConfig', 'fapiPrivate', 'GET'), { dualSidePosition: false, canTrade: true }],
  balance: [(c) => c.request('balance', 'fapiPrivateV3', 'GET'), [{ asset: 'USDT' }, { asset: 'BNB' }]],
  multiAssetsMargin: [(c) => c.request('multiAssetsMargin', 'fapiPrivate', 'GET'), { multiAssetsMargin: false }],
  feeBurn: [(c) => c.request('feeBurn', 'fapiPrivate', 'GET'), { feeBurn: false }],
}

describe('calls of the client', () => {
  it.each(Object.entries(CALLS))('%s', async (_name, [call, answer]) => {
    expect(await call(client)).toMatchObject(answer)
  })
})

describe('codes of the exchange', () => {
  const codes = Object.entries(CODES).map(([code, { status, message }]) => [Number(code), status, message] as const)

  it.each(codes)('%i comes with %i: %s', async (code, status, message) => {
    venue.inject({ name: 'not-executed', on: 'GET /fapi/v1/ping', fields: { code } })
    const response = await fetch(`${venue.http}/fapi/v1/ping`)
    expect([response.status, await response.json()]).toEqual([status, { code, msg: message }])
  })
})
