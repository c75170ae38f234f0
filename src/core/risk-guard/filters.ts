/** The exchange's steps and limits as decimals, read from their text once per instrument. */
import { type Exact, exact } from '../model/decimal.ts'
import type { Instrument } from '../model/market.ts'

export interface Filters {
  readonly tick: Exact
  readonly step: Exact
  readonly minQuantity: Exact
  readonly maxQuantity: Exact
  readonly minNotional: Exact
}

const read = new WeakMap<Instrument, Filters>()

/** Throws when one of them is no number. */
export function filtersOf(instrument: Instrument): Filters {
  const before = read.get(instrument)
  if (before !== undefined) return before
  const filters = {
    tick: exact(instrument.tickSize),
    step: exact(instrument.stepSize),
    minQuantity: exact(instrument.minQuantity),
    maxQuantity: exact(instrument.maxQuantity),
    minNotional: exact(instrument.minNotional),
  }
  read.set(instrument, filters)
  return filters
}
