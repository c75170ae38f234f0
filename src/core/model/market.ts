/** What a market says: candles, tickers, mark prices, funding, and the rules of each instrument. Statistics, so float64. */
import type { Interval } from './interval.ts'

/** A closed candle. `openAt` is the bar's first millisecond; it closes at `openAt + intervalMs(interval)`. */
export interface Candle {
  readonly symbol: string
  readonly interval: Interval
  readonly openAt: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** base asset */
  readonly volume: number
  /** USDT; where the source has none: volume × (high + low + close) ÷ 3 */
  readonly quoteVolume: number
}

/** The last price and, where the source has a book, the touch. Without a book `bid`, `ask` and their sizes are null. */
export interface Ticker {
  readonly symbol: string
  readonly at: number
  readonly last: number
  readonly bid: number | null
  readonly ask: number | null
  /** base asset at the touch */
  readonly bidQuantity: number | null
  readonly askQuantity: number | null
}

export interface MarkPrice {
  readonly symbol: string
  readonly at: number
  readonly mark: number
}

/** A funding settlement: longs pay `rate × notional at mark` to shorts (rate < 0: the reverse). */
export interface Funding {
  readonly symbol: string
  readonly at: number
  readonly rate: number
  /** hours until the following settlement */
  readonly intervalHours: number
  /** the mark price it settles at; null: the venue's own current mark */
  readonly mark: number | null
}

/** One bracket of maintenance margin; `cum` is the amount subtracted (maintenance = notional × rate − cum). */
export interface LeverageBracket {
  readonly notionalFloor: number
  readonly notionalCap: number
  readonly maintenanceRate: number
  readonly cum: number
  readonly maxLeverage: number
}

/** The exchange's rules for one contract. Steps and limits are decimal text. */
export interface Instrument {
  readonly symbol: string
  readonly baseAsset: string
  readonly quoteAsset: string
  readonly marginAsset: string
  readonly contractType: string
  /** `TRADING` is the only one that takes entries */
  readonly status: string
  readonly onboardAt: number
  readonly deliveryAt: number
  readonly tickSize: string
  readonly stepSize: string
  readonly minQuantity: string
  readonly maxQuantity: string
  readonly maxMarketQuantity: string
  readonly minNotional: string
  /** a limit price must lie within mark × (1 ± this) */
  readonly percentPrice: number
  readonly liquidationFee: number
  readonly makerFee: number
  readonly takerFee: number
  readonly fundingIntervalHours: number
  /** ascending by notional */
  readonly brackets: readonly LeverageBracket[]
}

/** Everything a feed may tell the station. */
export type FeedEvent =
  | { readonly kind: 'candle'; readonly candle: Candle }
  | { readonly kind: 'ticker'; readonly ticker: Ticker }
  | { readonly kind: 'mark'; readonly mark: MarkPrice }
  | { readonly kind: 'funding'; readonly funding: Funding }
  | { readonly kind: 'instruments'; readonly instruments: readonly Instrument[] }
  /** something in the source was wrong (line, field, what was expected); the feed went on without it */
  | { readonly kind: 'fault'; readonly at: number; readonly symbol: string | null; readonly message: string }
  | { readonly kind: 'end'; readonly at: number }
