/** Builds up indicators and half-made bars from the past, so that the first closed bar already decides on a full view. */
import { intervalMs, type Interval } from '../core/model/interval.ts'
import type { Candle } from '../core/model/market.ts'
import type { Feed } from '../core/ports/feed.ts'
import type { MarketBoard } from './market-board.ts'
import type { StrategyDesk } from './strategy-desk.ts'

interface WarmUp {
  readonly feed: Feed
  readonly market: MarketBoard
  readonly strategies: StrategyDesk
  /** epoch ms: only what closed before is asked for */
  readonly before: number
  /** 1 h candles per symbol (SPEC §6) */
  readonly hours: number
  /** told each 1 h candle of the past, oldest first per symbol */
  readonly onHour: (candle: Candle) => void
}

const HOUR: Interval = '1h'

export async function warmUp({ feed, market, strategies, before, hours, onHour }: WarmUp): Promise<void> {
  const base = feed.description.interval
  const intervals = [...new Set([HOUR, ...strategies.intervals])]
  const longest = Math.max(...intervals.map(intervalMs))
  const sinceLongest = Math.ceil((before - Math.floor(before / longest) * longest) / intervalMs(base))
  for (const desk of market.desks) {
    const past = (interval: Interval, limit: number): Promise<readonly Candle[]> =>
      limit === 0 ? Promise.resolve([]) : feed.history(desk.symbol, interval, before, limit)
    for (const interval of intervals) {
      const bars = Math.max(interval === HOUR ? hours : 0, strategies.warmupBars(interval))
      for (const candle of await past(interval, bars)) {
        desk.warm(candle)
        if (interval === HOUR) onHour(candle)
        strategies.next(candle, () => undefined)
      }
    }
    desk.warmAggregators(await past(base, sinceLongest))
  }
}
