/** Everything the station announces (SPEC §14). Events only announce facts; nothing is steered by them. */
import type { KeptMemory } from '../core/governor/memory.ts'
import type { OwnAlert } from '../core/health/own-alerts.ts'
import type { TraceId } from '../core/model/ids.ts'
import type { Candle, Ticker } from '../core/model/market.ts'
import type { Order } from '../core/model/order.ts'
import type { Position, Trade } from '../core/model/position.ts'
import type { Denied, Dropped } from '../core/model/refusal.ts'
import type { Signal } from '../core/model/signal.ts'
import type { Actor, GovernorState } from '../core/policy/policy.ts'
import type { AlertRow } from '../core/ports/journal.ts'
import type { PolicyVersion } from '../core/ports/policy-shelf.ts'
import type { KeyChange } from './key-desk.ts'
import type { PlaceName } from './place-facade.ts'
import type { OpportunitiesUpdated } from './ranking.ts'
import type { SystemEvent } from './station-values.ts'

export interface StationEvents {
  'policy.updated': PolicyVersion
  'market.candle': Candle
  'market.ticker': Ticker
  'signal.created': Signal
  'signal.dropped': Dropped & { readonly strategyId: string; readonly symbol: string }
  'intent.denied': Denied & { readonly strategyId: string; readonly symbol: string }
  'order.changed': Order
  'position.changed': { readonly symbol: string; readonly position: Position | null; readonly traceId: TraceId | null }
  'trade.executed': Trade
  'feed.fault': { readonly symbol: string | null; readonly message: string }
  'health.status_changed': { readonly component: string; readonly status: string; readonly detail: string }
  'msc.failed': { readonly trigger: string; readonly step: string; readonly message: string }
  'msc.rebased': { readonly by: string; readonly reason: string }
  'opportunities.updated': OpportunitiesUpdated
  'system.changed': { readonly kind: SystemEvent }
  'governor.changed': {
    readonly state: GovernorState
    readonly from: GovernorState['level']
    /** what a restart finds again */
    readonly memory: KeptMemory
  }
  'symbol.unfrozen': { readonly symbol: string; readonly by: Actor }
  'keys.changed': KeyChange
  'place.changed': {
    readonly from: PlaceName
    readonly to: PlaceName
    readonly by: Actor
    readonly reason: string | null
  }
  'own_alerts.changed': { readonly rules: readonly OwnAlert[]; readonly by: Actor }
  'alert.raised': AlertRow
  'alert.cleared': AlertRow
  'alert.acknowledged': { readonly alert: AlertRow; readonly by: string }
}

export type StationEventType = keyof StationEvents
