/** The body of exchangeInfo, as large as the real one when there are as many symbols. */
import type { Exchange } from '../exchange.ts'
import type { SymbolRules } from '../market/symbol-rules.ts'
import { priceText, quantityText } from '../market/symbol-rules.ts'

export function exchangeInfo(exchange: Exchange): Record<string, unknown> {
  const { weightPerMinute, ordersPerMinute, ordersPer10s } = exchange.settings
  const assets = ['USDT', 'BTC', 'BNB', 'USDC']
  return {
    timezone: 'UTC',
    serverTime: exchange.clock.shown(),
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightPerMinute },
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: ordersPerMinute },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: ordersPer10s },
    ],
    exchangeFilters: [],
    assets: assets.map((asset) => ({ asset, marginAvailable: true, autoAssetExchange: '-10000' })),
    symbols: [...exchange.markets.values()].map(({ rules }) => symbolBody(rules)),
  }
}

function symbolBody(rules: SymbolRules): Record<string, unknown> {
  return {
    symbol: rules.symbol,
    pair: rules.pair,
    contractType: rules.contractType,
    deliveryDate: rules.deliveryAt,
    onboardDate: rules.onboardAt,
    status: rules.status,
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: rules.baseAsset,
    quoteAsset: rules.quoteAsset,
    marginAsset: rules.marginAsset,
    pricePrecision: rules.pricePrecision,
    quantityPrecision: rules.quantityPrecision,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: [],
    triggerProtect: rules.triggerProtect.toFixed(4),
    liquidationFee: rules.liquidationFee.toFixed(6),
    marketTakeBound: rules.marketTakeBound.toFixed(2),
    maxMoveOrderLimit: 10_000,
    filters: filtersOf(rules),
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
    permissionSets: ['GRID', 'COPY', 'DCA', 'PSB'],
  }
}

function filtersOf(rules: SymbolRules): unknown[] {
  const price = (value: Parameters<typeof priceText>[1]): string => priceText(rules, value)
  const quantity = (value: Parameters<typeof quantityText>[1]): string => quantityText(rules, value)
  const lot = { minQty: quantity(rules.minQuantity), stepSize: quantity(rules.step) }
  return [
    {
      filterType: 'PRICE_FILTER',
      minPrice: price(rules.minPrice),
      maxPrice: rules.maxPrice.toFixed(),
      tickSize: price(rules.tick),
    },
    { filterType: 'LOT_SIZE', ...lot, maxQty: rules.maxQuantity.toFixed() },
    { filterType: 'MARKET_LOT_SIZE', ...lot, maxQty: rules.maxMarketQuantity.toFixed() },
    { filterType: 'MAX_NUM_ORDERS', limit: rules.maxOrders },
    { filterType: 'MIN_NOTIONAL', notional: rules.minNotional.toFixed() },
    {
      filterType: 'PERCENT_PRICE',
      multiplierUp: rules.percentPrice.plus(1).toFixed(4),
      multiplierDown: rules.percentPrice.neg().plus(1).toFixed(4),
      multiplierDecimal: '4',
    },
    { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
  ]
}
