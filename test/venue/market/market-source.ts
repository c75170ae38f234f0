/** Where the venue's prices come from: a person's hand, the market simulator, or recorded candles. */
import type { Interval } from '../../../src/core/model/interval.ts'
import type { Candle, Instrument } from '../../../src/core/model/market.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import type { Touch } from './synthetic-book.ts'

/** The market of one symbol moved; what it traded on the way is base asset. */
export interface MarketStep {
  readonly symbol: string
  readonly at: number
  readonly last: number
  readonly touch: Touch
  readonly volume: number
}

export interface SourceListener {
  step(step: MarketStep): void
  /** a closed minute as the source has it; volume 0 is an outage of the symbol */
  bar(candle: Candle): void
}

export interface MarketSource {
  readonly label: string
  /** whether it tells each minute's candle itself; else the venue puts it together */
  readonly tellsBars: boolean
  readonly instruments: readonly Instrument[]
  start(clock: Clock, listener: SourceListener): Promise<void>
  stop(): Promise<void>
  /** closed candles that opened before `before`, oldest first; what it does not have is missing */
  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]>
  /** rate of the settlement at `at`, where the source knows it */
  fundingRate(symbol: string, at: number): number | null
}
