/** Orders answered. */
import { exact } from '../../core/model/decimal.ts'
import type { ClientOrderId } from '../../core/model/ids.ts'
import type { StationFacade } from '../facade.ts'
import type { ManualOrder } from '../station-values.ts'
import { answering } from './call.ts'
import { denied, notThere, refused } from './faults.ts'
import { previewWire } from './preview-wire.ts'
import { recordQuery } from './record-query.ts'
import { denialWire } from './station-wire.ts'
import { fillWire, orderWire } from './trading-wire.ts'
import { money } from './wire-values.ts'

interface Wish {
  readonly symbol: string
  readonly side: ManualOrder['side']
  readonly quantity?: string | undefined
  readonly notional_usd?: number | undefined
  readonly limit_price?: number | undefined
  readonly stop_price: number
  readonly take_profit_price?: number | undefined
  readonly leverage?: number | undefined
}

const wishOf = (input: Wish): ManualOrder => ({
  symbol: input.symbol,
  side: input.side,
  quantity: input.quantity === undefined ? null : exact(input.quantity),
  notionalUsd: input.notional_usd ?? null,
  limitPrice: input.limit_price ?? null,
  stopPrice: input.stop_price,
  takeProfitPrice: input.take_profit_price ?? null,
  leverage: input.leverage ?? null,
})

export const orderAnswers = (facade: StationFacade) => ({
  place: answering.orders.place.handler(({ input, context }) => {
    const result = facade.placeManual(wishOf(input), context.actor, input.dry_run)
    if (result.outcome === 'denied') throw denied(denialWire(result))
    return {
      dry_run: result.dryRun,
      trace_id: result.traceId,
      client_order_id: result.clientOrderId,
      quantity: money(result.quantity),
      price: money(result.price),
      leverage: result.leverage,
      risk_fraction: result.riskFraction,
    }
  }),
  preview: answering.orders.preview.handler(({ input, context }) =>
    previewWire(facade.previewManual(wishOf(input), context.actor)),
  ),
  list: answering.orders.list.handler(({ input }) => {
    const { items, next } = facade.records.orders({ ...recordQuery(input), state: input.state })
    return { items: items.map(orderWire), next }
  }),
  working: answering.orders.working.handler(() => ({ items: facade.openOrders().map(orderWire), next: null })),
  cancel: answering.orders.cancel.handler(({ input, context }) => {
    const result = facade.cancelOrder(input.client_order_id as ClientOrderId, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    return { cancelling: true as const }
  }),
  cancelForeign: answering.orders.cancelForeign.handler(({ input, context }) => {
    const result = facade.foreign.cancel(input.symbol, input.client_order_id as ClientOrderId, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    return { cancelling: true as const }
  }),
  replace: answering.orders.replace.handler(({ input, context }) => {
    const { client_order_id: id, limit_price: price, quantity } = input
    const change = {
      price: price === undefined ? null : exact(price),
      quantity: quantity === undefined ? null : exact(quantity),
    }
    const result = facade.replaceOrder(id as ClientOrderId, change, context.actor)
    if (result.outcome === 'not_there') throw notThere(result.what)
    if (result.outcome === 'refused') throw refused(result.reason)
    if (result.outcome === 'denied') throw denied(denialWire(result))
    return { replacing: true as const, trace_id: result.traceId }
  }),
  fills: answering.orders.fills.handler(({ input }) => {
    const { items, next } = facade.records.fills(recordQuery(input))
    return { items: items.map(fillWire), next }
  }),
})
