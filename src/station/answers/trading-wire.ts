/** Orders, fills, positions, trades, the account and its ledger, signals and decisions as the contract tells them. */
import type * as Told from '../../contract/trading-shapes.ts'
import type { Hindsight } from '../../core/analytics/hindsight.ts'
import type { Order } from '../../core/model/order.ts'
import type { AccountState, LedgerEntry, Trade } from '../../core/model/position.ts'
import type { Signal, Trailing } from '../../core/model/signal.ts'
import type { DecisionRow, JournalTables } from '../../core/ports/journal.ts'
import { FOREIGN } from '../books.ts'
import type { LivePosition, ProtectionLeg } from '../station-values.ts'
import { iso, isoOrNull, money, moneyOrNull } from './wire-values.ts'

const trailingWire = (trailing: Trailing | null): Told.Signal['trailing'] =>
  trailing && { activation_price: trailing.activationPrice, callback: trailing.callback }

export const orderWire = (order: Order): Told.Order => ({
  client_order_id: order.clientOrderId,
  venue_order_id: order.venueOrderId,
  intent_id: order.intentId,
  trace_id: order.traceId,
  strategy_id: order.strategyId,
  symbol: order.symbol,
  side: order.side,
  position_side: order.positionSide,
  purpose: order.purpose,
  type: order.type,
  time_in_force: order.timeInForce,
  state: order.state,
  reason: order.reason,
  quantity: money(order.quantity),
  filled_quantity: money(order.filledQuantity),
  price: moneyOrNull(order.price),
  average_price: money(order.averagePrice),
  trigger_price: moneyOrNull(order.triggerPrice),
  activation_price: moneyOrNull(order.activationPrice),
  callback: order.callback,
  reduce_only: order.reduceOnly,
  exit_reason: order.exitReason,
  leverage: order.leverage,
  policy_version: order.policyVersion,
  created_at: iso(order.createdAt),
  updated_at: iso(order.updatedAt),
  is_foreign: order.strategyId === FOREIGN,
})

export const fillWire = (fill: JournalTables['fills']): Told.Fill => ({
  id: fill.id,
  client_order_id: fill.clientOrderId,
  symbol: fill.symbol,
  side: fill.side,
  price: money(fill.price),
  quantity: money(fill.quantity),
  fee: money(fill.fee),
  liquidity: fill.liquidity,
  at: iso(fill.at),
  trace_id: fill.traceId,
  strategy_id: fill.strategyId,
})

const legWire = ({ role, state, since, price, clientOrderIds }: ProtectionLeg): Told.ProtectionLeg => ({
  role,
  state,
  since: isoOrNull(since),
  price: moneyOrNull(price),
  client_order_ids: [...clientOrderIds],
})

export const positionWire = (position: LivePosition): Told.Position => ({
  symbol: position.symbol,
  side: position.side,
  quantity: money(position.quantity),
  entry_price: money(position.entryPrice),
  mark_price: position.mark,
  leverage: position.leverage,
  unrealised: money(position.unrealised),
  realised: money(position.realised),
  fees: money(position.fees),
  funding: money(position.funding),
  stop_price: money(position.stopPrice),
  initial_stop_price: money(position.initialStopPrice),
  take_profit_price: moneyOrNull(position.takeProfitPrice),
  trailing: trailingWire(position.trailing),
  stop_distance: position.stopDistance,
  loss_at_stop: position.lossAtStop,
  is_protected: position.isProtected,
  unprotected_since: isoOrNull(position.unprotectedSince),
  protection: position.protection.map(legWire),
  naked_seconds: position.nakedSeconds,
  protection_verified_at: isoOrNull(position.verifiedAt),
  is_foreign: position.isForeign,
  frozen: position.frozen,
  liquidation_price: position.liquidationPrice,
  strategy_id: position.strategyId,
  intent_id: position.intentId,
  trace_id: position.traceId,
  policy_version: position.policyVersion,
  opened_at: iso(position.openedAt),
})

export const tradeWire = (trade: Trade): Told.Trade => ({
  id: trade.id,
  intent_id: trade.intentId,
  trace_id: trade.traceId,
  symbol: trade.symbol,
  side: trade.side,
  strategy_id: trade.strategyId,
  policy_version: trade.policyVersion,
  risk_mode: trade.riskMode,
  quantity: money(trade.quantity),
  entry_price: money(trade.entryPrice),
  exit_price: money(trade.exitPrice),
  opened_at: iso(trade.openedAt),
  closed_at: iso(trade.closedAt),
  realised: money(trade.realised),
  fees: money(trade.fees),
  funding: money(trade.funding),
  profit: money(trade.profit),
  r_multiple: trade.rMultiple,
  exit_reason: trade.exitReason,
})

export const ledgerWire = (entry: LedgerEntry): Told.LedgerEntry => ({
  id: entry.id,
  kind: entry.kind,
  amount: money(entry.amount),
  symbol: entry.symbol,
  at: iso(entry.at),
  trace_id: entry.traceId,
})

export const accountWire = (account: AccountState): Told.Account => ({
  at: iso(account.at),
  balance: money(account.balance),
  unrealised: money(account.unrealised),
  equity: money(account.equity),
  units: money(account.units),
  nav: account.nav,
  nav_high_today: account.navHighToday,
  nav_high_24h: account.navHigh24h,
  nav_high_ever: account.navHighEver,
  drawdown: account.drawdown,
  free_margin: account.freeMargin,
})

export const signalWire = (signal: Signal): Told.Signal => ({
  id: signal.id,
  kind: signal.kind,
  strategy_id: signal.strategyId,
  symbol: signal.symbol,
  side: signal.side,
  confidence: signal.confidence,
  price: signal.price,
  stop_price: signal.stopPrice,
  take_profit_price: signal.takeProfitPrice,
  trailing: trailingWire(signal.trailing),
  ttl_ms: signal.ttlMs,
  features: { ...signal.features },
  model_version: signal.modelVersion,
  interval: signal.interval,
  bar_at: iso(signal.bar),
  created_at: iso(signal.createdAt),
  trace_id: signal.traceId,
})

export const decisionWire = (decision: DecisionRow): Told.Decision => ({
  id: decision.id,
  at: iso(decision.at),
  trace_id: decision.traceId,
  signal_id: decision.signalId,
  intent_id: decision.intentId,
  strategy_id: decision.strategyId,
  symbol: decision.symbol,
  side: decision.side,
  kind: decision.kind,
  bar_at: isoOrNull(decision.bar),
  outcome: decision.outcome,
  gate: decision.gate,
  code: decision.code,
  limit: decision.limit,
  actual: decision.actual,
  source: decision.source,
  policy_version: decision.policyVersion,
  confidence: decision.confidence,
  ranking: decision.ranking,
  sentence: decision.sentence,
  steps: [...decision.steps],
})

export const hindsightWire = (told: Hindsight): Told.Hindsight => ({
  end: told.end,
  entry_price: told.entryPrice,
  exit_price: told.exitPrice,
  at: iso(told.at),
  share: told.share,
  multiple: told.multiple,
})
