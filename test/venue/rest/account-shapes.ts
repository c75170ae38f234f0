import type { Exact } from '../../../src/core/model/decimal.ts'
/** Bodies of account, balances and positions (BINANCE.md §4.3). */
import {
  initialMarginOf,
  liquidationPrice,
  maintenanceOf,
  markOf,
  notionalOf,
  orderMargin,
  profitOf,
  totalsOf,
} from '../account/margin.ts'
import type { Position } from '../account/position.ts'
import type { Exchange } from '../exchange.ts'
import { moneyText, quantityText } from '../market/symbol-rules.ts'

const zeroAsIs = (text: string): string => (Number(text) === 0 ? '0' : text)

/** Every position with something in it, or orders; those of v2 lists all. */
export function listedPositions(exchange: Exchange): Position[] {
  const symbols = new Set([
    ...exchange.account.held().map(({ symbol }) => symbol),
    ...exchange.orders.symbolsWithOrders(),
  ])
  return [...symbols].sort().map((symbol) => exchange.account.position(symbol))
}

export function accountBody(exchange: Exchange, isV2: boolean): Record<string, unknown> {
  const totals = totalsOf(exchange)
  const { account } = exchange
  const marginBalance = totals.wallet.plus(totals.profit)
  const initial = totals.positionMargin.plus(totals.orderMargin)
  const available = moneyText(totals.available)
  const positions = (isV2 ? allPositions(exchange) : listedPositions(exchange)).map((position) =>
    accountPosition(exchange, position, isV2),
  )
  const flags = {
    feeTier: 0,
    canTrade: account.canTrade,
    canDeposit: true,
    canWithdraw: true,
    updateTime: 0,
    multiAssetsMargin: account.isMultiAsset,
    tradeGroupId: -1,
  }
  return {
    ...(isV2 ? flags : {}),
    totalInitialMargin: moneyText(initial),
    totalMaintMargin: moneyText(totals.maintenance),
    totalWalletBalance: moneyText(totals.wallet),
    totalUnrealizedProfit: moneyText(totals.profit),
    totalMarginBalance: moneyText(marginBalance),
    totalPositionInitialMargin: moneyText(totals.positionMargin),
    totalOpenOrderInitialMargin: moneyText(totals.orderMargin),
    totalCrossWalletBalance: moneyText(totals.crossWallet),
    totalCrossUnPnl: moneyText(totals.crossProfit),
    availableBalance: available,
    maxWithdrawAmount: available,
    assets: [usdt(exchange), otherAsset(exchange.account.bnb, exchange.account.bnbUpdatedAt)],
    positions,
  }
}

function usdt(exchange: Exchange): Record<string, unknown> {
  const totals = totalsOf(exchange)
  return {
    asset: 'USDT',
    walletBalance: moneyText(totals.wallet),
    unrealizedProfit: moneyText(totals.profit),
    marginBalance: moneyText(totals.wallet.plus(totals.profit)),
    maintMargin: moneyText(totals.maintenance),
    initialMargin: moneyText(totals.positionMargin.plus(totals.orderMargin)),
    positionInitialMargin: moneyText(totals.positionMargin),
    openOrderInitialMargin: moneyText(totals.orderMargin),
    crossWalletBalance: moneyText(totals.crossWallet),
    crossUnPnl: moneyText(totals.crossProfit),
    availableBalance: moneyText(totals.available),
    maxWithdrawAmount: moneyText(totals.available),
    marginAvailable: true,
    updateTime: exchange.account.walletUpdatedAt,
  }
}

/** BNB; as long as it never moved its updateTime is 0. */
function otherAsset(amount: Exact, updateTime: number): Record<string, unknown> {
  const nothing = [
    'unrealizedProfit',
    'maintMargin',
    'initialMargin',
    'positionInitialMargin',
    'openOrderInitialMargin',
  ]
  const all = ['walletBalance', 'marginBalance', 'crossWalletBalance', 'availableBalance', 'maxWithdrawAmount']
  const zeros = [...nothing, 'crossUnPnl'].map((name) => [name, moneyText(0)] as const)
  const amounts = all.map((name) => [name, moneyText(amount)] as const)
  const figures: Record<string, string> = Object.fromEntries([...zeros, ...amounts])
  return { asset: 'BNB', ...figures, marginAvailable: true, updateTime }
}

