/** Closed candles of any interval out of a table of shorter ones. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import type { Candle } from '../../core/model/market.ts'
import type { BarTable } from './bar-table.ts'

export interface BarsOf {
  readonly symbol: string
  readonly interval: Interval
  readonly bars: BarTable
}

/** Closed by `before`, oldest first, at most `limit`; none that the table's first or last bar cuts short. */
export function closedCandles(of: BarsOf, interval: Interval, before: number, limit: number): Candle[] {
  const { bars, symbol } = of
  const stepMs = intervalMs(interval)
  if (limit <= 0 || bars.length === 0 || stepMs % intervalMs(of.interval) !== 0) return []
  const recordedTo = (bars.openAt[bars.length - 1] as number) + intervalMs(of.interval)
  const end = Math.floor(Math.min(before, recordedTo) / stepMs) * stepMs
  const earliest = Math.ceil((bars.openAt[0] as number) / stepMs) * stepMs
  const found: Candle[] = []
  let row = bars.firstFrom(end) - 1
  while (row >= 0 && found.length < limit) {
    const openAt = Math.floor((bars.openAt[row] as number) / stepMs) * stepMs
    if (openAt < earliest) break
    let first = row
    while (first > 0 && (bars.openAt[first - 1] as number) >= openAt) first--
    found.push(joinedCandle(bars, first, row, { symbol, interval, openAt }))
    row = first - 1
  }
  return found.reverse()
}

function joinedCandle(
  bars: BarTable,
  first: number,
  last: number,
  head: { readonly symbol: string; readonly interval: Interval; readonly openAt: number },
): Candle {
  let high = -Infinity
  let low = Infinity
  let volume = 0
  let quoteVolume = 0
  for (let row = first; row <= last; row++) {
    high = Math.max(high, bars.high[row] as number)
    low = Math.min(low, bars.low[row] as number)
    volume += bars.volume[row] as number
    quoteVolume += bars.quoteVolumeAt(row)
  }
  return {
    ...head,
    open: bars.open[first] as number,
    high,
    low,
    close: bars.close[last] as number,
    volume,
    quoteVolume,
  }
}
