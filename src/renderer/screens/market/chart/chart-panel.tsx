/** The chart of one symbol with its intervals, indicators and legend. */
import { useState, type JSX } from 'react'

import { useActions } from '../../../frame/actions.ts'
import { replaceQuery } from '../../../frame/route.ts'
import { usePriceAge, useIsStale } from '../../../state/ages.ts'
import { useLive } from '../../../state/live.ts'
import { FaultNote } from '../../../widgets/fault-note.tsx'
import { formatSpan } from '../../../widgets/format-time.ts'
import { Segmented } from '../../../widgets/segmented.tsx'
import { Skeleton } from '../../../widgets/skeleton.tsx'
import { missingBars } from './bars.ts'
import { ChartCanvas } from './chart-canvas.tsx'
import { INDICATOR_KEYS, INDICATOR_NAMES } from './indicator-lines.ts'
import { INDICATORS, type Indicator } from './indicators.ts'
import { INTERVALS, neighbour, type ChartInterval } from './intervals.ts'
import { keepIndicators, keptIndicators } from './kept-indicators.ts'
import { useBarBook } from './use-bar-book.ts'

interface ChartPanelProps {
  readonly symbol: string
  readonly interval: ChartInterval
}

const choose = (interval: ChartInterval): void => replaceQuery({ interval })

export function ChartPanel({ symbol, interval }: ChartPanelProps): JSX.Element {
  const [indicators, setIndicators] = useState(keptIndicators)
  const toggle = (indicator: Indicator): void => {
    const next = indicators.includes(indicator)
      ? indicators.filter((each) => each !== indicator)
      : [...indicators, indicator]
    setIndicators(next)
    keepIndicators(next)
  }
  useActions([
    ...INDICATORS.map((indicator) => ({
      id: `market.${indicator}`,
      label: `Switch ${INDICATOR_NAMES[indicator]} on or off`,
      group: 'Chart',
      keys: [INDICATOR_KEYS[indicator]],
      run: () => toggle(indicator),
    })),
    {
      id: 'market.shorter',
      label: 'Shorter interval',
      group: 'Chart',
      keys: [','],
      run: () => choose(neighbour(interval, -1)),
    },
    {
      id: 'market.longer',
      label: 'Longer interval',
      group: 'Chart',
      keys: ['.'],
      run: () => choose(neighbour(interval, 1)),
    },
  ])
  return (
    <section className="panel market-chart" aria-label={`Chart of ${symbol}`}>
      <div className="market-tools">
        <Segmented
          label="Interval"
          choices={INTERVALS.map((value) => ({ value, label: value }))}
          value={interval}
          onChoose={choose}
        />
        <span className="seg" role="group" aria-label="Indicators">
          {INDICATORS.map((indicator) => (
            <button
              key={indicator}
              type="button"
              title={`Key ${INDICATOR_KEYS[indicator]}`}
              aria-pressed={indicators.includes(indicator)}
              onClick={() => toggle(indicator)}
            >
              {INDICATOR_NAMES[indicator]}
            </button>
          ))}
        </span>
        <span className="push" />
        <PriceSource />
      </div>
      <ChartBody symbol={symbol} interval={interval} indicators={indicators} />
    </section>
  )
}

interface ChartBodyProps extends ChartPanelProps {
  readonly indicators: readonly Indicator[]
}

function ChartBody({ symbol, interval, indicators }: ChartBodyProps): JSX.Element {
  const { book, fault, retry } = useBarBook(symbol, interval)
  if (fault !== null) return <FaultNote what={`Candles of ${symbol}`} fault={fault} onRetry={retry} />
  if (book === null) return <Skeleton lines={6} label={`Reading ${interval} candles of ${symbol}`} />
  const missing = missingBars(book.bars, book.stepMs)
  return (
    <>
      <ChartCanvas
        key={`${symbol} ${interval}`}
        symbol={symbol}
        interval={interval}
        book={book}
        indicators={indicators}
      />
      {book.bars.length === 0 ? (
        <p className="note-line market-note">
          No {interval} candles of {symbol} yet: the station keeps none from before it started. Shorter bars come first.
        </p>
      ) : null}
      {missing > 0 ? (
        <p className="note-line market-note">
          {missing} of {missing + book.bars.length} bars are missing in the data; they are left blank.
        </p>
      ) : null}
    </>
  )
}

const SOURCES = {
  SIMULATED: 'Prices simulated',
  REPLAY: 'Prices replayed',
  PAPER: 'Live prices',
  DEMO: 'Prices of the demo exchange',
  LIVE: 'Live prices',
} as const

/** Where the prices come from, and whether they still come. */
function PriceSource(): JSX.Element | null {
  const environment = useLive(({ status }) => status?.environment ?? null)
  const age = usePriceAge()
  const isCut = useIsStale()
  if (environment === null) return null
  const isOld = isCut || age?.isStale === true
  return (
    <span className="market-source" role="status">
      {isOld ? (
        <span className="tag" data-level="caution">
          Prices {age === null ? 'stopped' : `${formatSpan(age.ms)} old`}
        </span>
      ) : null}
      <span className="meta">{SOURCES[environment]}</span>
    </span>
  )
}
