/** Builds up indicators and half-made bars from the past, so that the first closed bar already decides on a full view. */
import { intervalMs, type Interval } from '../core/model/interval.ts'
import type { Candle } from '../core/model/market.ts'
import type { Feed } from '../core/ports/feed.ts'
import type { MarketBoard } from './market-board.ts'
import type { StrategyDesk } from './strategy-desk.ts'
import type { SymbolDesk } from './symbol-desk.ts'

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
  /** told before the first symbol and after each */
  readonly progress: (read: PastRead) => void
}

/** Symbols whose past has been read, of how many. */
export interface PastRead {
  readonly done: number
  readonly of: number
}

interface Past {
  /** by interval */
  readonly bars: readonly (readonly Candle[])[]
  readonly sinceLongest: readonly Candle[]
}

const HOUR: Interval = '1h'
/** symbols asked for at once: a source far away answers many questions as fast as one */
const AT_ONCE = 8

export async function warmUp(options: WarmUp): Promise<void> {
  const { feed, market, strategies, before, hours, onHour, progress } = options
  const base = feed.description.interval
  const intervals = [...new Set([HOUR, ...strategies.intervals])]
  const longest = Math.max(...intervals.map(intervalMs))
  const sinceLongest = Math.ceil((before - Math.floor(before / longest) * longest) / intervalMs(base))
  const pastOf = async ({ symbol }: SymbolDesk): Promise<Past> => {
    const past = (interval: Interval, limit: number): Promise<readonly Candle[]> =>
      limit === 0 ? Promise.resolve([]) : feed.history(symbol, interval, before, limit)
    const bars = intervals.map((interval) =>
      past(interval, Math.max(interval === HOUR ? hours : 0, strategies.warmupBars(interval))),
    )
    return { bars: await Promise.all(bars), sinceLongest: await past(base, sinceLongest) }
  }
  const desks = [...market.desks]
  let done = 0
  progress({ done, of: desks.length })
  for await (const [desk, told] of ahead(desks, pastOf)) {
    for (const [place, interval] of intervals.entries())
      for (const candle of told.bars[place] ?? []) {
        desk.warm(candle)
        if (interval === HOUR) onHour(candle)
        strategies.next(candle, () => undefined)
      }
    desk.warmAggregators(told.sinceLongest)
    progress({ done: ++done, of: desks.length })
  }
}

/** Each item with its answer, in order; the next few are asked for meanwhile. */
async function* ahead<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): AsyncGenerator<readonly [Item, Answer]> {
  const asked: (readonly [Item, Promise<Answer>])[] = []
  const askFor = (item: Item): void => {
    const answer = ask(item)
    // one that fails is heard of in its turn
    answer.catch(() => undefined)
    asked.push([item, answer])
  }
  for (const item of items.slice(0, AT_ONCE)) askFor(item)
  let next = AT_ONCE
  for (let first = asked.shift(); first !== undefined; first = asked.shift()) {
    yield [first[0], await first[1]]
    for (const item of items.slice(next, ++next)) askFor(item)
  }
}
