/** Why something was not done: closed sets of codes with the numbers inside, data all the way to the screen. */
import type { IntentId, SignalId, TraceId } from './ids.ts'

/** Dropped: the orchestrator's no (SPEC §8), in the order they are looked at. */
export const DROP_REASONS = [
  'expired',
  'duplicate',
  'confidence_below_required',
  'strategy_not_allowed',
  'symbol_not_allowed',
  'not_ranked',
  'symbol_busy',
  'opposite_position',
  'no_position',
  'cooldown',
  'volatility_extreme',
  'conflicting_signals',
  'no_free_slot',
  'price_ran_away',
  'size_zero',
  'data_not_ready',
] as const
export type DropReason = (typeof DROP_REASONS)[number]

/** Denied: the risk guard's no (SPEC §3), in the order of its checks. */
export const DENIAL_CODES = [
  'emergency',
  'symbol_not_allowed',
  'price_invalid',
  'entry_too_far',
  'price_stale',
  'new_positions_disabled',
  'strategy_not_allowed',
  'confidence_below_threshold',
  'max_leverage',
  'liquidation_buffer',
  'stop_invalid',
  'max_risk_per_trade',
  'cost_too_high',
  'position_cap',
  'max_order_notional',
  'max_positions',
  'max_daily_trades',
  'order_rate',
  'daily_drawdown',
  'max_daily_loss',
  'gross_exposure',
  'symbol_exposure',
  'heat',
  'correlation_cap',
  'exchange_filter',
  'below_minimum',
  'not_reducing',
  'risk_state_unavailable',
] as const
export type DenialCode = (typeof DENIAL_CODES)[number]

/** Who set a limit: the profile of the mode, the policy, the governor, configuration, or the exchange. */
export interface LimitSource {
  readonly kind: 'profile' | 'policy' | 'governor' | 'config' | 'exchange'
  readonly actor: string
  readonly version: number
}

export interface Denied {
  readonly outcome: 'denied'
  readonly code: DenialCode
  /** 1…15, the check of SPEC §3 */
  readonly check: number
  readonly limit: number | string | null
  readonly actual: number | string | null
  readonly source: LimitSource
  readonly policyVersion: number
  readonly traceId: TraceId
  readonly intentId: IntentId
  /** one sentence in the trader's language, with the numbers */
  readonly sentence: string
}

export interface Dropped {
  readonly outcome: 'dropped'
  readonly reason: DropReason
  readonly limit: number | string | null
  readonly actual: number | string | null
  readonly policyVersion: number
  readonly traceId: TraceId
  /** null: a wish that came from no signal */
  readonly signalId: SignalId | null
  readonly sentence: string
}
