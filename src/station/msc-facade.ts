/** What a door may ask of the Meta Strategy Controller. */
import type { Evidence } from '../core/msc/evidence.ts'
import type { Standing } from '../core/msc/select.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { ToldEvaluation } from './msc-desk.ts'
import type { MscHealth } from './msc-watch.ts'

/** `paused`: a pin or the emergency holds the mode; `stale`: no run has succeeded for too long. */
export type MscStatus = 'active' | 'advising' | 'paused' | 'stale' | 'disabled'

export interface MscView {
  readonly status: MscStatus
  readonly intervalMinutes: number
  readonly isRunning: boolean
  /** epoch ms of the last run, failed or not; null: none since this start */
  readonly lastAt: number | null
  readonly nextAt: number | null
  /** as it is now */
  readonly evidence: Evidence
  /** the last run that did not fail; null: none since this start */
  readonly evaluation: ToldEvaluation | null
  /** what would change the mode next */
  readonly nextChanges: readonly string[]
}

export interface StrategyRanking extends Standing {
  /** may trade under the policy in force */
  readonly isActive: boolean
  /** of the usual size */
  readonly sizeShare: number
}

export interface MscFacade {
  view(): MscView
  /** runs, newest first */
  history(limit: number): readonly ToldEvaluation[]
  /** runs now; counts as a manual run */
  evaluate():
    | { readonly outcome: 'evaluated'; readonly evaluation: ToldEvaluation }
    | { readonly outcome: 'refused'; readonly reason: string }
  health(): MscHealth
  strategies(): { readonly minScore: number; readonly rankings: readonly StrategyRanking[] }
  /** Windows of evidence begin now. */
  rebase(actor: Actor, reason: string): { readonly rebasedAt: number }
}