function accountPosition(exchange: Exchange, position: Position, isV2: boolean): Record<string, unknown> {
  const { rules } = exchange.market(position.symbol)
  const profit = profitOf(exchange, position)
  const common = {
    symbol: position.symbol,
    positionSide: 'BOTH',
    positionAmt: zeroAsIs(quantityText(rules, position.amount)),
    unrealizedProfit: moneyText(profit),
    isolatedMargin: isolatedMargin(exchange, position),
    notional: zeroAsIs(moneyText(notionalOf(exchange, position))),
    isolatedWallet: zeroAsIs(moneyText(position.isolatedWallet)),
    initialMargin: zeroAsIs(moneyText(totalInitial(exchange, position))),
    maintMargin: zeroAsIs(moneyText(maintenanceOf(exchange, position))),
    updateTime: position.updatedAt,
  }
  if (!isV2) return common
  return {
    ...common,
    leverage: String(position.leverage),
    isolated: position.isIsolated,
    entryPrice: position.entryPrice.toDecimalPlaces(8).toFixed(),
    maxNotional: String(maxNotional(exchange, position)),
    bidNotional: '0',
    askNotional: '0',
  }
}

export function maxNotional(exchange: Exchange, position: Position): number {
  const { brackets } = exchange.market(position.symbol).rules
  return brackets.findLast(({ maxLeverage }) => maxLeverage >= position.leverage)?.notionalCap ?? 0
}

const totalInitial = (exchange: Exchange, position: Position) =>
  initialMarginOf(exchange, position).plus(orderMargin(exchange, position.symbol))

/** Isolated wallet with the profit; "0" when cross. */
function isolatedMargin(exchange: Exchange, position: Position): string {
  if (!position.isIsolated) return '0'
  return zeroAsIs(moneyText(position.isolatedWallet.plus(profitOf(exchange, position))))
}

export function allPositions(exchange: Exchange): Position[] {
  return [...exchange.markets.keys()].map((symbol) => exchange.account.position(symbol))
}

export function positionRisk(exchange: Exchange, position: Position, isV2: boolean): Record<string, unknown> {
  const { rules } = exchange.market(position.symbol)
  const entry = position.entryPrice.toDecimalPlaces(8)
  const feeSide = position.amount.isNegative() ? rules.takerFee.neg() : rules.takerFee
  const isFlat = position.amount.isZero()
  const liquidation = isFlat ? '0' : zeroAsIs(moneyText(liquidationPrice(exchange, position)))
  const common = {
    symbol: position.symbol,
    positionSide: 'BOTH',
    positionAmt: quantityText(rules, position.amount),
    entryPrice: entry.toFixed(),
    breakEvenPrice: entry.times(feeSide.plus(1)).toDecimalPlaces(8).toFixed(),
    markPrice: moneyText(markOf(exchange, position.symbol)),
    unRealizedProfit: moneyText(profitOf(exchange, position)),
    liquidationPrice: liquidation,
    isolatedMargin: isolatedMargin(exchange, position),
    notional: zeroAsIs(moneyText(notionalOf(exchange, position))),
    isolatedWallet: zeroAsIs(moneyText(position.isolatedWallet)),
    updateTime: position.updatedAt,
  }
  if (isV2) {
    return {
      ...common,
      leverage: String(position.leverage),
      marginType: position.isIsolated ? 'isolated' : 'cross',
      isAutoAddMargin: 'false',
      maxNotionalValue: String(maxNotional(exchange, position)),
    }
  }
  return {
    ...common,
    marginAsset: rules.marginAsset,
    initialMargin: zeroAsIs(moneyText(totalInitial(exchange, position))),
    maintMargin: zeroAsIs(moneyText(maintenanceOf(exchange, position))),
    positionInitialMargin: zeroAsIs(moneyText(initialMarginOf(exchange, position))),
    openOrderInitialMargin: zeroAsIs(moneyText(orderMargin(exchange, position.symbol))),
    adl: isFlat ? 0 : 2,
    bidNotional: '0',
    askNotional: '0',
  }
}

export function balanceBody(exchange: Exchange): unknown[] {
  const totals = totalsOf(exchange)
  const row = (asset: string, amounts: readonly string[], updateTime: number) => {
    const [balance, crossWalletBalance, crossUnPnl, availableBalance] = amounts
    const more = { crossWalletBalance, crossUnPnl, availableBalance, maxWithdrawAmount: availableBalance }
    return { accountAlias: 'SgsR', asset, balance, ...more, marginAvailable: true, updateTime }
  }
  const { wallet, crossWallet, crossProfit, available } = totals
  const bnb = moneyText(exchange.account.bnb)
  return [
    row('USDT', [wallet, crossWallet, crossProfit, available].map(moneyText), exchange.account.walletUpdatedAt),
    row('BNB', [bnb, bnb, moneyText(0), bnb], exchange.account.bnbUpdatedAt),
  ]
}

export function bracketsBody(exchange: Exchange, symbol: string): Record<string, unknown> {
  const { brackets } = exchange.market(symbol).rules
  return {
    symbol,
    notionalCoef: 1,
    brackets: brackets.map((bracket, index) => ({
      bracket: index + 1,
      initialLeverage: bracket.maxLeverage,
      notionalCap: bracket.notionalCap,
      notionalFloor: bracket.notionalFloor,
      maintMarginRatio: bracket.maintenanceRate,
      cum: bracket.cum,
    })),
  }
}
