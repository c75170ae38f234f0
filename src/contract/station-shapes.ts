/** What the station says of itself. */
import { z } from 'zod'

import { Instant } from './values.ts'

export const StationStatus = z.object({
  environment: z.enum(['SIMULATED', 'REPLAY', 'PAPER', 'DEMO', 'LIVE']),
  feed: z.string(),
  venue: z.string(),
  phase: z.enum(['starting', 'running', 'finished', 'stopping']),
  now: Instant,
  speed: z.union([z.number(), z.literal('max')]).nullable(),
  paused: z.boolean(),
  started_at: Instant,
  last_market_at: Instant.nullable(),
  venue_up: z.boolean(),
  reconciled_at: Instant.nullable(),
  entries_off: z.string().nullable(),
  symbols: z.number().int(),
  version: z.string(),
})
export type StationStatus = z.infer<typeof StationStatus>
