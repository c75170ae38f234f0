/** The station's words for what it tells and is asked: plain values, which every room may use. */
import type { GlobalState } from '../core/market/global-state.ts'
import type { Exact } from '../core/model/decimal.ts'
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { Funding, MarkPrice, Ticker } from '../core/model/market.ts'
import type { Position, Trade } from '../core/model/position.ts'
import type { Denied } from '../core/model/refusal.ts'
import type { SymbolState } from '../core/model/regime.ts'
import type { Side } from '../core/model/signal.ts'
import type { Environment } from '../core/ports/feed.ts'
import type { AlertRow, DecisionRow } from '../core/ports/journal.ts'

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

export interface FlattenReport {
  readonly traceId: TraceId
  readonly startedAt: number
  readonly finishedAt: number | null
  /** ms from halt to the venue showing zero; null while under way or not proven */
  readonly flatAfterMs: number | null
  readonly cancelled: readonly ClientOrderId[]
  readonly closed: readonly { readonly symbol: string; readonly quantity: Exact }[]
  readonly remaining: readonly { readonly symbol: string; readonly quantity: Exact }[]
  readonly proven: boolean
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
