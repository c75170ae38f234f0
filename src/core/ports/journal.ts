import type { Exact } from '../model/decimal.ts'
/** The station's memory (SPEC §17). Rows keep the order in which they were written. */
import type { DecisionStep } from '../model/decision-step.ts'
import type { ClientOrderId, IntentId, SignalId, TraceId } from '../model/ids.ts'
import type { Candle } from '../model/market.ts'
import type { Fill, Order } from '../model/order.ts'
import type { AccountState, LedgerEntry, Position, Trade } from '../model/position.ts'
import type { Signal } from '../model/signal.ts'

/** One symbol × strategy × bar (or one manual wish): what became of it and the first gate that stopped it. */
export interface DecisionRow {
  readonly id: string
  readonly at: number
  readonly traceId: TraceId
  readonly signalId: SignalId | null
  readonly intentId: IntentId | null
  readonly strategyId: string
  readonly symbol: string
  readonly side: string
  readonly kind: 'ENTRY' | 'EXIT' | 'MANUAL' | 'PROTECT' | 'FLATTEN'
  readonly bar: number | null
  readonly outcome: 'approved' | 'dropped' | 'denied'
  /** `orchestrator`, `guard`, or null when it passed */
  readonly gate: 'orchestrator' | 'guard' | null
  readonly code: string | null
  readonly limit: number | string | null
  readonly actual: number | string | null
  /** who set the limit, as text `profile NORMAL v3` */
  readonly source: string | null
  readonly policyVersion: number
  readonly confidence: number | null
  readonly ranking: number | null
  /** one sentence for people */
  readonly sentence: string
  /** the staircase: each step with value and limit */
  readonly steps: readonly DecisionStep[]
}

/** Something that happened, as told on the event bus. */
export interface EventRow {
  readonly seq: number
  readonly at: number
  readonly type: string
  readonly traceId: TraceId | null
  readonly data: unknown
}

export interface AlertRow {
  readonly id: string
  readonly severity: 'info' | 'warning' | 'critical'
  readonly code: string
  readonly message: string
  readonly raisedAt: number
  readonly clearedAt: number | null
  readonly acknowledgedAt: number | null
  /** what it is about: a symbol, an order, a component; empty where there is only one of its code */
  readonly about: string
  /** it stands until its cause ends, or, where it merely happened, until a person has acknowledged it */
  readonly ends: 'cause' | 'acknowledged'
}

/** One run of the Meta Strategy Controller and the policy in force after it (SPEC §17). */
export interface MscPolicyRow {
  readonly traceId: TraceId
  readonly riskMode: string
  readonly maxRiskPerTrade: number
  readonly maxPositions: number
  readonly minConfidence: number
  readonly maxDailyTrades: number
  readonly allowedStrategies: readonly string[] | null
  /** percent */
  readonly systemDrawdown: number | null
  /** fraction */
  readonly systemWinrate: number | null
  /** the whole evaluation: evidence, votes, advice, what came of it */
  readonly votes: unknown
  readonly createdAt: number
}

/** Tables of the journal. `orders`, `positions`, `alerts` and `candles` are kept by key; the others only grow. */
export interface JournalTables {
  signals: Signal
  decisions: DecisionRow
  orders: Order
  fills: Fill & { readonly intentId: IntentId; readonly traceId: TraceId; readonly strategyId: string }
  ledger: LedgerEntry
  positions: Position
  trades: Trade
  equity: AccountState
  events: EventRow
  alerts: AlertRow
  candles: Candle
  msc_policies: MscPolicyRow
}

export type JournalTable = keyof JournalTables

/** What a restart needs to go on (DESIGN: start-up is recovery). */
export interface Recovered {
  /** orders that had not ended */
  readonly openOrders: readonly Order[]
  readonly positions: readonly Position[]
  readonly balance: Exact
  readonly units: Exact
  readonly navHighs: { readonly today: number; readonly last24h: number; readonly ever: number } | null
  readonly lastEquityAt: number | null
  readonly lastFillAt: number
  /** epoch ms of the first movement of the wallet; null: there was none */
  readonly beganAt: number | null
  /** epoch ms of the latest thing in it, 0: nothing; no clock may stand before it again */
  readonly lastAt: number
  /** intents decided since `since` of the call */
  readonly intentIds: readonly IntentId[]
  readonly lastEventSeq: number
  /** feed time of the last flush */
  readonly feedPosition: number | null
}

export interface Journal {
  /** Buffered; durable after the next flush. */
  write<Table extends JournalTable>(table: Table, row: JournalTables[Table]): void
  /** A closed position leaves `positions`. */
  removePosition(symbol: string): void
  /** Commits everything written so far in one transaction, with the feed time it belongs to. `durable`: survives power loss. */
  flush(feedPosition: number, durable?: boolean): void
  /** rows waiting for a flush */
  readonly pending: number
  recover(since: number): Recovered
  /** orders and fills by key, buffered rows included, for late reports */
  order(clientOrderId: ClientOrderId): Order | null
  hasFill(fillId: string): boolean
  /** whether this movement is booked, buffered rows included: the venue may tell its income again */
  hasLedgerEntry(id: string): boolean
  close(): void
}

/** Thrown when the database takes no writes: nothing of the transaction was written, and the journal keeps its buffer. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable'
  readonly reason: 'disk_full' | 'read_only' | 'locked' | 'damaged' | 'failed'

  constructor(reason: JournalUnwritable['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}
