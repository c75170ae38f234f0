/** Which mode was in force over which part of the curve. Pure. */
import type { PolicyVersion } from '../../../contract/policy-shapes.ts'

export interface ModeStretch {
  readonly mode: PolicyVersion['risk_mode']
  readonly version: number
  /** places among the points of the curve, the first and the one behind the last */
  readonly from: number
  readonly to: number
}

/** `versions` newest first, `times` of the points in epoch seconds, rising. Before the first known version nothing is known. */
export function modeStretches(
  versions: readonly Pick<PolicyVersion, 'at' | 'risk_mode' | 'version'>[],
  times: readonly number[],
): ModeStretch[] {
  const end = times.length - 1
  const stretches: ModeStretch[] = []
  for (const { at, risk_mode: mode, version } of versions.toReversed()) {
    const from = placeOf(Date.parse(at) / 1000, times)
    const before = stretches.at(-1)
    if (before?.mode === mode) continue
    if (before !== undefined) stretches.splice(-1, 1, { ...before, to: from })
    stretches.push({ mode, version, from, to: end })
  }
  return stretches.filter(({ from, to }) => to > from)
}

/** The first point at or after `time`, 0 for what was before all of them. */
function placeOf(time: number, times: readonly number[]): number {
  const place = times.findIndex((each) => each >= time)
  return place < 0 ? times.length - 1 : place
}
