/** Regular orders of the unmodified client against the venue. */
import { describe, expect, it } from 'vitest'

import { codeOf } from './ccxt-client.ts'
import { client, eachVenue, venue } from './each-venue.ts'
import { TEST } from './test-symbols.ts'

eachVenue()

const amountOf = async (): Promise<number> => {
  const [position] = await client.fetchPositions([TEST])
  return position === undefined ? 0 : Number(position.contracts) * (position.side === 'short' ? -1 : 1)
}

describe('market orders', () => {
  it('fill at the touch and pay the taker fee', async () => {
    const order = await client.createOrder(TEST, 'market', 'buy', 1)
    expect(order).toMatchObject({ status: 'closed', filled: 1 })
    expect(await client.fetchOrder(String(order.id), TEST)).toMatchObject({ average: 100.01, filled: 1 })
    const [trade] = await client.fetchMyTrades(TEST)
    expect(trade).toMatchObject({ price: 100.01, amount: 1, takerOrMaker: 'taker' })
    expect(trade?.fee?.cost).toBeCloseTo(100.01 * 0.0005, 8)
    expect(await amountOf()).toBe(1)
  })

  it('are acknowledged slim: no average and no cost, unless told otherwise', async () => {
    expect((await client.createOrder(TEST, 'market', 'buy', 1)).average).toBeUndefined()
    venue.inject({ name: 'ack-shape', fields: { slim: false } })
    expect((await client.createOrder(TEST, 'market', 'buy', 1)).average).toBe(100.01)
  })

  it('walk down a thin book and expire with what nobody gives', async () => {
    const market = venue.exchange.market('TESTUSDT')
    market.book.renew({ bid: 99.99, ask: 100.01, bidQuantity: 0.01, askQuantity: 0.01 })
    const order = await client.createOrder(TEST, 'market', 'buy', 100)
    expect(order.status).toBe('expired')
    expect(Number(order.filled)).toBeGreaterThan(0.1)
    expect(Number(order.filled)).toBeLessThan(100)
    const prices = (await client.fetchMyTrades(TEST)).map(({ price }) => price)
    expect(prices).toEqual([...prices].sort((one, other) => Number(one) - Number(other)))
    expect(new Set(prices).size).toBe(prices.length)
  })
})

describe('limit orders', () => {
  it('rest, are listed, and fill as maker when the market comes through', async () => {
    const { id } = await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    expect(await client.fetchOpenOrders(TEST)).toMatchObject([{ id, price: 99, status: 'open' }])
    venue.moveTo('TESTUSDT', 98.5)
    expect(await client.fetchOrder(String(id), TEST)).toMatchObject({ status: 'closed', average: 99 })
    expect(await client.fetchMyTrades(TEST)).toMatchObject([{ takerOrMaker: 'maker', fee: { cost: 0.0198 } }])
  })

  it('fill in parts as the market trades, the better price first, then the older', async () => {
    const first = await client.createOrder(TEST, 'limit', 'buy', 2, 99)
    const second = await client.createOrder(TEST, 'limit', 'buy', 2, 99)
    const better = await client.createOrder(TEST, 'limit', 'buy', 1, 99.5)
    venue.exchange.print('TESTUSDT', 99, 2.5)
    const filled = async (id: unknown): Promise<number> => Number((await client.fetchOrder(String(id), TEST)).filled)
    expect([await filled(better.id), await filled(first.id), await filled(second.id)]).toEqual([1, 1.5, 0])
  })

  it('beyond the market take at once, never worse than their price', async () => {
    const order = await client.createOrder(TEST, 'limit', 'buy', 1, 101)
    expect(order.status).toBe('closed')
    expect((await client.fetchMyTrades(TEST))[0]?.price).toBe(100.01)
  })

  it('IOC expires with the rest, FOK is all or nothing, GTX never takes', async () => {
    const ioc = await client.createOrder(TEST, 'limit', 'buy', 1, 99, { timeInForce: 'IOC' })
    expect(ioc.status).toBe('expired')
    expect(await codeOf(client.createOrder(TEST, 'limit', 'buy', 1, 99, { timeInForce: 'FOK' }))).toBe(-5021)
    expect((await client.createOrder(TEST, 'limit', 'buy', 1, 101, { timeInForce: 'FOK' })).status).toBe('closed')
    expect(await codeOf(client.createOrder(TEST, 'limit', 'buy', 1, 101, { postOnly: true }))).toBe(-5022)
    expect((await client.createOrder(TEST, 'limit', 'buy', 1, 99, { postOnly: true })).status).toBe('open')
  })

  it('are cancelled once; the second time there is nothing to cancel', async () => {
    const { id } = await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    expect((await client.cancelOrder(String(id), TEST)).status).toBe('canceled')
    expect(await codeOf(client.cancelOrder(String(id), TEST))).toBe(-2011)
    expect(await codeOf(client.fetchOrder('999', TEST))).toBe(-2013)
  })

  it('are amended in place: same id, new price, and it may take', async () => {
    const { id } = await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    const amended = await client.editOrder(String(id), TEST, 'limit', 'buy', 2, 98)
    expect(amended).toMatchObject({ id, price: 98, amount: 2 })
    await client.editOrder(String(id), TEST, 'limit', 'buy', 2, 101)
    expect(await client.fetchOrder(String(id), TEST)).toMatchObject({ status: 'closed', filled: 2 })
  })

  it('good till a date expire then', async () => {
    const goodTillDate = venue.now() + 700_000
    const { id } = await client.createOrder(TEST, 'limit', 'buy', 1, 99, { timeInForce: 'GTD', goodTillDate })
    venue.advance(699_999)
    expect((await client.fetchOrder(String(id), TEST)).status).toBe('open')
    venue.advance(1)
    expect((await client.fetchOrder(String(id), TEST)).status).toBe('expired')
  })

  it('do not trade with our own: the resting one expires', async () => {
    const resting = await client.createOrder(TEST, 'limit', 'sell', 1, 100.01)
    expect(await client.createOrder(TEST, 'limit', 'buy', 1, 100.01)).toMatchObject({ status: 'closed' })
    expect((await client.fetchOrder(String(resting.id), TEST)).info.status).toBe('EXPIRED_IN_MATCH')
  })
})

