/** Public answers: clock, contracts, candles, funding. */
import { z } from 'zod'

import { figure, text } from './parts.ts'

export const ServerTime = z.object({ serverTime: figure })

/** A filter has the fields of its type; all others are absent. */
const Filter = z.object({
  filterType: z.string(),
  tickSize: text.optional(),
  stepSize: text.optional(),
  minQty: text.optional(),
  maxQty: text.optional(),
  notional: text.optional(),
  multiplierUp: figure.optional(),
})

export const ContractRow = z.object({
  symbol: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  marginAsset: z.string(),
  contractType: z.string(),
  status: z.string(),
  onboardDate: figure,
  deliveryDate: figure,
  liquidationFee: figure.optional(),
  filters: z.array(Filter),
})
export type ContractRow = z.infer<typeof ContractRow>

/** Rows stay unread: one odd contract must not hide the others. */
export const ExchangeInfo = z.object({ serverTime: figure.optional(), symbols: z.array(z.unknown()) })

export const BracketRow = z.object({
  symbol: z.string(),
  brackets: z.array(
    z.object({
      initialLeverage: figure,
      notionalCap: figure,
      notionalFloor: figure,
      maintMarginRatio: figure,
      cum: figure,
    }),
  ),
})
export type BracketRow = z.infer<typeof BracketRow>

export const FundingInfoRow = z.object({ symbol: z.string(), fundingIntervalHours: figure })

/** `markPrice` may be an empty text */
export const FundingRateRow = z.object({
  symbol: z.string(),
  fundingTime: figure,
  fundingRate: figure,
  markPrice: z.coerce.number().optional(),
})
export type FundingRateRow = z.infer<typeof FundingRateRow>

/** open time, o, h, l, c, volume, close time, quote volume, and more that is not used */
export const KlineRow = z.tuple([figure, figure, figure, figure, figure, figure, figure, figure], z.unknown())
export type KlineRow = z.infer<typeof KlineRow>
