/** Candles of any interval as the exchange answers them, the running one last. */
import { INTERVALS, isInterval, type Interval } from '../../../src/core/model/interval.ts'
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from './market.ts'
import { merged, type Bar } from './minute-bars.ts'
import { priceText, quantityText, type SymbolRules } from './symbol-rules.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** intervals that only the exchange has: put together from days */
const LONG: Readonly<Record<string, number>> = { '3d': 3 * DAY_MS, '1w': 7 * DAY_MS, '1M': 30 * DAY_MS }
/** weeks begin on a Monday */
const MONDAY_MS = 4 * DAY_MS

export interface KlineQuestion {
  readonly interval: string
  readonly limit: number
  readonly kind: 'last' | 'mark'
  readonly from: number | null
  readonly to: number | null
}

export async function klineRows(exchange: Exchange, market: Market, question: KlineQuestion): Promise<unknown[]> {
  const length = lengthOf(question.interval)
  const bars = await barsOf(exchange, market, question, length)
  return bars.map((bar) => rowOf(market.rules, bar, length, question.kind))
}

function lengthOf(interval: string): number {
  const length = isInterval(interval) ? INTERVALS[interval] : LONG[interval]
  if (length === undefined) throw new VenueError(-1120)
  return length
}

const openOf = (time: number, length: number): number =>
  length === 7 * DAY_MS
    ? Math.floor((time - MONDAY_MS) / length) * length + MONDAY_MS
    : Math.floor(time / length) * length

async function barsOf(exchange: Exchange, market: Market, question: KlineQuestion, length: number): Promise<Bar[]> {
  const { limit, from, to } = question
  const runningAt = openOf(exchange.now(), length)
  const lastAt = to === null ? runningAt : Math.min(openOf(to, length), runningAt)
  const span = limit * length
  const firstAt =
    from === null ? lastAt - span + length : Math.ceil((from - openOf(0, length)) / length) * length + openOf(0, length)
  const end = from === null ? lastAt : Math.min(lastAt, firstAt + span - length)
  const fine = finestFor(length)
  const older = await exchange.source.history(
    market.symbol,
    fine.interval,
    ownFrom(market, length) ?? runningAt,
    Math.max(0, Math.ceil(((ownFrom(market, length) ?? runningAt) - firstAt) / fine.length)),
  )
  const scaled = older.map((candle) => ({ ...candle, trades: candle.volume > 0 ? 1 : 0 }))
  const own = ownBars(market, ownFrom(market, length) ?? runningAt)
  const bars = grouped([...scaled, ...own], length)
  const running = runningBar(market, length, exchange.now())
  if (running !== null && bars.at(-1)?.openAt !== runningAt) bars.push(running)
  return bars.filter(({ openAt }) => openAt >= firstAt && openAt <= end)
}

/** The interval in which the source is asked: its own, or days for what is longer. */
function finestFor(length: number): { readonly interval: Interval; readonly length: number } {
  const same = (Object.keys(INTERVALS) as Interval[]).find((interval) => INTERVALS[interval] === length)
  return same === undefined ? { interval: '1d', length: DAY_MS } : { interval: same, length }
}

/** Open of the first candle that the venue's own minutes cover whole; null: they cover none. */
function ownFrom(market: Market, length: number): number | null {
  const firstAt = market.bars.first?.openAt ?? market.bars.running?.openAt
  if (firstAt === undefined) return null
  return openOf(firstAt + length - MINUTE_MS, length)
}

function ownBars(market: Market, from: number): Bar[] {
  const closed = market.bars.between(from, Infinity)
  const { running } = market.bars
  return running === null || running.openAt < from ? closed : [...closed, running]
}

function grouped(bars: readonly Bar[], length: number): Bar[] {
  const groups: Bar[] = []
  let group: Bar[] = []
  for (const bar of bars) {
    const openAt = openOf(bar.openAt, length)
    const [first] = group
    if (first !== undefined && openOf(first.openAt, length) !== openAt) {
      close(groups, group, length)
      group = []
    }
    group.push(bar)
  }
  close(groups, group, length)
  return groups
}

function close(groups: Bar[], group: readonly Bar[], length: number): void {
  const bar = merged(openOf(group[0]?.openAt ?? 0, length), group)
  if (bar !== null) groups.push(bar)
}

/** The candle of `length` that `now` lies in, of the day before the venue began and its own minutes; those that open before `until`. */
export function runningBar(market: Market, length: number, now: number, until = Infinity): Bar | null {
  const openAt = openOf(now, length)
  const ownAt = market.bars.first?.openAt ?? market.bars.running?.openAt ?? Infinity
  const before = market.dayBefore.filter((bar) => bar.openAt >= openAt && bar.openAt < ownAt)
  return merged(
    openAt,
    [...before, ...ownBars(market, openAt)].filter((bar) => bar.openAt < until),
  )
}

function rowOf(rules: SymbolRules, bar: Bar, length: number, kind: 'last' | 'mark'): unknown[] {
  const prices = [bar.open, bar.high, bar.low, bar.close].map((price) => priceText(rules, price))
  if (kind === 'mark') return [bar.openAt, ...prices, '0', bar.openAt + length - 1, '0', bar.trades, '0', '0', '0']
  const half = quantityText(rules, bar.volume / 2)
  return [
    bar.openAt,
    ...prices,
    quantityText(rules, bar.volume),
    bar.openAt + length - 1,
    bar.quoteVolume.toFixed(5),
    bar.trades,
    half,
    (bar.quoteVolume / 2).toFixed(5),
    '0',
  ]
}
