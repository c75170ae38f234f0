/** What MSC asks for beside what is in force. Pure. */
import type { MscGlance } from '../../contract/msc.ts'
import type { RiskMode } from '../widgets/mode-mark.tsx'

/** The mode that MSC asks for and that is not in force; null: it asks for none, or does not speak. */
export function askedMode(msc: MscGlance | null, inForce: RiskMode | undefined): RiskMode | null {
  if (msc === null || msc.advised === null || msc.advised === inForce) return null
  return msc.status === 'disabled' ? null : msc.advised
}

/** `MSC asks, 4 votes`, for a mode button */
export function adviceNote({ advised, aggressive_votes: votes, defensive_weight: weight }: MscGlance): string {
  if (advised === 'AGGRESSIVE') return `MSC asks, ${votes} ${votes === 1 ? 'vote' : 'votes'}`
  if (advised === 'DEFENSIVE') return `MSC asks, weight ${weight}`
  return 'MSC asks'
}

const STATUS_WORDS: Readonly<Record<MscGlance['status'], string>> = {
  active: 'Runs and writes',
  advising: 'Advises only',
  paused: 'May only tighten',
  stale: 'Has missed its runs',
  disabled: 'Off',
}

export const glanceText = ({ status }: MscGlance): string => STATUS_WORDS[status]
