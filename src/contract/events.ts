/** What the journal tells of what happened: events by name, alerts by severity. */
import { z } from 'zod'

import { Instant } from './values.ts'

/** `data` depends on `type`, e.g. `policy.updated`, `order.changed`, `alert.raised`. */
export const Event = z.object({
  seq: z.number().int(),
  at: Instant,
  type: z.string(),
  trace_id: z.string().nullable(),
  data: z.unknown(),
})
export type Event = z.infer<typeof Event>

export const Alert = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  code: z.string(),
  message: z.string(),
  raised_at: Instant,
  cleared_at: Instant.nullable(),
  acknowledged_at: Instant.nullable(),
})
export type Alert = z.infer<typeof Alert>
