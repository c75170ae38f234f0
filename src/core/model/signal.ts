/** What a strategy says (SPEC §8). */
import type { SignalId, TraceId } from './ids.ts'
import type { Interval } from './interval.ts'

export type Side = 'LONG' | 'SHORT'

export const opposite = (side: Side): Side => (side === 'LONG' ? 'SHORT' : 'LONG')
/** +1 for LONG, −1 for SHORT */
export const signOf = (side: Side): 1 | -1 => (side === 'LONG' ? 1 : -1)

/** A stop that follows the price: it trails the best price since activation by `callback` (fraction). */
export interface Trailing {
  readonly activationPrice: number | null
  readonly callback: number
}

export interface Signal {
  readonly id: SignalId
  readonly kind: 'ENTRY' | 'EXIT'
  readonly strategyId: string
  readonly symbol: string
  readonly side: Side
  /** 0…1 */
  readonly confidence: number
  /** close of the bar that made it */
  readonly price: number
  readonly stopPrice: number
  readonly takeProfitPrice: number | null
  readonly trailing: Trailing | null
  readonly ttlMs: number
  /** the numbers the strategy saw, for the journal and the why view */
  readonly features: Readonly<Record<string, number>>
  readonly modelVersion: string | null
  readonly interval: Interval
  /** open time of the bar that made it */
  readonly bar: number
  /** close time of that bar */
  readonly createdAt: number
  readonly traceId: TraceId
}
