/** The exchange closes what its margin no longer covers: cancel, one forced IOC, then the insurance fund at the bankruptcy price. */
import type { Exact } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { moneyText } from '../market/symbol-rules.ts'
import { knockOut } from '../trading/matching.ts'
import { cancel } from '../trading/place.ts'
import { forcedOrder, takeOver } from './forced-orders.ts'
import { maintenanceOf, profitOf, totalsOf } from './margin.ts'
import type { Position } from './position.ts'

/** margin beyond this multiple of what is needed is never looked at exactly */
const FAR = 2

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
