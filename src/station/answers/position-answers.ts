/** Positions answered: what is open, what was closed, close one, close all. */
import type { StationFacade } from '../facade.ts'
import { answering } from './call.ts'
import { notThere } from './faults.ts'
import { recordQuery } from './record-query.ts'
import { flattenWire } from './station-wire.ts'
import { positionWire, tradeWire } from './trading-wire.ts'

export const positionAnswers = (facade: StationFacade) => ({
  list: answering.positions.list.handler(() => ({ items: facade.positions().map(positionWire), next: null })),
  close: answering.positions.close.handler(({ input, context }) => {
    const result = facade.closePosition(input.symbol, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    return { closing: true as const, trace_id: result.traceId }
  }),
  flatten: answering.positions.flatten.handler(async ({ input, context }) =>
    flattenWire(await facade.flatten(context.actor, input.reason)),
  ),
  lastFlatten: answering.positions.lastFlatten.handler(() => {
    const report = facade.lastFlatten()
    return { report: report && flattenWire(report) }
  }),
  trades: answering.positions.trades.handler(({ input }) => {
    const { items, next } = facade.records.trades(recordQuery(input))
    return { items: items.map(tradeWire), next }
  }),
})
