/** What of an event the journal keeps: enough to follow what happened; the whole things are in tables of their own. */
import type { StationEvents, StationEventType } from './events.ts'

/** of the best symbols */
const NAMED = 5

type Journaled = { readonly [Type in StationEventType]: ((event: StationEvents[Type]) => unknown) | null }

/** Market data, signals and decisions are not events of the journal: they have their own tables, or none. */
const JOURNALED: Journaled = {
  'market.candle': null,
  'market.ticker': null,
  'signal.created': null,
  'signal.dropped': null,
  'intent.denied': null,
  'policy.updated': ({ policy, changes, rankingOnly }) =>
    rankingOnly
      ? null
      : { version: policy.version, by: policy.updatedBy, reason: policy.reason, changes: withoutNotes(changes) },
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
  'msc.failed': (failure) => failure,
  'msc.rebased': (rebased) => rebased,
  // the scores are in `rankings` and in the policy
  'opportunities.updated': ({ top, ...counts }) => ({
    ...counts,
    best: top.slice(0, NAMED).map(({ symbol }) => symbol),
  }),
  'system.changed': (change) => change,
  'governor.changed': ({ state, from, memory }) => ({ ...state, from, memory }),
  'symbol.unfrozen': (released) => released,
  'keys.changed': (change) => change,
  'place.changed': (change) => change,
  'own_alerts.changed': (change) => change,
  'alert.raised': ({ id, severity, code, about, message }) => ({ id, severity, code, about, message }),
  'alert.cleared': ({ id, code, about }) => ({ id, code, about }),
  'alert.acknowledged': ({ alert: { id, code, about }, by }) => ({ id, code, about, by }),
}

/** MSC's note on its own run has a table of its own. */
const withoutNotes = (
  changes: StationEvents['policy.updated']['changes'],
): StationEvents['policy.updated']['changes'] => changes.filter(({ path }) => path !== 'evaluation')

/** Null: the journal keeps nothing of it. */
export function journaledData<Type extends StationEventType>(type: Type, event: StationEvents[Type]): unknown {
  const keep = JOURNALED[type]
  return keep === null ? null : keep(event)
}