describe('reduce-only', () => {
  it('needs something to reduce, on the right side, and never turns it', async () => {
    const reduce = { reduceOnly: true }
    expect(await codeOf(client.createOrder(TEST, 'market', 'sell', 1, undefined, reduce))).toBe(-2022)
    await client.createOrder(TEST, 'market', 'buy', 1)
    expect(await codeOf(client.createOrder(TEST, 'market', 'buy', 1, undefined, reduce))).toBe(-2022)
    expect(await codeOf(client.createOrder(TEST, 'limit', 'sell', 2, 101, reduce))).toBe(-2022)
    const order = await client.createOrder(TEST, 'market', 'sell', 5, undefined, reduce)
    expect(order).toMatchObject({ status: 'expired', filled: 1 })
    expect(await amountOf()).toBe(0)
  })

  it('is knocked out when the position becomes smaller than it', async () => {
    await client.createOrder(TEST, 'market', 'buy', 3)
    const { id } = await client.createOrder(TEST, 'limit', 'sell', 3, 103, { reduceOnly: true })
    await client.createOrder(TEST, 'market', 'sell', 1, undefined, { reduceOnly: true })
    expect((await client.fetchOrder(String(id), TEST)).status).toBe('expired')
  })
})

describe('client ids', () => {
  it('are unique among open orders and free again afterwards', async () => {
    const send = (price: number) => client.createOrder(TEST, 'limit', 'buy', 1, price, { clientOrderId: 'mine:1/a' })
    await send(99)
    expect(await codeOf(send(98))).toBe(-4116)
    await client.cancelOrder('', TEST, { clientOrderId: 'mine:1/a' })
    await send(97)
    expect(await client.fetchOrder('', TEST, { clientOrderId: 'mine:1/a' })).toMatchObject({ price: 97 })
    expect(await codeOf(client.createOrder(TEST, 'limit', 'buy', 1, 99, { clientOrderId: 'a'.repeat(37) }))).toBe(-4015)
    expect(await codeOf(client.createOrder(TEST, 'limit', 'buy', 1, 99, { clientOrderId: 'sp ace' }))).toBe(-1100)
  })
})

describe('many at once', () => {
  it('a batch answers each on its own; all of a symbol are cancelled by one call', async () => {
    const orders = [99, 98, 1].map((price) => ({ symbol: TEST, type: 'limit', side: 'buy', amount: 1, price }))
    const answers = (await client.createOrders(orders)) as { info: { code?: number } }[]
    expect(answers.map(({ info }) => info.code ?? 'placed')).toEqual(['placed', 'placed', -4164])
    expect(await client.fetchOpenOrders(TEST)).toHaveLength(2)
    await client.cancelAllOrders(TEST)
    expect(await client.fetchOpenOrders(TEST)).toEqual([])
  })

  it('some cancels of a batch fail and the others count', async () => {
    const { id } = await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    await codeOf(client.cancelOrders(['77', String(id)], TEST))
    expect(await client.fetchOpenOrders(TEST)).toEqual([])
  })

  it("the dead man's switch cancels when it is not renewed", async () => {
    await client.createOrder(TEST, 'limit', 'buy', 1, 99)
    const arm = (countdownTime: number) =>
      client.request('countdownCancelAll', 'fapiPrivate', 'POST', { symbol: 'TESTUSDT', countdownTime })
    await arm(5000)
    venue.advance(4000)
    await arm(5000)
    venue.advance(4000)
    expect(await client.fetchOpenOrders(TEST)).toHaveLength(1)
    venue.advance(1000)
    expect(await client.fetchOpenOrders(TEST)).toEqual([])
  })
})
