/** Orders on this account that are not ours, in the shape of ours; and what they mean for a position. */
import { exact, type Exact } from '../core/model/decimal.ts'
import { stableId, traceIdOf, type IntentId } from '../core/model/ids.ts'
import { closingSide, type Order, type OrderPurpose, type OrderRequest } from '../core/model/order.ts'
import type { Position } from '../core/model/position.ts'
import type { VenueOrder } from '../core/ports/venue.ts'
import type { Claim } from '../core/risk-guard/claim.ts'
import { FOREIGN } from './books.ts'

const PURPOSES: Readonly<Record<OrderRequest['type'], OrderPurpose>> = {
  STOP_MARKET: 'STOP',
  TAKE_PROFIT_MARKET: 'TAKE_PROFIT',
  TRAILING_STOP_MARKET: 'TRAILING',
  // a resting order that only reduces waits for a better price
  LIMIT: 'TAKE_PROFIT',
  MARKET: 'CLOSE',
}

/** What it opens or reduces follows from its side, in one-way mode. */
export function foreignOrder(held: VenueOrder): Order {
  const { clientOrderId, venueOrderId, request, state, filledQuantity, averagePrice, updatedAt } = held
  const { side, reduceOnly, type } = request
  return {
    ...request,
    clientOrderId,
    venueOrderId,
    state,
    filledQuantity,
    averagePrice,
    intentId: stableId(FOREIGN, clientOrderId) as IntentId,
    traceId: traceIdOf(FOREIGN, clientOrderId),
    strategyId: FOREIGN,
    purpose: reduceOnly ? PURPOSES[type] : 'ENTRY',
    positionSide: (side === 'BUY') === reduceOnly ? 'SHORT' : 'LONG',
    reason: null,
    entryPlan: null,
    exitReason: null,
    policyVersion: 0,
    createdAt: updatedAt,
    updatedAt,
  }
}

/** What a foreign entry takes of the account's room. Its leverage and stop are not known: all of it may be lost. */
export function foreignClaim(order: Order, mark: number | null): Claim {
  const { intentId, symbol, positionSide: side } = order
  const quantity = order.quantity.minus(order.filledQuantity).toNumber()
  const notional = quantity * ((order.price ?? order.triggerPrice)?.toNumber() ?? mark ?? 0)
  return { intentId, symbol, side, quantity, notional, lossAtStop: notional, margin: notional }
}

/** The farthest price at which stops among the orders will have closed all of the position; null: they do not. */
export function foreignStopOf(position: Position, orders: readonly Order[]): Exact | null {
  const stops = orders.filter(
    ({ symbol, purpose, side, triggerPrice }) =>
      symbol === position.symbol && purpose === 'STOP' && side === closingSide(position.side) && triggerPrice !== null,
  )
  const nearFirst = stops.toSorted((one, other) => {
    const apart = exact(one.triggerPrice ?? 0).cmp(other.triggerPrice ?? 0)
    return position.side === 'LONG' ? -apart : apart
  })
  let left = position.quantity
  for (const stop of nearFirst) {
    // without a quantity it closes whatever is held
    left = stop.quantity.isZero() ? exact(0) : left.minus(stop.quantity).plus(stop.filledQuantity)
    if (left.lte(0)) return stop.triggerPrice
  }
  return null
}
