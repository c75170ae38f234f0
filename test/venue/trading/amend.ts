/** Changes price and quantity of a resting order; it keeps its id and loses its place in the queue. */
import type { Exact } from '../../../src/core/model/decimal.ts'
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { reach } from './matching.ts'
import type { Order } from './order.ts'
import { checkNew, tradingMarket } from './place.ts'

interface NewTerms {
  readonly side: Order['side']
  readonly quantity: Exact
  readonly price: Exact
}

export function amend(exchange: Exchange, order: Order, { side, quantity, price }: NewTerms): Order {
  if (side !== order.side || order.type !== 'LIMIT') throw new VenueError(-1117)
  if (quantity.eq(order.quantity) && price.eq(order.price)) throw new VenueError(-5027)
  if (quantity.lte(order.executed)) throw new VenueError(-2010)
  const market = tradingMarket(exchange, order.symbol, order.reduceOnly)
  checkNew(exchange, market, { ...order, quantity, price }, order)
  exchange.orders.remove(order)
  order.quantity = quantity
  order.price = price
  order.updatedAt = exchange.now()
  exchange.tellOrder(order, 'AMENDMENT')
  reach(exchange, market, order)
  return order
}
