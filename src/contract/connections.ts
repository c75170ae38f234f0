/** The lines out of this station: to the exchange, to its market, and whether the books agree with what is told there. */
import { z } from 'zod'

import { REFUSED } from './errors.ts'
import { PlaceName } from './places.ts'
import { control, read } from './procedure.ts'
import { StationStatus } from './station-shapes.ts'
import { Instant } from './values.ts'

const tags = ['connections']
const count = z.number().int()

/** Whose money: paper is ours alone, the others are accounts at an exchange or a venue of this machine. */
export const AccountKind = z.enum(['paper', 'simulated', 'demo', 'live'])
export type AccountKind = z.infer<typeof AccountKind>

/** The signed line to the account. */
const ExchangeLine = z.object({
  is_up: z.boolean(),
  /** of the last answer */
  latency_ms: z.number().nullable(),
  /** the exchange's clock less ours */
  skew_ms: z.number().nullable(),
  /** request weight of the running minute, and what the exchange allows in one */
  weight_used: count,
  weight_limit: count,
  /** new orders of the last 10 s and of the last minute */
  orders_10s: count,
  orders_1m: count,
  /** until then the exchange wants silence */
  silent_until: Instant.nullable(),
  /** when the key of the account's stream was made or renewed */
  listen_key_at: Instant.nullable(),
  reconnects: count,
  user_event_at: Instant.nullable(),
})

const Stream = z.object({
  name: z.string(),
  /** 0: it is not of symbols, or of all of them at once */
  symbols: count,
  is_up: z.boolean(),
  up_since: Instant.nullable(),
  last_at: Instant.nullable(),
  reconnects: count,
  messages: count,
})

const Reconciliation = z.object({
  at: Instant,
  /** nothing differed */
  ok: z.boolean(),
  differences: z.array(
    z.object({
      kind: z.string(),
      about: z.string(),
      symbol: z.string().nullable(),
      booked: z.string(),
      venue: z.string(),
    }),
  ),
})

export const Connections = z.object({
  at: Instant,
  environment: StationStatus.shape.environment,
  account: AccountKind,
  place: PlaceName,
  feed: z.string(),
  venue: z.string(),
  /** null: money is paper, nothing is signed */
  exchange: ExchangeLine.nullable(),
  /** of the market; empty: prices do not come over a network */
  streams: z.array(Stream),
  /** closed candles that no stream told and that were fetched, since the start */
  back_filled: count,
  is_reconciling: z.boolean(),
  reconciliation: Reconciliation.nullable(),
  /** orders at the venue that are not ours */
  foreign_orders: count,
  /** checks what we rely on at the exchange; null: there is nothing to check, or it has not looked yet */
  canary: z.object({ at: Instant, ok: z.boolean(), findings: z.array(z.string()) }).nullable(),
  /** cancels resting entries should this station fall silent; idle: none rest, absent: the venue has none */
  dead_mans_switch: z.object({
    state: z.enum(['armed', 'idle', 'absent']),
    symbols: z.array(z.string()),
    renewed_at: Instant.nullable(),
  }),
  /** live prices were wanted and are made up instead; null: prices are what the feed says */
  simulated_prices: z
    .object({
      since: Instant,
      reason: z.string(),
      /** the exchange answers again: `places.go` leads to live prices */
      answers_since: Instant.nullable(),
    })
    .nullable(),
})
export type Connections = z.infer<typeof Connections>

export const connections = {
  get: read
    .route({ method: 'GET', path: '/api/connections', tags, summary: 'Lines, streams, reconciliation and canary' })
    .output(Connections),
  reconcile: control
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/connections/reconcile',
      tags,
      summary: 'Hold the books against the venue now',
    })
    .input(z.strictObject({}).optional())
    .output(z.object({ is_reconciling: z.boolean() })),
}
