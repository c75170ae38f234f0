/** The whole-number leverage a stop distance bears, and where the exchange would liquidate (SPEC §3.8). Float64. */
import type { LeverageBracket } from './market.ts'
import type { Side } from './signal.ts'

export interface LeverageTerms {
  /** most that profile and governor allow */
  readonly limit: number
  /** d = |entry − stop| ÷ entry */
  readonly stopDistance: number
  readonly bracket: LeverageBracket
  readonly liquidationFee: number
  /** how many stop distances away the liquidation must stay */
  readonly stopMultiple: number
  readonly reserve: number
}

/** The bracket a notional falls into; undefined above the last one: the exchange allows no such position. */
export function bracketOf(brackets: readonly LeverageBracket[], notional: number): LeverageBracket | undefined {
  return brackets.find((bracket) => notional >= bracket.notionalFloor && notional <= bracket.notionalCap)
}

/** min(limit, bracket's maximum, ⌊1 ÷ (multiple·d + maintenance rate + liquidation fee + reserve)⌋); below 1: none is safe. */
export function wholeLeverage(terms: LeverageTerms): number {
  const { limit, stopDistance, bracket, liquidationFee, stopMultiple, reserve } = terms
  const safe = 1 / (stopMultiple * stopDistance + bracket.maintenanceRate + liquidationFee + reserve)
  return Math.floor(Math.min(limit, bracket.maxLeverage, safe))
}

export interface LiquidationTerms {
  readonly side: Side
  readonly entry: number
  readonly quantity: number
  readonly leverage: number
  readonly bracket: LeverageBracket
}

/**
 * Mark price at which an isolated position of margin entry × quantity ÷ leverage falls to its maintenance margin
 * (notional × rate − cum). Not above zero: a long that cannot be liquidated.
 */
export function liquidationPrice({ side, entry, quantity, leverage, bracket }: LiquidationTerms): number {
  const cushion = bracket.cum / quantity
  return side === 'LONG'
    ? (entry * (1 - 1 / leverage) - cushion) / (1 - bracket.maintenanceRate)
    : (entry * (1 + 1 / leverage) + cushion) / (1 + bracket.maintenanceRate)
}

/** How far the liquidation is away from the entry, as a fraction of it; negative: at once. */
export function liquidationDistance(terms: LiquidationTerms): number {
  const away = liquidationPrice(terms) / terms.entry - 1
  return terms.side === 'LONG' ? -away : away
}
