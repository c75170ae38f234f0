/** Positions: what is open, what was closed, close one, close all. */
import { z } from 'zod'

import { DENIED, NOT_FOUND, REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { Position, Trade } from './trading-shapes.ts'
import { booleanFrom, Instant, Money, PageQuery, pageOf, PositionSide, Reason, SymbolName } from './values.ts'

const tags = ['positions']

const Held = z.object({ symbol: z.string(), quantity: Money })

/** What a flatten did to one position. */
const FlattenLine = Held.extend({
  side: PositionSide,
  /** its reduce-only orders, tried again until it was gone */
  client_order_ids: z.array(z.string()),
  filled_quantity: Money,
  /** average; null: nothing has filled */
  fill_price: Money.nullable(),
  /** from the flatten's begin to its last fill; null: not closed */
  closed_after_ms: z.number().nullable(),
})

/** The venue's own words that end a flatten. */
const FlattenProof = z.object({ at: Instant, positions: z.number().int(), open_orders: z.number().int() })

/** A flatten proves itself: `proven` only when the venue has shown zero. */
export const FlattenReport = z.object({
  trace_id: z.string(),
  started_at: Instant,
  finished_at: Instant.nullable(),
  flat_after_ms: z.number().nullable(),
  cancelled: z.array(z.string()),
  closed: z.array(FlattenLine),
  remaining: z.array(Held),
  /** not ours, left alone */
  untouched: z.array(Held),
  /** closes sent beyond the first of each position */
  retries: z.number().int(),
  /** the last look at the venue since it began; null: none answered yet */
  proof: FlattenProof.nullable(),
  proven: z.boolean(),
})
export type FlattenReport = z.infer<typeof FlattenReport>

/** What a flatten would do now, nothing done; `include_foreign`: one that closes positions that are not ours too. */
export const FlattenDrill = z.object({
  at: Instant,
  cancels: z.array(z.object({ client_order_id: z.string(), symbol: z.string(), purpose: z.string(), quantity: Money })),
  closes: z.array(
    Held.extend({
      side: PositionSide,
      mark_price: z.number(),
      /** USDT at the mark */
      notional: z.number(),
      /** as many orders as the exchange's market lot asks for */
      orders: z.array(Money),
    }),
  ),
  /** not ours, left alone */
  untouched: z.array(Held),
  /** messages to the exchange, the look that proves it included */
  requests: z.number().int(),
  /** of the exchange's request weight */
  weight: z.number().int(),
  /** from the last answers to our orders */
  expected_ms: z.number(),
  /** why it could not be carried out now; null: it could */
  obstacle: z.string().nullable(),
})
export type FlattenDrill = z.infer<typeof FlattenDrill>

const FrozenSymbol = z.object({ symbol: z.string(), reason: z.string(), since: Instant })

/** far above any price in USDT, far below where floats lose whole numbers */
const triggerPrice = z.number().gt(0).max(1e12)
const OneSymbol = z.strictObject({ symbol: SymbolName })

export const positions = {
  list: read
    .route({ method: 'GET', path: '/api/positions', tags, summary: 'Open positions with their profit and protection' })
    .output(pageOf(Position)),
  close: control
    .errors(NOT_FOUND)
    .route({
      method: 'POST',
      path: '/api/positions/{symbol}/close',
      tags,
      summary: 'Close a position',
      successStatus: 202,
    })
    .input(z.strictObject({ symbol: SymbolName }))
    .output(z.object({ closing: z.literal(true), trace_id: z.string() })),
  flatten: control
    .route({ method: 'POST', path: '/api/positions/flatten', tags, summary: 'Cancel and close everything, with proof' })
    .input(z.strictObject({ reason: Reason, include_foreign: z.boolean().default(false) }))
    .output(FlattenReport),
  lastFlatten: read
    .route({ method: 'GET', path: '/api/positions/flatten', tags, summary: 'The report of the last flatten' })
    .output(z.object({ report: FlattenReport.nullable() })),
  drill: read
    .route({
      method: 'GET',
      path: '/api/positions/flatten/drill',
      tags,
      summary: 'What a flatten would do now: orders, closes, weight, time',
    })
    .input(z.strictObject({ include_foreign: booleanFrom().default(false) }))
    .output(FlattenDrill),
  adopt: control
    .errors({ ...NOT_FOUND, ...REFUSED, ...DENIED })
    .route({
      method: 'POST',
      path: '/api/positions/{symbol}/adopt',
      tags,
      summary: 'Make a foreign position ours and protect it at once',
      successStatus: 202,
    })
    .input(z.strictObject({ symbol: SymbolName, stop_price: triggerPrice, take_profit_price: triggerPrice.optional() }))
    .output(z.object({ adopted: z.literal(true), trace_id: z.string() })),
  closeForeign: control
    .errors(NOT_FOUND)
    .route({
      method: 'POST',
      path: '/api/positions/{symbol}/close_foreign',
      tags,
      summary: 'Close a position that no order of ours opened',
      successStatus: 202,
    })
    .input(OneSymbol)
    .output(z.object({ closing: z.literal(true), trace_id: z.string() })),
  frozen: read
    .route({ method: 'GET', path: '/api/positions/frozen', tags, summary: 'Symbols that take no entries, and why' })
    .output(z.object({ items: z.array(FrozenSymbol) })),
  unfreeze: control
    .errors(NOT_FOUND)
    .route({
      method: 'POST',
      path: '/api/positions/{symbol}/unfreeze',
      tags,
      summary: 'Accept a foreign change of our position: the symbol takes entries again',
    })
    .input(OneSymbol)
    .output(z.object({ released: z.literal(true) })),
  trades: read
    .route({ method: 'GET', path: '/api/trades', tags, summary: 'Closed positions, newest first' })
    .input(PageQuery)
    .output(pageOf(Trade)),
}
