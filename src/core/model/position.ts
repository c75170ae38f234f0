/** What is held, what was closed, and what moved the balance. */
import type { Exact } from './decimal.ts'
import type { IntentId, TradeId, TraceId } from './ids.ts'
import type { Side, Trailing } from './signal.ts'

/** One net position per symbol (one-way mode). */
export interface Position {
  readonly symbol: string
  readonly side: Side
  /** > 0, base asset */
  readonly quantity: Exact
  /** average entry, not rounded: cost ÷ quantity */
  readonly entryPrice: Exact
  readonly leverage: number
  readonly strategyId: string
  readonly intentId: IntentId
  readonly traceId: TraceId
  readonly policyVersion: number
  readonly openedAt: number
  /** all that was ever entered, closed parts included: base asset and Σ price × quantity */
  readonly enteredQuantity: Exact
  readonly enteredCost: Exact
  /** of the protective stop as first placed; zero: none is known (a foreign position) */
  readonly initialStopPrice: Exact
  readonly stopPrice: Exact
  readonly takeProfitPrice: Exact | null
  readonly trailing: Trailing | null
  /** booked so far on this position: price gains of partial closes, fees paid, funding received (+) or paid (−) */
  readonly realised: Exact
  readonly fees: Exact
  readonly funding: Exact
}

/** Why a position ended. */
export type ExitReason =
  | 'STOP'
  | 'TAKE_PROFIT'
  | 'TRAILING'
  | 'SIGNAL'
  | 'MANUAL'
  | 'FLATTEN'
  | 'LIQUIDATION'
  | 'UNPROTECTED'
  | 'FOREIGN'

/** A closed position. `profit` = realised − fees + funding. */
export interface Trade {
  readonly id: TradeId
  readonly intentId: IntentId
  readonly traceId: TraceId
  readonly symbol: string
  readonly side: Side
  readonly strategyId: string
  readonly policyVersion: number
  readonly riskMode: string
  readonly quantity: Exact
  readonly entryPrice: Exact
  readonly exitPrice: Exact
  readonly openedAt: number
  readonly closedAt: number
  readonly realised: Exact
  readonly fees: Exact
  readonly funding: Exact
  readonly profit: Exact
  /** profit ÷ (|entry − initial stop| × quantity) */
  readonly rMultiple: number
  readonly exitReason: ExitReason
}

export type LedgerKind = 'DEPOSIT' | 'WITHDRAWAL' | 'REALISED' | 'FEE' | 'FUNDING' | 'LIQUIDATION_FEE' | 'ADJUSTMENT'

/** One movement of the wallet balance; `amount` is signed, USDT. */
export interface LedgerEntry {
  readonly id: string
  readonly kind: LedgerKind
  readonly amount: Exact
  readonly symbol: string | null
  readonly at: number
  readonly traceId: TraceId | null
}

/** The account at one instant. NAV is the unit price: equity ÷ units (SPEC, Units). */
export interface AccountState {
  readonly at: number
  readonly balance: Exact
  readonly unrealised: Exact
  readonly equity: Exact
  readonly units: Exact
  readonly nav: number
  /** high of NAV since 00:00 UTC, over the last 24 h, and ever */
  readonly navHighToday: number
  readonly navHigh24h: number
  readonly navHighEver: number
  /** 1 − nav ÷ its high of the UTC day */
  readonly drawdown: number
  /** USDT free for new margin */
  readonly freeMargin: number
}
