/** What the market streams tell, only while somebody is subscribed. */
import type { Exact } from '../../../src/core/model/decimal.ts'
import { INTERVALS, isInterval } from '../../../src/core/model/interval.ts'
import type { Exchange, MarketWatcher } from '../exchange.ts'
import { runningBar } from '../market/klines.ts'
import type { Market } from '../market/market.ts'
import type { Bar } from '../market/minute-bars.ts'
import type { PublicTrade } from '../market/trade-tape.ts'
import type { Order } from '../trading/order.ts'
import { DepthDifferences } from './depth-differences.ts'
import {
  aggTradePayload,
  bookTickerPayload,
  coinMarginedBook,
  coinMarginedMark,
  coinMarginedMini,
  forceOrderPayload,
  fullTicker,
  klinePayload,
  markPayload,
  miniTicker,
  partialDepth,
  tradePayload,
} from './market-payloads.ts'

const PARTIAL_DEPTH = /^depth\d+/u
const SECOND_MS = 1000
const MINUTE_MS = 60_000
const LONG_INTERVALS = new Set(['3d', '1w', '1M'])

/** Sends a payload to whoever is subscribed to the stream. */
export interface Subscribers {
  readonly count: (stream: string) => number
  /** names that somebody is subscribed to */
  readonly streams: () => Iterable<string>
  readonly send: (stream: string, payload: unknown) => void
}

export class MarketStreams implements MarketWatcher {
  private readonly exchange: Exchange
  private readonly subscribers: Subscribers
  private readonly depths = new Map<string, DepthDifferences>()
  /** streams of a symbol that somebody wants, by symbol */
  private wanted = new Map<string, Set<string>>()
  private isClosed = false

  constructor(exchange: Exchange, subscribers: Subscribers) {
    this.exchange = exchange
    this.subscribers = subscribers
    exchange.watch(this)
    this.everySecond()
  }

  close(): void {
    this.isClosed = true
  }

  /** Subscriptions have changed. */
  renew(): void {
    this.wanted = new Map()
    for (const stream of this.subscribers.streams()) {
      const symbol = stream.slice(0, stream.indexOf('@')).toUpperCase()
      const streams = this.wanted.get(symbol) ?? new Set<string>()
      streams.add(stream)
      this.wanted.set(symbol, streams)
      const market = this.exchange.markets.get(symbol)
      if (market !== undefined && isDifference(stream) && !this.depths.has(stream)) {
        this.depths.set(stream, new DepthDifferences(market))
      }
    }
    for (const stream of this.depths.keys()) if (this.subscribers.count(stream) === 0) this.depths.delete(stream)
  }

  quoted(market: Market, trade: PublicTrade | null): void {
    if (this.subscribers.count('!bookTicker') > 0) this.send('!bookTicker', bookTickerPayload(this.exchange, market))
    for (const stream of this.wanted.get(market.symbol) ?? []) this.tellQuote(market, stream, trade)
  }

  barClosed(market: Market): void {
    const last = market.bars.last
    if (last === undefined) return
    const closeAt = last.openAt + MINUTE_MS
    for (const stream of this.wanted.get(market.symbol) ?? []) {
      const interval = intervalOf(stream)
      if (interval === null || closeAt % interval.length !== 0) continue
      const bar = interval.length === MINUTE_MS ? last : closedBar(market, interval.length, closeAt)
      if (bar !== null) this.send(stream, klinePayload(this.exchange, market, bar, { ...interval, isClosed: true }))
    }
  }

  forced(market: Market, order: Order, price: Exact): void {
    const payload = forceOrderPayload(this.exchange, market, order, price)
    this.send('!forceOrder@arr', payload)
    this.send(`${market.symbol.toLowerCase()}@forceOrder`, payload)
  }

  private tellQuote(market: Market, stream: string, trade: PublicTrade | null): void {
    const { exchange } = this
    const topic = stream.slice(stream.indexOf('@') + 1)
    if (topic === 'bookTicker') this.send(stream, bookTickerPayload(exchange, market))
    else if (topic === 'trade' && trade !== null) this.send(stream, tradePayload(exchange, market, trade))
    else if (topic === 'aggTrade' && trade !== null) this.send(stream, aggTradePayload(exchange, market, trade))
    else if (PARTIAL_DEPTH.test(topic))
      this.send(stream, partialDepth(exchange, market, Number.parseInt(topic.slice(5))))
    else if (topic.startsWith('depth')) this.tellDepth(stream)
    else if (topic.startsWith('kline_')) this.tellRunning(market, stream)
  }

