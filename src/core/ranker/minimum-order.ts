/** Whether the exchange's smallest order of a symbol is small enough for this account (SPEC §7, §3.15). */
import type { Instrument } from '../model/market.ts'

export interface OrderMinima {
  /** USDT */
  readonly minNotional: number
  /** base asset */
  readonly minQuantity: number
  readonly step: number
}

export const minimaOf = (instrument: Instrument): OrderMinima => ({
  minNotional: Number(instrument.minNotional),
  minQuantity: Number(instrument.minQuantity),
  step: Number(instrument.stepSize),
})

/** USDT the exchange takes at least for an entry at this price, whole steps of the quantity. */
export function leastNotional({ minNotional, minQuantity, step }: OrderMinima, price: number): number {
  // of float division: 5 ÷ 0.1 must be 50 steps, not 51
  const steps = Math.ceil(minNotional / price / step - FLOAT_NOISE)
  return Math.max(minQuantity, steps * step) * price
}

const FLOAT_NOISE = 1e-9

/** What the account may put into one entry. */
export interface AccountRoom {
  readonly equity: number
  /** most notional of one position, USDT */
  readonly sizeCap: number
  /** fraction of the equity that may be lost at the stop */
  readonly maxRisk: number
  /** the nearest stop that the guard lets through, fraction of the entry */
  readonly minStopDistance: number
  /** both taker fees and slippage, fraction of the notional */
  readonly exitCosts: number
}

/** The largest entry this account may ever make: by its size cap, and by its risk with the nearest stop there may be. */
export function largestNotional({ equity, sizeCap, maxRisk, minStopDistance, exitCosts }: AccountRoom): number {
  return Math.min(sizeCap, (maxRisk * equity) / (minStopDistance + exitCosts))
}
