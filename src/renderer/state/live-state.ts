/** What the page knows of the station: the replica that the live messages build. */
import type { Alert } from '../../contract/events.ts'
import type { Health } from '../../contract/health.ts'
import type { LiveTopic } from '../../contract/live.ts'
import type { MscGlance } from '../../contract/msc.ts'
import type { EffectiveLimits, GovernorState, PolicyDocument } from '../../contract/policy-shapes.ts'
import type { StationStatus } from '../../contract/station-shapes.ts'
import type { Account, Decision, Order, Position, Trade } from '../../contract/trading-shapes.ts'
import type { Usage } from '../../contract/usage.ts'
import type { LinkState } from '../link/link-state.ts'

/** Rows under their key, in the order in which the station told them first. */
export type Rows<Row> = ReadonlyMap<string, Row>

/** The station is being moved to another place: it stops here and starts there, and the link comes back by itself. */
export interface Moving {
  readonly to: string
  /** of the place, for people */
  readonly title: string
  /** this machine's clock, epoch ms */
  readonly since: number
  /** when the move before this one ended, as the station told it; null: there was none */
  readonly lastMoveAt: string | null
}

export interface LiveReplica {
  readonly link: LinkState
  /** null: it stays where it is */
  readonly moving: Moving | null
  /** number of the last message; 0 before the first snapshot */
  readonly seq: number
  /** the station's clock in the last message, epoch ms */
  readonly at: number
  /** this machine's clock when it came, epoch ms */
  readonly receivedAt: number
  /** snapshots taken: more than one means that the link broke or a message was missing */
  readonly snapshots: number
  /** this machine's clock when the last prices came, epoch ms */
  readonly quotesAt: number
  /** rankings told since the page began */
  readonly rankings: number
  /** ms that the station took to answer the last question */
  readonly answerMs: number | null
  readonly policy: PolicyDocument | null
  readonly effective: EffectiveLimits | null
  readonly status: StationStatus | null
  readonly account: Account | null
  readonly usage: Usage | null
  readonly governor: GovernorState | null
  readonly msc: MscGlance | null
  readonly health: Health | null
  readonly positions: Rows<Position>
  readonly orders: Rows<Order>
  readonly decisions: Rows<Decision>
  readonly trades: Rows<Trade>
  readonly alerts: Rows<Alert>
}

export const EMPTY_REPLICA: LiveReplica = {
  link: { phase: 'connecting' },
  moving: null,
  seq: 0,
  at: 0,
  receivedAt: 0,
  snapshots: 0,
  quotesAt: 0,
  rankings: 0,
  answerMs: null,
  policy: null,
  effective: null,
  status: null,
  account: null,
  usage: null,
  governor: null,
  msc: null,
  health: null,
  positions: new Map(),
  orders: new Map(),
  decisions: new Map(),
  trades: new Map(),
  alerts: new Map(),
}

/** What each row of a topic is kept under. */
export const ROW_KEYS = {
  positions: 'symbol',
  orders: 'client_order_id',
  decisions: 'id',
  trades: 'id',
  alerts: 'id',
} as const satisfies Partial<Record<LiveTopic, string>>
export type RowTopic = keyof typeof ROW_KEYS

/** Rows of the endless topics kept on the page; older ones are in the journal. */
export const MOST_ROWS: Readonly<Record<RowTopic, number>> = {
  positions: Infinity,
  orders: Infinity,
  decisions: 500,
  trades: 500,
  alerts: 200,
}
