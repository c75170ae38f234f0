/** Modes over time as stretches of one mode. Pure. */
import type { RiskMode } from './mode-mark.tsx'

export interface ModeMoment {
  /** since when, epoch ms */
  readonly at: number
  readonly mode: RiskMode
}

/** From and to in the places of whoever asks. */
export type ModeStretch<Moment extends ModeMoment = ModeMoment> = Moment & {
  readonly from: number
  readonly to: number
}

/**
 * Neighbours of one mode are one stretch, the last one reaches to `end`; what was before the first moment is not known.
 * Two moments of one millisecond stand in the order that they are told in. Stretches that hold no place are left in.
 */
export function stretchesOf<Moment extends ModeMoment>(
  moments: readonly Moment[],
  placeOf: (at: number) => number,
  end: number,
): ModeStretch<Moment>[] {
  const changes: Moment[] = []
  for (const moment of moments.toSorted((a, b) => a.at - b.at))
    if (changes.at(-1)?.mode !== moment.mode) changes.push(moment)
  return changes.map((moment, index) => {
    const next = changes[index + 1]
    return { ...moment, from: placeOf(moment.at), to: next === undefined ? end : placeOf(next.at) }
  })
}

/** `versions` of the policy, newest first as the station tells them; rising. */
export const momentsOf = (
  versions: readonly { readonly at: string; readonly risk_mode: RiskMode; readonly version: number }[],
): (ModeMoment & { readonly version: number })[] =>
  versions.toReversed().map(({ at, risk_mode: mode, version }) => ({ at: Date.parse(at), mode, version }))
