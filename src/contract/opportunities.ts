/** The opportunity ranking: every symbol's score with its components, what was left out and why, on demand and as it would be. */
import { z } from 'zod'

import { NOT_FOUND, REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { Figure, Instant, InstantInput, numberFrom, SymbolName } from './values.ts'

const tags = ['opportunities']

/** The seven components, in the order of every table; each 0…1. */
export const COMPONENTS = [
  'trend_strength',
  'volatility_quality',
  'liquidity',
  'regime_fit',
  'symbol_win_rate',
  'spread',
  'low_noise',
] as const
export const Component = z.enum(COMPONENTS)
export type Component = z.infer<typeof Component>

const Regime = z.enum(['BULL_TRENDING', 'BEAR_TRENDING', 'RANGING', 'CHOPPY', 'LOW_LIQUIDITY'])
const column = z.array(z.number())

/** Weights sum to 1; `cost_to_hold` is optional and 0 unless a person gives it weight. */
const Weights = z.record(z.string().max(80), z.number())

/** Why a symbol is no opportunity although it has a score: the filter, what was found, and its bound. */
const Filtered = z.object({ filter: z.string(), actual: Figure, limit: Figure })

/** One array per column, all of one length, best score first. */
export const RankingColumns = z.object({
  symbol: z.array(z.string()),
  score: column,
  /** place in the ranking before this one, 1 = best; null: it was not in it */
  rank_before: z.array(z.number().int().nullable()),
  trend_strength: column,
  volatility_quality: column,
  liquidity: column,
  regime_fit: column,
  symbol_win_rate: column,
  spread: column,
  low_noise: column,
  /** null unless it has weight */
  cost_to_hold: z.array(z.number().nullable()),
  regime: z.array(Regime.nullable()),
  /** USDT */
  quote_volume_24h: column,
  /** null: it is an opportunity */
  filtered: z.array(Filtered.nullable()),
})
export type RankingColumns = z.infer<typeof RankingColumns>

export const Ranking = z.object({
  /** instant of the station's clock the ranking was made of */
  at: Instant,
  took_ms: z.number(),
  /** whole market, as the components saw it; null: unknown */
  regime: Regime.nullable(),
  weights: Weights,
  min_score: z.number(),
  min_quote_volume_24h: z.number(),
  columns: RankingColumns,
  /** symbols without a score, and why */
  skipped: z.array(z.object({ symbol: z.string(), reason: z.string() })),
})
export type Ranking = z.infer<typeof Ranking>

/** One row of the ranking, for those who want no columns. */
const Opportunity = z.object({
  rank: z.number().int(),
  symbol: z.string(),
  score: z.number(),
  components: z.record(z.string(), z.number()),
  regime: Regime.nullable(),
  quote_volume_24h: z.number(),
  filtered: Filtered.nullable(),
})

const Change = z.strictObject({
  weights: Weights.optional(),
  min_score: z.number().min(0).max(1).optional(),
  min_quote_volume_24h: z.number().min(0).optional(),
})

export const opportunities = {
  list: read
    .route({ method: 'GET', path: '/api/opportunities', tags, summary: 'The best symbols, with their components' })
    .input(z.strictObject({ limit: numberFrom(z.number().int().min(1).max(2000)).default(20) }))
    .output(z.object({ items: z.array(Opportunity), next: z.null(), at: Instant.nullable() })),
  ranking: read
    .route({ method: 'GET', path: '/api/opportunities/ranking', tags, summary: 'The whole last ranking, as columns' })
    .output(
      z.object({
        /** null: none was made yet */
        ranking: Ranking.nullable(),
        enabled: z.boolean(),
        interval_minutes: z.number(),
        next_at: Instant.nullable(),
        running: z.boolean(),
      }),
    ),
  rank: control
    .errors(REFUSED)
    .route({ method: 'POST', path: '/api/opportunities/rank', tags, summary: 'Rank now' })
    .input(z.strictObject({}))
    .output(z.object({ ranking: Ranking })),
  preview: read
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/opportunities/preview',
      tags,
      summary: 'The ranking as it would be with other weights or filters; nothing is written',
    })
    .input(Change)
    .output(z.object({ ranking: Ranking })),
  history: read
    .errors(NOT_FOUND)
    .route({ method: 'GET', path: '/api/opportunities/history', tags, summary: "How a symbol's score went" })
    .input(
      z.strictObject({
        symbol: SymbolName,
        from: InstantInput.optional(),
        to: InstantInput.optional(),
        points: numberFrom(z.number().int().min(2).max(2000)).default(288),
      }),
    )
    .output(z.object({ symbol: z.string(), at_ms: column, score: column })),
  sparklines: read
    .route({ method: 'GET', path: '/api/opportunities/sparklines', tags, summary: 'Latest 1 h closes of many symbols' })
    .input(z.strictObject({ bars: numberFrom(z.number().int().min(2).max(200)).default(48) }))
    .output(z.object({ symbol: z.array(z.string()), closes: z.array(column) })),
}
