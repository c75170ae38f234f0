/** Signs of our trades as the chart draws them: ▲ in long, ▼ in short, ✕ out. */
import type { SeriesMarker, Time } from 'lightweight-charts'

import type { ChartColours } from '../../../widgets/chart-colours.ts'
import type { Bar } from './bars.ts'
import type { TradeMark } from './trade-marks.ts'

/** Only signs of bars that are drawn: the chart would put others on its first one. */
export function markersOf(
  marks: readonly TradeMark[],
  bars: readonly Bar[],
  colours: ChartColours,
): SeriesMarker<Time>[] {
  const drawn = new Set(bars.map(({ openMs }) => openMs))
  return marks.filter(({ openMs }) => drawn.has(openMs)).map((mark) => markerOf(mark, colours))
}

function markerOf({ id, openMs, price, kind }: TradeMark, { strong }: ChartColours): SeriesMarker<Time> {
  const common = { id, time: (openMs / 1000) as Time, color: strong }
  if (kind === 'entry-long') return { ...common, shape: 'arrowUp', position: 'belowBar', size: 1.2 }
  if (kind === 'entry-short') return { ...common, shape: 'arrowDown', position: 'aboveBar', size: 1.2 }
  return { ...common, shape: 'circle', position: 'atPriceMiddle', price, size: 0, text: '✕' }
}
