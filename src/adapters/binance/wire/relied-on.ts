/** What the contract canary wants to see in the exchange's answers: stricter than what is needed to read them. */
import { z } from 'zod'

import { figure, money, text, yes } from './parts.ts'

const RateLimit = z.object({
  rateLimitType: z.string(),
  interval: z.string(),
  intervalNum: figure,
  limit: figure,
})

export const ReliedInfo = z.object({
  serverTime: figure,
  rateLimits: z.array(RateLimit),
  symbols: z.array(z.looseObject({ symbol: z.string(), status: z.string() })).min(1),
})

const Filter = z.looseObject({ filterType: z.string() })

export const ReliedContract = z.object({
  symbol: z.string(),
  contractType: z.string(),
  marginAsset: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  onboardDate: figure,
  deliveryDate: figure,
  liquidationFee: figure,
  orderTypes: z.array(z.string()),
  timeInForce: z.array(z.string()),
  filters: z.array(Filter),
})
export type ReliedContract = z.infer<typeof ReliedContract>

const above = money.refine((value) => value.gt(0), 'must be above 0')

/** By type: what the rules of an order are made of. */
export const RELIED_FILTERS = {
  PRICE_FILTER: z.object({ tickSize: above }),
  LOT_SIZE: z.object({ stepSize: above, minQty: above, maxQty: above }),
  MARKET_LOT_SIZE: z.object({ maxQty: above }),
  MIN_NOTIONAL: z.object({ notional: above }),
  PERCENT_PRICE: z.object({ multiplierUp: above, multiplierDown: above }),
} as const

export const PremiumIndex = z.object({
  symbol: z.string(),
  markPrice: above,
  lastFundingRate: money,
  nextFundingTime: figure,
})

export const CommissionRate = z.object({
  symbol: z.string(),
  makerCommissionRate: figure,
  takerCommissionRate: figure,
})

export const FeeBurn = z.object({ feeBurn: yes })

export const PositionModes = z.array(z.looseObject({ symbol: text, positionSide: z.string() }))
