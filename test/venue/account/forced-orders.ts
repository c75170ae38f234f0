/** Orders that the exchange makes itself: the forced IOC, and what the insurance fund takes over. */
import { booked, floorToStep, maxOf, minOf, toTick, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { newOrder, remaining, sideThatReduces, type Order } from '../trading/order.ts'
import { fill } from './fill.ts'
import { totalsOf } from './margin.ts'
import { signOf, unrealized, type Position } from './position.ts'

/** One large IOC, no worse than bankruptcy. */
export function forcedOrder(exchange: Exchange, market: Market, position: Position): void {
  const { rules, book } = market
  const share = position.amount.abs().times(exchange.settings.liquidationShare)
  const quantity = maxOf(floorToStep(share, rules.step), minOf(rules.step, position.amount.abs()))
  const bankrupt = bankruptcyPrice(exchange, position)
  const order = forced(exchange, market, position, { quantity, price: bankrupt, prefix: 'autoclose-' })
  exchange.tellOrder(order, 'NEW')
  for (const trade of book.take(rules, order.side, bankrupt, quantity)) close(exchange, market, order, position, trade)
  if (!remaining(order).isZero()) {
    order.status = 'EXPIRED'
    exchange.tellOrder(order, 'EXPIRED')
  }
}

/** What is left goes to the insurance fund at the bankruptcy price. */
export function takeOver(exchange: Exchange, market: Market, position: Position): void {
  const quantity = position.amount.abs()
  const price = bankruptcyPrice(exchange, position)
  const order = forced(exchange, market, position, { quantity, price, prefix: 'autoclose-insurance-' })
  fill(exchange, order, { price, quantity, isMaker: false, commission: ZERO })
}

interface ForcedTerms {
  readonly quantity: Exact
  readonly price: Exact
  readonly prefix: string
}

export function forced(exchange: Exchange, market: Market, position: Position, terms: ForcedTerms): Order {
  const id = exchange.nextOrderId()
  const wish = {
    clientId: `${terms.prefix}${id}`,
    symbol: market.symbol,
    side: sideThatReduces(position.amount),
    type: 'LIMIT' as const,
    timeInForce: 'IOC' as const,
    quantity: terms.quantity,
    price: terms.price,
    reduceOnly: true,
    closePosition: false,
    goodTillDate: 0,
    selfTradePrevention: 'NONE',
    isForced: true,
  }
  const order = newOrder(wish, id, exchange.now())
  exchange.orders.add(order)
  return order
}

/** One trade of a forced order; commission and fee take no more than what is left of an isolated margin. */
function close(
  exchange: Exchange,
  market: Market,
  order: Order,
  position: Position,
  trade: { readonly price: Exact; readonly quantity: Exact },
): void {
  const { rules } = market
  const quote = trade.price.times(trade.quantity)
  const left = leftAfter(exchange, position, trade)
  const commission = minOf(booked(quote.times(rules.takerFee)), left)
  fill(exchange, order, { ...trade, isMaker: false, commission })
  const fee = minOf(booked(quote.times(rules.liquidationFee)), left.minus(commission))
  if (fee.lte(0)) return
  exchange.account.book('INSURANCE_CLEAR', position.symbol, fee.neg(), exchange.now())
  exchange.tellBalance('INSURANCE_CLEAR', [])
}

/** What the closed part's margin leaves after its loss. */
function leftAfter(
  exchange: Exchange,
  position: Position,
  { price, quantity }: { readonly price: Exact; readonly quantity: Exact },
): Exact {
  const share = quantity.div(position.amount.abs())
  const margin = position.isIsolated ? position.isolatedWallet : exchange.account.crossWallet
  const left = booked(margin.plus(unrealized(position, price)).times(share))
  return maxOf(left, ZERO)
}

/** Price at which the loss eats the whole margin, on the tick that costs no more than it. */
function bankruptcyPrice(exchange: Exchange, position: Position): Exact {
  const backing = position.isIsolated ? position.isolatedWallet : totalsOf(exchange).crossWallet
  const perUnit = backing.div(position.amount.abs())
  const side = signOf(position)
  const price = position.entryPrice.minus(perUnit.times(side))
  const { tick } = exchange.market(position.symbol).rules
  return maxOf(toTick(price, tick, side === 1 ? 'up' : 'down'), tick)
}
