/** Bodies of the market streams (BINANCE.md §5). */
import type { Exact } from '../../../src/core/model/decimal.ts'
import type { Exchange } from '../exchange.ts'
import { dayBar, dayTicker } from '../market/day-ticker.ts'
import type { Market } from '../market/market.ts'
import type { Bar } from '../market/minute-bars.ts'
import { moneyText, priceText, quantityText } from '../market/symbol-rules.ts'
import type { PublicTrade } from '../market/trade-tape.ts'
import type { Order } from '../trading/order.ts'

type Payload = Readonly<Record<string, unknown>>

export interface KlineTold {
  readonly interval: string
  readonly length: number
  readonly isClosed: boolean
}

export function klinePayload(exchange: Exchange, market: Market, bar: Bar, told: KlineTold): Payload {
  const { rules } = market
  const k = {
    t: bar.openAt,
    T: bar.openAt + told.length - 1,
    s: rules.symbol,
    i: told.interval,
    f: 1,
    L: Math.max(1, bar.trades),
    o: priceText(rules, bar.open),
    c: priceText(rules, bar.close),
    h: priceText(rules, bar.high),
    l: priceText(rules, bar.low),
    v: quantityText(rules, bar.volume),
    n: bar.trades,
    x: told.isClosed,
    q: bar.quoteVolume.toFixed(5),
    V: quantityText(rules, bar.volume / 2),
    Q: (bar.quoteVolume / 2).toFixed(5),
    B: '0',
  }
  return { e: 'kline', E: exchange.clock.shown(), s: rules.symbol, k, st: 1 }
}

export function miniTicker(exchange: Exchange, market: Market): Payload {
  const { rules } = market
  const bar = dayBar(market, exchange.now())
  return {
    e: '24hrMiniTicker',
    E: exchange.clock.shown(),
    s: rules.symbol,
    c: priceText(rules, market.last),
    o: priceText(rules, bar?.open ?? market.last),
    h: priceText(rules, bar?.high ?? market.last),
    l: priceText(rules, bar?.low ?? market.last),
    v: quantityText(rules, bar?.volume ?? 0),
    q: (bar?.quoteVolume ?? 0).toFixed(2),
    st: 1,
    ps: rules.pair,
  }
}

export function fullTicker(exchange: Exchange, market: Market): Payload {
  const day = dayTicker(exchange, market)
  return {
    e: '24hrTicker',
    E: exchange.clock.shown(),
    s: market.symbol,
    p: day['priceChange'],
    P: day['priceChangePercent'],
    w: day['weightedAvgPrice'],
    c: day['lastPrice'],
    Q: day['lastQty'],
    o: day['openPrice'],
    h: day['highPrice'],
    l: day['lowPrice'],
    v: day['volume'],
    q: day['quoteVolume'],
    O: day['openTime'],
    C: day['closeTime'],
    F: day['firstId'],
    L: day['lastId'],
    n: day['count'],
    st: 1,
  }
}

export function bookTickerPayload(exchange: Exchange, { rules, book, lastAt }: Market): Payload {
  const [bid] = book.levels(rules, 'SELL', 1)
  const [ask] = book.levels(rules, 'BUY', 1)
  return {
    e: 'bookTicker',
    u: book.updateId,
    s: rules.symbol,
    b: priceText(rules, bid?.price ?? 0),
    B: quantityText(rules, bid?.quantity ?? 0),
    a: priceText(rules, ask?.price ?? 0),
    A: quantityText(rules, ask?.quantity ?? 0),
    T: lastAt,
    E: exchange.clock.shown(),
  }
}

export function markPayload(exchange: Exchange, market: Market): Payload {
  const price = moneyText(market.mark)
  const { rate, nextAt } = market.funding
  const told = { p: price, i: price, P: price, r: rate.toFixed(8), T: nextAt }
  return { e: 'markPriceUpdate', E: exchange.clock.shown(), s: market.symbol, ...told, st: 1 }
}

export function tradePayload(exchange: Exchange, { rules }: Market, trade: PublicTrade): Payload {
  const told = {
    p: priceText(rules, trade.price),
    q: quantityText(rules, trade.quantity),
    X: 'MARKET',
    m: trade.isBuyerMaker,
  }
  return { e: 'trade', E: exchange.clock.shown(), T: trade.at, s: rules.symbol, t: trade.id, ...told }
}

export function aggTradePayload(exchange: Exchange, { rules }: Market, trade: PublicTrade): Payload {
  const q = quantityText(rules, trade.quantity)
  const told = {
    p: priceText(rules, trade.price),
    q,
    nq: q,
    f: trade.id,
    l: trade.id,
    T: trade.at,
    m: trade.isBuyerMaker,
  }
  return { e: 'aggTrade', E: exchange.clock.shown(), s: rules.symbol, a: trade.id, ...told }
}

export function forceOrderPayload(exchange: Exchange, { rules }: Market, order: Order, price: Exact): Payload {
  const quantity = quantityText(rules, order.quantity)
  const done = quantityText(rules, order.executed)
  const o = {
    s: rules.symbol,
    S: order.side,
    o: 'LIMIT',
    f: 'IOC',
    q: quantity,
    p: priceText(rules, order.price),
    ap: priceText(rules, price),
    X: 'FILLED',
    l: done,
    z: done,
    T: exchange.now(),
  }
  return { e: 'forceOrder', E: exchange.clock.shown(), o }
}

/** The best levels whole, instead of what changed. */
export function partialDepth(exchange: Exchange, { rules, book, lastAt }: Market, count: number): Payload {
  const rows = (side: 'BUY' | 'SELL'): string[][] =>
    book
      .levels(rules, side, count)
      .map(({ price, quantity }) => [priceText(rules, price), quantityText(rules, quantity)])
  const u = book.updateId
  const ids = { U: u, u, pu: u - 1 }
  return {
    e: 'depthUpdate',
    E: exchange.clock.shown(),
    T: lastAt,
    s: rules.symbol,
    ...ids,
    b: rows('SELL'),
    a: rows('BUY'),
  }
}

/** What the merged exchange also tells: a coin-margined symbol that no futures client of ours knows. */
export function coinMarginedMini(exchange: Exchange): Payload {
  const prices = { c: '77000.1', o: '76000.0', h: '77500.0', l: '75900.0', v: '1000', q: '13.1' }
  return { e: '24hrMiniTicker', E: exchange.clock.shown(), s: 'BTCUSD_PERP', ...prices, st: 2, ps: 'BTCUSD' }
}

export function coinMarginedBook(exchange: Exchange): Payload {
  const now = exchange.clock.shown()
  return {
    e: 'bookTicker',
    u: 1,
    s: 'BTCUSD_PERP',
    b: '77000.0',
    B: '10',
    a: '77000.1',
    A: '12',
    T: now,
    E: now,
    st: 2,
  }
}

export function coinMarginedMark(exchange: Exchange): Payload {
  const told = { p: '77000.00000000', i: '77000.00000000', P: '77000.00000000', r: '0.00010000', T: 0 }
  return { e: 'markPriceUpdate', E: exchange.clock.shown(), s: 'BTCUSD_PERP', ...told, st: 2 }
}
