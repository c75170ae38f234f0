/** The figures of the bar under the crosshair, or of the last one: OHLC, volume, change, lines, our trades on it. */
import { useSyncExternalStore, type JSX } from 'react'

import { Time } from '../../../widgets/figures.tsx'
import { formatNumber, formatPercent } from '../../../widgets/format-number.ts'
import { compactNumber } from '../compact-number.ts'
import type { BarBook } from './bar-book.ts'
import type { Bar } from './bars.ts'
import { LINES_OF, valuesOf } from './indicator-lines.ts'
import type { Indicator } from './indicators.ts'
import type { TradeMark } from './trade-marks.ts'

interface ChartLegendProps {
  readonly book: BarBook
  /** beginning of the pointed bar; null: the last one */
  readonly openMs: number | null
  readonly decimals: number
  readonly marks: readonly TradeMark[]
  readonly indicators: readonly Indicator[]
}

export function ChartLegend({ book, openMs, decimals, marks, indicators }: ChartLegendProps): JSX.Element | null {
  const bars = useSyncExternalStore(
    (listener) => book.onChange(listener),
    () => book.bars,
  )
  const index = openMs === null ? bars.length - 1 : bars.findIndex((bar) => bar.openMs === openMs)
  const bar = bars[index]
  if (bar === undefined) return null
  const price = (value: number): string => formatNumber(value, { decimals })
  const here = marks.filter((mark) => mark.openMs === bar.openMs)
  const lines = indicators.flatMap((indicator) => {
    const columns = valuesOf(indicator, bars)
    return LINES_OF[indicator].map(({ id }, line) => ({ id, value: columns[line]?.[index] ?? Number.NaN }))
  })
  return (
    <div className="market-legend">
      <span className="meta">
        <Time at={bar.openMs} withDate />
      </span>
      {(['open', 'high', 'low', 'close'] as const).map((name) => (
        <span key={name}>
          <i>{name[0]?.toUpperCase()}</i> {price(bar[name])}
        </span>
      ))}
      <span>
        <i>Change</i> {formatPercent(changeOf(bar), { decimals: 2, isSigned: true })}
      </span>
      <span>
        <i>Vol</i> {compactNumber(bar.volume)}
      </span>
      {lines.map(({ id, value }) => (
        <span key={id} className="line">
          <i>{id}</i> {Number.isNaN(value) ? '–' : price(value)}
        </span>
      ))}
      {here.map(({ id, kind, text }) => (
        <b key={id}>
          {kind === 'entry-long' ? '▲' : kind === 'entry-short' ? '▼' : '✕'} {text}
        </b>
      ))}
    </div>
  )
}

const changeOf = ({ open, close }: Bar): number => (open > 0 ? close / open - 1 : 0)
