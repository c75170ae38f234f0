/** An order as we ask for it, as the venue reports it, and its state (SPEC §9). */
import type { Exact } from './decimal.ts'
import type { ClientOrderId, FillId, IntentId, TraceId } from './ids.ts'
import type { ExitReason } from './position.ts'
import type { Side, Trailing } from './signal.ts'

export type OrderSide = 'BUY' | 'SELL'
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX'
/** LIMIT and MARKET are regular; the others are conditional (algo) orders. */
export type OrderType = 'LIMIT' | 'MARKET' | 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET'
/** Why the order exists. ENTRY opens risk, every other purpose reduces it. */
export type OrderPurpose = 'ENTRY' | 'STOP' | 'TAKE_PROFIT' | 'TRAILING' | 'CLOSE'

export const isConditional = (type: OrderType): boolean => type !== 'LIMIT' && type !== 'MARKET'
export const openingSide = (side: Side): OrderSide => (side === 'LONG' ? 'BUY' : 'SELL')
export const closingSide = (side: Side): OrderSide => (side === 'LONG' ? 'SELL' : 'BUY')

/** What is sent to a venue. Price fields not used by the type are null. */
export interface OrderRequest {
  readonly clientOrderId: ClientOrderId
  readonly symbol: string
  readonly side: OrderSide
  readonly type: OrderType
  /** null for conditional orders and MARKET */
  readonly timeInForce: TimeInForce | null
  readonly quantity: Exact
  readonly price: Exact | null
  readonly triggerPrice: Exact | null
  readonly activationPrice: Exact | null
  /** fraction, for TRAILING_STOP_MARKET */
  readonly callback: number | null
  readonly reduceOnly: boolean
  /** whole-number leverage the symbol must have before an ENTRY; null otherwise */
  readonly leverage: number | null
}

export const ORDER_STATES = [
  'INTENT',
  'DENIED',
  'SUBMITTED',
  'OPEN',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'UNKNOWN',
  'FAILED',
] as const
export type OrderState = (typeof ORDER_STATES)[number]

/** What an entry means to do once it fills; kept with the order, so that a restart can go on protecting. */
export interface EntryPlan {
  readonly stopPrice: Exact
  readonly takeProfitPrice: Exact | null
  readonly trailing: Trailing | null
  /** epoch ms at which what still rests is cancelled; null: it does not rest (IOC) */
  readonly restUntil: number | null
}

/** An order in our books. */
export interface Order extends OrderRequest {
  readonly intentId: IntentId
  readonly traceId: TraceId
  readonly strategyId: string
  readonly purpose: OrderPurpose
  /** side of the position it opens or reduces */
  readonly positionSide: Side
  readonly state: OrderState
  readonly filledQuantity: Exact
  /** average fill price; zero before the first fill */
  readonly averagePrice: Exact
  readonly venueOrderId: string | null
  /** why it was denied, rejected, cancelled, expired or failed */
  readonly reason: string | null
  /** of an ENTRY; null for every other purpose */
  readonly entryPlan: EntryPlan | null
  /** of a CLOSE: why the position is closed; null for every other purpose */
  readonly exitReason: ExitReason | null
  readonly policyVersion: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Fill {
  readonly id: FillId
  readonly clientOrderId: ClientOrderId
  readonly symbol: string
  readonly side: OrderSide
  readonly price: Exact
  readonly quantity: Exact
  /** USDT, ≥ 0 (a rebate is negative) */
  readonly fee: Exact
  readonly liquidity: 'MAKER' | 'TAKER'
  readonly at: number
}
