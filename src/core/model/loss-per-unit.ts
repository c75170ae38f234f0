/** What one unit of quantity loses at its stop, costs included (SPEC §3.9): the figure of guard, heat and sizing. Float64, USDT. */
import { type Side, signOf } from './signal.ts'

export interface LossTerms {
  readonly side: Side
  /** price it is, or would be, entered at */
  readonly entry: number
  readonly stop: number
  /** fraction, paid on the way in and on the way out */
  readonly takerFee: number
  /** fraction lost to slippage when the stop fills */
  readonly slippage: number
  /** next funding rate, signed as the exchange tells it; 0 where there is none */
  readonly fundingRate: number
}

/** Fraction of the notional that `side` pays at the next funding; 0 when it receives. */
export const paidFunding = (side: Side, fundingRate: number): number => Math.max(0, signOf(side) * fundingRate)

/** (d + both taker fees + slippage + next funding if paid) × entry, with d = |entry − stop| ÷ entry. NaN in, NaN out. */
export function lossPerUnit({ side, entry, stop, takerFee, slippage, fundingRate }: LossTerms): number {
  return Math.abs(entry - stop) + entry * (2 * takerFee + slippage + paidFunding(side, fundingRate))
}

/**
 * What one unit of an open position still loses from the mark price to its stop: only the fee on the way out is left.
 * A stop beyond the mark on the winning side loses its costs at most, never less than nothing.
 */
export function openLossPerUnit(terms: Omit<LossTerms, 'entry'> & { readonly mark: number }): number {
  const { side, mark, stop, takerFee, slippage, fundingRate } = terms
  return Math.max(0, signOf(side) * (mark - stop) + mark * (takerFee + slippage + paidFunding(side, fundingRate)))
}
