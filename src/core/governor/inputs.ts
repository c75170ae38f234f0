/** What the safety governor looks at. Everything is what the station knows at `now`; fractions unless the name says otherwise. */
import type { HealthStatus } from '../model/health.ts'
import type { Emergency } from '../policy/policy.ts'

/** A closed trade, as far as a losing streak looks at it; break-even counts as a loss. */
export interface Closing {
  readonly at: number
  readonly isLoss: boolean
}

export interface GovernorAccount {
  readonly nav: number
  readonly highToday: number
  readonly high24h: number
  readonly highEver: number
}

export interface GovernorInputs {
  readonly now: number
  /** time has passed that nobody looked at (a start, a sleep): nothing is known of it, so it does not count as calm */
  readonly wasAway: boolean
  /** null: not known, or no money yet */
  readonly account: GovernorAccount | null
  /** positions are open: NAV and margin ratio are made of mark prices, which may be wrong for a moment */
  readonly isExposed: boolean
  /** of the profile in force */
  readonly maxDailyDrawdown: number
  /** the largest in force since 00:00 UTC */
  readonly maxDailyDrawdownToday: number
  /** trades closed lately, oldest first; at least those of the last 24 h */
  readonly closings: readonly Closing[]
  readonly health: { readonly status: HealthStatus; readonly detail: string }
  readonly link: {
    /** null: connected */
    readonly downSince: number | null
    /** books and venue agree since the link came back */
    readonly isReconciled: boolean
  }
  /** positions without a full live stop, and since when */
  readonly unprotected: readonly { readonly symbol: string; readonly since: number }[]
  /** why the journal takes no writes; null: it does */
  readonly journalFault: string | null
  /** the worst position's maintenance margin ÷ margin balance; null: nothing is held */
  readonly margin: { readonly symbol: string; readonly ratio: number } | null
  /** the kill switch, as the policy has it */
  readonly emergency: Emergency | null
}
