/** The safety governor and what it looks at: health, the link, margins; and what it does to the rooms around it. */
import { HEALTH_SETTINGS } from '../core/health/settings.ts'
import type { HealthSettings } from '../core/health/settings.ts'
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { FeedDescription } from '../core/ports/feed.ts'
import type { Journal } from '../core/ports/journal.ts'
import type { Log } from '../core/ports/log.ts'
import type { Machine } from '../core/ports/machine.ts'
import type { Records } from '../core/ports/records.ts'
import type { Venue, VenueReport } from '../core/ports/venue.ts'
import type { AlertDesk } from './alert-desk.ts'
import { endAlerts } from './alert-endings.ts'
import type { Announcer } from './announcer.ts'
import type { Books } from './books.ts'
import type { EquityKeeper } from './equity-keeper.ts'
import type { EventBus } from './event-bus.ts'
import type { StationEvents } from './events.ts'
import type { Executor } from './executor.ts'
import { FlattenDesk } from './flatten-desk.ts'
import { GovernorDesk } from './governor-desk.ts'
import { GOVERNOR_SETTINGS, type GovernorSettings } from './governor-settings.ts'
import { HealthDesk } from './health-desk.ts'
import { LinkWatch } from './link-watch.ts'
import { MarginWatch } from './margin-watch.ts'
import type { MarketBoard } from './market-board.ts'
import type { Phase } from './phase.ts'
import type { PolicyStore } from './policy-store.ts'

export interface SafetySettings {
  readonly health: HealthSettings
  readonly governor: GovernorSettings
}

export const SAFETY_SETTINGS: SafetySettings = { health: HEALTH_SETTINGS, governor: GOVERNOR_SETTINGS }

export interface SafetyDeps {
  readonly clock: Clock
  readonly feed: FeedDescription
  readonly venue: Pick<Venue, 'clockSkewMs'>
  readonly policy: PolicyStore
  readonly records: Records
  readonly journal: Pick<Journal, 'pending'>
  readonly log: Log
  readonly machine: Machine
  readonly settings: SafetySettings
  readonly bus: EventBus<StationEvents>
  readonly announcer: Announcer
  readonly alerts: AlertDesk
  readonly phase: Phase
  readonly books: Books
  readonly market: MarketBoard
  readonly equity: EquityKeeper
  readonly executor: Executor
  /** limits are looked at afresh */
  readonly limitsChanged: () => void
  readonly cancelDenied: () => void
  /** what was written becomes durable, and is told, soon */
  readonly settle: () => void
}

export type Safety = ReturnType<typeof buildSafety>

export function buildSafety(deps: SafetyDeps) {
  const { clock, policy, announcer, executor, books, market, equity } = deps
  const link = new LinkWatch({ clock, executor })
  const margins = new MarginWatch(books, market)
  const flattens = new FlattenDesk(executor, clock)
  const health = healthDesk(deps, link)
  const governor = new GovernorDesk({
    ...deps,
    settings: deps.settings.governor,
    account: () => (link.hasBegun ? equity.account() : null),
    sees: () => ({
      isExposed: books.positions.size > 0,
      health: health.system,
      link: link.state,
      unprotected: unprotected(books, executor),
      journalFault: health.journalFault,
      margin: margins.worst(),
    }),
    isQuiet: () =>
      health.system.status === 'HEALTHY' &&
      health.journalFault === null &&
      link.isGood &&
      unprotected(books, executor).length === 0,
    beforeLook: () => {
      link.look()
      health.look()
      endAlerts(deps)
    },
    changed: (isTighter) => {
      deps.limitsChanged()
      for (const topic of ['effective', 'usage', 'status'] as const) announcer.touch(topic)
      if (isTighter) deps.cancelDenied()
    },
    flatten: (reason) => void flattens.begin('governor', reason),
  })
  policy.onUpdated(({ rankingOnly }) => {
    if (!rankingOnly) governor.policyChanged()
  })
  const noteAnswer = (id: ClientOrderId): void => {
    const order = books.orders.find(id)
    if (order !== null) health.answered(clock.now() - order.createdAt)
  }
  return {
    health,
    governor,
    flattens,
    load: () => governor.load(),
    start: () => {
      health.start()
      governor.start()
    },
    /** After the executor has handled it. */
    onReport: (report: VenueReport): void => {
      link.heard()
      if (report.kind === 'snapshot') margins.onSnapshot(report.snapshot)
      if (report.kind === 'accepted') noteAnswer(report.clientOrderId)
      if (ASKS_FOR_A_LOOK.has(report.kind)) governor.look()
    },
  }
}

const ASKS_FOR_A_LOOK: ReadonlySet<VenueReport['kind']> = new Set(['filled', 'connection', 'liquidated', 'snapshot'])

function unprotected({ positions }: Books, { protection }: Executor) {
  return [...positions.keys()].flatMap((symbol) => {
    const since = protection.naked.since(symbol)
    return since === null ? [] : [{ symbol, since }]
  })
}

function healthDesk(deps: SafetyDeps, link: LinkWatch): HealthDesk {
  const { clock, machine, announcer, alerts, feed, venue, market, phase, settings } = deps
  return new HealthDesk({
    clock,
    machine,
    announcer,
    alerts,
    settings: settings.health,
    priceEveryMs: feed.priceEveryMs,
    isVirtual: feed.environment === 'SIMULATED' || feed.environment === 'REPLAY',
    lastMarketAt: () => market.lastAt,
    expectsPrices: () => phase.name === 'running',
    silentSince: () => link.silentSince,
    clockSkewMs: () => venue.clockSkewMs?.() ?? null,
    counters: () => countersOf(deps),
  })
}

function countersOf({ bus, journal, alerts, books }: SafetyDeps) {
  const { published, failures } = bus.counts()
  const events = Object.values(published).reduce((sum, count) => sum + count, 0)
  return [
    { name: 'events_published', value: events },
    { name: 'subscriber_failures', value: failures },
    { name: 'journal_pending', value: journal.pending },
    { name: 'standing_alerts', value: alerts.standing.length },
    { name: 'open_positions', value: books.positions.size },
    { name: 'working_orders', value: books.orders.working.size },
  ]
}
