/** A venue of its own for each test of a file, with the exchange's client on it. */
import { afterEach, beforeEach } from 'vitest'

import { clientOf, type Client } from './ccxt-client.ts'
import { startVenue, type RunningVenue, type VenueOptions } from './start-venue.ts'
import { SYMBOLS } from './test-symbols.ts'

/** Of the test that runs now. */
export let venue: RunningVenue
export let client: Client

export function eachVenue(options: Partial<VenueOptions> = {}): void {
  beforeEach(async () => {
    venue = await startVenue({ symbols: SYMBOLS, ...options })
    client = await clientOf(venue)
  })
  afterEach(async () => {
    await client.close()
    await venue.close()
  })
}
