/** The short form of the Meta Strategy Controller, as the screen lives on it. */
import type { MscGlance } from '../../contract/msc.ts'
import type { MscView } from '../msc-facade.ts'
import { isoOrNull } from './wire-values.ts'

export const mscGlanceWire = ({ status, evaluation, lastAt, nextAt }: MscView): MscGlance => ({
  status,
  advised: evaluation?.advised ?? null,
  aggressive_votes: evaluation?.aggressiveVotes ?? 0,
  defensive_weight: evaluation?.defensiveWeight ?? 0,
  sentence: evaluation?.sentence ?? null,
  last_at: isoOrNull(lastAt),
  next_at: isoOrNull(nextAt),
})