  private tellDepth(stream: string): void {
    const payload = this.depths.get(stream)?.next(this.exchange)
    if (payload !== null && payload !== undefined) this.send(stream, payload)
  }

  private tellRunning(market: Market, stream: string): void {
    const interval = intervalOf(stream)
    if (interval === null) return
    const bar = runningBar(market, interval.length, this.exchange.now())
    if (bar !== null) this.send(stream, klinePayload(this.exchange, market, bar, { ...interval, isClosed: false }))
  }

  /** Tickers and marks go by the second, whether anything moved or not. */
  private everySecond(): void {
    const { clock } = this.exchange
    clock.at((Math.floor(clock.now() / SECOND_MS) + 1) * SECOND_MS, () => {
      if (this.isClosed) return
      const second = Math.round(clock.now() / SECOND_MS)
      for (const [symbol, streams] of this.wanted) {
        const market = this.exchange.markets.get(symbol)
        if (market?.hasPrice === true) for (const stream of streams) this.tellSecond(market, stream, second)
      }
      this.tellArrays(second)
      this.everySecond()
    })
  }

  private tellSecond(market: Market, stream: string, second: number): void {
    const { exchange } = this
    const topic = stream.slice(stream.indexOf('@') + 1)
    if (topic === 'markPrice@1s' || (topic === 'markPrice' && second % 3 === 0)) {
      this.send(stream, markPayload(exchange, market))
    } else if (topic === 'miniTicker' && second % 2 === 0) this.send(stream, miniTicker(exchange, market))
    else if (topic === 'ticker' && second % 2 === 0) this.send(stream, fullTicker(exchange, market))
  }

  private tellArrays(second: number): void {
    const { exchange } = this
    const foreign = exchange.settings.coinMargined
    const all = (payload: (exchange: Exchange, market: Market) => unknown): unknown[] =>
      [...exchange.markets.values()].filter(({ hasPrice }) => hasPrice).map((market) => payload(exchange, market))
    if (this.subscribers.count('!miniTicker@arr') > 0) {
      this.send('!miniTicker@arr', [...all(miniTicker), ...(foreign ? [coinMarginedMini(exchange)] : [])])
    }
    if (this.subscribers.count('!ticker@arr') > 0) this.send('!ticker@arr', all(fullTicker))
    for (const stream of ['!markPrice@arr@1s', '!markPrice@arr']) {
      if (this.subscribers.count(stream) === 0 || (stream === '!markPrice@arr' && second % 3 !== 0)) continue
      this.send(stream, [...all(markPayload), ...(foreign ? [coinMarginedMark(exchange)] : [])])
    }
    if (foreign && this.subscribers.count('!bookTicker') > 0) this.send('!bookTicker', coinMarginedBook(exchange))
  }

  private send(stream: string, payload: unknown): void {
    this.subscribers.send(stream, payload)
  }
}

const isDifference = (stream: string): boolean => stream.includes('@depth') && !/@depth\d/u.test(stream)

function intervalOf(stream: string): { readonly interval: string; readonly length: number } | null {
  const at = stream.indexOf('@kline_')
  if (at < 0) return null
  const interval = stream.slice(at + '@kline_'.length)
  return isInterval(interval) ? { interval, length: INTERVALS[interval] } : null
}

function closedBar(market: Market, length: number, closeAt: number): Bar | null {
  return runningBar(market, length, closeAt - 1, closeAt)
}

const SYMBOL_TOPICS =
  /^(?:kline_\w+|bookTicker|trade|aggTrade|markPrice(?:@1s)?|miniTicker|ticker|depth\d*(?:@\d+ms)?|forceOrder)$/u
const ARRAYS = new Set([
  '!bookTicker',
  '!miniTicker@arr',
  '!ticker@arr',
  '!markPrice@arr',
  '!markPrice@arr@1s',
  '!forceOrder@arr',
])

/** Whether there may be such a stream. */
export function isStream(exchange: Exchange, stream: string): boolean {
  if (ARRAYS.has(stream)) return true
  const at = stream.indexOf('@')
  if (at < 1) return false
  const topic = stream.slice(at + 1)
  const symbol = stream.slice(0, at)
  if (symbol !== symbol.toLowerCase() || !exchange.markets.has(symbol.toUpperCase())) return false
  if (!SYMBOL_TOPICS.test(topic)) return false
  const interval = topic.startsWith('kline_') ? topic.slice('kline_'.length) : null
  return interval === null || isInterval(interval) || LONG_INTERVALS.has(interval)
}
