/** How much of each limit is used now, and how the money of the day stands. Fractions are of the account's net value. */
import { z } from 'zod'

import { LimitSource } from './denial.ts'
import { Instant } from './values.ts'

const Largest = z.object({ symbol: z.string(), value: z.number() }).nullable()
const Limit = z.object({ value: z.number(), source: LimitSource })

export const Usage = z.object({
  at: Instant,
  /** since 00:00 UTC, USDT and fraction; deposits do not count */
  day_profit: z.number(),
  day_return: z.number(),
  /** since the account began; deposits do not count */
  total_return: z.number(),
  /** USDT */
  equity_high_today: z.number(),
  /** symbols with a position or a resting entry, and how many of them only rest */
  slots: z.number().int(),
  resting_entries: z.number().int(),
  /** entries first filled since 00:00 UTC, and those that may still fill */
  entries_today: z.number().int(),
  /** of open positions, from entry to stop, costs included */
  largest_risk: Largest,
  highest_leverage: Largest,
  /** USDT at entry, open or resting */
  largest_position: Largest,
  /** USDT, as the guard applies it to an account of this size */
  position_cap: Limit,
  drawdown: z.number(),
  /** drawdown at which the station stops itself */
  emergency_drawdown: z.number(),
  /** notional of open and resting ÷ equity, all symbols and the largest one */
  gross_exposure: z.number(),
  largest_exposure: Largest,
  /** what is still to lose if every stop is hit, costs included: USDT, fraction, and its limit now */
  heat_usd: z.number(),
  heat: z.number(),
  heat_limit: Limit,
  /** of all positions since the station started */
  unprotected_seconds: z.number(),
})
export type Usage = z.infer<typeof Usage>
