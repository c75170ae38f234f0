/** What is wanted, ordered, filled, held and closed, as it is told. Money is decimal text. */
import { z } from 'zod'

import { Figure, Instant, IntervalName, Money, PositionSide } from './values.ts'

/** A stop that follows the price by `callback`, a fraction, once the activation price was seen. */
const Trailing = z.object({ activation_price: z.number().nullable(), callback: z.number() })

export const OrderState = z.enum([
  'INTENT',
  'DENIED',
  'SUBMITTED',
  'OPEN',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'UNKNOWN',
  'FAILED',
])

export const Order = z.object({
  client_order_id: z.string(),
  venue_order_id: z.string().nullable(),
  intent_id: z.string(),
  trace_id: z.string(),
  strategy_id: z.string(),
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  position_side: PositionSide,
  purpose: z.enum(['ENTRY', 'STOP', 'TAKE_PROFIT', 'TRAILING', 'CLOSE']),
  type: z.enum(['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET']),
  time_in_force: z.enum(['GTC', 'IOC', 'FOK', 'GTX']).nullable(),
  state: OrderState,
  reason: z.string().nullable(),
  quantity: Money,
  filled_quantity: Money,
  price: Money.nullable(),
  average_price: Money,
  trigger_price: Money.nullable(),
  activation_price: Money.nullable(),
  callback: z.number().nullable(),
  reduce_only: z.boolean(),
  /** of a CLOSE: why the position is closed */
  exit_reason: z.string().nullable(),
  leverage: z.number().nullable(),
  policy_version: z.number().int(),
  created_at: Instant,
  updated_at: Instant,
  /** somebody else's on this account: shown and counted, cancelled only by a person (`orders.cancelForeign`) */
  is_foreign: z.boolean(),
})
export type Order = z.infer<typeof Order>

export const Fill = z.object({
  id: z.string(),
  client_order_id: z.string(),
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  price: Money,
  quantity: Money,
  fee: Money,
  liquidity: z.enum(['MAKER', 'TAKER']),
  at: Instant,
  trace_id: z.string(),
  strategy_id: z.string(),
})
export type Fill = z.infer<typeof Fill>

/**
 * One order (or set of orders) that should guard a position, as the venue has it. `placing`: sent, not confirmed;
 * `live`: the venue holds exactly what it should; `moving`: an earlier one stands while the new one takes its place;
 * `triggering`: its price was reached and it does not fill yet; `missing`: the venue holds none.
 */
const ProtectionLeg = z.object({
  role: z.enum(['STOP', 'TAKE_PROFIT', 'TRAILING']),
  state: z.enum(['placing', 'live', 'moving', 'triggering', 'missing']),
  /** of this state */
  since: Instant.nullable(),
  /** where it should trigger; null for a trailing stop */
  price: Money.nullable(),
  client_order_ids: z.array(z.string()),
})
export type ProtectionLeg = z.infer<typeof ProtectionLeg>

/** An open position with what the market says of it now. */
export const Position = z.object({
  symbol: z.string(),
  side: PositionSide,
  quantity: Money,
  entry_price: Money,
  mark_price: z.number(),
  leverage: z.number(),
  unrealised: Money,
  realised: Money,
  fees: Money,
  funding: Money,
  stop_price: Money,
  initial_stop_price: Money,
  take_profit_price: Money.nullable(),
  trailing: Trailing.nullable(),
  /** fraction of the mark */
  stop_distance: z.number(),
  /** USDT, fees not counted */
  loss_at_stop: z.number(),
  is_protected: z.boolean(),
  /** since when no stop of its full quantity stands at the venue; null: one does */
  unprotected_since: Instant.nullable(),
  /** what should guard it, the stop first; of a foreign position the stop alone */
  protection: z.array(ProtectionLeg),
  /** so far without a live stop of its full quantity, all gaps together */
  naked_seconds: z.number(),
  /** when the venue's own list last showed its stop; null: not yet */
  protection_verified_at: Instant.nullable(),
  /** no order of ours opened it: counted, alarmed if without a stop, and left alone until a person adopts or closes it */
  is_foreign: z.boolean(),
  /** why its symbol takes no entries until a person releases it (`positions.unfreeze`); null: it is not frozen */
  frozen: z.string().nullable(),
  liquidation_price: z.number().nullable(),
  strategy_id: z.string(),
  intent_id: z.string(),
  trace_id: z.string(),
  policy_version: z.number().int(),
  opened_at: Instant,
})
export type Position = z.infer<typeof Position>

