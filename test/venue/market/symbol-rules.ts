/** What one contract allows, as the exchange checks it: exact filters, brackets, fees. */
import { exact, type Exact } from '../../../src/core/model/decimal.ts'
import type { Instrument, LeverageBracket } from '../../../src/core/model/market.ts'
import type { VenueSettings } from '../settings.ts'

export interface SymbolRules {
  readonly symbol: string
  readonly pair: string
  readonly baseAsset: string
  readonly quoteAsset: string
  readonly marginAsset: string
  readonly contractType: string
  readonly status: string
  readonly onboardAt: number
  readonly deliveryAt: number
  readonly tick: Exact
  readonly tickNumber: number
  readonly step: Exact
  readonly minPrice: Exact
  readonly maxPrice: Exact
  readonly minQuantity: Exact
  readonly maxQuantity: Exact
  readonly maxMarketQuantity: Exact
  readonly minNotional: Exact
  readonly percentPrice: Exact
  /** decimals in texts; more than the tick has, for some symbols */
  readonly pricePrecision: number
  readonly quantityPrecision: number
  readonly triggerProtect: Exact
  readonly marketTakeBound: Exact
  readonly liquidationFee: Exact
  readonly makerFee: Exact
  readonly takerFee: Exact
  readonly maxOrders: number
  readonly brackets: readonly LeverageBracket[]
}

const PRICE_TICKS = 100_000_000

export function rulesOf(instrument: Instrument, index: number, settings: VenueSettings): SymbolRules {
  const tick = exact(instrument.tickSize)
  const step = exact(instrument.stepSize)
  const bound = exact(instrument.percentPrice)
  return {
    symbol: instrument.symbol,
    pair: instrument.symbol,
    baseAsset: instrument.baseAsset,
    quoteAsset: instrument.quoteAsset,
    marginAsset: instrument.marginAsset,
    contractType: instrument.contractType,
    status: instrument.status,
    onboardAt: instrument.onboardAt,
    deliveryAt: instrument.deliveryAt,
    tick,
    tickNumber: tick.toNumber(),
    step,
    minPrice: tick,
    maxPrice: tick.times(PRICE_TICKS),
    minQuantity: exact(instrument.minQuantity),
    maxQuantity: exact(instrument.maxQuantity),
    maxMarketQuantity: exact(instrument.maxMarketQuantity),
    minNotional: exact(instrument.minNotional),
    percentPrice: bound,
    pricePrecision: tick.decimalPlaces() + (index % 2 === 0 ? 1 : 0),
    quantityPrecision: step.decimalPlaces(),
    triggerProtect: bound,
    marketTakeBound: bound,
    liquidationFee: exact(instrument.liquidationFee),
    makerFee: exact(instrument.makerFee),
    takerFee: exact(instrument.takerFee),
    maxOrders: settings.maxOrders,
    brackets: instrument.brackets,
  }
}

export const priceText = (rules: SymbolRules, price: Exact | number): string => price.toFixed(rules.pricePrecision)
export const quantityText = (rules: SymbolRules, quantity: Exact | number): string =>
  quantity.toFixed(rules.quantityPrecision)
export const moneyText = (amount: Exact | number): string => amount.toFixed(8)
