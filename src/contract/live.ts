/** The live state: a snapshot with a number, then changes that count up by one. A gap means: subscribe again. */
import { z } from 'zod'

import { Alert } from './events.ts'
import { Health } from './health.ts'
import { MscGlance } from './msc.ts'
import { COMPONENTS } from './opportunities.ts'
import { EffectiveLimits, GovernorState, PolicyDocument } from './policy-shapes.ts'
import { StationStatus } from './station-shapes.ts'
import { Account, Decision, Order, Position, Trade } from './trading-shapes.ts'
import { Usage } from './usage.ts'
import { Instant } from './values.ts'

export const LIVE_TOPICS = [
  'policy',
  'effective',
  'status',
  'account',
  'usage',
  'governor',
  'health',
  'msc',
  'positions',
  'orders',
  'decisions',
  'trades',
  'alerts',
  'quotes',
  'rankings',
] as const
export const LiveTopic = z.enum(LIVE_TOPICS)
export type LiveTopic = z.infer<typeof LiveTopic>

/**
 * Figures of many symbols, of each only what changed: float64, read by `unpackTable`. Over a WebSocket that speaks
 * frames and over a port they come as they are, elsewhere as base64 of little-endian bytes. Symbols are named once, in
 * the order of their rows.
 *
 *     number of rows told, or −1: all rows known by now, in order and without their numbers
 *     the number of each row told
 *     for each column of the table in turn: 0 (nothing new), 1 and one value (it is that of every row told),
 *       2 and the value of each row told, or 3 and these in float32, two in the place of one; NaN: there is none
 */
export const PackedTable = z.object({
  symbols_added: z.array(z.string()),
  packed: z.union([
    z.string(),
    z.custom<Float64Array<ArrayBuffer>>((value) => value instanceof Float64Array, 'must be base64 or float64'),
  ]),
})
export type PackedTable = z.infer<typeof PackedTable>

export const QUOTE_COLUMNS = ['at_ms', 'last', 'bid', 'ask', 'mark'] as const
/** Of the last ranking; `rank` 1 is the best, all are NaN for a symbol that is not in it. */
export const RANKING_COLUMNS = ['at_ms', 'rank', 'rank_before', 'score', ...COMPONENTS, 'quote_volume_24h'] as const

/** Topics that were not asked for are absent. Decisions, trades: the latest, newest first. */
export const LiveState = z.object({
  policy: PolicyDocument.optional(),
  effective: EffectiveLimits.optional(),
  status: StationStatus.optional(),
  account: Account.nullable().optional(),
  usage: Usage.nullable().optional(),
  governor: GovernorState.optional(),
  health: Health.optional(),
  msc: MscGlance.optional(),
  positions: z.array(Position).optional(),
  orders: z.array(Order).optional(),
  decisions: z.array(Decision).optional(),
  trades: z.array(Trade).optional(),
  alerts: z.array(Alert).optional(),
  quotes: PackedTable.optional(),
  rankings: PackedTable.optional(),
})
export type LiveState = z.infer<typeof LiveState>

const key = z.string()

/** The value of one key, replaced whole; null removes it. The key of a single value is empty. */
export const LiveChange = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('policy'), key, value: PolicyDocument }),
  z.object({ topic: z.literal('effective'), key, value: EffectiveLimits }),
  z.object({ topic: z.literal('status'), key, value: StationStatus }),
  z.object({ topic: z.literal('account'), key, value: Account.nullable() }),
  z.object({ topic: z.literal('usage'), key, value: Usage.nullable() }),
  z.object({ topic: z.literal('governor'), key, value: GovernorState }),
  z.object({ topic: z.literal('health'), key, value: Health }),
  z.object({ topic: z.literal('msc'), key, value: MscGlance }),
  z.object({ topic: z.literal('positions'), key, value: Position.nullable() }),
  z.object({ topic: z.literal('orders'), key, value: Order.nullable() }),
  z.object({ topic: z.literal('decisions'), key, value: Decision.nullable() }),
  z.object({ topic: z.literal('trades'), key, value: Trade.nullable() }),
  z.object({ topic: z.literal('alerts'), key, value: Alert.nullable() }),
])
export type LiveChange = z.infer<typeof LiveChange>

export const LiveMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), seq: z.number().int(), at: Instant, state: LiveState }),
  z.object({
    kind: z.literal('changes'),
    seq: z.number().int(),
    at: Instant,
    changes: z.array(LiveChange),
    quotes: PackedTable.nullable(),
    rankings: PackedTable.nullable(),
  }),
])
export type LiveMessage = z.infer<typeof LiveMessage>
