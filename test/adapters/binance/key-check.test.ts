/** What a key may do: a thief's key never, an unreadable one for play money only, a key that opens nothing never. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { checkKey } from '../../../src/adapters/binance/key-check.ts'
import { Rest } from '../../../src/adapters/binance/rest.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { usdmClient } from '../../../src/adapters/binance/usdm-client.ts'
import { RealClock } from '../../../src/adapters/system/real-clock.ts'
import { keyOf } from '../../venue/rest/signing.ts'
import { type RunningVenue, startVenue, VENUE_KEY, VENUE_SECRET } from '../../venue/start-venue.ts'
import { SYMBOLS } from '../../venue/test-symbols.ts'

const THIEF = 'key-that-can-withdraw'
const STRANGER = 'key-nobody-has-made'
const SECRET = 'secret-of-a-test'

let clock: RealClock
let venue: RunningVenue

beforeEach(async () => {
  clock = new RealClock()
  const keys = [keyOf(VENUE_KEY, VENUE_SECRET), keyOf(THIEF, SECRET, { mayWithdraw: true })]
  venue = await startVenue({ clock, symbols: SYMBOLS, keys })
})
afterEach(async () => {
  await venue.close()
  clock.close()
})

function restOf(apiKey: string, secret = SECRET): Rest {
  const endpoints = { rest: venue.http, stream: venue.ws, account: venue.http }
  const keys = { apiKey, secret }
  const settings = BINANCE_SETTINGS
  const client = usdmClient({ environment: 'simulated', endpoints, keys, settings, now: () => clock.now() })
  return new Rest(client, clock, settings)
}

const hideRestrictions = (): void => venue.inject({ name: 'permissions-unreadable' })
const UNREADABLE = /^What this key may do could not be read: /

describe('a key is asked what it may do', () => {
  it('is good when it may trade and nothing else', async () => {
    expect(await checkKey(restOf(VENUE_KEY, VENUE_SECRET), true)).toEqual({ verdict: 'good', findings: [] })
  })

  it.each([true, false])('is refused when it could withdraw (real money: %s)', async (isReal) => {
    const { verdict, findings } = await checkKey(restOf(THIEF), isReal)
    expect([verdict, findings[0]]).toEqual(['refused', expect.stringContaining('can withdraw')])
  })

  it.each([
    [true, 'refused'],
    [false, 'warned'],
  ] as const)('works, and what it may do is not told (real money: %s): %s', async (isReal, verdict) => {
    hideRestrictions()
    expect(await checkKey(restOf(VENUE_KEY, VENUE_SECRET), isReal)).toEqual({
      verdict,
      findings: [expect.stringMatching(UNREADABLE)],
    })
  })

  it.each([true, false])(
    'is refused when the account does not open with it either (real money: %s)',
    async (isReal) => {
      expect(await checkKey(restOf(STRANGER), isReal)).toEqual({
        verdict: 'refused',
        findings: [expect.stringMatching(/^The exchange does not accept this key: /)],
      })
    },
  )
})
