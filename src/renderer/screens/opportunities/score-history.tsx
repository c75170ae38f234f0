/** How a symbol's score went: a line that is read by pointing at it, and the reading in words. */
import { useMemo, useState, type JSX, type KeyboardEvent, type PointerEvent } from 'react'

import { station } from '../../link/client.ts'
import { stationNow } from '../../state/station-clock.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { formatNumber } from '../../widgets/format-number.ts'
import { localDateTime, utcText } from '../../widgets/format-time.ts'

const DAY_MS = 86_400_000
const POINTS = 288
const WIDTH = 320
const HEIGHT = 64

/** Scores are 0…1: the line keeps that scale, so that two symbols compare. */
function lineOf(times: readonly number[], scores: readonly number[]): string {
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const span = last - first || 1
  const points = scores.map(
    (score, place) =>
      `${((((times[place] ?? first) - first) / span) * WIDTH).toFixed(1)} ${((1 - score) * (HEIGHT - 2) + 1).toFixed(1)}`,
  )
  return points.length < 2 ? '' : `M${points.join('L')}`
}

export function ScoreHistory({ symbol, at }: { readonly symbol: string; readonly at: string }): JSX.Element {
  const { value, fault } = useAnswer(
    `score history ${symbol}`,
    (signal) =>
      station.opportunities.history(
        { symbol, from: new Date(stationNow() - DAY_MS).toISOString(), points: POINTS },
        { signal },
      ),
    at,
  )
  const [pointed, setPointed] = useState<number | null>(null)
  const line = useMemo(() => (value === null ? '' : lineOf(value.at_ms, value.score)), [value])
  const count = value?.score.length ?? 0
  const place = Math.min(pointed ?? count - 1, count - 1)
  const [when, score] = [value?.at_ms[place], value?.score[place]]
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const wanted = ((event.clientX - box.left) / box.width) * ((value?.at_ms.at(-1) ?? 0) - (value?.at_ms[0] ?? 0))
    const times = value?.at_ms ?? []
    const found = times.findIndex((time) => time - (times[0] ?? 0) >= wanted)
    setPointed(found < 0 ? count - 1 : found)
  }
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setPointed(Math.min(count - 1, Math.max(0, place + step)))
  }
  return (
    <>
      <div className="head ruled">
        <h2>Score, 24 h</h2>
        <span className="push meta" aria-live="polite" title={when === undefined ? undefined : utcText(when)}>
          {when === undefined || score === undefined
            ? ''
            : `${formatNumber(score, { decimals: 3 })} at ${localDateTime(when)}`}
        </span>
      </div>
      {count < 2 ? (
        <p className="reason">
          {fault ?? (value === null ? 'Reading…' : count === 1 ? 'Ranked once so far.' : 'Not ranked yet.')}
        </p>
      ) : (
        <svg
          className="score-line"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="slider"
          tabIndex={0}
          aria-label={`Score of ${symbol} over the last day`}
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={score ?? 0}
          aria-valuetext={
            when === undefined ? 'not known' : `${formatNumber(score ?? 0, { decimals: 3 })} at ${localDateTime(when)}`
          }
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
          onKeyDown={walk}
        >
          <path className="grid" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
          <path className="line" d={line} />
          {pointed === null || value === null ? null : (
            <path
              className="at"
              d={`M${(((value.at_ms[place] ?? 0) - (value.at_ms[0] ?? 0)) / ((value.at_ms.at(-1) ?? 1) - (value.at_ms[0] ?? 0) || 1)) * WIDTH} 0V${HEIGHT}`}
            />
          )}
        </svg>
      )}
    </>
  )
}
