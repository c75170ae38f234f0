/** The station's words for what it tells and is asked: plain values, which every room may use. */
import type { GlobalState } from '../core/market/global-state.ts'
import type { Exact } from '../core/model/decimal.ts'
import type { DecisionStep } from '../core/model/decision-step.ts'
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { Funding, MarkPrice, Ticker } from '../core/model/market.ts'
import type { Order } from '../core/model/order.ts'
import type { Position, Trade } from '../core/model/position.ts'
import type { Denied } from '../core/model/refusal.ts'
import type { SymbolState } from '../core/model/regime.ts'
import type { Side } from '../core/model/signal.ts'
import type { Environment } from '../core/ports/feed.ts'
import type { AlertRow, DecisionRow } from '../core/ports/journal.ts'
import type { Measure } from '../core/risk-guard/measure.ts'

/** One kind of protection of a position, as the venue has it. */
export interface ProtectionLeg {
  readonly role: 'STOP' | 'TAKE_PROFIT' | 'TRAILING'
  readonly state: 'placing' | 'live' | 'moving' | 'triggering' | 'missing'
  /** epoch ms, of this state; null: not known */
  readonly since: number | null
  readonly price: Exact | null
  readonly clientOrderIds: readonly ClientOrderId[]
}

/** A position with what the market says of it now. */
export interface LivePosition extends Position {
  readonly mark: number
  readonly unrealised: Exact
  /** fraction of the mark: how far the stop is away */
  readonly stopDistance: number
  /** USDT lost if the stop is hit, fees not counted */
  readonly lossAtStop: number
  /** a live stop of its full quantity stands at the venue */
  readonly isProtected: boolean
  /** epoch ms since when it has no such stop; null: it has */
  readonly unprotectedSince: number | null
  /** what should guard it, the stop first */
  readonly protection: readonly ProtectionLeg[]
  readonly nakedSeconds: number
  /** epoch ms of the venue's list that last showed its stop; null: none yet */
  readonly verifiedAt: number | null
  /** no order of ours opened it, and nobody has adopted it */
  readonly isForeign: boolean
  /** why its symbol takes no entries; null: it is not frozen */
  readonly frozen: string | null
  readonly liquidationPrice: number | null
}

export interface StationStatus {
  readonly environment: Environment
  readonly feed: string
  readonly venue: string
  /** `starting` until recovery and the first reconciliation are done; entries are off until `running` */
  readonly phase: 'starting' | 'running' | 'finished' | 'stopping'
  readonly now: number
  /** virtual speed; null: real time */
  readonly speed: number | 'max' | null
  readonly paused: boolean
  readonly startedAt: number
  readonly lastMarketAt: number | null
  readonly venueUp: boolean
  readonly reconciledAt: number | null
  readonly entriesOff: string | null
  readonly symbols: number
  readonly version: string
}

/** A symbol's market state and the funding told last; null before any. */
export interface TradedSymbol extends SymbolState {
  readonly funding: Funding | null
}

/** The whole market in one look. */
export interface MarketState extends GlobalState {
  /** that the exchange trades: only these have a voice */
  readonly tradable: number
  /** tradable symbols whose spread is told by a book, and those whose spread is estimated from their volume */
  readonly spreadsTold: number
  readonly spreadsEstimated: number
  /** volumes in USDT are worked out of those in coins */
  readonly quoteVolumesEstimated: boolean
}

export interface Quote {
  readonly ticker: Ticker
  readonly mark: MarkPrice | null
}

/** Keyed state the screen lives on; each key is replaced whole, null removes it. */
export type Topic =
  | 'policy'
  | 'effective'
  | 'status'
  | 'account'
  | 'usage'
  | 'governor'
  | 'positions'
  | 'orders'
  | 'decisions'
  | 'trades'
  | 'health'
  | 'msc'
  | 'alerts'
  | 'quotes'
  | 'rankings'

export type JournalRow = DecisionRow | Trade | AlertRow

/**
 * Figures of many symbols, column by column; a symbol keeps its row for good, NaN stands where there is no figure. The
 * arrays may be longer than the symbols are many. Changes are counted; each row and column has the number of its last.
 */
