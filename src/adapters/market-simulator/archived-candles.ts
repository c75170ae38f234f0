/** Closed candles of any interval out of an archive of shorter ones. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import type { Candle } from '../../core/model/market.ts'
import type { Listing } from './listing.ts'
import type { BarSource } from './past-minutes.ts'

export interface CandlesOf {
  readonly index: number
  readonly listing: Listing
  readonly interval: Interval
}

/** Closed by `before`, oldest first, at most `limit`; only candles all of whose parts are kept. */
export function archivedCandles(archive: BarSource, of: CandlesOf, before: number, limit: number): Candle[] {
  const stepMs = intervalMs(of.interval)
  const found: Candle[] = []
  let openAt = Math.floor(Math.min(before, archive.endAt) / stepMs) * stepMs - stepMs
  for (; found.length < limit && archive.has(openAt); openAt -= stepMs) found.push(joined(archive, of, openAt, stepMs))
  return found.reverse()
}

function joined(archive: BarSource, { index, listing, interval }: CandlesOf, openAt: number, stepMs: number): Candle {
  const { symbol, ticksPerUnit } = listing
  let open = 0
  let high = 0
  let low = Infinity
  let close = 0
  let volume = 0
  let quoteVolume = 0
  for (let at = openAt; at < openAt + stepMs; at += archive.stepMs) {
    const bar = archive.bar(index, at)
    if (bar === null) continue
    if (at === openAt) open = bar.open
    high = Math.max(high, bar.high)
    low = Math.min(low, bar.low)
    close = bar.close
    volume += bar.volume
    quoteVolume += (bar.volume * (bar.high + bar.low + bar.close)) / (3 * ticksPerUnit)
  }
  const prices = {
    open: open / ticksPerUnit,
    high: high / ticksPerUnit,
    low: low / ticksPerUnit,
    close: close / ticksPerUnit,
  }
  return { symbol, interval, openAt, ...prices, volume, quoteVolume }
}
