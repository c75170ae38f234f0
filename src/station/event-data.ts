/** What of an event the journal keeps: enough to follow what happened; the whole things are in tables of their own. */
import type { StationEvents, StationEventType } from './events.ts'

type Journaled = { readonly [Type in StationEventType]: ((event: StationEvents[Type]) => unknown) | null }

/** Market data, signals and decisions are not events of the journal: they have their own tables, or none. */
const JOURNALED: Journaled = {
  'market.candle': null,
  'market.ticker': null,
  'signal.created': null,
  'signal.dropped': null,
  'intent.denied': null,
  'policy.updated': ({ policy, changes, rankingOnly }) =>
    rankingOnly ? null : { version: policy.version, by: policy.updatedBy, reason: policy.reason, changes },
  'order.changed': ({ clientOrderId, symbol, purpose, state, filledQuantity, averagePrice, reason }) => ({
    clientOrderId,
    symbol,
    purpose,
    state,
    filledQuantity: filledQuantity.toFixed(),
    averagePrice: averagePrice.toFixed(),
    reason,
  }),
  'position.changed': ({ symbol, position }) => ({
    symbol,
    side: position?.side ?? null,
    quantity: position?.quantity.toFixed() ?? '0',
    stopPrice: position?.stopPrice.toFixed() ?? null,
  }),
  'trade.executed': ({ id, symbol, side, strategyId, profit, exitReason }) => ({
    id,
    symbol,
    side,
    strategyId,
    profit: profit.toFixed(),
    exitReason,
  }),
  'feed.fault': (fault) => fault,
  'health.status_changed': (status) => status,
  'system.changed': (change) => change,
  'alert.raised': ({ id, severity, code, about, message }) => ({ id, severity, code, about, message }),
  'alert.cleared': ({ id, code, about }) => ({ id, code, about }),
  'alert.acknowledged': ({ alert: { id, code, about }, by }) => ({ id, code, about, by }),
}

/** Null: the journal keeps nothing of it. */
export function journaledData<Type extends StationEventType>(type: Type, event: StationEvents[Type]): unknown {
  const keep = JOURNALED[type]
  return keep === null ? null : keep(event)
}
