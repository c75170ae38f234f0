/** The station itself: is it well, what it runs on, its clock, its configuration, and its live state. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { REFUSED } from './errors.ts'
import { LiveMessage, LiveTopic } from './live.ts'
import { control, open, read } from './procedure.ts'
import { StationStatus } from './station-shapes.ts'
import { Instant } from './values.ts'

const tags = ['station']

const Speed = z.union([z.literal('max'), z.number().gt(0).max(100_000)], {
  error: 'must be "max" or a number above 0 and at most 100000',
})

export const station = {
  health: open
    .route({ method: 'GET', path: '/healthz', tags, summary: 'Whether the station is up; needs no token' })
    .output(z.object({ status: z.enum(['ok', 'starting', 'finished', 'stopping']), version: z.string() })),
  status: read
    .route({ method: 'GET', path: '/api/station', tags, summary: 'Environment, feed, venue, clock and phase' })
    .output(StationStatus),
  watch: read
    .route({
      method: 'GET',
      path: '/api/station/watch',
      tags,
      summary: 'The live state: a snapshot, then numbered changes',
    })
    .input(z.strictObject({ topics: z.array(LiveTopic).max(20).optional() }))
    .output(eventIterator(LiveMessage)),
  components: read
    .route({
      method: 'GET',
      path: '/api/station/components',
      tags,
      summary: 'Whether each part is connected, and which version of the policy it read last',
    })
    .output(
      z.object({
        items: z.array(
          z.object({
            name: z.string(),
            connected: z.boolean(),
            /** of the policy, as last read; null: it reads none, or has not yet */
            version: z.number().int().nullable(),
            /** when it last read, or was told something */
            at: Instant.nullable(),
            age_ms: z.number().nullable(),
            detail: z.string(),
          }),
        ),
        next: z.null(),
        policy_version: z.number().int(),
        timestamp: Instant,
      }),
    ),
  configuration: read
    .route({ method: 'GET', path: '/api/configuration', tags, summary: 'Effective values and where each comes from' })
    .output(
      z.object({
        items: z.array(z.object({ key: z.string(), value: z.string(), origin: z.string() })),
        next: z.null(),
      }),
    ),
  setSpeed: control
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/clock/speed',
      tags,
      summary: 'Virtual speed of a simulated or replayed market',
    })
    .input(z.strictObject({ speed: Speed }))
    .output(z.object({ speed: z.union([z.number(), z.literal('max')]).nullable() })),
  setPaused: control
    .errors(REFUSED)
    .route({ method: 'POST', path: '/api/clock/pause', tags, summary: 'Hold or let go the virtual clock' })
    .input(z.strictObject({ paused: z.boolean() }))
    .output(z.object({ paused: z.boolean() })),
}
