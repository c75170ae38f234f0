/** What may be wrong with a conditional order when it is placed. Neither margin nor position are asked about. */
import type { Exact } from '../../../src/core/model/decimal.ts'
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { isMarketType, isReached, type AlgoOrder, type AlgoTerms } from './algo-order.ts'
import { checkClientId, checkNotional, checkPrice, checkQuantity } from './filters.ts'
import { tradingMarket } from './place.ts'

const LEAST_CALLBACK = 0.1
const LARGEST_CALLBACK = 10

export function checkAlgo(exchange: Exchange, terms: AlgoTerms, live: readonly AlgoOrder[]): void {
  const market = tradingMarket(exchange, terms.symbol, terms.reduceOnly || terms.closePosition)
  checkClientId(terms.clientId)
  if (live.some(({ clientId }) => clientId === terms.clientId)) throw new VenueError(-4116)
  if (live.length >= exchange.settings.maxAlgoOrders) throw new VenueError(-4045)
  if (terms.closePosition) checkClosePosition(terms, live)
  else checkQuantity(market, terms.quantity, isMarketType(terms.type))
  checkPrices(market, terms)
}

function checkPrices(market: Market, terms: AlgoTerms): void {
  if (!isMarketType(terms.type)) checkPrice(market, terms.price)
  if (terms.type === 'TRAILING_STOP_MARKET') {
    checkTrailing(market, terms)
    return
  }
  checkPrice(market, terms.triggerPrice)
  checkOpeningNotional(market, terms, terms.triggerPrice)
  const price = terms.workingType === 'MARK_PRICE' ? market.exactMark : market.exactLast
  if (isReached(terms, terms.triggerPrice, price)) throw new VenueError(-2021)
}

function checkTrailing(market: Market, terms: AlgoTerms): void {
  if (terms.callbackRate.lt(LEAST_CALLBACK) || terms.callbackRate.gt(LARGEST_CALLBACK)) throw new VenueError(-2007)
  if (!terms.activatePrice.isZero()) checkPrice(market, terms.activatePrice)
  checkOpeningNotional(market, terms, market.exactLast)
}

function checkOpeningNotional(market: Market, terms: AlgoTerms, price: Exact): void {
  if (!terms.reduceOnly && !terms.closePosition) checkNotional(market, price.times(terms.quantity))
}

function checkClosePosition(terms: AlgoTerms, live: readonly AlgoOrder[]): void {
  if (!terms.quantity.isZero()) throw new VenueError(-4137)
  if (terms.reduceOnly) throw new VenueError(-1106, "Parameter 'reduceonly' sent when not required.")
  if (terms.type !== 'STOP_MARKET' && terms.type !== 'TAKE_PROFIT_MARKET') throw new VenueError(-1116)
  const other = live.some(
    ({ closePosition, side, type }) => closePosition && side === terms.side && type === terms.type,
  )
  if (other) throw new VenueError(-4130)
}
