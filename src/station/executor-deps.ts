/** What the executor needs from the station around it. */
import type { Exact } from '../core/model/decimal.ts'
import type { CloseIntent, EntryIntent, Intent } from '../core/model/intent.ts'
import type { Instrument } from '../core/model/market.ts'
import type { Denied } from '../core/model/refusal.ts'
import type { MarkOf } from '../core/portfolio/account.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Venue } from '../core/ports/venue.ts'
import type { Reservations } from '../core/risk-guard/reservations.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'
import type { Books } from './books.ts'
import type { Announce } from './executor-facts.ts'
import type { ExecutorSettings } from './executor-settings.ts'

/** The second step of an entry: what is left of it as IOC, or null when there is to be none. */
export type FollowUp = (intent: EntryIntent, rest: Exact) => EntryIntent | null

export interface ExecutorDeps {
  readonly venue: Pick<Venue, 'submit' | 'cancel' | 'ask' | 'askSnapshot' | 'countdown'>
  readonly clock: Clock
  readonly books: Books
  readonly settings: ExecutorSettings
  /**
   * Commits what is journaled so far; called before every order is sent (full sync on a real venue). False: it could not
   * be written; then no entry leaves, but every order that reduces risk does.
   */
  readonly flush: () => boolean
  /** The risk guard with the context of the moment; a denied second step is journaled by whoever supplies this. */
  readonly check: (intent: Intent) => Approved | Denied
  /** Journals the guard's word on a close that came through no signal: a person's, a flatten's, an unprotected position's. */
  readonly closeDecided: (intent: CloseIntent, verdict: Approved | Denied, attempt: number) => void
  readonly reservations: Pick<Reservations, 'hold' | 'keep' | 'release' | 'restore'>
  readonly followUp: FollowUp
  readonly markOf: MarkOf
  readonly instrumentOf: (symbol: string) => Instrument | null
  readonly announce: Announce
  /** the feed's longest time between two prices, ms: on candles what has triggered waits for the next bar to fill */
  readonly priceEveryMs: number
}

/** The guard's word on one intent, with the kind of the intent kept. */
export function checked<Asking extends Intent>(
  deps: Pick<ExecutorDeps, 'check'>,
  intent: Asking,
): Approved<Asking> | Denied {
  return deps.check(intent) as Approved<Asking> | Denied
}
