/** Closed candles from the exchange's history, page by page. */
import { type Interval, intervalMs } from '../../core/model/interval.ts'
import type { Candle } from '../../core/model/market.ts'
import type { Rest } from './rest.ts'
import { KlineRow } from './wire/market.ts'

/** most bars of one request, and what requests weigh by their size */
const PAGE = 1000
const WEIGHTS = [
  [100, 1],
  [500, 2],
  [1000, 5],
] as const

const weightOf = (bars: number): number => WEIGHTS.find(([most]) => bars < most)?.[1] ?? 5

export interface CandleSpan {
  readonly symbol: string
  readonly interval: Interval
  /** open time of the first bar wanted */
  readonly from: number
  /** bars that open at or after this are not wanted */
  readonly before: number
}

/** Oldest first; the bar in progress at `now` is left out. */
export async function readCandles(rest: Rest, span: CandleSpan, now: number): Promise<readonly Candle[]> {
  const { symbol, interval, before } = span
  const length = intervalMs(interval)
  const lastOpen = Math.min(before - 1, now - length)
  const candles: Candle[] = []
  for (let from = Math.ceil(span.from / length) * length; from <= lastOpen;) {
    const limit = Math.min(PAGE, Math.floor((lastOpen - from) / length) + 1)
    const params = { symbol, interval, startTime: from, limit }
    const answer = await rest.call({
      api: 'fapiPublic',
      method: 'GET',
      path: 'klines',
      params,
      weight: weightOf(limit),
    })
    const page = KlineRow.array().parse(answer)
    candles.push(...page.map((row) => candleOf(symbol, interval, row)).filter(({ openAt }) => openAt <= lastOpen))
    const last = page.at(-1)
    if (last === undefined || last[0] < from) break
    from = last[0] + length
  }
  return candles
}

function candleOf(symbol: string, interval: Interval, row: KlineRow): Candle {
  const [openAt, open, high, low, close, volume, , quoteVolume] = row
  return { symbol, interval, openAt, open, high, low, close, volume, quoteVolume }
}
