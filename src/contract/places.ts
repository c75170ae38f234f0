/** Where the station trades, where it could trade, and going there: each place has a journal of its own. */
import { z } from 'zod'

import { REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { StationStatus } from './station-shapes.ts'
import { Instant, Reason } from './values.ts'

const tags = ['places']
const count = z.number().int()

/**
 * `simulated`: paper money, made-up prices; `replay`: paper money, a recording; `paper`: paper money, live prices;
 * `venue`: the account of a venue on this machine; `demo`: play money of the exchange; `live`: real money.
 */
export const PLACE_NAMES = ['simulated', 'replay', 'paper', 'venue', 'demo', 'live'] as const
export const PlaceName = z.enum(PLACE_NAMES)
export type PlaceName = z.infer<typeof PlaceName>

/** What must be so before a place can be gone to; those that are not met may be given with `places.go`, but the keys. */
export const PlaceNeed = z.object({
  need: z.enum(['keys', 'max_order_notional_usd', 'max_daily_loss_usd', 'words', 'leave_open', 'address', 'recording']),
  is_met: z.boolean(),
  sentence: z.string(),
})
export type PlaceNeed = z.infer<typeof PlaceNeed>

const Place = z.object({
  place: PlaceName,
  environment: StationStatus.shape.environment,
  /** for people */
  title: z.string(),
  sentence: z.string(),
  is_here: z.boolean(),
  /** false: its settings do not exist here (no venue of this machine, no recording), so it is not shown */
  is_offered: z.boolean(),
  /** it has been traded in before: its journal is there */
  has_journal: z.boolean(),
  needs: z.array(PlaceNeed),
})
export type Place = z.infer<typeof Place>

const LastMove = z.object({
  at: Instant,
  from: PlaceName,
  to: PlaceName,
  /** `came_back`: the new place could not start, and the one before is in force again */
  outcome: z.enum(['arrived', 'came_back']),
  /** why it came back, for people */
  problem: z.string().nullable(),
})
export type LastMove = z.infer<typeof LastMove>

/** What has to be typed, letter by letter, before real money is traded. */
export const LIVE_WORDS = 'TRADE REAL MONEY'

const dollars = z.number().gt(0).max(1_000_000_000)

export const places = {
  get: read
    .route({ method: 'GET', path: '/api/places', tags, summary: 'Where the station is, and what each place needs' })
    .output(
      z.object({
        here: PlaceName,
        /** being gone to now; null: nowhere */
        going_to: PlaceName.nullable(),
        /** why this station cannot be moved at all; null: it can */
        cannot_move: z.string().nullable(),
        open_positions: count,
        working_orders: count,
        /** what becomes of them when they are left; null: nothing is open */
        leave_open_sentence: z.string().nullable(),
        /** to be typed for `live` */
        words: z.string(),
        /** of the policy in force at `live`; null: not set there yet */
        live_limits: z.object({
          max_order_notional_usd: z.number().nullable(),
          max_daily_loss_usd: z.number().nullable(),
        }),
        items: z.array(Place),
        next: z.null(),
        last_move: LastMove.nullable(),
      }),
    ),
  go: control
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/places/go',
      tags,
      summary: 'Stop this place in order and start another; the link comes back by itself',
    })
    .input(
      z.strictObject({
        place: PlaceName,
        reason: Reason.optional(),
        /** for `live`, letter by letter */
        words: Reason.optional(),
        /** leave open positions and working orders as they are */
        leave_open: z.boolean().optional(),
        /** for `live`: written to its policy */
        max_order_notional_usd: dollars.optional(),
        max_daily_loss_usd: dollars.optional(),
      }),
    )
    .output(z.object({ from: PlaceName, going_to: PlaceName })),
}
