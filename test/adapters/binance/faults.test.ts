/** Every code of the exchange has a consequence; what is unknown may have happened, so it fails safe. */
import { describe, expect, it } from 'vitest'

import { BinanceFault, faultOf, MEANINGS } from '../../../src/adapters/binance/faults.ts'

const faultWith = (status: number, code: number | null, message = 'told'): BinanceFault =>
  new BinanceFault({ status, code, message })

/** of the protocol's table of errors and its list of others worth knowing */
const KNOWN_CODES = [
  -1000, -1001, -1003, -1006, -1007, -1008, -1014, -1015, -1016, -1021, -1022, -1100, -1101, -1102, -1103, -1106, -1111,
  -1116, -1117, -1121, -1125, -1130, -2010, -2011, -2013, -2014, -2015, -2018, -2019, -2020, -2021, -2022, -2024, -2025,
  -2027, -2028, -4001, -4002, -4003, -4004, -4005, -4013, -4014, -4015, -4016, -4021, -4023, -4024, -4028, -4046, -4047,
  -4048, -4059, -4061, -4067, -4068, -4116, -4118, -4120, -4130, -4131, -4137, -4161, -4164, -4400, -5021, -5022, -5028,
  -5047,
]

describe('faults of the exchange', () => {
  it.each(KNOWN_CODES)('%i has a consequence', (code) => {
    expect(MEANINGS.has(code)).toBe(true)
  })

  it.each([
    [-2019, 'denied', 'INSUFFICIENT_MARGIN'],
    [-2021, 'denied', 'WOULD_TRIGGER'],
    [-2022, 'resync', 'REDUCE_ONLY'],
    [-4116, 'resync', 'DUPLICATE_CLIENT_ID'],
    [-2013, 'resync', 'UNKNOWN_ORDER'],
    [-5022, 'denied', 'POST_ONLY'],
    [-4164, 'denied', 'FILTER'],
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
    ['a code nobody told us of', faultWith(400, -9999), 'denied'],
    ['a no without a code', faultWith(400, null), 'unknown'],
  ])('%s', (_what, fault, consequence) => {
    expect(fault.meaning.consequence).toBe(consequence)
  })

  it('signatures and listen keys do not get into its message', () => {
    const told = 'GET https://fapi.example/fapi/v1/order?symbol=X&signature=dead fetch failed: ECONNRESET'
    expect(faultOf(new Error(told)).message).toBe('GET https://fapi.example/fapi/v1/order fetch failed: ECONNRESET')
  })
})
