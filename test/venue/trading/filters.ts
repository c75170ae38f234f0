/** The exchange's filters on price, quantity and notional (BINANCE.md §7). */
import type { Exact } from '../../../src/core/model/decimal.ts'
import type { OrderSide } from '../../../src/core/model/order.ts'
import { VenueError } from '../errors.ts'
import type { Market } from '../market/market.ts'

export function checkPrice({ rules }: Market, price: Exact): void {
  if (price.isNegative()) throw new VenueError(-4001)
  if (price.decimalPlaces() > Math.max(rules.pricePrecision, rules.tick.decimalPlaces() + 1))
    throw new VenueError(-1111)
  if (price.lt(rules.minPrice)) throw new VenueError(-4013, `Price less than min price ${rules.minPrice.toFixed()}.`)
  if (price.gt(rules.maxPrice)) throw new VenueError(-4002, `Price greater than max price ${rules.maxPrice.toFixed()}.`)
  if (!price.minus(rules.minPrice).mod(rules.tick).isZero()) throw new VenueError(-4014)
}

export function checkQuantity({ rules }: Market, quantity: Exact, isMarket: boolean): void {
  if (quantity.lte(0)) throw new VenueError(-4003)
  if (quantity.decimalPlaces() > rules.quantityPrecision + 1) throw new VenueError(-1111)
  if (quantity.lt(rules.minQuantity)) throw new VenueError(-4004)
  if (quantity.gt(isMarket ? rules.maxMarketQuantity : rules.maxQuantity)) throw new VenueError(-4005)
  if (!quantity.minus(rules.minQuantity).mod(rules.step).isZero()) throw new VenueError(-4023)
}

export function checkNotional({ rules }: Market, notional: Exact): void {
  if (notional.gte(rules.minNotional)) return
  const least = rules.minNotional.toFixed()
  throw new VenueError(-4164, `Order's notional must be no smaller than ${least} (unless you choose reduce only).`)
}

/** PERCENT_PRICE: a buy not too far above the mark, a sell not too far below. */
export function checkPercentPrice(market: Market, side: OrderSide, price: Exact): void {
  const { rules, exactMark } = market
  const highest = exactMark.times(rules.percentPrice.plus(1))
  const lowest = exactMark.times(rules.percentPrice.neg().plus(1))
  if (side === 'BUY' && price.gt(highest)) {
    throw new VenueError(-4016, `Limit price can't be higher than ${highest.toFixed(rules.pricePrecision)}.`)
  }
  if (side === 'SELL' && price.lt(lowest)) {
    throw new VenueError(-4024, `Limit price can't be lower than ${lowest.toFixed(rules.pricePrecision)}.`)
  }
}

/** The worst price a market order may have; its best counterparty must already be within. */
export function marketBound(market: Market, side: OrderSide): Exact {
  const { rules, exactMark } = market
  const bound = exactMark.times(side === 'BUY' ? rules.marketTakeBound.plus(1) : rules.marketTakeBound.neg().plus(1))
  const best = market.book.best(rules, side)
  if (best === null || (side === 'BUY' ? best.gt(bound) : best.lt(bound))) throw new VenueError(-4131)
  return bound
}

const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/u

export function checkClientId(clientId: string): void {
  if (clientId.length > 36) throw new VenueError(-4015)
  if (!CLIENT_ID.test(clientId)) {
    throw new VenueError(-1100, "Illegal characters found in parameter 'newClientOrderId'.")
  }
}
