/** What everybody may ask: time, rules, candles, tickers, books, funding, trades. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { dayTicker } from '../market/day-ticker.ts'
import { klineRows } from '../market/klines.ts'
import type { Market } from '../market/market.ts'
import { moneyText, priceText, quantityText } from '../market/symbol-rules.ts'
import { exchangeInfo } from './exchange-info.ts'
import type { VenueRequest } from './request.ts'
import { bySymbol, type Asked, type Route } from './route.ts'

const open = (path: string, weight: Route['weight'], answer: Route['answer']): Route => ({
  method: 'GET',
  path,
  weight,
  security: 'none',
  answer,
})
const funding = (path: string, answer: Route['answer']): Route => ({ ...open(path, 1, answer), isFunding: true })

export const MARKET_ROUTES: readonly Route[] = [
  open('/fapi/v1/ping', 1, () => ({})),
  open('/fapi/v1/time', 1, ({ exchange }) => ({ serverTime: exchange.clock.shown() })),
  open('/fapi/v1/exchangeInfo', 1, ({ exchange }) => exchangeInfo(exchange)),
  open('/fapi/v1/klines', klineWeight, (asked) => klines(asked, 'symbol', 'last')),
  open('/fapi/v1/markPriceKlines', klineWeight, (asked) => klines(asked, 'symbol', 'mark')),
  open('/fapi/v1/indexPriceKlines', klineWeight, (asked) => klines(asked, 'pair', 'mark')),
  open('/fapi/v1/ticker/24hr', bySymbol(1, 40), (asked) => each(asked, dayTicker)),
  open('/fapi/v1/ticker/price', bySymbol(1, 2), (asked) => each(asked, lastPrice)),
  open('/fapi/v1/ticker/bookTicker', bySymbol(2, 5), (asked) => each(asked, bookTicker)),
  open('/fapi/v1/premiumIndex', bySymbol(1, 10), (asked) => each(asked, premiumIndex)),
  open('/fapi/v1/depth', depthWeight, depth),
  open('/fapi/v1/aggTrades', 20, aggTrades),
  open('/fapi/v1/openInterest', 1, openInterest),
  funding('/fapi/v1/fundingRate', fundingRate),
  funding('/fapi/v1/fundingInfo', fundingInfo),
]

function klineWeight(request: VenueRequest): number {
  const limit = request.whole('limit', 500)
  return limit < 100 ? 1 : limit < 500 ? 2 : 5
}

function depthWeight(request: VenueRequest): number {
  const limit = request.whole('limit', 500)
  return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20
}

const wrong = (name: string): VenueError => new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`)

/** One body with a symbol, a list without. */
function each({ exchange, request }: Asked, body: (exchange: Exchange, market: Market) => unknown): unknown {
  const symbol = request.optional('symbol')
  if (symbol !== null) return body(exchange, exchange.market(symbol))
  return [...exchange.markets.values()].filter(({ hasPrice }) => hasPrice).map((market) => body(exchange, market))
}

function klines({ exchange, request }: Asked, name: 'symbol' | 'pair', kind: 'last' | 'mark'): Promise<unknown> {
  const market = exchange.market(request.text(name))
  const limit = limitOf(request, 500, 1000)
  const interval = request.text('interval')
  const startTime = request.optional('startTime')
  const endTime = request.optional('endTime')
  return klineRows(exchange, market, {
    interval,
    limit,
    kind,
    from: startTime === null ? null : Number(startTime),
    to: endTime === null ? null : Number(endTime),
  })
}

function limitOf(request: VenueRequest, usual: number, most: number): number {
  const limit = request.whole('limit', usual)
  if (limit < 1 || limit > most) throw wrong('limit')
  return limit
}

function lastPrice(_exchange: Exchange, { rules, last, lastAt }: Market): unknown {
  return { symbol: rules.symbol, price: priceText(rules, last), time: lastAt }
}