/** A closed position; `profit` = realised − fees + funding. */
export const Trade = z.object({
  id: z.string(),
  intent_id: z.string(),
  trace_id: z.string(),
  symbol: z.string(),
  side: PositionSide,
  strategy_id: z.string(),
  policy_version: z.number().int(),
  risk_mode: z.string(),
  quantity: Money,
  entry_price: Money,
  exit_price: Money,
  opened_at: Instant,
  closed_at: Instant,
  realised: Money,
  fees: Money,
  funding: Money,
  profit: Money,
  r_multiple: z.number(),
  exit_reason: z.string(),
})
export type Trade = z.infer<typeof Trade>

export const LedgerEntry = z.object({
  id: z.string(),
  kind: z.enum(['DEPOSIT', 'WITHDRAWAL', 'REALISED', 'FEE', 'FUNDING', 'LIQUIDATION_FEE', 'ADJUSTMENT']),
  amount: Money,
  symbol: z.string().nullable(),
  at: Instant,
  trace_id: z.string().nullable(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** The account at one instant. NAV is the unit price; drawdown is 1 − NAV ÷ its high of the UTC day. */
export const Account = z.object({
  at: Instant,
  balance: Money,
  unrealised: Money,
  equity: Money,
  units: Money,
  nav: z.number(),
  nav_high_today: z.number(),
  nav_high_24h: z.number(),
  nav_high_ever: z.number(),
  drawdown: z.number(),
  free_margin: z.number(),
})
export type Account = z.infer<typeof Account>

export const Signal = z.object({
  id: z.string(),
  kind: z.enum(['ENTRY', 'EXIT']),
  strategy_id: z.string(),
  symbol: z.string(),
  side: PositionSide,
  confidence: z.number(),
  price: z.number(),
  stop_price: z.number(),
  take_profit_price: z.number().nullable(),
  trailing: Trailing.nullable(),
  ttl_ms: z.number(),
  features: z.record(z.string(), z.number()),
  model_version: z.string().nullable(),
  interval: IntervalName,
  bar_at: Instant,
  created_at: Instant,
  trace_id: z.string(),
})
export type Signal = z.infer<typeof Signal>

/** One step of the staircase from signal to order: what it saw, what it allows, who set that. */
export const DecisionStep = z.object({
  step: z.string(),
  passed: z.boolean(),
  actual: Figure,
  limit: Figure,
  source: z.string().nullable(),
})

/** What became of one symbol × strategy × bar, or of one manual wish, and the first gate that stopped it. */
export const Decision = z.object({
  id: z.string(),
  at: Instant,
  trace_id: z.string(),
  signal_id: z.string().nullable(),
  intent_id: z.string().nullable(),
  strategy_id: z.string(),
  symbol: z.string(),
  side: z.string(),
  kind: z.enum(['ENTRY', 'EXIT', 'MANUAL', 'PROTECT', 'FLATTEN']),
  bar_at: Instant.nullable(),
  outcome: z.enum(['approved', 'dropped', 'denied']),
  gate: z.enum(['orchestrator', 'guard']).nullable(),
  code: z.string().nullable(),
  limit: Figure,
  actual: Figure,
  source: z.string().nullable(),
  policy_version: z.number().int(),
  confidence: z.number().nullable(),
  ranking: z.number().nullable(),
  sentence: z.string(),
  steps: z.array(DecisionStep),
})
export type Decision = z.infer<typeof Decision>

/** What an entry that was not taken would have made by its own stop and target, after fees, until now. */
export const Hindsight = z.object({
  end: z.enum(['STOP', 'TARGET', 'OPEN']),
  entry_price: z.number(),
  exit_price: z.number(),
  at: Instant,
  /** fraction of its notional */
  share: z.number(),
  /** the same in R; null: it would have entered beyond its stop */
  multiple: z.number().nullable(),
})
export type Hindsight = z.infer<typeof Hindsight>
