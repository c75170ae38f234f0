/** The state of the whole market: a vote of all tradable symbols, weighted by √(24 h quote volume) (SPEC §6). */
import type { Regime, SymbolState, Volatility } from '../model/regime.ts'

/** null where no symbol has a voice yet. */
export interface GlobalState {
  readonly regime: Regime | null
  readonly volatility: Volatility | null
}

/** Most defensive first: a tie goes to the earlier. */
const REGIME_CAUTION: readonly Regime[] = ['LOW_LIQUIDITY', 'CHOPPY', 'RANGING', 'BEAR_TRENDING', 'BULL_TRENDING']
const VOLATILITY_CAUTION: readonly Volatility[] = ['EXTREME', 'HIGH', 'NORMAL', 'LOW']

/** Weights closer than this part of the winner's are equal: the order of adding must not decide. */
const TIE = 1e-12

/** Symbols without a class abstain, those without a known volume too. */
export function globalState(symbols: Iterable<SymbolState>): GlobalState {
  const regimes = new Map<Regime, number>()
  const volatilities = new Map<Volatility, number>()
  for (const { regime, volatility, quoteVolume24h } of symbols) {
    if (quoteVolume24h === null) continue
    const weight = Math.sqrt(quoteVolume24h)
    if (regime !== null) regimes.set(regime, (regimes.get(regime) ?? 0) + weight)
    if (volatility !== null) volatilities.set(volatility, (volatilities.get(volatility) ?? 0) + weight)
  }
  return { regime: winner(regimes, REGIME_CAUTION), volatility: winner(volatilities, VOLATILITY_CAUTION) }
}

function winner<Class>(weights: ReadonlyMap<Class, number>, caution: readonly Class[]): Class | null {
  let most: Class | null = null
  let mostWeight = 0
  for (const candidate of caution) {
    const weight = weights.get(candidate)
    if (weight === undefined) continue
    if (most !== null && weight - mostWeight <= TIE * weight) continue
    most = candidate
    mostWeight = weight
  }
  return most
}
