/** Orders: place one by hand (or try it), look at them, cancel one. */
import { z } from 'zod'

import { Denial } from './denial.ts'
import { DENIED, NOT_FOUND, REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { DecisionStep, Fill, Order, OrderState } from './trading-shapes.ts'
import {
  evenIfFieldsAreBad,
  Id,
  Instant,
  Money,
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

const sizedOnce = {
  path: ['quantity'],
  error: 'give exactly one of quantity and notional_usd',
  when: evenIfFieldsAreBad,
}

const wish = {
  symbol: SymbolName,
  side: PositionSide,
  quantity: PositiveDecimal.optional(),
  notional_usd: price.optional(),
  /** none: at the market, as an aggressive limit */
  limit_price: price.optional(),
  stop_price: price,
  take_profit_price: price.optional(),
  leverage: z.number().int().min(1).max(125).optional(),
}

/** A manual entry: sized by `quantity` (base asset) or `notional_usd`, always with a stop. */
const ManualOrder = z.strictObject({ ...wish, dry_run: z.boolean().default(false) }).refine(oneSize, sizedOnce)

/** What a manual entry would come to, USDT where no unit is said. */
const EntryFigures = z.object({
  asked_quantity: Money,
  /** rounded down to the exchange's step: what is sent */
  quantity: Money,
  price: Money,
  notional: z.number(),
  /** 0: none is safe */
  leverage: z.number(),
  /** the entry fee included; null: no leverage is safe */
  margin: z.number().nullable(),
  entry_fee: z.number(),
  /** fraction of the entry price; null: there is no usable stop */
  stop_distance: z.number().nullable(),
  /** costs included */
  loss_at_stop: z.number().nullable(),
  /** loss_at_stop as a fraction of equity */
  risk_fraction: z.number().nullable(),
  /** the most that each limit alone allows, the tightest first */
  most: z.array(
    z.object({ limit: z.enum(['risk', 'size_cap', 'order_notional', 'free_margin', 'exchange']), quantity: Money }),
  ),
})
export type EntryFigures = z.infer<typeof EntryFigures>

/** What the guard says of a manual entry; nothing is sent, kept or reserved. */
export const EntryPreview = z.object({
  at: Instant,
  policy_version: z.number().int(),
  /** null: it would be approved */
  denial: Denial.nullable(),
  /** the guard's fifteen checks as far as they were made, each figure with its limit and who set it */
  steps: z.array(DecisionStep),
  /** null: something that it is measured by is not known, which the denial says */
  figures: EntryFigures.nullable(),
})
export type EntryPreview = z.infer<typeof EntryPreview>

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
  preview: control
    .route({
      method: 'POST',
      path: '/api/trades/preview',
      tags,
      summary: 'What the guard says of a position by hand, check by check, and what it would come to',
    })
    .input(z.strictObject(wish).refine(oneSize, sizedOnce))
    .output(EntryPreview),
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
