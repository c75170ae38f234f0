/** A regular order as the exchange keeps it. */
import { exact, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { OrderSide } from '../../../src/core/model/order.ts'

export type OrderStatus =
  | 'NEW'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELED'
  | 'EXPIRED'
  | 'EXPIRED_IN_MATCH'
  | 'NEW_INSURANCE'
  | 'NEW_ADL'
export type OrderType = 'LIMIT' | 'MARKET'
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX' | 'GTD'
export type AlgoType = 'STOP' | 'STOP_MARKET' | 'TAKE_PROFIT' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET'

export interface Order {
  readonly id: number
  readonly clientId: string
  readonly symbol: string
  readonly side: OrderSide
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  quantity: Exact
  /** zero: at any price */
  price: Exact
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  readonly goodTillDate: number
  readonly selfTradePrevention: string
  /** of the conditional order whose child this is */
  readonly origin: { readonly type: AlgoType; readonly triggerPrice: Exact; readonly workingType: string } | null
  /** made by the exchange itself: its fills are CALCULATED */
  readonly isForced: boolean
  readonly createdAt: number
  status: OrderStatus
  executed: Exact
  /** Σ price × quantity of its fills */
  quote: Exact
  updatedAt: number
  expiryReason: string
}

export const remaining = (order: Order): Exact => order.quantity.minus(order.executed)
export const isOpen = (order: Order): boolean => order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
export const averageOf = (order: Order): Exact => (order.executed.isZero() ? ZERO : order.quote.div(order.executed))
export const directionOf = (side: OrderSide): 1 | -1 => (side === 'BUY' ? 1 : -1)
export const opposite = (side: OrderSide): OrderSide => (side === 'BUY' ? 'SELL' : 'BUY')
export const sideThatReduces = (amount: Exact): OrderSide => (amount.gt(0) ? 'SELL' : 'BUY')

export type NewOrder = Omit<
  Order,
  'id' | 'status' | 'executed' | 'quote' | 'updatedAt' | 'expiryReason' | 'createdAt' | 'isForced' | 'origin'
> &
  Partial<Pick<Order, 'isForced' | 'origin'>>

export function newOrder(wish: NewOrder, id: number, at: number): Order {
  return {
    isForced: false,
    origin: null,
    ...wish,
    id,
    createdAt: at,
    updatedAt: at,
    status: 'NEW',
    executed: exact(0),
    quote: exact(0),
    expiryReason: '0',
  }
}
