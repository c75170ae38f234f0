/** Conditional orders on their own endpoints: triggers, children, and what becomes of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { codeOf } from './ccxt-client.ts'
import { client, eachVenue, venue } from './each-venue.ts'
import { userSocket, type RawSocket } from './raw-socket.ts'
import { TEST } from './test-symbols.ts'

let socket: RawSocket

eachVenue()
beforeEach(async () => {
  socket = await userSocket(venue)
})
afterEach(() => socket.close())

const TRIGGER = { trigger: true }
const REDUCE = { reduceOnly: true }

const stop = (price: number, more = {}) =>
  client.createOrder(TEST, 'market', 'sell', 1, undefined, { stopLossPrice: price, ...REDUCE, ...more })

/** A statuses of conditional orders, as the stream told them. */
async function life(): Promise<unknown[]> {
  await socket.caughtUp()
  return socket.heard.flatMap(({ e, o }) => (e === 'ALGO_UPDATE' ? [(o as { X: unknown }).X] : []))
}

async function amount(): Promise<number> {
  return (await client.fetchPositions([TEST]))[0]?.contracts ?? 0
}

describe('a stop', () => {
  it('is not among the regular orders, and not cancelled with them', async () => {
    await stop(97)
    expect(await client.fetchOpenOrders(TEST)).toEqual([])
    await client.cancelAllOrders(TEST)
    expect(await client.fetchOpenOrders(TEST, undefined, undefined, TRIGGER)).toMatchObject([{ triggerPrice: 97 }])
    await client.cancelAllOrders(TEST, TRIGGER)
    expect(await client.fetchOpenOrders(TEST, undefined, undefined, TRIGGER)).toEqual([])
  })

  it('goes NEW, TRIGGERING, TRIGGERED, FINISHED; its child is a regular order under the same client id', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    const { id } = await stop(97, { clientOrderId: 'sl-1' })
    venue.moveTo('TESTUSDT', 97.5)
    expect(await life()).toEqual(['NEW'])
    venue.moveTo('TESTUSDT', 96.5)
    expect(await life()).toEqual(['NEW', 'TRIGGERING'])
    venue.advance(11)
    expect(await life()).toEqual(['NEW', 'TRIGGERING', 'TRIGGERED'])
    venue.advance(1)
    expect(await life()).toEqual(['NEW', 'TRIGGERING', 'TRIGGERED', 'FINISHED'])
    const child = await client.fetchOrder('', TEST, { clientOrderId: 'sl-1' })
    expect(child).toMatchObject({ status: 'closed', average: 96.49, filled: 1 })
    const last = socket.heard.findLast(({ e }) => e === 'ALGO_UPDATE')?.['o']
    expect(last).toMatchObject({ aid: Number(id), ai: child.id, ap: '96.490', aq: '1.000', act: 'MARKET' })
    expect(await amount()).toBe(0)
    expect(await codeOf(client.cancelOrder(String(id), TEST, TRIGGER))).toBe(-2011)
  })

  it('that would trigger at once is refused, whichever way it points', async () => {
    expect(await codeOf(stop(100))).toBe(-2021)
    expect(await codeOf(stop(101))).toBe(-2021)
    const other = (side: 'buy' | 'sell', fields: Record<string, number>) =>
      codeOf(client.createOrder(TEST, 'market', side, 1, undefined, { ...fields, ...REDUCE }))
    expect(await other('buy', { stopLossPrice: 99 })).toBe(-2021)
    expect(await other('sell', { takeProfitPrice: 99 })).toBe(-2021)
    expect(await other('buy', { takeProfitPrice: 101 })).toBe(-2021)
  })

  it('needs neither margin nor position until its trigger; then its child is refused and it says why', async () => {
    await stop(97)
    venue.moveTo('TESTUSDT', 96)
    venue.advance(11)
    expect(await life()).toEqual(['NEW', 'TRIGGERING', 'REJECTED'])
    const rejection = await socket.next(({ e }) => e === 'CONDITIONAL_ORDER_TRIGGER_REJECT')
    expect(rejection['or']).toMatchObject({ s: 'TESTUSDT', r: 'ReduceOnly Order is rejected.' })
  })

  it('follows the mark when asked to, and holds while mark and last are too far apart', async () => {
    await client.createOrder(TEST, 'market', 'buy', 2)
    await stop(97, { workingType: 'MARK_PRICE', clientOrderId: 'mark' })
    await stop(96, { priceProtect: true, clientOrderId: 'protected' })
    venue.exchange.market('TESTUSDT').pinnedMark = 104
    venue.moveTo('TESTUSDT', 95)
    venue.advance(20)
    expect(await client.fetchOpenOrders(TEST, undefined, undefined, TRIGGER)).toHaveLength(2)
    venue.exchange.market('TESTUSDT').pinnedMark = null
    venue.moveTo('TESTUSDT', 95.5)
    venue.advance(20)
    expect(await client.fetchOpenOrders(TEST, undefined, undefined, TRIGGER)).toEqual([])
    expect(await amount()).toBe(0)
  })

  it('closes no more than the position', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await client.createOrder(TEST, 'market', 'sell', 3, undefined, { stopLossPrice: 97, ...REDUCE })
    venue.moveTo('TESTUSDT', 96)
    venue.advance(20)
    expect(await amount()).toBe(0)
  })

  it('as a limit rests at its price after the trigger', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await client.createOrder(TEST, 'limit', 'sell', 1, 98, { stopLossPrice: 97, ...REDUCE })
    venue.moveTo('TESTUSDT', 96)
    venue.advance(20)
    expect(await client.fetchOpenOrders(TEST)).toMatchObject([{ price: 98 }])
    expect((await life()).at(-1)).toBe('TRIGGERED')
    await client.cancelAllOrders(TEST)
    venue.advance(1)
    expect((await life()).at(-1)).toBe('FINISHED')
    expect(socket.heard.findLast(({ e }) => e === 'ALGO_UPDATE')?.['o']).toMatchObject({ aq: '0' })
  })
})

