/** What kind of market a symbol is in (SPEC §6), from measures of its closed 1 h candles. */
import type { Regime } from '../model/regime.ts'
import type { MarketSettings } from './settings.ts'

/** NaN where there are not enough bars yet. */
export interface RegimeMeasures {
  readonly adx: number
  readonly fastEma: number
  readonly slowEma: number
  /** |c − c₂₄| ÷ Σ|Δc| over 24 bars, 0…1 */
  readonly efficiency: number
  readonly quoteVolume24h: number
  /** fraction of the price */
  readonly spread: number
}

/** Illiquidity shows from the first bar on; the other regimes only when every measure has its bars, before that null. */
export function regimeOf(measures: RegimeMeasures, settings: MarketSettings): Regime | null {
  const { adx, fastEma, slowEma, efficiency, quoteVolume24h, spread } = measures
  if (quoteVolume24h < settings.lowLiquidityVolume || spread > settings.lowLiquiditySpread) return 'LOW_LIQUIDITY'
  if (Number.isNaN(adx + fastEma + slowEma + efficiency)) return null
  const gap = fastEma / slowEma - 1
  if (adx >= settings.trendAdx && Math.abs(gap) >= settings.trendGap) {
    return gap > 0 ? 'BULL_TRENDING' : 'BEAR_TRENDING'
  }
  return adx < settings.choppyAdx && efficiency < settings.choppyEfficiency ? 'CHOPPY' : 'RANGING'
}
