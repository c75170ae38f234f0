/** An instrument's rules with its decimal texts read once. */
import { exact, type Exact } from '../../core/model/decimal.ts'
import type { Instrument } from '../../core/model/market.ts'

export interface InstrumentRules {
  readonly instrument: Instrument
  readonly tick: Exact
  readonly tickSize: number
  readonly step: Exact
  readonly minQuantity: Exact
  readonly maxQuantity: Exact
  readonly maxMarketQuantity: Exact
  readonly minNotional: Exact
  readonly makerFee: Exact
  readonly takerFee: Exact
  readonly liquidationFee: Exact
}

export function instrumentRules(instrument: Instrument): InstrumentRules {
  return {
    instrument,
    tick: exact(instrument.tickSize),
    tickSize: Number(instrument.tickSize),
    step: exact(instrument.stepSize),
    minQuantity: exact(instrument.minQuantity),
    maxQuantity: exact(instrument.maxQuantity),
    maxMarketQuantity: exact(instrument.maxMarketQuantity),
    minNotional: exact(instrument.minNotional),
    makerFee: exact(instrument.makerFee),
    takerFee: exact(instrument.takerFee),
    liquidationFee: exact(instrument.liquidationFee),
  }
}
