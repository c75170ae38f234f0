/** An order while it works at the exchange, and how the exchange shows it. */
import { ZERO, type Exact } from '../../core/model/decimal.ts'
import { isConditional, type OrderRequest } from '../../core/model/order.ts'
import type { VenueOrder, VenueOrderState } from '../../core/ports/venue.ts'

export interface OpenOrder {
  readonly request: OrderRequest
  readonly venueOrderId: string
  readonly acceptedAt: number
  updatedAt: number
  filled: Exact
  /** Σ price × quantity of its fills */
  filledValue: Exact
  /** a conditional order that has become a market order */
  isTriggered: boolean
  /** trailing: the best price since activation; null while not active, and for other types */
  best: number | null
  /** float twins of the request's prices for quick looks; NaN where there is none */
  readonly limit: number
  readonly trigger: number
  readonly activation: number
}

export type OrderEnd = Exclude<VenueOrderState, 'OPEN' | 'PARTIALLY_FILLED' | 'REJECTED'>

const float = (price: Exact | null): number => (price === null ? Number.NaN : price.toNumber())

export function openOrder(request: OrderRequest, venueOrderId: string, acceptedAt: number): OpenOrder {
  return {
    request,
    venueOrderId,
    acceptedAt,
    updatedAt: acceptedAt,
    filled: ZERO,
    filledValue: ZERO,
    isTriggered: false,
    best: null,
    limit: float(request.price),
    trigger: float(request.triggerPrice),
    activation: float(request.activationPrice),
  }
}

export const remaining = (order: OpenOrder): Exact => order.request.quantity.minus(order.filled)

/** Waits for its trigger: takes no part in matching before. */
export const isWaiting = (order: OpenOrder): boolean => isConditional(order.request.type) && !order.isTriggered

/** Whether the trigger lies below the market: sell stops, and targets of a short. */
export const triggersOnFall = (request: OrderRequest): boolean =>
  (request.type === 'TAKE_PROFIT_MARKET') === (request.side === 'BUY')

export function venueOrder(order: OpenOrder, end: OrderEnd | null): VenueOrder {
  return {
    clientOrderId: order.request.clientOrderId,
    venueOrderId: order.venueOrderId,
    request: order.request,
    state: end ?? (order.filled.isZero() ? 'OPEN' : 'PARTIALLY_FILLED'),
    filledQuantity: order.filled,
    averagePrice: order.filled.isZero() ? ZERO : order.filledValue.div(order.filled),
    updatedAt: order.updatedAt,
  }
}
