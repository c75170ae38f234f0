/** What the orchestrator knows when a batch of signals comes: plain data, filled by the station. */
import type { Exact } from '../model/decimal.ts'
import type { Instrument } from '../model/market.ts'
import type { Volatility } from '../model/regime.ts'
import type { Side } from '../model/signal.ts'
import type { EffectiveLimits, GlobalPolicy } from '../policy/policy.ts'
import type { TradeRecord } from './kelly.ts'
import type { OrchestratorSettings } from './settings.ts'

/** Prices of one symbol; without a book `bid` and `ask` are null. */
export interface Quote {
  readonly last: number
  readonly bid: number | null
  readonly ask: number | null
  readonly mark: number
  /** fraction of the mid price, from the book or estimated; null: not known */
  readonly spread: number | null
}

interface HeldPosition {
  readonly side: Side
  readonly strategyId: string
  readonly quantity: Exact
}

export interface SymbolView extends Quote {
  readonly instrument: Instrument
  /** mean of the last 20 fills against the price each was decided at, fraction, > 0 is worse; null: no fills yet */
  readonly meanSlippage: number | null
  /** null: not enough bars, taken as NORMAL (SPEC §6) */
  readonly volatility: Volatility | null
  /** next funding rate; 0 where there is none */
  readonly fundingRate: number
  readonly position: HeldPosition | null
  readonly hasRestingEntry: boolean
  readonly hasUnknownOrder: boolean
  /** when a position of this side was last stopped out; null: never */
  readonly stoppedOutAt: Readonly<Record<Side, number | null>>
  /** per-symbol adaptation 0.5…1; 1 while it is off */
  readonly sizeMultiplier: number
}

export interface OrchestratorContext {
  readonly now: number
  readonly policy: GlobalPolicy
  /** a ranking exists, even one that left every symbol out; absent: it does if the policy names any symbol */
  readonly isRanked?: boolean
  readonly limits: EffectiveLimits
  readonly settings: OrchestratorSettings
  /** by symbol; undefined: nothing is known of it yet */
  readonly symbols: { get(symbol: string): SymbolView | undefined }
  /** ids of every intent ever decided (as far back as signals can come again) */
  readonly usedIntents: { has(intentId: string): boolean }
  /** symbols that have a position or a resting entry */
  readonly occupiedSlots: number
  /** at mark, USDT */
  readonly equity: number
  /** USDT, reservations deducted */
  readonly freeMargin: number
  /** by strategy; undefined: no trades yet */
  readonly tradeRecords: { get(strategyId: string): TradeRecord | undefined }
  /** strategies with too few trades for a score */
  readonly warmingUp: { has(strategyId: string): boolean }
}
