/** Which mode was in force over which part of the curve. Pure. */
import type { PolicyVersion } from '../../../contract/policy-shapes.ts'
import { momentsOf, stretchesOf, type ModeMoment, type ModeStretch } from '../../widgets/mode-stretches.ts'

/** Its places are those among the points of the curve. */
export type CurveStretch = ModeStretch<ModeMoment & { readonly version: number }>

/** `versions` newest first, `times` of the points in epoch seconds, rising. */
export const curveStretches = (
  versions: readonly Pick<PolicyVersion, 'at' | 'risk_mode' | 'version'>[],
  times: readonly number[],
): CurveStretch[] =>
  stretchesOf(momentsOf(versions), (at) => placeOf(at / 1000, times), times.length - 1).filter(
    ({ from, to }) => to > from,
  )

/** The first point at or after `time`, 0 for what was before all of them. */
function placeOf(time: number, times: readonly number[]): number {
  const place = times.findIndex((each) => each >= time)
  return place < 0 ? times.length - 1 : place
}
