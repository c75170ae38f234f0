/** Margin as BINANCE.md §7 has it: initial, of open orders, maintenance by bracket, what is free, and the liquidation price. */
import { exact, maxOf, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { LeverageBracket } from '../../../src/core/model/market.ts'
import type { Exchange } from '../exchange.ts'
import { directionOf, type Order } from '../trading/order.ts'
import { signOf, unrealized, type Position } from './position.ts'

export type Opening = Pick<Order, 'side' | 'price' | 'quantity' | 'executed' | 'reduceOnly'>

export function bracketOf(brackets: readonly LeverageBracket[], notional: Exact): LeverageBracket {
  const found = brackets.find(({ notionalCap }) => notional.lte(notionalCap)) ?? brackets.at(-1)
  if (found === undefined) throw new Error('a symbol needs brackets')
  return found
}

export const markOf = (exchange: Exchange, symbol: string): Exact => exchange.market(symbol).exactMark

export function notionalOf(exchange: Exchange, position: Position): Exact {
  return position.amount.times(markOf(exchange, position.symbol))
}

export function maintenanceOf(exchange: Exchange, position: Position): Exact {
  if (position.amount.isZero()) return ZERO
  const notional = notionalOf(exchange, position).abs()
  const bracket = bracketOf(exchange.market(position.symbol).rules.brackets, notional)
  return maxOf(notional.times(bracket.maintenanceRate).minus(bracket.cum), ZERO)
}

export const profitOf = (exchange: Exchange, position: Position): Exact =>
  position.amount.isZero() ? ZERO : unrealized(position, markOf(exchange, position.symbol))

export const initialMarginOf = (exchange: Exchange, position: Position): Exact =>
  notionalOf(exchange, position).abs().div(position.leverage)

/** USDT that the symbol's open orders hold, `more` among them; `without`: as if that one were not there. */
export function orderMargin(exchange: Exchange, symbol: string, more: Opening | null = null, without?: Order): Exact {
  const { mark, openings } = openingsOf(exchange, symbol, more, without)
  const position = exchange.account.position(symbol)
  let buys = ZERO
  let sells = ZERO
  let openLoss = ZERO
  for (const { side, price, quantity, executed } of openings) {
    const left = quantity.minus(executed)
    if (side === 'BUY') buys = buys.plus(price.times(left))
    else sells = sells.plus(price.times(left))
    const loss = price.minus(mark).times(directionOf(side))
    if (loss.gt(0)) openLoss = openLoss.plus(loss.times(left))
  }
  const held = position.amount.times(mark)
  const exposure =
    exchange.settings.openOrderMargin === 'max'
      ? maxOf(held.plus(buys).abs(), held.minus(sells).abs()).minus(held.abs())
      : buys.plus(sells)
  return exposure.div(position.leverage).plus(openLoss)
}

function openingsOf(exchange: Exchange, symbol: string, more: Opening | null, without: Order | undefined) {
  const resting: readonly Opening[] = exchange.orders.openOf(symbol).filter((order) => order !== without)
  const openings = [...resting, ...(more === null ? [] : [more])].filter(({ reduceOnly }) => !reduceOnly)
  return { mark: markOf(exchange, symbol), openings }
}

export interface Totals {
  readonly wallet: Exact
  readonly crossWallet: Exact
  readonly profit: Exact
  readonly crossProfit: Exact
  readonly maintenance: Exact
  readonly crossMaintenance: Exact
  readonly positionMargin: Exact
  readonly orderMargin: Exact
  readonly available: Exact
}

export function totalsOf(exchange: Exchange): Totals {
  const { account } = exchange
  let [profit, crossProfit, maintenance, crossMaintenance, positionMargin, crossMargin] = [
    ZERO,
    ZERO,
    ZERO,
    ZERO,
    ZERO,
    ZERO,
  ]
  for (const position of account.held()) {
    const gain = profitOf(exchange, position)
    const keep = maintenanceOf(exchange, position)
    const initial = initialMarginOf(exchange, position)
    profit = profit.plus(gain)
    maintenance = maintenance.plus(keep)
    positionMargin = positionMargin.plus(initial)
    if (position.isIsolated) continue
    crossProfit = crossProfit.plus(gain)
    crossMaintenance = crossMaintenance.plus(keep)
    crossMargin = crossMargin.plus(initial)
  }
  const orders = exchange.orders
    .symbolsWithOrders()
    .reduce((sum, symbol) => sum.plus(orderMargin(exchange, symbol)), ZERO)
  const { wallet, crossWallet } = account
  const available = maxOf(crossWallet.plus(crossProfit).minus(crossMargin).minus(orders), ZERO)
  return {
    wallet,
    crossWallet,
    profit,
    crossProfit,
    maintenance,
    crossMaintenance,
    positionMargin,
    orderMargin: orders,
    available,
  }
}

/** Price at which the position is liquidated; zero where no price above zero does it. */
export function liquidationPrice(exchange: Exchange, position: Position): Exact {
  const { brackets } = exchange.market(position.symbol).rules
  let price = ZERO
  for (const bracket of brackets) {
    price = priceInBracket(exchange, position, bracket)
    if (price.lte(0) || price.times(position.amount.abs()).lte(bracket.notionalCap)) break
  }
  return maxOf(price, ZERO)
}

function priceInBracket(exchange: Exchange, position: Position, bracket: LeverageBracket): Exact {
  const amount = position.amount.abs()
  const side = signOf(position)
  const backing = position.isIsolated ? position.isolatedWallet : crossBacking(exchange, position)
  const top = backing.plus(bracket.cum).minus(position.entryPrice.times(amount).times(side))
  return top.div(amount.times(exact(bracket.maintenanceRate).minus(side)))
}

/** What the cross wallet leaves for this position: less the maintenance, plus the profit of all others. */
function crossBacking(exchange: Exchange, position: Position): Exact {
  const { account } = exchange
  return account
    .held()
    .filter((other) => other !== position && !other.isIsolated)
    .reduce(
      (sum, other) => sum.minus(maintenanceOf(exchange, other)).plus(profitOf(exchange, other)),
      account.crossWallet,
    )
}
