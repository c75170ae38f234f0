/** How near an isolated position is to its liquidation: maintenance margin ÷ margin balance (SPEC §4). */
import { bracketOf } from '../model/leverage.ts'
import type { LeverageBracket } from '../model/market.ts'
import { signOf, type Side } from '../model/signal.ts'

export interface MarginTerms {
  readonly side: Side
  readonly quantity: number
  readonly entry: number
  readonly mark: number
  /** isolated margin, USDT */
  readonly margin: number
  readonly brackets: readonly LeverageBracket[]
}

/** A ratio from which nothing is left to say: the exchange has liquidated, or is about to. */
const GONE = 1

/** 1 at the liquidation price and beyond; 0 where the exchange asks for no maintenance margin. */
export function marginRatio({ side, quantity, entry, mark, margin, brackets }: MarginTerms): number {
  const notional = quantity * mark
  const bracket = bracketOf(brackets, notional) ?? brackets.at(-1)
  if (bracket === undefined) return 0
  const maintenance = Math.max(0, notional * bracket.maintenanceRate - bracket.cum)
  const balance = margin + (mark - entry) * quantity * signOf(side)
  return balance > 0 ? Math.min(GONE, maintenance / balance) : GONE
}
