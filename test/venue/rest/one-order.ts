/** One regular order: placed, tested, amended, cancelled, asked about. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { numberIn } from '../faults/fault-fields.ts'
import { amend } from '../trading/amend.ts'
import { fillByHand } from '../trading/matching.ts'
import { isOpen, remaining, type Order } from '../trading/order.ts'
import { cancel, checkNew, place, tradingMarket } from '../trading/place.ts'
import { orderAck, orderBody, orderFirstAck } from './order-shapes.ts'
import { orderWish, sideOf } from './order-wish.ts'
import type { VenueRequest } from './request.ts'
import type { Asked } from './route.ts'

export function placeOne({ exchange, request }: Asked): unknown {
  const order = place(exchange, orderWish(exchange, request))
  return request.optional('newOrderRespType') === 'RESULT' ? orderAck(exchange, order) : orderFirstAck(exchange, order)
}

export function testOne({ exchange, request }: Asked): unknown {
  const wish = orderWish(exchange, request)
  checkNew(exchange, tradingMarket(exchange, wish.symbol, wish.reduceOnly), wish)
  return {}
}

export function amendOne({ exchange, request }: Asked): unknown {
  const order = workingOrder(exchange, request)
  const side = sideOf(request)
  const terms = { side, quantity: request.amount('quantity'), price: request.amount('price') }
  return orderAck(exchange, amend(exchange, order, terms))
}

export function cancelOne({ exchange, request }: Asked): unknown {
  const order = workingOrder(exchange, request)
  const race = exchange.faults.strikes('cancel-race', order.symbol)
  if (race !== null) {
    fillByHand(exchange, order, remaining(order).times(numberIn(race, 'share', 1)))
    if (!isOpen(order)) throw new VenueError(-2011)
  }
  cancel(exchange, order)
  return orderAck(exchange, order)
}

export function askOne({ exchange, request }: Asked): unknown {
  return orderBody(exchange, asked(exchange, request))
}

function asked(exchange: Exchange, request: VenueRequest): Order {
  const { symbol } = exchange.market(request.text('symbol'))
  const order = lookUp(exchange, request, symbol)
  if (order === null) throw new VenueError(-2013)
  const lag = exchange.faults.strikes('replication-lag', symbol)
  if (lag !== null && exchange.now() - order.createdAt < numberIn(lag, 'ms', 1000)) throw new VenueError(-2013)
  return order
}

function workingOrder(exchange: Exchange, request: VenueRequest): Order {
  const { symbol } = exchange.market(request.text('symbol'))
  const order = lookUp(exchange, request, symbol)
  if (order === null || !isOpen(order)) throw new VenueError(-2011)
  return order
}

function lookUp(exchange: Exchange, request: VenueRequest, symbol: string): Order | null {
  const now = exchange.now()
  if (request.has('orderId')) return exchange.orders.find(symbol, request.whole('orderId', 0), now)
  const clientId = request.optional('origClientOrderId')
  if (clientId !== null) return exchange.orders.findByClientId(symbol, clientId, now)
  throw new VenueError(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!")
}

export function openOrder({ exchange, request }: Asked): unknown {
  const order = lookUp(exchange, request, exchange.market(request.text('symbol')).symbol)
  if (order === null || !isOpen(order)) throw new VenueError(-2013)
  return orderBody(exchange, order)
}
