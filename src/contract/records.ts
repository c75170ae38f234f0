/** The journal: signals, decisions with their reasons, events, alerts, and how many rows there are. */
import { z } from 'zod'

import { NOT_FOUND } from './errors.ts'
import { Alert, Event } from './events.ts'
import { read } from './procedure.ts'
import { Decision, Hindsight, Signal } from './trading-shapes.ts'
import { Id, pageFilters, pageOf, PageQuery } from './values.ts'

const tags = ['records']

export const records = {
  signals: read
    .route({ method: 'GET', path: '/api/signals', tags, summary: 'Signals, newest first' })
    .input(PageQuery)
    .output(pageOf(Signal)),
  decisions: read
    .route({ method: 'GET', path: '/api/decisions', tags, summary: 'Decisions, newest first' })
    .input(
      z.strictObject({
        ...pageFilters,
        outcome: z.enum(['approved', 'dropped', 'denied']).optional(),
        code: Id.optional(),
      }),
    )
    .output(pageOf(Decision)),
  decision: read
    .errors(NOT_FOUND)
    .route({ method: 'GET', path: '/api/decisions/{id}', tags, summary: 'Why: one decision, step by step' })
    .input(z.strictObject({ id: Id }))
    .output(Decision),
  hindsight: read
    .errors(NOT_FOUND)
    .route({
      method: 'GET',
      path: '/api/decisions/{id}/hindsight',
      tags,
      summary: 'What an entry that was not taken would have made; null: it was taken, or candles are missing',
    })
    .input(z.strictObject({ id: Id }))
    .output(z.object({ hindsight: Hindsight.nullable() })),
  events: read
    .route({ method: 'GET', path: '/api/events', tags, summary: 'What happened, newest first' })
    .input(z.strictObject({ ...pageFilters, type: Id.optional() }))
    .output(pageOf(Event)),
  alerts: read
    .route({ method: 'GET', path: '/api/alerts', tags, summary: 'Alerts, newest first' })
    .input(PageQuery)
    .output(pageOf(Alert)),
  counts: read
    .route({ method: 'GET', path: '/api/counts', tags, summary: 'Rows of each table of the journal' })
    .output(z.object({ counts: z.record(z.string(), z.number()) })),
}
