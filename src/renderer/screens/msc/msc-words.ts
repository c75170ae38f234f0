/** What MSC says of itself, in words: what it asks for, how it stands, when it looks again. Pure. */
import type { Evaluation, MscGlance } from '../../../contract/msc.ts'
import { formatNumber, THIN_SPACE } from '../../widgets/format-number.ts'
import { formatSpan } from '../../widgets/format-time.ts'
import type { RiskMode } from '../../widgets/mode-mark.tsx'

export type MscStatus = MscGlance['status']

export const STATUS_WORDS: Readonly<Record<MscStatus, string>> = {
  active: 'runs and writes',
  advising: 'advises only, writes nothing',
  paused: 'may only tighten while the mode is held',
  stale: 'has missed its runs',
  disabled: 'is off',
}

export interface Verdict {
  /** before the mode */
  readonly text: string
  readonly mode: RiskMode | null
}

/** The line above everything; `inForce` is the mode that the policy holds now. */
export function verdictOf(status: MscStatus, evaluation: Evaluation | null, inForce: RiskMode | null): Verdict {
  if (status === 'disabled') return { text: 'MSC is off; the mode stays', mode: inForce }
  if (evaluation === null) return { text: 'MSC has not run yet; the mode is', mode: inForce }
  const { advised } = evaluation
  if (status === 'advising') return { text: 'MSC advises', mode: advised }
  return { text: advised === inForce ? 'MSC keeps' : 'MSC asks for', mode: advised }
}

const TRIGGERS: Readonly<Record<Evaluation['trigger'], string>> = {
  start: 'at the start',
  schedule: 'on schedule',
  manual: 'by hand',
  health: 'as health turned critical',
  wake: 'after sleep',
}

export const triggerText = (trigger: Evaluation['trigger']): string => TRIGGERS[trigger]

/** `in 25 m 29 s`; what is due is being done. */
export function countdown(nextAt: string | null, now: number | null, isRunning: boolean): string {
  if (isRunning) return 'running'
  if (nextAt === null || now === null) return 'not planned'
  const left = Date.parse(nextAt) - now
  return left <= 0 ? 'due' : `in ${formatSpan(left)}`
}

/** `4 votes, needs 4` */
export const aggressiveCount = ({ aggressive_votes: votes, aggressive_needed: needed }: Evaluation): string =>
  `${votes} ${votes === 1 ? 'vote' : 'votes'}, needs ${needed}`

/** `weight 0, needs 3` */
export const defensiveCount = ({ defensive_weight: weight, defensive_needed: needed }: Evaluation): string =>
  `weight ${weight}, needs ${needed}`

/** `12 %`, without digits that say nothing. */
export const wholePercent = (fraction: number): string =>
  `${formatNumber(fraction * 100, { decimals: 0 })}${THIN_SPACE}%`

/** `10 to 20`, `under 20` */
export function targetText(from: number, to: number): string {
  const high = formatNumber(to * 100, { decimals: 0 })
  return from <= 0 ? `under ${high}` : `${formatNumber(from * 100, { decimals: 0 })} to ${high}`
}

/** `3 over`, `4 short`; empty inside the target. */
export function offTarget(share: number, from: number, to: number): string {
  const over = Math.round((share - to) * 100)
  const short = Math.round((from - share) * 100)
  return over > 0 ? `${over} over` : short > 0 ? `${short} short` : ''
}
