/** Orders meet the book: what crosses takes, the rest rests or expires; what rests waits for the market to come to it. */
import { floorToStep, minOf, type Exact } from '../../../src/core/model/decimal.ts'
import { fill } from '../account/fill.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { isWithin } from '../market/synthetic-book.ts'
import { marketBound } from './filters.ts'
import { isOpen, opposite, remaining, sideThatReduces, type Order } from './order.ts'

/** Ends an order that the market or the rules end. */
export function expire(
  exchange: Exchange,
  order: Order,
  reason = '0',
  status: 'EXPIRED' | 'EXPIRED_IN_MATCH' = 'EXPIRED',
): void {
  exchange.orders.remove(order)
  order.status = status
  order.expiryReason = reason
  order.updatedAt = exchange.now()
  exchange.tellOrder(order, 'EXPIRED')
  exchange.algos.onChildEnd(order)
}

/** A new order meets the book: takes what its price allows, then rests or expires. */
export function reach(exchange: Exchange, market: Market, order: Order): void {
  const limit = order.type === 'MARKET' ? marketBound(market, order.side) : order.price
  expireOwnCounterparts(exchange, market, order, limit)
  const wanted = takeable(exchange, order)
  const most = exchange.faults.partialTake(order.symbol, wanted, market.rules.step)
  for (const trade of market.book.take(market.rules, order.side, limit, most)) {
    fill(exchange, order, { ...trade, isMaker: false })
  }
  afterFills(exchange, order)
  if (remaining(order).isZero()) return
  const rests = order.type === 'LIMIT' && (order.timeInForce === 'GTC' || order.timeInForce === 'GTX')
  if (rests || order.timeInForce === 'GTD') exchange.orders.rest(order)
  else expire(exchange, order)
}

/** Reduce-only never turns a position. */
function takeable(exchange: Exchange, order: Order): Exact {
  if (!order.reduceOnly) return remaining(order)
  return minOf(remaining(order), exchange.account.position(order.symbol).amount.abs())
}

/** Our own resting orders are never the other side of our own: the resting one ends (EXPIRE_MAKER). */
function expireOwnCounterparts(exchange: Exchange, market: Market, order: Order, limit: Exact | null): void {
  const best = market.book.best(market.rules, order.side)
  for (const own of exchange.orders.openOf(order.symbol)) {
    if (own.side === order.side || !isWithin(order.side, own.price, limit)) continue
    const isFirst = best === null || isWithin(order.side, own.price, best)
    if (isFirst) expire(exchange, own, '6', 'EXPIRED_IN_MATCH')
  }
}

/** The market has moved: resting orders that it went through fill at their own price. */
export function meetResting(exchange: Exchange, market: Market): void {
  for (const order of byPriority(exchange.orders.openOf(market.symbol))) {
    if (!isOpen(order)) continue
    const best = market.book.best(market.rules, order.side)
    if (best === null || !isWithin(order.side, best, order.price)) continue
    const wanted = takeable(exchange, order)
    const taken = market.book.take(market.rules, order.side, order.price, wanted)
    const quantity = taken.reduce((sum, trade) => sum.plus(trade.quantity), wanted.times(0))
    fillResting(exchange, order, quantity)
  }
}

/** So much was traded at a price: it goes to the resting orders there or better, best and oldest first. */
export function tradeAgainstResting(exchange: Exchange, market: Market, price: Exact, quantity: Exact): void {
  let left = quantity
  for (const order of byPriority(exchange.orders.openOf(market.symbol))) {
    if (left.lte(0) || !isOpen(order) || !isWithin(opposite(order.side), order.price, price)) continue
    const part = minOf(left, takeable(exchange, order))
    left = left.minus(part)
    fillResting(exchange, order, part)
  }
}

function fillResting(exchange: Exchange, order: Order, quantity: Exact): void {
  if (quantity.lte(0)) return
  fill(exchange, order, { price: order.price, quantity, isMaker: true })
  afterFills(exchange, order)
}

/** A filled order no longer rests; a smaller position knocks out reduce-only orders larger than it. */
export function afterFills(exchange: Exchange, order: Order): void {
  if (!isOpen(order)) {
    exchange.orders.remove(order)
    exchange.algos.onChildEnd(order)
  }
  if (order.executed.gt(0)) knockOut(exchange, order.symbol)
}

export function knockOut(exchange: Exchange, symbol: string): void {
  const { amount } = exchange.account.position(symbol)
  if (amount.isZero()) exchange.algos.onPositionEnd(symbol)
  if (!exchange.settings.knocksOutReduceOnly) return
  for (const order of exchange.orders.openOf(symbol)) {
    if (!order.reduceOnly) continue
    const isWrong = amount.isZero() || order.side !== sideThatReduces(amount) || remaining(order).gt(amount.abs())
    if (isWrong) expire(exchange, order, '4')
  }
}

/** Buys from the highest price, sells from the lowest, the older first. */
function byPriority(orders: readonly Order[]): Order[] {
  return [...orders].sort((one, other) => {
    if (one.side !== other.side) return one.side === 'BUY' ? -1 : 1
    const better = one.side === 'BUY' ? other.price.cmp(one.price) : one.price.cmp(other.price)
    return better === 0 ? one.id - other.id : better
  })
}

/** Part of a resting order fills although the market did not come to it: the race that a cancel loses. */
export function fillByHand(exchange: Exchange, order: Order, quantity: Exact): void {
  const { step } = exchange.market(order.symbol).rules
  fillResting(exchange, order, minOf(remaining(order), floorToStep(quantity, step)))
}
