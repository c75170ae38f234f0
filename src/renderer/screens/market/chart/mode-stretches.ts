/** Policy versions as stretches of one mode over the bars of a chart. Pure. */
import type { PolicyVersion } from '../../../../contract/policy-shapes.ts'
import { momentsOf, stretchesOf, type ModeStretch } from '../../../widgets/mode-stretches.ts'
import { openOf, type Bar } from './bars.ts'

/** `versions` newest first; from and to are the beginnings of the first and the last bar it stands under, epoch ms. */
export function barStretches(
  versions: readonly Pick<PolicyVersion, 'at' | 'risk_mode' | 'version'>[],
  bars: readonly Bar[],
  stepMs: number,
): ModeStretch[] {
  const first = bars[0]?.openMs
  const last = bars.at(-1)?.openMs
  if (first === undefined || last === undefined) return []
  const placeOf = (at: number): number => Math.min(last, Math.max(first, openOf(at, stepMs)))
  // one that began under the last bar is seen too
  return stretchesOf(momentsOf(versions), placeOf, last).filter(({ from, to }) => to > from || to === last)
}
