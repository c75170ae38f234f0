/** Where regular orders are placed, amended, cancelled and asked about, and the lists of them. */
import { cancel } from '../trading/place.ts'
import { batchOf, cancelBatch, placeBatch } from './batch-orders.ts'
import { amendOne, askOne, cancelOne, openOrder, placeOne, testOne } from './one-order.ts'
import { orderBody, tradeBody } from './order-shapes.ts'
import { bySymbol, type Asked, type Route } from './route.ts'
import { inWindow } from './window.ts'

const ONE = (): number => 1

export const ORDER_ROUTES: readonly Route[] = [
  signed('POST', '/fapi/v1/order', 0, placeOne, ONE),
  signed('POST', '/fapi/v1/order/test', 1, testOne),
  signed('PUT', '/fapi/v1/order', 0, amendOne, ONE),
  signed('DELETE', '/fapi/v1/order', 1, cancelOne),
  signed('GET', '/fapi/v1/order', 1, askOne),
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

function cancelAll({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  for (const order of exchange.orders.openOf(symbol)) cancel(exchange, order)
  return { code: 200, msg: 'The operation of cancel all open order is done.' }
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
