/** An hour of venue time with ten symbols and lines that drop; `npm run chaos -- --day` goes through a whole day with fifty. */
import { expect, it } from 'vitest'

import { dayOnVenue } from './day-on-venue.ts'

it('lines drop five times an hour: no candle is missed, no socket is left open', { timeout: 600_000 }, async () => {
  const { violations, candles, missed, wallSeconds } = await dayOnVenue({ hours: 1, symbols: 10, seed: 1 })
  console.log(`${String(candles)} candles, ${String(missed)} missed, ${String(wallSeconds)} s`)
  expect(violations).toEqual([])
  expect(candles).toBe(600)
})
