/** What trades, funding and liquidation do to the account; figures by hand. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { liquidationPrice } from './account/margin.ts'
import { clientOf } from './ccxt-client.ts'
import { client, eachVenue, venue } from './each-venue.ts'
import { RawSocket, userSocket } from './raw-socket.ts'
import { startVenue } from './start-venue.ts'
import { OTHER, SYMBOLS, TEST } from './test-symbols.ts'

eachVenue()

const wallet = (): number => venue.exchange.account.wallet.toNumber()

async function position(symbol = TEST): Promise<Record<string, string> | undefined> {
  const rows = (await client.request('positionRisk', 'fapiPrivateV3', 'GET', {
    symbol: symbol === TEST ? 'TESTUSDT' : 'OTHERUSDT',
  })) as Record<string, string>[]
  return rows[0]
}

const incomes = async (incomeType: string): Promise<Record<string, unknown>[]> =>
  (await client.request('income', 'fapiPrivate', 'GET', { incomeType })) as Record<string, unknown>[]

async function isolated(leverage: number): Promise<void> {
  await client.setMarginMode('isolated', TEST)
  await client.setLeverage(leverage, TEST)
}

describe('positions', () => {
  it('average what opens, realise what closes, and turn', async () => {
    await client.createOrder(TEST, 'limit', 'buy', 2, 99)
    await client.createOrder(TEST, 'limit', 'buy', 6, 98)
    venue.moveTo('TESTUSDT', 97.5)
    expect(Number((await position())?.['entryPrice'])).toBe((2 * 99 + 6 * 98) / 8)
    const before = wallet()
    await client.createOrder(TEST, 'limit', 'sell', 3, 100)
    venue.moveTo('TESTUSDT', 100.5)
    expect(wallet() - before).toBeCloseTo(3 * (100 - 98.25) - 3 * 100 * 0.0002, 8)
    expect(Number((await position())?.['entryPrice'])).toBe(98.25)
    await client.createOrder(TEST, 'limit', 'sell', 9, 101)
    venue.moveTo('TESTUSDT', 101.5)
    expect(await position()).toMatchObject({ positionAmt: '-4.000', entryPrice: '101' })
    expect(Number((await position())?.['notional'])).toBeCloseTo(-4 * 101.5, 8)
  })

  it('show what the client needs: v3 without leverage, v2 and symbolConfig with it', async () => {
    await isolated(7)
    await client.createOrder(TEST, 'market', 'buy', 1)
    const row = await position()
    expect(row).not.toHaveProperty('leverage')
    expect(row).toMatchObject({ unRealizedProfit: '-0.01000000', isolatedWallet: '14.28714286' })
    const [v2] = (await client.fetchPositions([TEST], { useV2: true })) as { leverage: number; marginMode: string }[]
    expect(v2).toMatchObject({ leverage: 7, marginMode: 'isolated' })
    expect((await client.fetchLeverages([TEST]))[TEST]).toMatchObject({ longLeverage: 7 })
  })

  it('need the maintenance of their bracket; liquidation where margin and maintenance meet', async () => {
    await isolated(10)
    await client.createOrder(TEST, 'limit', 'buy', 600, 99)
    venue.moveTo('TESTUSDT', 98.5)
    // 59 400 of cost, 5 940 of margin; bracket 2: 2 % less 500
    expect(Number((await position())?.['liquidationPrice'])).toBeCloseTo((59_400 - 5_940 - 500) / (600 * 0.98), 6)
    expect(Number((await position())?.['maintMargin'])).toBeCloseTo(600 * 98.5 * 0.02 - 500, 6)
  })

  it('liquidate in cross at the price the sheet recorded for a real one', async () => {
    // pos 0.009 at 67 445.9, MMR 0.004, wallet 25.72470371: 64 846.98753790
    const { exchange } = venue
    const bracket = { notionalFloor: 0, notionalCap: 50_000, maintenanceRate: 0.004, cum: 0, maxLeverage: 125 }
    exchange.market('TESTUSDT').rules = { ...exchange.market('TESTUSDT').rules, brackets: [bracket] }
    exchange.account.wallet = exact('25.72470371')
    const real = Object.assign(exchange.account.position('TESTUSDT'), {
      amount: exact('0.009'),
      entryPrice: exact('67445.9'),
    })
    expect(liquidationPrice(exchange, real).toNumber()).toBeCloseTo(64_846.9875379, 6)
  })
})

describe('the wallet', () => {
  it('begins with a deposit and books every movement with an id beyond 2^53', async () => {
    const [deposit] = await incomes('TRANSFER')
    expect(deposit).toMatchObject({ income: '10000.00000000', asset: 'USDT' })
    expect(BigInt(String(deposit?.['tranId']))).toBeGreaterThan(2n ** 53n)
    await client.createOrder(TEST, 'market', 'buy', 1)
    await client.createOrder(TEST, 'market', 'sell', 1)
    const [profit] = await incomes('REALIZED_PNL')
    expect(profit).toMatchObject({ income: '-0.02000000', symbol: 'TESTUSDT' })
    const fees = (await incomes('COMMISSION')).map(({ income }) => Number(income))
    expect(fees).toEqual([-0.050005, -0.049995])
    expect(wallet()).toBeCloseTo(10_000 - 0.02 - 0.1, 8)
  })

  it('hides an asset that never moved from the client', async () => {
    expect(Object.keys(await client.fetchBalance())).not.toContain('BNB')
    const raw = (await client.request('account', 'fapiPrivateV3', 'GET')) as { assets: { asset: string }[] }
    expect(raw.assets.map(({ asset }) => asset)).toEqual(['USDT', 'BNB'])
  })

  it('takes deposits and withdrawals, and tells them', async () => {
    const socket = await userSocket(venue)
    venue.inject({ name: 'wallet', fields: { amount: -2500 } })
    const told = await socket.next(({ e }) => e === 'ACCOUNT_UPDATE')
    expect(told['a']).toMatchObject({ m: 'WITHDRAW', B: [{ wb: '7500.00000000', bc: '-2500.00000000' }] })
    socket.close()
  })
})

describe('funding', () => {
  const HOUR_MS = 3_600_000
  const LATE_MS = 30

  it('is paid at its hours, by longs when the rate is positive, once', async () => {
    await isolated(10)
    await client.createOrder(TEST, 'market', 'buy', 2)
    venue.inject({ name: 'funding-rate', fields: { symbol: 'TESTUSDT', rate: 0.001 } })
    const before = wallet()
    venue.advance(8 * HOUR_MS + LATE_MS)
    expect(wallet() - before).toBeCloseTo(-2 * 100 * 0.001, 8)
    const [row] = await incomes('FUNDING_FEE')
    expect(row).toMatchObject({ symbol: 'TESTUSDT', income: '-0.20000000' })
    expect(Number((await position())?.['isolatedWallet'])).toBeCloseTo((2 * 100.01) / 10 - 0.2, 8)
    const history = await client.fetchFundingRateHistory(TEST)
    expect(history.at(-1)).toMatchObject({ fundingRate: 0.001 })
    expect(Number(history.at(-1)?.timestamp) % HOUR_MS).toBeLessThan(30)
  })

  it('changes its interval at run time, and its rate stops at the cap', async () => {
    await client.createOrder(TEST, 'market', 'sell', 2)
    const info = async (): Promise<unknown> =>
      ((await client.request('fundingInfo', 'fapiPublic', 'GET')) as Record<string, unknown>[]).find(
        ({ symbol }) => symbol === 'TESTUSDT',
      )
    expect(await info()).toBeUndefined()
    venue.inject({ name: 'funding-interval', fields: { symbol: 'TESTUSDT', hours: 1 } })
    expect(await info()).toMatchObject({ fundingIntervalHours: 1, adjustedFundingRateCap: '0.02000000' })
    venue.inject({ name: 'funding-rate', fields: { symbol: 'TESTUSDT', rate: 0.5 } })
    expect((await client.fetchFundingRate(TEST)).fundingRate).toBe(0.02)
    const before = wallet()
    venue.advance(HOUR_MS + LATE_MS)
    expect(wallet() - before).toBeCloseTo(2 * 100 * 0.02, 8)
  })

  it('moves nothing without a position, and tells a cross one by its wallet alone', async () => {
    const before = wallet()
    venue.advance(8 * HOUR_MS)
    expect(wallet()).toBe(before)
    await client.createOrder(OTHER, 'market', 'buy', 1)
    const socket = await userSocket(venue)
    venue.inject({ name: 'settle', fields: { symbol: 'OTHERUSDT', rate: 0.0001 } })
    const told = await socket.next(({ e }) => e === 'ACCOUNT_UPDATE')
    expect(told['a']).toMatchObject({ m: 'FUNDING_FEE', P: [] })
    socket.close()
  })
})

describe('liquidation', () => {
  it('of an isolated long: orders cancelled, forced IOC, its fee; the loss ends at its margin', async () => {
    await isolated(20)
    await client.createOrder(TEST, 'market', 'buy', 100)
    const margin = Number((await position())?.['isolatedWallet'])
    await client.createOrder(TEST, 'limit', 'buy', 1, 90)
    await client.createOrder(TEST, 'market', 'sell', 100, undefined, { stopLossPrice: 80, reduceOnly: true })
    const before = wallet()
    const socket = await userSocket(venue)
    venue.moveTo('TESTUSDT', 96.1)
    expect(Number((await position())?.['positionAmt'])).toBe(100)
    venue.moveTo('TESTUSDT', 95.5)
    await socket.caughtUp()
    const forced = socket.heard.flatMap(({ o }) => {
      const order = o as Record<string, unknown> | undefined
      return order?.['x'] === 'CALCULATED' ? [order] : []
    })
    expect(forced).toMatchObject([{ X: 'FILLED', l: '100.000', R: true, f: 'IOC', V: null }])
    expect(String(forced[0]?.['c'])).toMatch(/^autoclose-\d+$/u)
    expect(await client.fetchOpenOrders(TEST)).toEqual([])
    expect(await client.fetchOpenOrders(TEST, undefined, undefined, { trigger: true })).toHaveLength(1)
    const lost = before - wallet()
    expect(lost).toBeLessThanOrEqual(margin)
    expect(lost).toBeGreaterThan(100 * 4.5)
    expect(Number((await incomes('INSURANCE_CLEAR'))[0]?.['income'])).toBeLessThan(0)
    socket.close()
  })

  it('through the bankruptcy price: the insurance fund takes over there', async () => {
    await isolated(20)
    await client.createOrder(TEST, 'market', 'buy', 100)
    const margin = Number((await position())?.['isolatedWallet'])
    const before = wallet()
    venue.inject({ name: 'gap', fields: { symbol: 'TESTUSDT', share: -0.2 } })
    expect(before - wallet()).toBeCloseTo(margin, 0)
    expect(before - wallet()).toBeLessThanOrEqual(margin)
    expect(Number((await position())?.['positionAmt'])).toBe(0)
  })

  it('is announced by one call for margin, and told to the public', async () => {
    await isolated(20)
    await client.createOrder(TEST, 'market', 'buy', 100)
    const socket = await userSocket(venue)
    const market = await RawSocket.open(venue, '/market/stream?streams=!forceOrder@arr')
    await market.caughtUp()
    for (const price of [97, 96.3, 96.2, 98, 96.3]) venue.moveTo('TESTUSDT', price)
    await socket.caughtUp()
    // margin at 96.3: 500.05 − 371; maintenance 96.3, more than 0.8 of the 129.05 left only at 96.2 and below
    expect(socket.events().filter((name) => name === 'MARGIN_CALL')).toHaveLength(1)
    venue.moveTo('TESTUSDT', 95)
    expect(await market.next(({ stream }) => stream === '!forceOrder@arr')).toMatchObject({
      data: { e: 'forceOrder', o: { s: 'TESTUSDT', S: 'SELL', q: '100.000', X: 'FILLED' } },
    })
    socket.close()
    market.close()
  })

  it('of cross positions: the worst first, the wallet never below zero', async () => {
    await client.setLeverage(50, TEST)
    await client.setLeverage(50, OTHER)
    await client.createOrder(TEST, 'market', 'buy', 450)
    await client.createOrder(OTHER, 'market', 'sell', 1)
    venue.moveTo('TESTUSDT', 79)
    expect(Number((await position())?.['positionAmt'])).toBe(450)
    const socket = await userSocket(venue)
    venue.moveTo('TESTUSDT', 78.5)
    await socket.caughtUp()
    const closed = socket.heard.flatMap(({ o }) => {
      const order = o as Record<string, unknown> | undefined
      return order?.['x'] === 'CALCULATED' ? [order['s']] : []
    })
    // the fee of the first leaves nothing for the second
    expect([closed[0], closed.at(-1)]).toEqual(['TESTUSDT', 'OTHERUSDT'])
    expect(venue.exchange.account.held()).toEqual([])
    expect(wallet()).toBeGreaterThanOrEqual(0)
    socket.close()
  })

  it('a forced fill is not among what the client calls trades of ours, but it is in the list', async () => {
    await isolated(20)
    await client.createOrder(TEST, 'market', 'sell', 100)
    venue.moveTo('TESTUSDT', 106)
    expect((await client.fetchMyTrades(TEST)).map(({ side }) => side)).toEqual(['sell', 'buy'])
  })

  it('an ADL closes part of a good position at the mark', async () => {
    await client.createOrder(TEST, 'market', 'buy', 4)
    venue.moveTo('TESTUSDT', 103)
    const socket = await userSocket(venue)
    venue.inject({ name: 'adl', fields: { symbol: 'TESTUSDT', share: 0.5 } })
    await socket.caughtUp()
    const order = socket.heard.find(({ e }) => e === 'ORDER_TRADE_UPDATE')?.['o']
    expect(order).toMatchObject({ x: 'CALCULATED', X: 'NEW_ADL', l: '2.000', L: '103.000' })
    expect(Number((await position())?.['positionAmt'])).toBe(2)
    socket.close()
  })
})

describe('brackets and fees', () => {
  it('fees come out of BNB while fee burn is on and there is some, a tenth cheaper', async () => {
    const rich = await startVenue({ symbols: SYMBOLS, settings: { bnb: 0.0001 } })
    const trader = await clientOf(rich)
    await trader.request('feeBurn', 'fapiPrivate', 'POST', { feeBurn: true })
    const socket = await userSocket(rich)
    await trader.createOrder(TEST, 'market', 'buy', 1)
    await trader.createOrder(TEST, 'market', 'buy', 1)
    // 0.050005 USDT × 0.9 ÷ 600 = 0.0000750075 BNB, once
    const trades = (await trader.fetchMyTrades(TEST)).map(({ fee }) => [fee?.cost, fee?.currency])
    expect(trades).toEqual([
      [0.00007501, 'BNB'],
      [0.050005, 'USDT'],
    ])
    expect(Number((await trader.fetchBalance())['BNB']?.total)).toBeCloseTo(0.00002499, 8)
    await socket.caughtUp()
    const told = socket.heard.find(({ e }) => e === 'ACCOUNT_UPDATE')?.['a']
    expect(told).toMatchObject({
      B: [
        { a: 'USDT', wb: '10000.00000000' },
        { a: 'BNB', wb: '0.00002499' },
      ],
    })
    socket.close()
    await trader.close()
    await rich.close()
  })

  it('are read by the client', async () => {
    const tiers = (await client.fetchLeverageTiers([TEST]))[TEST]
    expect(tiers).toMatchObject([
      { maxNotional: 50_000, maintenanceMarginRate: 0.01, maxLeverage: 50 },
      { minNotional: 50_000, maintenanceMarginRate: 0.02, maxLeverage: 10 },
    ])
    expect(await client.fetchTradingFee(TEST)).toMatchObject({ maker: 0.0002, taker: 0.0005 })
  })

  it('the key tells what it may do', async () => {
    const client = await clientOf(venue)
    const urls = client.urls['api'] as unknown as Record<string, string>
    urls['sapi'] = `${venue.http}/sapi/v1`
    const read = () => client.request('account/apiRestrictions', 'sapi', 'GET')
    expect(await read()).toMatchObject({ enableFutures: true, enableWithdrawals: false, ipRestrict: true })
    venue.inject({ name: 'permissions-unreadable' })
    await expect(read()).rejects.toThrow('-2015')
    await client.close()
  })
})