export interface SymbolTable {
  readonly symbols: readonly string[]
  readonly columns: readonly (Float64Array | Float32Array)[]
  readonly changes: number
  readonly rowChanges: Float64Array
  readonly columnChanges: Float64Array
}

export interface Change {
  readonly topic: Topic
  /** symbol, order id, decision id …; empty for single values and for tables, which know what changed */
  readonly key: string
  /** of decisions, trades and alerts: the row itself, which the journal's tables may not have yet */
  readonly row?: JournalRow
}

export interface ManualOrder {
  readonly symbol: string
  readonly side: Side
  /** exactly one of both */
  readonly quantity: Exact | null
  readonly notionalUsd: number | null
  readonly limitPrice: number | null
  readonly stopPrice: number
  readonly takeProfitPrice: number | null
  readonly leverage: number | null
}

export type ManualResult =
  | {
      readonly outcome: 'approved'
      readonly dryRun: boolean
      readonly traceId: TraceId
      readonly clientOrderId: ClientOrderId | null
      readonly quantity: Exact
      readonly price: Exact
      readonly leverage: number
      readonly riskFraction: number
    }
  | Denied

/** What the guard says of a wish, nothing reserved, and what it would come to; null: it cannot be measured. */
export interface ManualPreview {
  /** epoch ms */
  readonly at: number
  readonly policyVersion: number
  /** null: it would be approved */
  readonly denial: Denied | null
  readonly steps: readonly DecisionStep[]
  readonly measure: Measure | null
}

/** What a person changes of a resting entry; null: as it is. */
export interface EntryChange {
  readonly price: Exact | null
  /** the whole order's, filled parts included */
  readonly quantity: Exact | null
}

export type ReplaceResult =
  | { readonly outcome: 'replacing'; readonly traceId: TraceId }
  | { readonly outcome: 'refused'; readonly reason: string }
  | NotThere
  | Denied

interface HeldQuantity {
  readonly symbol: string
  readonly quantity: Exact
}

/** What a flatten did to one position. */
export interface FlattenLine extends HeldQuantity {
  readonly side: Side
  readonly clientOrderIds: readonly ClientOrderId[]
  readonly filledQuantity: Exact
  /** average; null: nothing has filled */
  readonly fillPrice: Exact | null
  /** from the flatten's begin to its last fill; null: not closed */
  readonly closedAfterMs: number | null
}

export interface FlattenReport {
  readonly traceId: TraceId
  readonly startedAt: number
  readonly finishedAt: number | null
  /** ms from halt to the venue showing zero; null while under way or not proven */
  readonly flatAfterMs: number | null
  readonly cancelled: readonly ClientOrderId[]
  readonly closed: readonly FlattenLine[]
  readonly remaining: readonly HeldQuantity[]
  /** not ours, left alone */
  readonly untouched: readonly HeldQuantity[]
  /** closes sent beyond the first of each position */
  readonly retries: number
  /** the venue's last answer since it began; null: none yet */
  readonly proof: { readonly at: number; readonly positions: number; readonly openOrders: number } | null
  readonly proven: boolean
}

/** What a flatten would do now. */
export interface FlattenDrill {
  readonly at: number
  readonly cancels: readonly Order[]
  readonly closes: readonly (HeldQuantity & {
    readonly side: Side
    readonly mark: number
    /** as many orders as the exchange's market lot asks for */
    readonly orders: readonly Exact[]
  })[]
  readonly untouched: readonly HeldQuantity[]
  readonly requests: number
  readonly weight: number
  readonly expectedMs: number
  /** why it could not be carried out now; null: it could */
  readonly obstacle: string | null
}

/** A symbol that takes no entries until a person releases it. */
export interface FrozenSymbol {
  readonly symbol: string
  readonly reason: string
  readonly since: number
}

/** What happens to the computer the station runs on. */
export type SystemEvent =
  | 'suspended'
  | 'resumed'
  | 'network_lost'
  | 'network_back'
  | 'locked'
  | 'unlocked'
  | 'on_battery'
  | 'on_mains'

/** Asked of something that is not there. */
export interface NotThere {
  readonly outcome: 'not_there'
  readonly what: string
}