describe('closing the whole position', () => {
  const close = (price: number) =>
    client.createOrder(TEST, 'STOP_MARKET', 'sell', undefined as unknown as number, undefined, {
      stopPrice: price,
      closePosition: true,
    })

  it('takes no quantity, exists once in a direction, and closes what is there at the trigger', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await close(97)
    expect(await codeOf(close(96))).toBe(-4130)
    await client.createOrder(TEST, 'market', 'buy', 2)
    venue.moveTo('TESTUSDT', 96)
    venue.advance(20)
    expect(await amount()).toBe(0)
  })

  it('ends with the position', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await close(97)
    await client.createOrder(TEST, 'market', 'sell', 1)
    expect(await life()).toEqual(['NEW', 'EXPIRED'])
  })
})

describe('a target', () => {
  it('waits on the other side', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await client.createOrder(TEST, 'market', 'sell', 1, undefined, { takeProfitPrice: 103, ...REDUCE })
    venue.moveTo('TESTUSDT', 102.9)
    venue.advance(20)
    expect(await amount()).toBe(1)
    venue.moveTo('TESTUSDT', 103.2)
    venue.advance(20)
    expect(await amount()).toBe(0)
    expect((await client.fetchMyTrades(TEST)).at(-1)?.price).toBe(103.19)
  })
})

describe('a trailing stop', () => {
  const trail = (more = {}) =>
    client.createOrder(TEST, 'market', 'sell', 1, undefined, { trailingPercent: 2, ...REDUCE, ...more })

  it('follows the best price and triggers on the way back', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await trail()
    for (const price of [104, 103, 102]) venue.moveTo('TESTUSDT', price)
    expect(await life()).toEqual(['NEW'])
    venue.moveTo('TESTUSDT', 101.9)
    venue.advance(20)
    expect(await amount()).toBe(0)
  })

  it('sleeps until its activation', async () => {
    await client.createOrder(TEST, 'market', 'buy', 1)
    await trail({ activatePrice: '102' })
    venue.moveTo('TESTUSDT', 97)
    expect(await life()).toEqual(['NEW'])
    venue.moveTo('TESTUSDT', 102.5)
    venue.moveTo('TESTUSDT', 100.4)
    venue.advance(20)
    expect(await amount()).toBe(0)
  })

  it('has its rate between 0.1 and 10 percent', async () => {
    expect(await codeOf(trail({ trailingPercent: 0.05 }))).toBe(-2007)
    expect(await codeOf(trail({ trailingPercent: 11 }))).toBe(-2007)
  })
})

describe('refusals', () => {
  it.each([
    ['trigger off the tick', { stopLossPrice: 97.001 }, -4014],
    ['the same client id twice', { stopLossPrice: 97, clientOrderId: 'twice' }, -4116],
    ['another working type', { stopLossPrice: 97, workingType: 'INDEX' }, -1130],
  ] as const)('%s', async (_what, fields, code) => {
    await stop(98, { clientOrderId: 'twice' })
    venue.exchange.market('TESTUSDT').rules = { ...venue.exchange.market('TESTUSDT').rules, pricePrecision: 3 }
    const raw = {
      symbol: 'TESTUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      algoType: 'CONDITIONAL',
      quantity: 1,
      triggerPrice: fields.stopLossPrice,
      ...('clientOrderId' in fields ? { clientAlgoId: fields.clientOrderId } : {}),
      ...('workingType' in fields ? { workingType: fields.workingType } : {}),
    }
    expect(await codeOf(client.request('algoOrder', 'fapiPrivate', 'POST', raw))).toBe(code)
  })
})
