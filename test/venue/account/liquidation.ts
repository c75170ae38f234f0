/** The exchange closes what its margin no longer covers: cancel, one forced IOC, then the insurance fund at the bankruptcy price. */
import { booked, floorToStep, maxOf, minOf, toTick, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { moneyText } from '../market/symbol-rules.ts'
import { knockOut } from '../trading/matching.ts'
import { newOrder, remaining, sideThatReduces, type Order } from '../trading/order.ts'
import { cancel } from '../trading/place.ts'
import { fill } from './fill.ts'
import { maintenanceOf, profitOf, totalsOf } from './margin.ts'
import { signOf, unrealized, type Position } from './position.ts'

/** margin beyond this multiple of what is needed is never looked at exactly */
const FAR = 2

/** Told once, until the margin is enough again. */
function callForMargin(exchange: Exchange, position: Position): void {
  const { account, settings } = exchange
  const needed = position.isIsolated ? maintenanceOf(exchange, position) : totalsOf(exchange).crossMaintenance
  const share = settings.marginCallRatio
  const isShort = needed.gte(marginOf(exchange, position).times(share))
  if (isShort && !account.called.has(position.symbol)) exchange.tellMarginCall(position, moneyText(needed))
  if (isShort) account.called.add(position.symbol)
  else account.called.delete(position.symbol)
}

function marginOf(exchange: Exchange, position: Position): Exact {
  if (position.isIsolated) return position.isolatedWallet.plus(profitOf(exchange, position))
  const { crossWallet, crossProfit } = totalsOf(exchange)
  return crossWallet.plus(crossProfit)
}

/** After a mark price: liquidates the symbol's isolated position, or cross positions, the worst first. */
export function liquidateIfNeeded(exchange: Exchange, market: Market): void {
  const position = exchange.account.position(market.symbol)
  if (position.amount.isZero()) return
  if (isFarFrom(exchange, position)) {
    exchange.account.called.delete(position.symbol)
    return
  }
  callForMargin(exchange, position)
  if (position.isIsolated) {
    if (isUncovered(exchange, position)) liquidate(exchange, position)
    return
  }
  while (isCrossUncovered(exchange)) {
    const worst = worstCross(exchange)
    if (worst === undefined) return
    liquidate(exchange, worst)
  }
}

/** Margin that is clearly more than enough, in floats: almost every price ends here. */
function isFarFrom(exchange: Exchange, position: Position): boolean {
  const { account } = exchange
  const together = position.isIsolated ? [position] : account.held().filter(({ isIsolated }) => !isIsolated)
  let margin = (position.isIsolated ? position.isolatedWallet : account.crossWallet).toNumber()
  let needed = 0
  for (const each of together) {
    const { mark, rules } = exchange.market(each.symbol)
    const amount = each.amount.toNumber()
    const notional = Math.abs(amount) * mark
    margin += amount * (mark - each.entryPrice.toNumber())
    needed += notional * (rules.brackets.find(({ notionalCap }) => notional <= notionalCap)?.maintenanceRate ?? 1)
  }
  return margin > FAR * needed
}

function isUncovered(exchange: Exchange, position: Position): boolean {
  return marginOf(exchange, position).lte(maintenanceOf(exchange, position))
}

function isCrossUncovered(exchange: Exchange): boolean {
  const { crossWallet, crossProfit, crossMaintenance } = totalsOf(exchange)
  return crossMaintenance.gt(0) && crossWallet.plus(crossProfit).lte(crossMaintenance)
}

function worstCross(exchange: Exchange): Position | undefined {
  const cross = exchange.account.held().filter(({ isIsolated }) => !isIsolated)
  return cross.sort((one, other) => profitOf(exchange, one).cmp(profitOf(exchange, other)))[0]
}

function liquidate(exchange: Exchange, position: Position): void {
  const symbols = position.isIsolated ? [position.symbol] : exchange.orders.symbolsWithOrders()
  for (const symbol of symbols) for (const order of exchange.orders.openOf(symbol)) cancel(exchange, order)
  if (!stillUncovered(exchange, position)) return
  const market = exchange.market(position.symbol)
  forcedOrder(exchange, market, position)
  if (!position.amount.isZero() && stillUncovered(exchange, position)) takeOver(exchange, market, position)
  if (exchange.account.wallet.isNegative()) {
    exchange.account.book('INSURANCE_CLEAR', position.symbol, exchange.account.wallet.neg(), exchange.now())
    exchange.tellBalance('INSURANCE_CLEAR', [])
  }
  knockOut(exchange, position.symbol)
}

const stillUncovered = (exchange: Exchange, position: Position): boolean =>
  position.isIsolated ? isUncovered(exchange, position) : isCrossUncovered(exchange)

/** One large IOC, no worse than bankruptcy. */
function forcedOrder(exchange: Exchange, market: Market, position: Position): void {
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
function takeOver(exchange: Exchange, market: Market, position: Position): void {
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
export function bankruptcyPrice(exchange: Exchange, position: Position): Exact {
  const backing = position.isIsolated ? position.isolatedWallet : totalsOf(exchange).crossWallet
  const perUnit = backing.div(position.amount.abs())
  const side = signOf(position)
  const price = position.entryPrice.minus(perUnit.times(side))
  const { tick } = exchange.market(position.symbol).rules
  return maxOf(toTick(price, tick, side === 1 ? 'up' : 'down'), tick)
}