function bookTicker(exchange: Exchange, { rules, book }: Market): unknown {
  const [bid] = book.levels(rules, 'SELL', 1)
  const [ask] = book.levels(rules, 'BUY', 1)
  return {
    symbol: rules.symbol,
    bidPrice: priceText(rules, bid?.price ?? 0),
    bidQty: quantityText(rules, bid?.quantity ?? 0),
    askPrice: priceText(rules, ask?.price ?? 0),
    askQty: quantityText(rules, ask?.quantity ?? 0),
    time: exchange.now(),
    lastUpdateId: book.updateId,
  }
}

const DEPTHS = new Set([5, 10, 20, 50, 100, 500, 1000])

function depth({ exchange, request }: Asked): unknown {
  const { rules, book } = exchange.market(request.text('symbol'))
  const limit = limitOf(request, 500, 1000)
  if (!DEPTHS.has(limit)) throw new VenueError(-4021, `${limit} is not valid depth limit`)
  const rows = (side: 'BUY' | 'SELL') =>
    book
      .levels(rules, side, limit)
      .map(({ price, quantity }) => [priceText(rules, price), quantityText(rules, quantity)])
  const now = exchange.now()
  return { lastUpdateId: book.updateId, E: now, T: now, bids: rows('SELL'), asks: rows('BUY') }
}

function premiumIndex(exchange: Exchange, market: Market): unknown {
  const { rules, mark } = market
  const price = moneyText(mark)
  return {
    symbol: rules.symbol,
    markPrice: price,
    indexPrice: price,
    estimatedSettlePrice: price,
    lastFundingRate: market.funding.rate.toFixed(8),
    interestRate: '0.00010000',
    nextFundingTime: market.funding.nextAt,
    time: exchange.now(),
  }
}

function aggTrades({ exchange, request }: Asked): unknown {
  const { rules, tape } = exchange.market(request.text('symbol'))
  return tape.recent(limitOf(request, 500, 1000)).map(({ id, at, price, quantity, isBuyerMaker }) => {
    const q = quantityText(rules, quantity)
    return { a: id, p: priceText(rules, price), q, nq: q, f: id, l: id, T: at, m: isBuyerMaker }
  })
}

function openInterest({ exchange, request }: Asked): unknown {
  const { rules, book } = exchange.market(request.text('symbol'))
  return {
    symbol: rules.symbol,
    openInterest: quantityText(rules, book.touch.bidQuantity * 1000),
    time: exchange.now(),
  }
}

function fundingRate({ exchange, request }: Asked): unknown {
  const symbol = request.optional('symbol')
  const limit = limitOf(request, 100, 1000)
  const from = request.whole('startTime', 0)
  const to = request.whole('endTime', Infinity)
  const markets = symbol === null ? [...exchange.markets.values()] : [exchange.market(symbol)]
  const rows = markets
    .flatMap((market) => exchange.funding.settlements(market.symbol))
    .filter(({ at }) => at >= from && at <= to)
    .sort((one, other) => one.at - other.at)
  const found = request.has('startTime') ? rows.slice(0, limit) : rows.slice(-limit)
  return found.map(({ symbol: of, at, rate, mark }) => ({
    symbol: of,
    fundingTime: at,
    fundingRate: rate.toFixed(8),
    markPrice: moneyText(mark),
    rateType: 'Regular',
  }))
}

/** Only symbols that differ from 8 h or whose cap was adjusted. */
function fundingInfo({ exchange }: Asked): unknown {
  const adjusted = [...exchange.markets.values()].filter(({ funding }) => funding.isAdjusted)
  return adjusted.map(({ symbol, funding: { cap, intervalHours } }) => ({
    symbol,
    adjustedFundingRateCap: cap.toFixed(8),
    adjustedFundingRateFloor: (-cap).toFixed(8),
    fundingIntervalHours: intervalHours,
    disclaimer: false,
    updateTime: exchange.now(),
  }))
}
