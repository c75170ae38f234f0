/** The lines out of the station answered. */
import type { Connections } from '../../contract/connections.ts'
import type { VenueLink } from '../../core/ports/link.ts'
import type { ConnectionsView } from '../connections-facade.ts'
import type { StationFacade } from '../facade.ts'
import { answering } from './call.ts'
import { refused } from './faults.ts'
import { iso, isoOrNull } from './wire-values.ts'

export const connectionsAnswers = ({ connections }: Pick<StationFacade, 'connections'>) => ({
  get: answering.connections.get.handler(() => connectionsWire(connections.view())),
  reconcile: answering.connections.reconcile.handler(() => {
    const result = connections.reconcile()
    if (result.outcome === 'refused') throw refused(result.reason)
    return { is_reconciling: connections.view().isReconciling }
  }),
})

const connectionsWire = (view: ConnectionsView): Connections => ({
  at: iso(view.at),
  environment: view.environment,
  account: view.account,
  place: view.place,
  feed: view.feed,
  venue: view.venue,
  exchange: view.exchange && exchangeWire(view.exchange, view.skewMs),
  streams: view.streams.map(({ name, symbols, isUp, upSince, heardAt, reconnects, messages }) => ({
    name,
    symbols,
    is_up: isUp,
    up_since: isoOrNull(upSince),
    last_at: isoOrNull(heardAt),
    reconnects,
    messages,
  })),
  back_filled: view.backFilled,
  is_reconciling: view.isReconciling,
  reconciliation: view.reconciliation && {
    at: iso(view.reconciliation.at),
    ok: view.reconciliation.ok,
    differences: view.reconciliation.differences.map(({ kind, about, symbol, booked, venue }) => ({
      kind,
      about,
      symbol,
      booked,
      venue,
    })),
  },
  foreign_orders: view.foreignOrders,
  canary: view.canary && {
    at: iso(view.canary.at),
    ok: view.canary.findings.length === 0,
    findings: [...view.canary.findings],
  },
  dead_mans_switch: {
    state: view.deadMansSwitch.state,
    symbols: [...view.deadMansSwitch.symbols],
    renewed_at: isoOrNull(view.deadMansSwitch.renewedAt),
  },
  simulated_prices: view.simulatedPrices && {
    since: iso(view.simulatedPrices.since),
    reason: view.simulatedPrices.reason,
    answers_since: isoOrNull(view.simulatedPrices.answersSince),
  },
})

const exchangeWire = (line: VenueLink, skewMs: number | null): NonNullable<Connections['exchange']> => ({
  is_up: line.isUp,
  latency_ms: line.latencyMs,
  skew_ms: skewMs,
  weight_used: line.weightUsed,
  weight_limit: line.weightLimit,
  orders_10s: line.orders10s,
  orders_1m: line.orders1m,
  silent_until: isoOrNull(line.silentUntil),
  listen_key_at: isoOrNull(line.listenKeyAt),
  reconnects: line.reconnects,
  user_event_at: isoOrNull(line.userEventAt),
})
