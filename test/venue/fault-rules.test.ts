/** When faults strike: by probability and by script; and the control path that arms them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { clientOf } from './ccxt-client.ts'
import { FAULTS, readRules } from './faults/fault-names.ts'
import { startVenue, type RunningVenue } from './start-venue.ts'
import { SYMBOLS, TEST } from './test-symbols.ts'

let venue: RunningVenue

beforeEach(async () => {
  venue = await startVenue({ symbols: SYMBOLS })
})
afterEach(() => venue.close())

const status = async (path = '/fapi/v1/ping'): Promise<number> => (await fetch(venue.http + path)).status

describe('when faults strike', () => {
  it('by probability: the same of the same seed, about as often as said', async () => {
    const hits = async (seed: number): Promise<string> => {
      const other = await startVenue({ symbols: SYMBOLS, seed })
      other.inject({ name: 'not-executed', probability: 0.3 })
      const answers: number[] = []
      for (let asked = 0; asked < 200; asked++) answers.push((await fetch(`${other.http}/fapi/v1/ping`)).status)
      await other.close()
      return answers.map((answer) => (answer === 200 ? '.' : 'x')).join('')
    }
    const first = await hits(3)
    expect(await hits(3)).toBe(first)
    expect(await hits(4)).not.toBe(first)
    const share = first.replaceAll('.', '').length / 200
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.4)
  })

  it('by script: at their time, after so many, so often, every so long', async () => {
    const rules = readRules([
      { name: 'gap', atMs: 60_000, fields: { symbol: 'TESTUSDT', share: -0.05 } },
      { name: 'not-executed', on: 'GET /fapi/v1/time', after: 1, times: 2 },
      { name: 'wallet', everyMs: 1000, times: 3, fields: { amount: 1 } },
    ])
    for (const rule of rules) venue.inject(rule)
    const seen: number[] = []
    for (let asked = 0; asked < 5; asked++) seen.push(await status('/fapi/v1/time'))
    expect(seen).toEqual([200, 503, 503, 200, 200])
    venue.advance(59_999)
    expect([venue.exchange.market('TESTUSDT').last, venue.exchange.account.wallet.toNumber()]).toEqual([100, 10_003])
    venue.advance(1)
    expect(venue.exchange.market('TESTUSDT').last).toBe(95)
  })

  it('a gap stays: the source goes on from there', () => {
    venue.inject({ name: 'gap', fields: { symbol: 'TESTUSDT', share: 0.5 } })
    const { touch } = venue.exchange.market('TESTUSDT').book
    venue.exchange.onStep({ symbol: 'TESTUSDT', at: venue.now(), last: 101, touch, volume: 0 })
    expect(venue.exchange.market('TESTUSDT').last).toBe(151.5)
  })

  it('rules that make no sense are refused by name', () => {
    expect(() => readRules({ name: 'earthquake' })).toThrow(/no such name earthquake; there are response-lost/u)
    expect(() => readRules([{ name: 'gap', often: 3 }])).toThrow('fault 0 has unknown fields often')
  })
})

describe('the control path', () => {
  const post = async (what: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${venue.http}/venue/${what}`, { method: 'POST', body: JSON.stringify(body) })
    return response.json()
  }
  const get = async (what: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${venue.http}/venue/${what}`)
    return (await response.json()) as Record<string, unknown>
  }

  it('arms faults and lists them, also those that struck', async () => {
    expect(await post('faults', { name: 'not-executed', times: 2 })).toEqual({ armed: 1 })
    expect(await status()).toBe(503)
    await post('faults/clear', {})
    expect(await status()).toBe(200)
    const { there, struck } = await get('faults')
    expect(Object.keys(there as object)).toEqual(Object.keys(FAULTS))
    expect(struck).toMatchObject([{ name: 'not-executed', on: 'GET /fapi/v1/ping' }])
  })

  it('moves clock, price, mark and trades, and shows the books', async () => {
    const at = venue.now()
    expect(await post('clock', { advanceMs: 5000 })).toEqual({ now: at + 5000 })
    const client = await clientOf(venue)
    await client.createOrder(TEST, 'limit', 'buy', 4, 99, { clientOrderId: 'rest' })
    await client.close()
    await post('trade', { symbol: 'TESTUSDT', price: 99, quantity: 1.5 })
    await post('price', { symbol: 'TESTUSDT', price: 99.5 })
    await post('mark', { symbol: 'TESTUSDT', mark: 101 })
    const books = await get('books')
    expect(books).toMatchObject({
      positions: [{ symbol: 'TESTUSDT', positionAmt: '1.500', markPrice: '101.00000000' }],
      openOrders: [{ clientOrderId: 'rest', executedQty: '1.500' }],
      trades: [{ price: '99.000', qty: '1.500' }],
    })
    expect(await get('state')).toMatchObject({ source: 'prices moved by hand', now: at + 5000 })
    expect(await post('earthquake', {})).toMatchObject({ error: expect.stringContaining('no control earthquake') })
  })
})
