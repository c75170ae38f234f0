/** The mode in force under each part of the curve, with a tick where a person or a rule changed it. */
import { useEffect, useReducer, type JSX } from 'react'

import { localMinute } from '../../widgets/format-time.ts'
import { ModeShape } from '../../widgets/mode-mark.tsx'
import type { EquityChart } from './equity-chart.ts'
import type { CurveStretch } from './mode-stretches.ts'

interface ModeRibbonProps {
  readonly chart: EquityChart | null
  readonly stretches: readonly CurveStretch[]
  readonly times: readonly number[]
}

/** Narrower than this a stretch carries its shape only, then nothing but its colour. */
const WORD_PX = 96
const SHAPE_PX = 18

export function ModeRibbon({ chart, stretches, times }: ModeRibbonProps): JSX.Element {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => chart?.onMoved(redraw), [chart])
  const said = stretches.map(
    ({ mode, from }, index) => `${mode}${index === 0 ? '' : ` from ${localMinute((times[from] ?? 0) * 1000)}`}`,
  )
  return (
    <div
      className="ribbon"
      role="img"
      aria-label={`Mode over time: ${said.join(', ')}`}
      style={{ marginRight: chart?.axisWidth ?? 0 }}
    >
      {stretches.map(({ mode, version, from, to }, index) => {
        const left = chart?.xOf(from) ?? 0
        const width = Math.max(2, (chart?.xOf(to) ?? left) - left)
        return (
          <span key={version} data-mode={mode} style={{ left, width }} title={`${mode}, policy ${version}`}>
            {width < SHAPE_PX ? null : <ModeShape mode={mode} />}
            {width < WORD_PX ? null : mode}
            {index === 0 ? null : <i className="tick" />}
          </span>
        )
      })}
    </div>
  )
}
