/** One symbol of the list: its contract and what the station knows of its market; prices are read where they are shown. */
import type { Instrument, SymbolState } from '../../../../contract/market.ts'

export interface SymbolRow extends SymbolState {
  readonly instrument: Instrument
}

export const REGIME_WORDS: Readonly<Record<NonNullable<SymbolState['regime']>, string>> = {
  BULL_TRENDING: 'Bull trend',
  BEAR_TRENDING: 'Bear trend',
  RANGING: 'Ranging',
  CHOPPY: 'Choppy',
  LOW_LIQUIDITY: 'Low liquidity',
}

/** for narrow columns */
export const REGIME_SHORT: Readonly<Record<NonNullable<SymbolState['regime']>, string>> = {
  BULL_TRENDING: 'Bull',
  BEAR_TRENDING: 'Bear',
  RANGING: 'Range',
  CHOPPY: 'Choppy',
  LOW_LIQUIDITY: 'Thin',
}

export const VOLATILITY_WORDS: Readonly<Record<NonNullable<SymbolState['volatility']>, string>> = {
  LOW: 'Low',
  NORMAL: 'Normal',
  HIGH: 'High',
  EXTREME: 'Extreme',
}

/** LOW 0 … EXTREME 3; not known: NaN, which sorts last */
export const volatilityRank = ({ volatility }: SymbolState): number =>
  volatility === null ? Number.NaN : Object.keys(VOLATILITY_WORDS).indexOf(volatility)

/** Rows whose facts have not changed stay the same objects, so that they are not drawn again. */
export function joinedRows(
  before: readonly SymbolRow[],
  instruments: ReadonlyMap<string, Instrument>,
  states: readonly SymbolState[],
): readonly SymbolRow[] {
  const known = new Map(before.map((row) => [row.symbol, row]))
  return states.flatMap((state) => {
    const instrument = instruments.get(state.symbol)
    if (instrument === undefined) return []
    const row = { ...state, instrument }
    const old = known.get(state.symbol)
    return [old !== undefined && isSame(old, row) ? old : row]
  })
}

const isSame = (a: SymbolRow, b: SymbolRow): boolean =>
  (Object.keys(b) as (keyof SymbolRow)[]).every((key) => a[key] === b[key])
