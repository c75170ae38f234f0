/** Positions: what is open, what was closed, close one, close all. */
import { z } from 'zod'

import { NOT_FOUND } from './errors.ts'
import { control, read } from './procedure.ts'
import { Position, Trade } from './trading-shapes.ts'
import { Instant, Money, PageQuery, pageOf, Reason, SymbolName } from './values.ts'

const tags = ['positions']

const Held = z.object({ symbol: z.string(), quantity: Money })

/** A flatten proves itself: `proven` only when the venue has shown zero. */
export const FlattenReport = z.object({
  trace_id: z.string(),
  started_at: Instant,
  finished_at: Instant.nullable(),
  flat_after_ms: z.number().nullable(),
  cancelled: z.array(z.string()),
  closed: z.array(Held),
  remaining: z.array(Held),
  proven: z.boolean(),
})
export type FlattenReport = z.infer<typeof FlattenReport>

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
    .input(z.strictObject({ reason: Reason }))
    .output(FlattenReport),
  lastFlatten: read
    .route({ method: 'GET', path: '/api/positions/flatten', tags, summary: 'The report of the last flatten' })
    .output(z.object({ report: FlattenReport.nullable() })),
  trades: read
    .route({ method: 'GET', path: '/api/trades', tags, summary: 'Closed positions, newest first' })
    .input(PageQuery)
    .output(pageOf(Trade)),
}
