/** Every code of the exchange has a consequence; what is unknown may have happened, so it fails safe. */
import { describe, expect, it } from 'vitest'

import { FAULT_TABLE } from '../../../src/adapters/binance/fault-table.ts'
import { BinanceFault, faultOf } from '../../../src/adapters/binance/faults.ts'
import { CODES } from '../../venue/errors.ts'
import { exchangeErrors } from './exchange-errors.ts'

const faultWith = (status: number, code: number | null, message = 'told'): BinanceFault =>
  new BinanceFault({ status, code, message })

/** those of the protocol, all of which the simulated exchange knows */
const KNOWN_CODES = Object.keys(CODES).map(Number)

describe('faults of the exchange', () => {
  it.each(KNOWN_CODES)('%i has a consequence', (code) => {
    expect(FAULT_TABLE.map((row) => row.code)).toContain(code)
  })

  it('each code stands in the table once', () => {
    expect(new Set(FAULT_TABLE.map(({ code }) => code)).size).toBe(FAULT_TABLE.length)
  })

  it('the page of the documentation is what the table says', async () => {
    await expect(exchangeErrors()).toMatchFileSnapshot('../../../docs/exchange-errors.md')
  })

  it.each([
    [-2019, 'denied', 'INSUFFICIENT_MARGIN'],
    [-2021, 'denied', 'WOULD_TRIGGER'],
    [-2022, 'resync', 'REDUCE_ONLY'],
    [-4116, 'resync', 'DUPLICATE_CLIENT_ID'],
    [-2013, 'resync', 'UNKNOWN_ORDER'],
    [-5022, 'denied', 'POST_ONLY'],
    [-4164, 'resync', 'FILTER'],
    [-1007, 'unknown', 'OTHER'],
    [-1008, 'retry', 'OTHER'],
    [-2015, 'alert', 'OTHER'],
  ])('%i is %s, %s', (code, consequence, rejection) => {
    expect(faultWith(400, code).meaning).toEqual({ consequence, rejection })
  })

  it.each([
    ['a 429, whatever its code', faultWith(429, -1015), 'retry'],
    ['a 418', faultWith(418, -1003), 'retry'],
    ['no answer in time', faultOf(new Error('request timed out (5000 ms)')), 'unknown'],
    ['a line cut while waiting', faultOf(new Error('fetch failed: ECONNRESET')), 'unknown'],
    ['a line that was never there', faultOf(new Error('fetch failed: connect ECONNREFUSED')), 'retry'],
    ['a 503 that says it did not happen', faultWith(503, null, 'Service Unavailable.'), 'retry'],
    ['a 503 that does not know', faultWith(503, null, 'Unknown error, please check your request'), 'unknown'],
    ['a page instead of an answer', faultWith(502, null, '<html>'), 'unknown'],
    ['a code nobody told us of', faultWith(400, -9999), 'unknown'],
    ['such a code with a 401', faultWith(401, -9998), 'unknown'],
    ['a path that is gone', faultWith(404, null), 'alert'],
    ['a no without a code', faultWith(400, null), 'unknown'],
  ])('%s', (_what, fault, consequence) => {
    expect(fault.meaning.consequence).toBe(consequence)
  })

  it('signatures and listen keys do not get into its message', () => {
    const told = 'GET https://fapi.example/fapi/v1/order?symbol=X&signature=dead fetch failed: ECONNRESET'
    expect(faultOf(new Error(told)).message).toBe('GET https://fapi.example/fapi/v1/order fetch failed: ECONNRESET')
  })
})
