/** Where market data comes from. Every adapter passes test/adapters/feed-contract. */
import type { Interval } from '../model/interval.ts'
import type { Candle, FeedEvent, Instrument } from '../model/market.ts'
import type { FeedLink } from './link.ts'

export type Environment = 'SIMULATED' | 'REPLAY' | 'PAPER' | 'DEMO' | 'LIVE'

export interface FeedDescription {
  readonly environment: Environment
  /** one line for people: what data this is, and what in it is estimated */
  readonly label: string
  /** the interval of the candles it tells */
  readonly interval: Interval
  /** longest time between two prices of a live symbol, ms: bounds staleness */
  readonly priceEveryMs: number
  /** whether tickers carry a real book (bid, ask, sizes) */
  readonly hasBook: boolean
  /** candles come without volume in USDT: it is volume × (high + low + close) ÷ 3; absent: they come with it */
  readonly estimatesQuoteVolume?: boolean
}

export interface Feed {
  readonly description: FeedDescription
  instruments(): Promise<readonly Instrument[]>
  /** Closed candles that opened before `before`, oldest first, at most `limit`; what the source does not have is missing. */
  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]>
  /**
   * Starts telling, in order of time: at a bar's close its candle for every symbol, then the next bar's open as a ticker.
   * `after`: nothing at or before this time is told again (null: from the beginning of the source, or from now).
   */
  start(tell: (event: FeedEvent) => void, after: number | null): Promise<void>
  stop(): Promise<void>
  /** how its lines are; absent where there are none */
  readonly link?: () => FeedLink
  /** The computer slept: lines of before are dropped, what was missed is fetched. */
  readonly resumed?: () => void
}
