/** What it costs to cross the market: from the book where there is one, else estimated (SPEC §10). */
import type { Ticker } from '../model/market.ts'
import type { MarketSettings } from './settings.ts'

/** (ask − bid) ÷ mid of a ticker with a book, as a fraction; null without a book or when the book is crossed. */
export function bookSpread(ticker: Ticker): number | null {
  const { bid, ask } = ticker
  if (bid === null || ask === null || !(bid > 0) || !(ask >= bid)) return null
  return (2 * (ask - bid)) / (ask + bid)
}

/**
 * clamp(1 bp + 2 bp·√(50 M ÷ 24 h quote volume), 1 tick, 20 bp) as a fraction of the price. No spread is under one tick,
 * so the tick wins where it is wider than 20 bp.
 */
export function estimateSpread(
  quoteVolume24h: number,
  price: number,
  tickSize: number,
  settings: MarketSettings,
): number {
  const estimate =
    settings.spreadBase + settings.spreadSlope * Math.sqrt(settings.spreadReferenceVolume / quoteVolume24h)
  return Math.max(tickSize / price, Math.min(settings.spreadMax, estimate))
}
