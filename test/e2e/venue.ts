/**
 * The fixture of specs that need an exchange: the station's, and beside it a venue of this machine that it can go to
 * and that others may trade on with the same account.
 */
import { createHmac } from 'node:crypto'

import { RealClock } from '../../src/adapters/system/real-clock.ts'
import { keyOf } from '../venue/rest/signing.ts'
import { type RunningVenue, startVenue, VENUE_KEY, VENUE_SECRET } from '../venue/start-venue.ts'
import { SYMBOLS } from '../venue/test-symbols.ts'
import { test as base } from './station.ts'

export { expect } from './station.ts'

/** A key of the account that may trade and cannot withdraw. */
export const GOOD_KEY = { api_key: VENUE_KEY, secret: VENUE_SECRET }
/** One that could withdraw. */
export const THIEF_KEY = { api_key: 'key-that-can-withdraw', secret: 'secret-of-a-thief-in-spe' }
export const SYMBOL = 'TESTUSDT'

export const test = base.extend<object, { readonly venue: RunningVenue }>({
  venue: [
    async ({ playwright: _anywhere }, use) => {
      const clock = new RealClock()
      const venue = await startVenue({
        clock,
        symbols: SYMBOLS,
        keys: [
          keyOf(GOOD_KEY.api_key, GOOD_KEY.secret),
          keyOf(THIEF_KEY.api_key, THIEF_KEY.secret, { mayWithdraw: true }),
        ],
        settings: { defaultMarginType: 'ISOLATED', weightPerMinute: 1_000_000 },
      })
      await use(venue)
      await venue.close()
      clock.close()
    },
    { scope: 'worker' },
  ],
  stationOptions: [
    async ({ venue }, use) => {
      const set = [
        `exchange.rest=${venue.http}`,
        `exchange.stream=${venue.ws}`,
        `exchange.permissions=${venue.http}`,
        'simulator.symbols=3',
        'ranker.enabled=false',
      ]
      await use({ speed: 10, seed: 3, flags: set.flatMap((each) => ['--set', each]) })
    },
    { scope: 'worker' },
  ],
})

/** An order that somebody else sends on the same account, past the station. */
export async function orderPastTheStation(
  venue: RunningVenue,
  order: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const query = new URLSearchParams({ symbol: SYMBOL, ...order, timestamp: String(venue.now()) }).toString()
  const signature = createHmac('sha256', VENUE_SECRET).update(query).digest('hex')
  const answer = await fetch(`${venue.http}/fapi/v1/order?${query}&signature=${signature}`, {
    method: 'POST',
    headers: { 'X-MBX-APIKEY': VENUE_KEY },
  })
  const body = (await answer.json()) as Record<string, unknown>
  if (!answer.ok) throw new Error(`the venue answered ${String(answer.status)}: ${JSON.stringify(body)}`)
  return body
}
