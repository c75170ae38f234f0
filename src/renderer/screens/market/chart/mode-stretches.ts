/** Policy versions as stretches of one mode over the bars of a chart. Pure. */
import type { PolicyVersion } from '../../../../contract/policy-shapes.ts'
import { openOf, type Bar } from './bars.ts'

export interface ModeStretch {
  readonly mode: PolicyVersion['risk_mode']
  /** beginnings of the first and the last bar it stands under, epoch ms */
  readonly from: number
  readonly to: number
}

/** Versions newest first, as the station tells them. Before the first known version nothing is known. */
export function stretchesOf(
  versions: readonly Pick<PolicyVersion, 'at' | 'risk_mode'>[],
  bars: readonly Bar[],
  stepMs: number,
): ModeStretch[] {
  const first = bars[0]?.openMs
  const last = bars.at(-1)?.openMs
  if (first === undefined || last === undefined) return []
  const stretches: ModeStretch[] = []
  for (const { at, risk_mode } of versions.toReversed()) {
    const from = Math.min(last, Math.max(first, openOf(Date.parse(at), stepMs)))
    const before = stretches.at(-1)
    if (before?.mode === risk_mode) continue
    if (before !== undefined) stretches.splice(-1, 1, { ...before, to: from })
    stretches.push({ mode: risk_mode, from, to: last })
  }
  return stretches.filter(({ from, to }) => to > from || to === last)
}
