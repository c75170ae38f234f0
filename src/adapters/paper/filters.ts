/** The exchange's filters: tick, step, quantities, notional, distance of the price (BINANCE §7). */
import { exact, type Exact } from '../../core/model/decimal.ts'
import type { OrderRequest } from '../../core/model/order.ts'
import type { InstrumentRules } from './instrument-rules.ts'
import type { PaperSettings } from './settings.ts'

/** What is missing or senseless in a request whatever the instrument; null: nothing. */
export function shapeFault(request: OrderRequest, settings: PaperSettings): string | null {
  const { type, quantity, price, triggerPrice, timeInForce, callback } = request
  if (!quantity.isFinite() || quantity.lte(0)) return `quantity must be above 0, was ${quantity.toFixed()}`
  if ((type === 'LIMIT') !== (price !== null)) return `a ${type} order ${type === 'LIMIT' ? 'needs a' : 'has no'} price`
  if ((type === 'LIMIT') !== (timeInForce !== null)) return `time in force belongs to LIMIT orders, and to all of them`
  const needsTrigger = type === 'STOP_MARKET' || type === 'TAKE_PROFIT_MARKET'
  if (needsTrigger !== (triggerPrice !== null))
    return `a trigger price belongs to stops and targets, and to all of them`
  if (type !== 'TRAILING_STOP_MARKET') return null
  const { minCallback, maxCallback } = settings
  if (callback !== null && callback >= minCallback && callback <= maxCallback) return null
  return `callback must be ${minCallback}…${maxCallback}, was ${callback}`
}

/** The first filter the request fails, as a sentence; null: none. */
export function filterFault(request: OrderRequest, rules: InstrumentRules, last: Exact, mark: Exact): string | null {
  return priceFault(request, rules, mark) ?? quantityFault(request, rules) ?? notionalFault(request, rules, last)
}

function priceFault(request: OrderRequest, rules: InstrumentRules, mark: Exact): string | null {
  for (const price of [request.price, request.triggerPrice, request.activationPrice]) {
    if (price === null) continue
    if (!price.isFinite() || price.lte(0)) return `a price must be above 0, was ${price.toFixed()}`
    if (!price.mod(rules.tick).isZero()) return `${price.toFixed()} is no multiple of tick ${rules.tick.toFixed()}`
  }
  if (request.price === null) return null
  return percentFault(request.side === 'BUY', request.price, mark, rules.instrument.percentPrice)
}

/** A buy may not be too far above the mark, a sell not too far below. */
function percentFault(buys: boolean, price: Exact, mark: Exact, percentPrice: number): string | null {
  const bound = mark.times(exact(1).plus(exact(percentPrice).times(buys ? 1 : -1)))
  if (buys ? price.lte(bound) : price.gte(bound)) return null
  return `a ${buys ? 'buy' : 'sell'} price must be ${buys ? 'at most' : 'at least'} ${bound.toFixed()}, was ${price.toFixed()}`
}

function quantityFault(request: OrderRequest, rules: InstrumentRules): string | null {
  const { quantity } = request
  const most = request.type === 'LIMIT' ? rules.maxQuantity : rules.maxMarketQuantity
  if (!quantity.mod(rules.step).isZero()) {
    return `quantity ${quantity.toFixed()} is no multiple of step ${rules.step.toFixed()}`
  }
  if (quantity.gte(rules.minQuantity) && quantity.lte(most)) return null
  return `quantity must be ${rules.minQuantity.toFixed()}…${most.toFixed()}, was ${quantity.toFixed()}`
}

/** Reduce-only orders may be as small as they like. */
function notionalFault(request: OrderRequest, rules: InstrumentRules, last: Exact): string | null {
  if (request.reduceOnly) return null
  const notional = (request.price ?? request.triggerPrice ?? last).times(request.quantity)
  if (notional.gte(rules.minNotional)) return null
  return `notional must be at least ${rules.minNotional.toFixed()} unless reduce-only, was ${notional.toFixed()}`
}
