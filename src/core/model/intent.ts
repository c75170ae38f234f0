/** What somebody wants done, before the risk guard has spoken (SPEC §3, §8). */
import type { Exact } from './decimal.ts'
import type { ClientOrderId, IntentId, SignalId, TraceId } from './ids.ts'
import type { OrderType } from './order.ts'
import type { ExitReason } from './position.ts'
import type { Side, Trailing } from './signal.ts'

interface IntentBase {
  readonly id: IntentId
  readonly traceId: TraceId
  readonly strategyId: string
  readonly symbol: string
  /** side of the position it opens, protects or reduces */
  readonly side: Side
  /** who asked: `strategy:<id>`, `user`, `api:<token>`, `governor`, `executor` */
  readonly actor: string
  readonly createdAt: number
}

/** Opens risk. Sized by the orchestrator, not yet rounded to the exchange's steps. */
export interface EntryIntent extends IntentBase {
  readonly kind: 'ENTRY'
  readonly signalId: SignalId | null
  /** 0…1; 1 for manual */
  readonly confidence: number
  readonly quantity: Exact
  /** the limit price of the entry; entries are never plain market orders */
  readonly price: Exact
  readonly timeInForce: 'GTC' | 'GTX' | 'IOC'
  /** how long a resting entry may rest; 0 for IOC */
  readonly restMs: number
  readonly stopPrice: Exact
  readonly takeProfitPrice: Exact | null
  readonly trailing: Trailing | null
  /** leverage asked for; null: the guard chooses */
  readonly leverage: number | null
  /** expected hold, for funding and cost */
  readonly expectedHoldMs: number
  /** worst price at which what is left after `restMs` is tried again as IOC (SPEC §8 NORMAL); null or absent: it is not */
  readonly followUpPrice?: Exact | null
  /** bar that led to it: one entry per symbol and bar */
  readonly bar: number
}

/** Closes a position or part of it, always reduce-only. */
export interface CloseIntent extends IntentBase {
  readonly kind: 'CLOSE'
  readonly quantity: Exact
  readonly reason: ExitReason
}

/** Places a conditional reduce-only order that guards a position. */
export interface ProtectIntent extends IntentBase {
  readonly kind: 'PROTECT'
  readonly type: Extract<OrderType, 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET'>
  readonly quantity: Exact
  readonly triggerPrice: Exact | null
  readonly trailing: Trailing | null
}

export interface CancelIntent extends IntentBase {
  readonly kind: 'CANCEL'
  readonly clientOrderId: ClientOrderId
}

export type ReducingIntent = CloseIntent | ProtectIntent | CancelIntent
export type Intent = EntryIntent | ReducingIntent
