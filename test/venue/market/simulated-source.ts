import {
  MARKET_SIMULATOR_SETTINGS,
  type MarketSimulatorSettings,
} from '../../../src/adapters/market-simulator/settings.ts'
/** The market simulator of the station as the market behind the venue. */
import { SimulatedFeed } from '../../../src/adapters/market-simulator/simulated-feed.ts'
import type { Interval } from '../../../src/core/model/interval.ts'
import type { Candle, FeedEvent, Instrument, Ticker } from '../../../src/core/model/market.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import type { MarketSource, SourceListener } from './market-source.ts'

export class SimulatedSource implements MarketSource {
  readonly label: string
  readonly tellsBars = true
  readonly instruments: readonly Instrument[]
  private readonly feed: SimulatedFeed

  private constructor(feed: SimulatedFeed, instruments: readonly Instrument[]) {
    this.feed = feed
    this.instruments = instruments
    this.label = feed.description.label
  }

  static async of(clock: Clock, settings: Partial<MarketSimulatorSettings>): Promise<SimulatedSource> {
    const feed = new SimulatedFeed({ clock, settings: { ...MARKET_SIMULATOR_SETTINGS, ...settings } })
    return new SimulatedSource(feed, await feed.instruments())
  }

  async start(clock: Clock, listener: SourceListener): Promise<void> {
    const at = clock.now()
    for (const { symbol } of this.instruments) {
      const [last] = (await this.feed.history(symbol, '15m', at + 1, 1)).slice(-1)
      if (last !== undefined) listener.step(openingStep(last, at))
    }
    await this.feed.start((event) => hear(event, listener), null)
  }

  stop(): Promise<void> {
    return this.feed.stop()
  }

  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]> {
    return this.feed.history(symbol, interval, before, limit)
  }

  fundingRate(): number | null {
    return null
  }
}

const OPENING_SPREAD = 1e-4

function openingStep({ symbol, close, volume }: Candle, at: number) {
  const half = (close * OPENING_SPREAD) / 2
  const quantity = volume / 15
  const touch = { bid: close - half, ask: close + half, bidQuantity: quantity, askQuantity: quantity }
  return { symbol, at, last: close, touch, volume: 0 }
}

function hear(event: FeedEvent, listener: SourceListener): void {
  if (event.kind === 'ticker') listener.step(stepOf(event.ticker))
  else if (event.kind === 'candle') listener.bar(event.candle)
}

function stepOf({ symbol, at, last, bid, ask, bidQuantity, askQuantity }: Ticker) {
  const touch = {
    bid: bid ?? last,
    ask: ask ?? last,
    bidQuantity: bidQuantity ?? 0,
    askQuantity: askQuantity ?? 0,
  }
  return { symbol, at, last, touch, volume: Math.min(touch.bidQuantity, touch.askQuantity) }
}
