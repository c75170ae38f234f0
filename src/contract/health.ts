/** How well the station is: its components with their bounds, latencies, counters; alerts and streaks acknowledged. */
import { z } from 'zod'

import { NOT_FOUND, REFUSED } from './errors.ts'
import { Alert } from './events.ts'
import { GovernorState } from './policy-shapes.ts'
import { control, read } from './procedure.ts'
import { Id, Instant, SymbolName } from './values.ts'

const tags = ['health']

export const HealthStatus = z.enum(['HEALTHY', 'DEGRADED', 'CRITICAL'])
export type HealthStatus = z.infer<typeof HealthStatus>

export const ComponentHealth = z.object({
  component: z.enum(['feed', 'venue', 'database', 'events', 'clock', 'disk', 'memory']),
  status: HealthStatus,
  /** what was measured, in `unit`; null: nothing yet */
  value: z.number().nullable(),
  unit: z.enum(['ms', 'bytes', 'percent']),
  degraded_at: z.number().nullable(),
  critical_at: z.number().nullable(),
  /** trading hangs on it: feed, venue, database */
  critical: z.boolean(),
  /** false: shown only; on a made-up clock measures of this machine steer nothing */
  steers: z.boolean(),
  detail: z.string(),
  since: Instant,
})
export type ComponentHealth = z.infer<typeof ComponentHealth>

/** The part the screen lives on. */
export const Health = z.object({ status: HealthStatus, at: Instant, components: z.array(ComponentHealth) })
export type Health = z.infer<typeof Health>

const Measure = z.object({
  name: z.string(),
  p50_ms: z.number().nullable(),
  p99_ms: z.number().nullable(),
  count: z.number(),
})

/** An alert that a person asks for. `bound`: a price, a fraction (`drawdown_above`), or USDT (`day_loss_above`). */
export const OwnAlert = z.strictObject({
  name: z.string().trim().min(1).max(40),
  kind: z.enum(['price_above', 'price_below', 'drawdown_above', 'day_loss_above']),
  /** of a price; null for the others */
  symbol: SymbolName.nullable(),
  bound: z.number().gt(0),
  severity: z.enum(['info', 'warning', 'critical']),
})
export type OwnAlert = z.infer<typeof OwnAlert>

const MOST_OWN_ALERTS = 100

export const health = {
  report: read
    .route({ method: 'GET', path: '/api/health', tags, summary: 'Components, ages, latencies and counters' })
    .output(
      Health.extend({
        governor: GovernorState,
        latencies: z.array(Measure),
        counters: z.array(z.object({ name: z.string(), value: z.number() })),
        process: z.object({
          uptime_ms: z.number(),
          resident_bytes: z.number(),
          heap_bytes: z.number(),
          cpu_pct: z.number().nullable(),
        }),
        open_alerts: z.array(Alert),
      }),
    ),
  acknowledgeAlert: control
    .errors(NOT_FOUND)
    .route({ method: 'POST', path: '/api/alerts/{id}/acknowledge', tags, summary: 'Say that an alert was seen' })
    .input(z.strictObject({ id: Id }))
    .output(Alert),
  ownAlerts: read
    .route({ method: 'GET', path: '/api/alerts/own', tags, summary: 'Alerts that a person asked for' })
    .output(z.object({ items: z.array(OwnAlert), next: z.null() })),
  setOwnAlerts: control
    .errors(REFUSED)
    .route({ method: 'PUT', path: '/api/alerts/own', tags, summary: 'Ask for alerts: all of them at once' })
    .input(z.strictObject({ items: z.array(OwnAlert).max(MOST_OWN_ALERTS) }))
    .output(z.object({ items: z.array(OwnAlert), next: z.null() })),
  acknowledgeStreak: control
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/governor/acknowledge_streak',
      tags,
      summary: 'Say that a losing streak was seen: it is counted anew',
    })
    .input(z.strictObject({}).optional())
    .output(z.object({ governor: GovernorState })),
}
