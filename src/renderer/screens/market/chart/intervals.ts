/** The intervals a chart can be looked at in. */
export const INTERVALS = ['1m', '5m', '15m', '1h', '4h', '1d'] as const
export type ChartInterval = (typeof INTERVALS)[number]

const MINUTE_MS = 60_000

export const STEP_MS: Readonly<Record<ChartInterval, number>> = {
  '1m': MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '4h': 240 * MINUTE_MS,
  '1d': 1440 * MINUTE_MS,
}

/** Closed smaller bars that the bar being formed is put together from, coarse first. */
export const PARTS_OF: Readonly<Record<ChartInterval, readonly ChartInterval[]>> = {
  '1m': [],
  '5m': ['1m'],
  '15m': ['1m'],
  '1h': ['15m', '1m'],
  '4h': ['15m', '1m'],
  '1d': ['1h', '1m'],
}

export const intervalOf = (text: string | null): ChartInterval => INTERVALS.find((each) => each === text) ?? '15m'

/** The next shorter (−1) or longer (+1) one; the ends stay. */
export function neighbour(interval: ChartInterval, by: -1 | 1): ChartInterval {
  return INTERVALS[INTERVALS.indexOf(interval) + by] ?? interval
}
