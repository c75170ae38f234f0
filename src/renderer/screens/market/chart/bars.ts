/** Bars of a chart: read from columns, joined, formed from smaller ones and from prices. Pure. */
import type { CandleColumns } from '../../../../contract/market.ts'

export interface Bar {
  /** epoch ms of the bar's beginning */
  readonly openMs: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

export function barsOf(columns: CandleColumns): Bar[] {
  const at = (column: readonly number[], row: number): number => column[row] ?? Number.NaN
  return columns.open_ms.map((openMs, row) => ({
    openMs,
    open: at(columns.open, row),
    high: at(columns.high, row),
    low: at(columns.low, row),
    close: at(columns.close, row),
    volume: at(columns.volume, row),
  }))
}

/** Beginning of the bar that `at` lies in; bars begin at whole multiples of UTC. */
export const openOf = (at: number, stepMs: number): number => at - (at % stepMs)

/** Both ascending; where both have a bar, the newer one counts. */
export function joinedBars(bars: readonly Bar[], newer: readonly Bar[]): readonly Bar[] {
  const first = newer[0]?.openMs
  const last = newer.at(-1)?.openMs
  if (first === undefined || last === undefined) return bars
  return [...bars.filter(({ openMs }) => openMs < first), ...newer, ...bars.filter(({ openMs }) => openMs > last)]
}

/** One bar of its parts, oldest first; null where there are none. */
export function formedBar(openMs: number, parts: readonly Bar[]): Bar | null {
  const [first] = parts
  const last = parts.at(-1)
  if (first === undefined || last === undefined) return null
  return {
    openMs,
    open: first.open,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: last.close,
    volume: parts.reduce((sum, { volume }) => sum + volume, 0),
  }
}

/** The bar that a price goes into: the one being formed goes on, or a new one begins. Null: the price is from before it. */
export function tickedBar(forming: Bar | null, at: number, price: number, stepMs: number): Bar | null {
  const openMs = openOf(at, stepMs)
  if (forming === null || openMs > forming.openMs)
    return { openMs, open: price, high: price, low: price, close: price, volume: 0 }
  if (openMs < forming.openMs) return null
  return { ...forming, high: Math.max(forming.high, price), low: Math.min(forming.low, price), close: price }
}

/** A hole longer than this is drawn this long: the break stays visible, the chart usable. */
const MOST_DRAWN = 24

/** Beginnings of bars to be left blank before the bar at each index; empty where nothing is missing. */
export function blanksBefore(bars: readonly Bar[], index: number, stepMs: number): readonly number[] {
  const before = bars[index - 1]
  const bar = bars[index]
  if (before === undefined || bar === undefined) return []
  const missing = Math.round((bar.openMs - before.openMs) / stepMs) - 1
  return Array.from({ length: Math.min(missing, MOST_DRAWN) }, (_, blank) => before.openMs + (blank + 1) * stepMs)
}

/** Bars that are missing between the first and the last. */
export function missingBars(bars: readonly Bar[], stepMs: number): number {
  const first = bars[0]
  const last = bars.at(-1)
  if (first === undefined || last === undefined) return 0
  return Math.round((last.openMs - first.openMs) / stepMs) + 1 - bars.length
}
