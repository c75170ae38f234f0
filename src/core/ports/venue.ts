/** Where orders go. Nothing is returned: every answer comes back as a report, in the order the venue made them. */
import type { Exact } from '../model/decimal.ts'
import type { ClientOrderId } from '../model/ids.ts'
import type { Fill, OrderRequest } from '../model/order.ts'
import type { Side } from '../model/signal.ts'
import type { ContractFinding, VenueLink } from './link.ts'

export type VenueOrderState = 'OPEN' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELLED' | 'EXPIRED' | 'REJECTED'

/** An order as the venue holds it. */
export interface VenueOrder {
  readonly clientOrderId: ClientOrderId
  readonly venueOrderId: string
  readonly request: OrderRequest
  readonly state: VenueOrderState
  readonly filledQuantity: Exact
  readonly averagePrice: Exact
  readonly updatedAt: number
  /** of a conditional order: its price was reached and it has not filled yet; absent: not so, or not told */
  readonly isTriggered?: boolean
}

export interface VenuePosition {
  readonly symbol: string
  readonly side: Side
  readonly quantity: Exact
  readonly entryPrice: Exact
  readonly markPrice: Exact
  readonly leverage: number
  readonly isolatedMargin: Exact
  readonly liquidationPrice: Exact | null
}

export interface VenueSnapshot {
  readonly at: number
  /** wallet balance, USDT */
  readonly balance: Exact
  readonly availableBalance: Exact
  readonly positions: readonly VenuePosition[]
  /** regular and conditional orders that are still working */
  readonly openOrders: readonly VenueOrder[]
  /** fills since `sinceFillAt` of the request, oldest first */
  readonly fills: readonly Fill[]
  readonly income: readonly Income[]
}

/** A movement of the wallet that is not a fill's profit or fee. */
export interface Income {
  readonly id: string
  readonly kind: 'FUNDING' | 'DEPOSIT' | 'WITHDRAWAL' | 'LIQUIDATION_FEE' | 'ADJUSTMENT'
  readonly symbol: string | null
  readonly amount: Exact
  readonly at: number
}

/** Codes of the venue's own no. `WOULD_TRIGGER` is Binance's −2021, `UNKNOWN_ORDER` −2011/−2013. */
export type RejectionCode =
  | 'WOULD_TRIGGER'
  | 'INSUFFICIENT_MARGIN'
  | 'REDUCE_ONLY'
  | 'FILTER'
  | 'DUPLICATE_CLIENT_ID'
  | 'UNKNOWN_ORDER'
  | 'POST_ONLY'
  | 'SYMBOL_CLOSED'
  | 'LEVERAGE'
  | 'LIQUIDATION_ORDER'
  | 'OTHER'

export type VenueReport =
  | {
      readonly kind: 'accepted'
      readonly clientOrderId: ClientOrderId
      readonly venueOrderId: string
      readonly at: number
    }
  | {
      readonly kind: 'rejected'
      readonly clientOrderId: ClientOrderId
      readonly code: RejectionCode
      readonly message: string
      readonly at: number
    }
  /** `done`: nothing is left to fill */
  | { readonly kind: 'filled'; readonly fill: Fill; readonly done: boolean; readonly at: number }
  | { readonly kind: 'triggered'; readonly clientOrderId: ClientOrderId; readonly at: number }
  | { readonly kind: 'cancelled'; readonly clientOrderId: ClientOrderId; readonly reason: string; readonly at: number }
  | { readonly kind: 'expired'; readonly clientOrderId: ClientOrderId; readonly reason: string; readonly at: number }
  /** the venue has no working order of this id to cancel */
  | { readonly kind: 'cancelRefused'; readonly clientOrderId: ClientOrderId; readonly at: number }
  /** transport: `unknown` means it may or may not have arrived */
  | {
      readonly kind: 'undelivered'
      readonly clientOrderId: ClientOrderId
      readonly outcome: 'failed' | 'unknown'
      readonly message: string
      readonly at: number
    }
  /** answer to `ask`; null: the venue never had it */
  | {
      readonly kind: 'status'
      readonly clientOrderId: ClientOrderId
      readonly order: VenueOrder | null
      readonly at: number
    }
  | { readonly kind: 'income'; readonly income: Income; readonly at: number }
  /** the venue closed the position itself; the fills came before */
  | { readonly kind: 'liquidated'; readonly symbol: string; readonly at: number }
  | { readonly kind: 'snapshot'; readonly snapshot: VenueSnapshot; readonly at: number }
  | { readonly kind: 'connection'; readonly up: boolean; readonly at: number }

export interface Venue {
  readonly name: string
  /** Reports go to `tell`, never from inside a call of this port: always from the clock or the network. */
  connect(tell: (report: VenueReport) => void): Promise<void>
  submit(request: OrderRequest): void
  cancel(symbol: string, clientOrderId: ClientOrderId): void
  /** asks what became of one order: answered by a `status` report */
  ask(symbol: string, clientOrderId: ClientOrderId): void
  /**
   * Asks for everything: answered by a `snapshot` report; fills and income after `since` (epoch ms) are in it.
   * `isAwaited`: nothing goes on without it, so it goes before what is only read.
   */
  askSnapshot(since: number, isAwaited?: boolean): void
  disconnect(): Promise<void>
  /**
   * Dead man's switch, absent where the venue has none: it cancels the symbol's regular orders (never conditional ones)
   * `ms` after the last call for that symbol; 0 lets go. Never answered: whoever keeps it calls again in time.
   */
  readonly countdown?: (symbol: string, ms: number) => void
  /** the venue's clock less ours, ms; null or absent: not measured */
  readonly clockSkewMs?: () => number | null
  /** how the line is; absent where there is none */
  readonly link?: () => VenueLink
  /** The computer slept: lines of before are dropped, the clock is measured anew. */
  readonly resumed?: () => void
  /**
   * The contract canary: looks whether everything the station relies on is still so, for these symbols. Empty: it is.
   * Rejects when it cannot look; absent where there is nothing to look at.
   */
  readonly checkContract?: (symbols: readonly string[]) => Promise<readonly ContractFinding[]>
}

/** Prefix of the client ids of orders the venue makes itself when it liquidates. */
export const LIQUIDATION_PREFIX = 'autoclose-'
/** the same where it deleverages, or ends a contract */
const FORCED_PREFIXES = [LIQUIDATION_PREFIX, 'adl_autoclose', 'settlement_autoclose-', 'delivery_autoclose-']

/** Whether the venue made the order of this client id itself: what it closes was ours. */
export const isForced = (clientOrderId: string): boolean =>
  FORCED_PREFIXES.some((prefix) => clientOrderId.startsWith(prefix))
