/** What one trade does to the account, and what is told of it. */
import { booked, type Exact } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../exchange.ts'
import { directionOf, type Order } from '../trading/order.ts'
import { applyTrade } from './position.ts'

export interface FillTerms {
  readonly price: Exact
  readonly quantity: Exact
  readonly isMaker: boolean
  /** instead of price × quantity × rate */
  readonly commission?: Exact
}

/** Books the trade of an order: position, commission, profit, the trade itself, and its events. */
export function fill(exchange: Exchange, order: Order, terms: FillTerms): void {
  const { account } = exchange
  const { rules } = exchange.market(order.symbol)
  const at = exchange.now()
  const position = account.position(order.symbol)
  const { price, quantity, isMaker } = terms
  const quote = price.times(quantity)
  const commission = terms.commission ?? booked(quote.times(isMaker ? rules.makerFee : rules.takerFee))
  const change = applyTrade(position, quantity.times(directionOf(order.side)), price)
  position.updatedAt = at
  order.executed = order.executed.plus(quantity)
  order.quote = order.quote.plus(quote)
  order.updatedAt = at
  order.status = order.executed.gte(order.quantity) ? 'FILLED' : 'PARTIALLY_FILLED'
  const realized = booked(change.realized)
  const inBnb = account.feeInBnb(commission)
  const trade = account.record({
    orderId: order.id,
    symbol: order.symbol,
    side: order.side,
    price,
    quantity,
    quote,
    realized,
    commission: inBnb ?? commission,
    commissionAsset: inBnb === null ? 'USDT' : 'BNB',
    isMaker,
    at,
  })
  const tradeId = String(trade.id)
  if (!realized.isZero()) account.book('REALIZED_PNL', order.symbol, realized, at, tradeId)
  if (!commission.isZero()) account.payFee(order.symbol, commission, at, tradeId)
  exchange.tellFill(order, trade)
}
