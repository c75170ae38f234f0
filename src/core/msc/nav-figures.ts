/** Drawdown and slope of the NAV, from samples (SPEC §5.1). */
import type { NavPoint } from './evidence.ts'

const DAY_MS = 86_400_000
const PERCENT = 100

/** Index of the first point at or after `at`. Points are in order of time. */
function firstFrom(points: readonly NavPoint[], at: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.at ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** How far the last sample is under the high since `since`, % ≥ 0; null without a sample. */
export function drawdownPct(points: readonly NavPoint[], since: number): number | null {
  const last = points.at(-1)
  if (last === undefined || last.at < since) return null
  let high = last.nav
  for (let index = firstFrom(points, since); index < points.length; index++) {
    high = Math.max(high, points[index]?.high ?? 0)
  }
  return high > 0 ? PERCENT * (1 - last.nav / high) : null
}

/** NAV of the last sample at or before `at`, not before `since`. */
function navAt(points: readonly NavPoint[], at: number, since: number): number | null {
  const point = points[firstFrom(points, at + 1) - 1]
  return point === undefined || point.at < since || !(point.nav > 0) ? null : point.nav
}

export interface Slope {
  /** mean of the daily returns, % */
  readonly mean: number
  /** standard error of the mean, % */
  readonly error: number
}

/** Over the last `days` times 24 hours, fewer where there are no samples; null under two daily returns. */
export function slopeOf(
  points: readonly NavPoint[],
  window: { readonly now: number; readonly days: number; readonly since: number },
): Slope | null {
  const returns: number[] = []
  for (let day = 0; day < window.days; day++) {
    const after = navAt(points, window.now - day * DAY_MS, window.since)
    const before = navAt(points, window.now - (day + 1) * DAY_MS, window.since)
    if (after === null || before === null) break
    returns.push(PERCENT * (after / before - 1))
  }
  if (returns.length < 2) return null
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length
  const squares = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (returns.length - 1) / returns.length) }
}
