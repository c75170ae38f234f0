/** What a door may ask of the lines out of the station: how they are, and whether books and venue agree. */
import type { Environment } from '../core/ports/feed.ts'
import type { StreamReading, VenueLink } from '../core/ports/link.ts'
import type { AccountKind, PlaceName } from './place-facade.ts'
import type { ReconcileResult } from './reconciler.ts'
import type { Rooms } from './rooms.ts'

export interface CanaryLook {
  readonly at: number
  /** sentences for people; empty: all is as we rely on it */
  readonly findings: readonly string[]
}

export interface DeadMansSwitch {
  readonly state: 'armed' | 'idle' | 'absent'
  readonly symbols: readonly string[]
  readonly renewedAt: number | null
}

/** Live prices were wanted and are made up. */
export interface SimulatedPrices {
  readonly since: number
  readonly reason: string
  /** the exchange answers since then: live prices can be gone to; null: it does not */
  readonly answersSince: number | null
}

export interface ConnectionsView {
  readonly at: number
  readonly environment: Environment
  readonly account: AccountKind
  readonly place: PlaceName
  readonly feed: string
  readonly venue: string
  /** null: money is paper */
  readonly exchange: VenueLink | null
  /** the venue's clock less ours; null: not measured */
  readonly skewMs: number | null
  readonly streams: readonly StreamReading[]
  readonly backFilled: number
  readonly isReconciling: boolean
  readonly reconciliation: ReconcileResult | null
  readonly foreignOrders: number
  readonly canary: CanaryLook | null
  readonly deadMansSwitch: DeadMansSwitch
  readonly simulatedPrices: SimulatedPrices | null
}

export interface ConnectionsFacade {
  view(): ConnectionsView
  /** Begins one unless one is under way; refused while the venue is not connected. */
  reconcile(): { readonly outcome: 'begun' } | { readonly outcome: 'refused'; readonly reason: string }
}

/** What the place adds to what the rooms know. */
export interface Whereabouts {
  readonly place: PlaceName
  readonly account: AccountKind
  readonly simulatedPrices: () => SimulatedPrices | null
}

export function connectionsFacade(rooms: Rooms, where: Whereabouts, settle: () => void): ConnectionsFacade {
  const { clock, feed, venue, executor, canary } = rooms
  return {
    view() {
      const { reconciler } = executor
      const { environment, label } = feed.description
      const told = feed.link?.() ?? { streams: [], backFilled: 0 }
      return {
        at: clock.now(),
        environment,
        account: where.account,
        place: where.place,
        feed: label,
        venue: venue.name,
        exchange: venue.link?.() ?? null,
        skewMs: venue.clockSkewMs?.() ?? null,
        streams: told.streams,
        backFilled: told.backFilled,
        isReconciling: reconciler.isRunning,
        reconciliation: reconciler.last,
        foreignOrders: reconciler.foreignOrders.length,
        canary: canary.last,
        deadMansSwitch: executor.deadMan.view,
        simulatedPrices: where.simulatedPrices(),
      }
    },
    reconcile() {
      if (!executor.isUp) return { outcome: 'refused', reason: 'the venue is not connected: there is nobody to ask' }
      executor.reconciler.begin()
      settle()
      return { outcome: 'begun' }
    },
  }
}
