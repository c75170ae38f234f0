/** The contract canary: it says nothing while the exchange is as the station relies on, and names what is otherwise. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { CONTRACT, requestOf } from '../venue-contract/venue-under-test.ts'
import { BinanceHarness } from './binance-harness.ts'

const SYMBOLS = [CONTRACT.symbol]

type Fields = Record<string, unknown>

describe('the contract canary', () => {
  let at: BinanceHarness
  beforeEach(async () => {
    at = await BinanceHarness.started()
  })
  afterEach(() => at.end())

  const look = () => at.venue.checkContract(SYMBOLS)
  /** The answer to this path has other fields. */
  const change = (path: string, fields: (answer: Fields) => Fields): void => {
    at.alter = (asked, answer) => (asked === path ? fields(structuredClone(answer) as Fields) : answer)
  }
  const changeContract = (fields: (contract: Fields) => Fields): void =>
    change('exchangeInfo', (answer) => ({ ...answer, symbols: (answer['symbols'] as Fields[]).map(fields) }))

  it('finds nothing while all is as it should be, orders nothing, and stays far below the minute’s weight', async () => {
    const before = at.venue.link().weightUsed
    expect(await look()).toEqual([])
    expect(at.sent).not.toContain('POST order')
    expect(at.exchange.exchange.orders.allOpen()).toEqual([])
    expect(at.venue.link().weightUsed - before).toBeLessThan(250)
  })

  it.each([
    ['a filter that is gone', { filters: [] }, 'no filter PRICE_FILTER'],
    ['an order type that is gone', { orderTypes: ['LIMIT', 'MARKET'] }, 'no STOP_MARKET orders'],
    ['a time in force that is gone', { timeInForce: ['GTC', 'IOC', 'FOK'] }, 'no GTX'],
    ['a field that is gone', { liquidationFee: undefined }, 'liquidationFee'],
    ['a tick of nothing', { filters: [{ filterType: 'PRICE_FILTER', tickSize: '0' }] }, 'PRICE_FILTER tickSize'],
  ])('rules: %s', async (_what, fields, says) => {
    changeContract((contract) => ({ ...contract, ...fields }))
    const findings = await look()
    expect(findings.map(({ about }) => about)).toEqual(['rules'])
    expect(findings[0]?.message).toContain(`${CONTRACT.symbol} (`)
    expect(findings[0]?.message).toContain(says)
  })

  it('a contract that does not trade, or is not traded here, is none of its business', async () => {
    changeContract((contract) => ({ ...contract, status: 'SETTLING', filters: [] }))
    expect(await look()).toEqual([])
    changeContract((contract) => ({ ...contract, symbol: 'OTHERUSDT', filters: [] }))
    expect(await look()).toEqual([])
  })

  it('limits below what we go up to', async () => {
    change('exchangeInfo', (answer) => ({
      ...answer,
      rateLimits: (answer['rateLimits'] as Fields[]).map((limit) => ({ ...limit, limit: 250 })),
    }))
    const messages = (await look()).map(({ message }) => message)
    expect(messages).toContain('the limit of REQUEST_WEIGHT per 1 minute is 250, we go up to 2400')
    expect(messages).toHaveLength(3)
  })

  it.each(['fundingInfo', 'account', 'positionRisk', 'symbolConfig', 'feeBurn', 'income', 'klines', 'openAlgoOrders'])(
    'an answer of %s that has another shape',
    async (path) => {
      change(path, () => ({ moved: 'elsewhere' }))
      const findings = await look()
      expect(findings).toHaveLength(1)
      expect(findings[0]?.message).toContain('an answer has another shape')
    },
  )

  it('an account that is not set up as the station trades it', async () => {
    const { account } = at.exchange.exchange
    account.isDualSide = true
    account.isMultiAsset = true
    const sentences = (await look()).map(({ about, message }) => `${about}: ${message}`)
    expect(sentences).toEqual([
      expect.stringContaining('account mode: The account holds longs and shorts apart'),
      expect.stringContaining('account mode: The account shares margin between assets'),
    ])
  })

  it.each([
    ['POST /fapi/v1/order/test', -4120, 'an order as we send it is not understood'],
    ['POST /fapi/v1/order/test', -1106, 'an order as we send it is not understood'],
    ['GET /fapi/v1/algoOrder', -5000, 'conditional orders cannot be asked about'],
    ['POST /fapi/v1/listenKey', -2015, 'the exchange refuses what it allowed'],
  ])('%s refused with %i', async (on, code, says) => {
    at.exchange.inject({ name: 'not-executed', on, fields: { code } })
    const messages = (await look()).map(({ message }) => message)
    expect(messages).toEqual([expect.stringContaining(says)])
  })

  it('a trial order that the account cannot pay is understood all the same', async () => {
    at.exchange.inject({ name: 'not-executed', on: 'order/test', fields: { code: -2019 } })
    expect(await look()).toEqual([])
  })

  it('that the exchange cannot be asked is no finding: it cannot look', async () => {
    at.exchange.inject({ name: 'not-executed', on: 'feeBurn', times: Infinity, fields: { code: -1001 } })
    const goOn = async (): Promise<void> => {
      for (let question = 0; question < BINANCE_SETTINGS.readTries; question++) await at.settle()
    }
    const [looked] = await Promise.allSettled([look(), goOn()])
    expect(looked).toMatchObject({ status: 'rejected', reason: { code: -1001 } })
    at.exchange.exchange.faults.clear()
    expect(await look()).toEqual([])
  })

  it('a fee far above what trades are judged by', async () => {
    change('commissionRate', (answer) => ({ ...answer, takerCommissionRate: '0.01' }))
    expect(await look()).toEqual([{ about: 'fees', message: `the taker fee of ${CONTRACT.symbol} is 0.01` }])
  })

  it('an order refused for the account’s sake is a finding for a while', async () => {
    at.exchange.inject({ name: 'not-executed', on: 'POST /fapi/v1/order', fields: { code: -4400 } })
    at.venue.submit(requestOf('entry'))
    await at.settle()
    expect(await look()).toEqual([
      { about: 'refused orders', message: expect.stringContaining('the exchange refuses orders: ') as unknown },
    ])
    at.clock.advanceTo(at.now() + BINANCE_SETTINGS.refusalMs + 1)
    expect(await look()).toEqual([])
  })
})
