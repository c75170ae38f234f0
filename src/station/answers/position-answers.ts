/** Positions answered: what is open, what was closed, close one, close all. */
import { exact } from '../../core/model/decimal.ts'
import type { StationFacade } from '../facade.ts'
import { answering } from './call.ts'
import { denied, notThere, refused } from './faults.ts'
import { recordQuery } from './record-query.ts'
import { denialWire, drillWire, flattenWire } from './station-wire.ts'
import { positionWire, tradeWire } from './trading-wire.ts'
import { iso } from './wire-values.ts'

export const positionAnswers = (facade: StationFacade) => ({
  list: answering.positions.list.handler(() => ({ items: facade.positions().map(positionWire), next: null })),
  close: answering.positions.close.handler(({ input, context }) => {
    const result = facade.closePosition(input.symbol, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    return { closing: true as const, trace_id: result.traceId }
  }),
  flatten: answering.positions.flatten.handler(async ({ input, context }) =>
    flattenWire(await facade.flatten(context.actor, input.reason, input.include_foreign)),
  ),
  lastFlatten: answering.positions.lastFlatten.handler(() => {
    const report = facade.lastFlatten()
    return { report: report && flattenWire(report) }
  }),
  drill: answering.positions.drill.handler(({ input }) => drillWire(facade.flattenDrill(input.include_foreign))),
  adopt: answering.positions.adopt.handler(({ input, context }) => {
    const { symbol, stop_price: stop, take_profit_price: target } = input
    const plan = { stopPrice: exact(stop), takeProfitPrice: target === undefined ? null : exact(target) }
    const result = facade.foreign.adopt(symbol, plan, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    if (result.outcome === 'refused') throw refused(result.reason)
    if (result.outcome === 'denied') throw denied(denialWire(result))
    return { adopted: true as const, trace_id: result.traceId }
  }),
  closeForeign: answering.positions.closeForeign.handler(({ input, context }) => {
    const result = facade.foreign.close(input.symbol, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    return { closing: true as const, trace_id: result.traceId }
  }),
  frozen: answering.positions.frozen.handler(() => ({
    items: facade.foreign.frozen().map(({ symbol, reason, since }) => ({ symbol, reason, since: iso(since) })),
  })),
  unfreeze: answering.positions.unfreeze.handler(({ input, context }) => {
    const result = facade.foreign.unfreeze(input.symbol, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    return { released: true as const }
  }),
  trades: answering.positions.trades.handler(({ input }) => {
    const { items, next } = facade.records.trades(recordQuery(input))
    return { items: items.map(tradeWire), next }
  }),
})
