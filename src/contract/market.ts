/** What the market says: instruments, prices, candles, regimes, and the strategies that watch them. Bulk data is columns. */
import { z } from 'zod'

import { NOT_FOUND } from './errors.ts'
import { read } from './procedure.ts'
import { Instant, IntervalName, numberFrom, SymbolName } from './values.ts'

const tags = ['market']

export const Instrument = z.object({
  symbol: z.string(),
  base_asset: z.string(),
  quote_asset: z.string(),
  status: z.string(),
  contract_type: z.string(),
  onboard_at: Instant,
  delivery_at: Instant.nullable(),
  tick_size: z.string(),
  step_size: z.string(),
  min_quantity: z.string(),
  max_quantity: z.string(),
  max_market_quantity: z.string(),
  min_notional: z.string(),
  maker_fee: z.number(),
  taker_fee: z.number(),
  max_leverage: z.number(),
  funding_interval_hours: z.number(),
})
export type Instrument = z.infer<typeof Instrument>

/** One array per column, all of one length; times are epoch ms. A missing figure is null. */
export const QuoteColumns = z.object({
  symbol: z.array(z.string()),
  at_ms: z.array(z.number()),
  last: z.array(z.number()),
  bid: z.array(z.number().nullable()),
  ask: z.array(z.number().nullable()),
  mark: z.array(z.number().nullable()),
})
export type QuoteColumns = z.infer<typeof QuoteColumns>

/** Closed candles, oldest first, as columns; `open_ms` is the epoch ms of each bar's beginning. */
export const CandleColumns = z.object({
  open_ms: z.array(z.number()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
  volume: z.array(z.number()),
  quote_volume: z.array(z.number()),
})
export type CandleColumns = z.infer<typeof CandleColumns>

export const SymbolState = z.object({
  symbol: z.string(),
  regime: z.enum(['BULL_TRENDING', 'BEAR_TRENDING', 'RANGING', 'CHOPPY', 'LOW_LIQUIDITY']).nullable(),
  volatility: z.enum(['LOW', 'NORMAL', 'HIGH', 'EXTREME']).nullable(),
  atr_pct: z.number().nullable(),
  quote_volume_24h: z.number().nullable(),
  spread: z.number().nullable(),
  spread_is_estimate: z.boolean(),
  /** of the last settlement that was told, signed: above 0 longs pay shorts */
  funding_rate: z.number().nullable(),
  next_funding_at: Instant.nullable(),
})
export type SymbolState = z.infer<typeof SymbolState>

export const MarketState = z.object({
  /** the vote of all tradable symbols; null: none has a voice yet */
  regime: SymbolState.shape.regime,
  volatility: SymbolState.shape.volatility,
  tradable: z.number().int(),
  /** tradable symbols whose spread is told by a book, and those whose spread is estimated from their volume */
  spreads_told: z.number().int(),
  spreads_estimated: z.number().int(),
  /** volumes in USDT are worked out of those in coins */
  quote_volumes_estimated: z.boolean(),
})
export type MarketState = z.infer<typeof MarketState>

const Strategy = z.object({
  id: z.string(),
  description: z.string(),
  interval: IntervalName,
  status: z.enum(['LIVE']),
  /** by the policy's lists */
  allowed: z.boolean(),
})

/** Of the registry of learning models. */
const Model = z.object({
  name: z.string(),
  version: z.string(),
  status: z.enum(['TRAINING', 'SHADOW', 'LIVE', 'RETIRED']),
  /** chosen by the policy's `model_versions` */
  in_use: z.boolean(),
})

export const market = {
  instruments: read
    .route({ method: 'GET', path: '/api/instruments', tags, summary: 'Contracts and their rules' })
    .output(z.object({ items: z.array(Instrument), next: z.null() })),
  quotes: read
    .route({ method: 'GET', path: '/api/quotes', tags, summary: 'Latest prices of every symbol, as columns' })
    .output(z.object({ columns: QuoteColumns })),
  candles: read
    .errors(NOT_FOUND)
    .route({ method: 'GET', path: '/api/candles', tags, summary: 'Latest closed candles of a symbol, as columns' })
    .input(
      z.strictObject({
        symbol: SymbolName,
        interval: IntervalName,
        limit: numberFrom(z.number().int().min(1).max(5000)).default(500),
      }),
    )
    .output(z.object({ symbol: z.string(), interval: IntervalName, columns: CandleColumns })),
  symbols: read
    .route({ method: 'GET', path: '/api/symbols', tags, summary: 'Regime, volatility, volume and spread per symbol' })
    .output(z.object({ items: z.array(SymbolState), next: z.null() })),
  state: read
    .route({
      method: 'GET',
      path: '/api/market/state',
      tags,
      summary: 'Regime and volatility of the whole market, and what of it is told or estimated',
    })
    .output(MarketState),
  strategies: read
    .route({ method: 'GET', path: '/api/strategies', tags, summary: 'Strategies and whether the policy allows them' })
    .output(z.object({ items: z.array(Strategy), next: z.null() })),
  models: read
    .route({ method: 'GET', path: '/api/models', tags, summary: 'Learning models; none until one has been trained' })
    .output(z.object({ items: z.array(Model), next: z.null() })),
}
