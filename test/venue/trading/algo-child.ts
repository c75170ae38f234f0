/** The regular order that a conditional one becomes at its trigger, under the same client id. */
import { exact } from '../../../src/core/model/decimal.ts'
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { isMarketType, type AlgoOrder } from './algo-order.ts'
import { reach } from './matching.ts'
import { newOrder, sideThatReduces, type NewOrder, type Order } from './order.ts'
import { checkNew, tradingMarket } from './place.ts'

/** Places it and says `born` before it meets the book; throws the exchange's no. */
export function placeChild(exchange: Exchange, algo: AlgoOrder, born: (child: Order) => void): void {
  const refusal = exchange.faults.refusedChild(algo)
  if (refusal !== null) throw new VenueError(refusal)
  const wish = childOf(exchange, algo)
  const market = tradingMarket(exchange, algo.symbol, wish.reduceOnly)
  checkNew(exchange, market, wish)
  const order = newOrder(wish, exchange.nextOrderId(), exchange.now())
  exchange.orders.add(order)
  born(order)
  exchange.tellOrder(order, 'NEW')
  reach(exchange, market, order)
}

function childOf(exchange: Exchange, algo: AlgoOrder): NewOrder {
  const { amount } = exchange.account.position(algo.symbol)
  if (algo.closePosition && (amount.isZero() || algo.side !== sideThatReduces(amount))) throw new VenueError(-2022)
  const isMarket = isMarketType(algo.type)
  return {
    clientId: algo.clientId,
    symbol: algo.symbol,
    side: algo.side,
    type: isMarket ? 'MARKET' : 'LIMIT',
    timeInForce: isMarket ? 'GTC' : algo.timeInForce,
    quantity: algo.closePosition ? amount.abs() : algo.quantity,
    price: isMarket ? exact(0) : algo.price,
    reduceOnly: algo.reduceOnly || algo.closePosition,
    closePosition: algo.closePosition,
    goodTillDate: 0,
    selfTradePrevention: algo.selfTradePrevention,
    origin: { type: algo.type, triggerPrice: algo.triggerPrice, workingType: algo.workingType },
  }
}
