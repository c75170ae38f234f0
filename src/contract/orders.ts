/** Orders: place one by hand (or try it), look at them, cancel one. */
import { z } from 'zod'

import { DENIED, NOT_FOUND, REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { Fill, Order, OrderState } from './trading-shapes.ts'
import {
  evenIfFieldsAreBad,
  Id,
  pageFilters,
  pageOf,
  PageQuery,
  PositionSide,
  PositiveDecimal,
  SymbolName,
} from './values.ts'

const tags = ['orders']
/** far above any price or notional in USDT, far below where floats lose whole numbers */
const MOST_USDT = 1e12
const price = z.number().gt(0).max(MOST_USDT)

const oneSize = (order: { readonly quantity?: unknown; readonly notional_usd?: unknown }): boolean =>
  (order.quantity === undefined) !== (order.notional_usd === undefined)

const somethingNew = (change: { readonly limit_price?: unknown; readonly quantity?: unknown }): boolean =>
  change.limit_price !== undefined || change.quantity !== undefined

/** A manual entry: sized by `quantity` (base asset) or `notional_usd`, always with a stop. */
const ManualOrder = z
  .strictObject({
    symbol: SymbolName,
    side: PositionSide,
    quantity: PositiveDecimal.optional(),
    notional_usd: price.optional(),
    /** none: at the market, as an aggressive limit */
    limit_price: price.optional(),
    stop_price: price,
    take_profit_price: price.optional(),
    leverage: z.number().int().min(1).max(125).optional(),
    dry_run: z.boolean().default(false),
  })
  .refine(oneSize, {
    path: ['quantity'],
    error: 'give exactly one of quantity and notional_usd',
    when: evenIfFieldsAreBad,
  })

const ManualAnswer = z.object({
  dry_run: z.boolean(),
  trace_id: z.string(),
  /** null for a dry run */
  client_order_id: z.string().nullable(),
  quantity: z.string(),
  price: z.string(),
  leverage: z.number(),
  /** fraction of NAV lost if the stop is hit, costs included */
  risk_fraction: z.number(),
})

export const orders = {
  place: control
    .errors({ ...DENIED, ...NOT_FOUND, ...REFUSED })
    .route({ method: 'POST', path: '/api/trades', tags, summary: 'Open a position by hand', successStatus: 201 })
    .input(ManualOrder)
    .output(ManualAnswer),
  list: read
    .route({ method: 'GET', path: '/api/orders', tags, summary: 'Orders, newest first' })
    .input(z.strictObject({ ...pageFilters, state: OrderState.optional() }))
    .output(pageOf(Order)),
  working: read
    .route({ method: 'GET', path: '/api/orders/working', tags, summary: 'Orders that have not ended' })
    .output(pageOf(Order)),
  cancel: control
    .errors(NOT_FOUND)
    .route({
      method: 'POST',
      path: '/api/orders/{client_order_id}/cancel',
      tags,
      summary: 'Cancel an order',
      successStatus: 202,
    })
    .input(z.strictObject({ client_order_id: Id }))
    .output(z.object({ cancelling: z.literal(true) })),
  cancelForeign: control
    .errors(NOT_FOUND)
    .route({
      method: 'POST',
      path: '/api/orders/foreign/cancel',
      tags,
      summary: 'Cancel an order that is not ours',
      successStatus: 202,
    })
    .input(z.strictObject({ symbol: SymbolName, client_order_id: Id }))
    .output(z.object({ cancelling: z.literal(true) })),
  replace: control
    .errors({ ...DENIED, ...NOT_FOUND, ...REFUSED })
    .route({
      method: 'POST',
      path: '/api/orders/{client_order_id}/replace',
      tags,
      summary: 'Move a resting entry: it is cancelled, and what is left of it sent anew through the guard',
      successStatus: 202,
    })
    .input(
      z
        .strictObject({ client_order_id: Id, limit_price: price.optional(), quantity: PositiveDecimal.optional() })
        .refine(somethingNew, {
          path: ['limit_price'],
          error: 'give limit_price, quantity or both',
          when: evenIfFieldsAreBad,
        }),
    )
    .output(z.object({ replacing: z.literal(true), trace_id: z.string() })),
  fills: read
    .route({ method: 'GET', path: '/api/fills', tags, summary: 'Fills, newest first' })
    .input(PageQuery)
    .output(pageOf(Fill)),
}
