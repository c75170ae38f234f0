/** Regular orders: place, amend, cancel, ask. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { numberIn } from '../faults/fault-fields.ts'
import { amend } from '../trading/amend.ts'
import { fillByHand } from '../trading/matching.ts'
import { isOpen, remaining, type Order } from '../trading/order.ts'
import { cancel, checkNew, place, tradingMarket } from '../trading/place.ts'
import { orderAck, orderBody, orderFirstAck, tradeBody } from './order-shapes.ts'
import { orderWish, sideOf } from './order-wish.ts'
import type { VenueRequest } from './request.ts'
import { bySymbol, type Asked, type Route } from './route.ts'
import { inWindow } from './window.ts'

const ONE = (): number => 1
const BATCH_MOST = 5

export const ORDER_ROUTES: readonly Route[] = [
  signed('POST', '/fapi/v1/order', 0, placeOne, ONE),
  signed('POST', '/fapi/v1/order/test', 1, test),
  signed('PUT', '/fapi/v1/order', 0, amendOne, ONE),
  signed('DELETE', '/fapi/v1/order', 1, cancelOne),
  signed('GET', '/fapi/v1/order', 1, ({ exchange, request }) => orderBody(exchange, asked(exchange, request))),
  signed('POST', '/fapi/v1/batchOrders', 5, placeBatch, (request) => batchOf(request, 'batchOrders').length),
  signed('DELETE', '/fapi/v1/batchOrders', 1, cancelBatch),
  signed('DELETE', '/fapi/v1/allOpenOrders', 1, cancelAll),
  signed('POST', '/fapi/v1/countdownCancelAll', 10, countdown),
  signed('GET', '/fapi/v1/openOrder', 1, openOrder),
  signed('GET', '/fapi/v1/openOrders', bySymbol(1, 40), openOrders),
  signed('GET', '/fapi/v1/allOrders', 5, allOrders),
  signed('GET', '/fapi/v1/userTrades', 5, userTrades),
]

function signed(
  method: Route['method'],
  path: string,
  weight: Route['weight'],
  answer: Route['answer'],
  orders?: Route['orders'],
): Route {
  const route = { method, path, weight, security: 'signed', trades: method !== 'GET', answer } as const
  return orders === undefined ? route : { ...route, orders }
}

function placeOne({ exchange, request }: Asked): unknown {
  const order = place(exchange, orderWish(exchange, request))
  return request.optional('newOrderRespType') === 'RESULT' ? orderAck(exchange, order) : orderFirstAck(exchange, order)
}

function test({ exchange, request }: Asked): unknown {
  const wish = orderWish(exchange, request)
  checkNew(exchange, tradingMarket(exchange, wish.symbol, wish.reduceOnly), wish)
  return {}
}

function amendOne({ exchange, request }: Asked): unknown {
  const order = workingOrder(exchange, request)
  const side = sideOf(request)
  const terms = { side, quantity: request.amount('quantity'), price: request.amount('price') }
  return orderAck(exchange, amend(exchange, order, terms))
}

function cancelOne({ exchange, request }: Asked): unknown {
  const order = workingOrder(exchange, request)
  const race = exchange.faults.strikes('cancel-race', order.symbol)
  if (race !== null) {
    fillByHand(exchange, order, remaining(order).times(numberIn(race, 'share', 1)))
    if (!isOpen(order)) throw new VenueError(-2011)
  }
  cancel(exchange, order)
  return orderAck(exchange, order)
}

function cancelAll({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  for (const order of exchange.orders.openOf(symbol)) cancel(exchange, order)
  return { code: 200, msg: 'The operation of cancel all open order is done.' }
}

function placeBatch({ exchange, request }: Asked): unknown {
  return batchOf(request, 'batchOrders').map((item) =>
    caught(() => placeOne({ exchange, request: request.with(item), holder: null })),
  )
}

function cancelBatch({ exchange, request }: Asked): unknown {
  const symbol = request.text('symbol')
  const idName = request.has('orderIdList') ? 'orderIdList' : 'orderidlist'
  const ids = request.has(idName) ? listOf(request, idName) : []
  const names = request.has('origClientOrderIdList') ? listOf(request, 'origClientOrderIdList') : []
  const items = [
    ...ids.map((orderId) => ({ symbol, orderId })),
    ...names.map((origClientOrderId) => ({ symbol, origClientOrderId })),
  ]
  return items.map((item) => caught(() => cancelOne({ exchange, request: request.with(item), holder: null })))
}

/** An item that is refused is its own answer in the list. */
function caught(answer: () => unknown): unknown {
  try {
    return answer()
  } catch (error) {
    if (error instanceof VenueError) return { code: error.code, msg: error.message }
    throw error
  }
}

function batchOf(request: VenueRequest, name: string): Record<string, unknown>[] {
  const items = listOf(request, name)
  if (items.length === 0 || items.length > BATCH_MOST) {
    throw new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`)
  }
  return items as Record<string, unknown>[]
}

function listOf(request: VenueRequest, name: string): unknown[] {
  try {
    const list: unknown = JSON.parse(request.text(name))
    if (Array.isArray(list)) return list
  } catch (error) {
    if (error instanceof VenueError) throw error
  }
  throw new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`)
}

/** Dead man's switch: ms from now on which the symbol's orders are cancelled; 0 takes it back. */
function countdown({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  const countdownTime = request.whole('countdownTime', 0)
  exchange.countdowns.get(symbol)?.()
  exchange.countdowns.delete(symbol)
  if (countdownTime > 0) {
    const stop = exchange.clock.at(exchange.now() + countdownTime, () => {
      for (const order of exchange.orders.openOf(symbol)) cancel(exchange, order)
    })
    exchange.countdowns.set(symbol, stop)
  }
  return { symbol, countdownTime: String(countdownTime) }
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

function openOrder({ exchange, request }: Asked): unknown {
  const order = lookUp(exchange, request, exchange.market(request.text('symbol')).symbol)
  if (order === null || !isOpen(order)) throw new VenueError(-2013)
  return orderBody(exchange, order)
}

function openOrders({ exchange, request }: Asked): unknown {
  const symbol = request.optional('symbol')
  const orders = symbol === null ? exchange.orders.allOpen() : exchange.orders.openOf(exchange.market(symbol).symbol)
  return orders.map((order) => orderBody(exchange, order))
}

function allOrders({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  const from = request.whole('orderId', 0)
  const rows = exchange.orders.all(symbol, exchange.now()).filter(({ id }) => id >= from)
  return inWindow(exchange, request, rows, (order) => order.createdAt, 500).map((order) => orderBody(exchange, order))
}

function userTrades({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  const fromId = request.whole('fromId', 0)
  const orderId = request.optional('orderId')
  const rows = exchange.account.trades.filter(
    (trade) => trade.symbol === symbol && trade.id >= fromId && (orderId === null || trade.orderId === Number(orderId)),
  )
  return inWindow(exchange, request, rows, (trade) => trade.at, 500).map((trade) => tradeBody(exchange, trade))
}
