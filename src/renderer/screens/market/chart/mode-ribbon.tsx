/** Which mode was in force under each stretch of the chart, with a tick where it changed. */
import { useEffect, useReducer, type JSX } from 'react'

import { usePolicyHistory } from '../../../state/use-policy-history.ts'
import { ModeShape } from '../../../widgets/mode-mark.tsx'
import type { BarBook } from './bar-book.ts'
import { barStretches } from './mode-stretches.ts'
import type { PriceChart } from './price-chart.ts'

interface ModeRibbonProps {
  readonly chart: PriceChart | null
  readonly book: BarBook
}

const MOST_VERSIONS = 200

export function ModeRibbon({ chart, book }: ModeRibbonProps): JSX.Element | null {
  const history = usePolicyHistory(MOST_VERSIONS)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => chart?.onRange(redraw), [chart])
  if (chart === null || history === null) return <div className="market-ribbon" />
  const stretches = barStretches(history, book.bars, book.stepMs)
  return (
    <div className="market-ribbon" role="img" aria-label="Mode in force over the shown time">
      {stretches.map(({ mode, from, to }, index) => {
        const left = chart.xOf(from) ?? 0
        const right = chart.xOf(to) ?? left
        return (
          <span
            key={from}
            data-mode={mode}
            style={{ left, width: Math.max(2, right - left) }}
            data-first={index === 0 || undefined}
          >
            <ModeShape mode={mode} /> {mode}
          </span>
        )
      })}
    </div>
  )
}
