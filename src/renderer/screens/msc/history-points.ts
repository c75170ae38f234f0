/** The modes over time for the chart of MSC: what was asked and what was in force, on the chart's own times. Pure. */
import type { Evaluation } from '../../../contract/msc.ts'
import type { RiskMode } from '../../widgets/mode-mark.tsx'
import { stretchesOf, type ModeMoment } from '../../widgets/mode-stretches.ts'

export interface Stretch {
  readonly mode: RiskMode
  /** share of the shown span, 0…1 */
  readonly left: number
  readonly width: number
  /** epoch ms at which it began, at most the beginning of the span */
  readonly at: number
}

/** `moments` in any order. */
export function shareStretches(moments: readonly ModeMoment[], from: number, to: number): Stretch[] {
  const span = to - from
  const placeOf = (at: number): number => Math.min(to, Math.max(from, at))
  return stretchesOf(moments, placeOf, to)
    .filter((stretch) => stretch.to > stretch.from)
    .map(({ mode, from: begin, to: end }) => ({
      mode,
      at: begin,
      left: (begin - from) / span,
      width: (end - begin) / span,
    }))
}

export const askedMoments = (runs: readonly Pick<Evaluation, 'at' | 'advised' | 'result'>[]): ModeMoment[] =>
  runs.filter(({ result }) => result !== 'failed').map(({ at, advised }) => ({ at: Date.parse(at), mode: advised }))

export interface CurvePoint {
  /** epoch ms, rising */
  readonly at: number
  readonly value: number
}

export interface GridPoint {
  /** epoch seconds */
  readonly time: number
  /** left out: nothing is known there */
  readonly value?: number
}

/**
 * A curve on `count` evenly spaced times from `from` to `to` (epoch ms): the chart spaces its points evenly, so only then
 * does a share of its width mean the same share of the time. Each time takes the last value known by then.
 */
export function onGrid(points: readonly CurvePoint[], from: number, to: number, count: number): GridPoint[] {
  const step = (to - from) / (count - 1)
  const last = points.at(-1)?.at ?? -Infinity
  let next = 0
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * step
    while ((points[next]?.at ?? Infinity) <= at) next++
    const known = points[next - 1]
    const time = Math.floor(at / 1000)
    return known === undefined || at > last + 2 * step ? { time } : { time, value: known.value }
  })
}
