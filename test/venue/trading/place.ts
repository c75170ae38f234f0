/** A regular order from its arrival to its first answer: symbol, filters, reduce-only, margin, then the book. */
import { maxOf, type Exact } from '../../../src/core/model/decimal.ts'
import { bracketOf, notionalOf, orderMargin, totalsOf } from '../account/margin.ts'
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { checkClientId, checkNotional, checkPercentPrice, checkPrice, checkQuantity, marketBound } from './filters.ts'
import { expire, reach } from './matching.ts'
import { directionOf, isOpen, newOrder, sideThatReduces, type NewOrder, type Order } from './order.ts'

/** Places it, or throws the exchange's no. */
export function place(exchange: Exchange, wish: NewOrder): Order {
  const market = tradingMarket(exchange, wish.symbol, wish.reduceOnly || wish.closePosition)
  checkNew(exchange, market, wish)
  const order = newOrder(wish, exchange.nextOrderId(), exchange.now())
  exchange.orders.add(order)
  exchange.tellOrder(order, 'NEW')
  reach(exchange, market, order)
  if (order.goodTillDate > 0) {
    exchange.clock.at(order.goodTillDate, () => {
      if (isOpen(order)) expire(exchange, order, '1')
    })
  }
  return order
}

/** Everything that may be wrong with it. */
export function checkNew(exchange: Exchange, market: Market, wish: NewOrder, instead?: Order): void {
  checkClientId(wish.clientId)
  if (instead === undefined && exchange.orders.hasOpenClientId(wish.symbol, wish.clientId)) {
    throw new VenueError(-4116)
  }
  checkFilters(market, wish)
  checkReduceOnly(exchange, wish)
  if (instead === undefined && exchange.orders.openOf(wish.symbol).length >= market.rules.maxOrders) {
    throw new VenueError(-2025)
  }
  checkBook(market, wish)
  checkMargin(exchange, market, wish, instead)
}

/** The market of a symbol that takes orders now. */
export function tradingMarket(exchange: Exchange, symbol: string, isReducing: boolean): Market {
  const market = exchange.market(symbol)
  const { status } = market.rules
  if (!exchange.account.canTrade) throw new VenueError(-1002)
  if (status === 'TRADING' && market.hasPrice) return market
  if (status === 'SETTLING' || status === 'PRE_SETTLE' || status === 'DELIVERING') {
    throw new VenueError(isReducing ? -1122 : -4141)
  }
  throw new VenueError(status === 'TRADING' ? -1122 : -4141)
}

function checkFilters(market: Market, wish: NewOrder): void {
  const isMarket = wish.type === 'MARKET'
  if (!isMarket) checkPrice(market, wish.price)
  checkQuantity(market, wish.quantity, isMarket)
  const price = isMarket ? market.exactMark : wish.price
  if (!wish.reduceOnly) checkNotional(market, price.times(wish.quantity))
  if (!isMarket) checkPercentPrice(market, wish.side, wish.price)
}

/** Reduce-only needs something to reduce; one that may rest must not be larger than it. */
function checkReduceOnly(exchange: Exchange, wish: NewOrder): void {
  if (!wish.reduceOnly) return
  const { amount } = exchange.account.position(wish.symbol)
  if (amount.isZero() || wish.side !== sideThatReduces(amount)) throw new VenueError(-2022)
  const mayRest = wish.timeInForce === 'GTX' || wish.timeInForce === 'GTD' || wish.timeInForce === 'GTC'
  if (wish.type === 'LIMIT' && mayRest && wish.quantity.gt(amount.abs())) throw new VenueError(-2022)
}

/** What the book says before anything happens: post-only, fill-or-kill, the bound of market orders. */
function checkBook(market: Market, wish: NewOrder): void {
  if (wish.type === 'MARKET') {
    marketBound(market, wish.side)
    return
  }
  const best = market.book.best(market.rules, wish.side)
  const takes = best !== null && (wish.side === 'BUY' ? wish.price.gte(best) : wish.price.lte(best))
  if (wish.timeInForce === 'GTX' && takes) throw new VenueError(-5022)
  if (wish.timeInForce !== 'FOK') return
  const available = market.book.available(market.rules, wish.side, wish.price, wish.quantity)
  if (available.lt(wish.quantity)) throw new VenueError(-5021)
}

function checkMargin(exchange: Exchange, market: Market, wish: NewOrder, instead: Order | undefined): void {
  const { account } = exchange
  const position = account.position(wish.symbol)
  if (wish.reduceOnly) return
  const price = wish.type === 'LIMIT' ? wish.price : assumedPrice(exchange, market, wish)
  const closes = position.amount.times(directionOf(wish.side)).lt(0)
  if (closes && wish.quantity.lte(position.amount.abs()) && !hasOpenings(exchange, wish)) return
  const notional = price.times(wish.quantity).times(directionOf(wish.side))
  const after = notionalOf(exchange, position).plus(notional).abs()
  const before = notionalOf(exchange, position).abs()
  if (after.gt(before) && bracketOf(market.rules.brackets, after).maxLeverage < position.leverage) {
    throw new VenueError(-2027)
  }
  const opening = { ...wish, price, executed: wish.quantity.times(0) }
  const held = orderMargin(exchange, wish.symbol)
  const needed = orderMargin(exchange, wish.symbol, opening, instead).minus(held)
  if (needed.gt(maxOf(totalsOf(exchange).available, needed.times(0)))) throw new VenueError(-2019)
}

const hasOpenings = (exchange: Exchange, { symbol, side }: NewOrder): boolean =>
  exchange.orders.openOf(symbol).some((order) => order.side === side && !order.reduceOnly)

function assumedPrice(exchange: Exchange, market: Market, { side }: NewOrder): Exact {
  const best = market.book.best(market.rules, side) ?? market.exactMark
  return side === 'BUY' ? best.times(1 + exchange.settings.marketBuyMargin) : best
}

/** Cancels a resting order on request. */
export function cancel(exchange: Exchange, order: Order): void {
  exchange.orders.remove(order)
  order.status = 'CANCELED'
  order.updatedAt = exchange.now()
  exchange.tellOrder(order, 'CANCELED')
  exchange.algos.onChildEnd(order)
}
