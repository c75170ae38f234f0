/** The components that one figure of the market decides: liquidity, regime fit, spread, cost to hold (SPEC §7). */
import type { Regime } from '../model/regime.ts'
import type { RankerSettings } from './settings.ts'

/** `volume`: 24 h quote volume, USDT. */
export function liquidity(volume: number, { lowVolume, fullVolume, lowVolumeValue }: RankerSettings): number {
  if (volume < lowVolume) return (lowVolumeValue * volume) / lowVolume
  if (volume > fullVolume) return 1
  return lowVolumeValue + ((1 - lowVolumeValue) * (volume - lowVolume)) / (fullVolume - lowVolume)
}

const isTrending = (regime: Regime | null): boolean => regime === 'BULL_TRENDING' || regime === 'BEAR_TRENDING'

/** How the symbol's regime goes with the whole market's; null: not known. */
export function regimeFit(global: Regime | null, own: Regime | null, settings: RankerSettings): number {
  if (isTrending(global)) {
    if (!isTrending(own)) return settings.fitNotTrending
    return own === global ? settings.fitWith : settings.fitAgainst
  }
  const isCalm = global === 'CHOPPY' || global === 'RANGING'
  return isCalm && !isTrending(own) ? settings.fitCalm : settings.fitElse
}

/** `spread`: fraction of the price. */
export function spreadQuality(spread: number, { tightSpread, wideSpread, wideSpreadValue }: RankerSettings): number {
  if (spread <= tightSpread) return 1
  if (spread >= wideSpread) return wideSpreadValue
  return 1 - ((1 - wideSpreadValue) * (spread - tightSpread)) / (wideSpread - tightSpread)
}

/** What a position costs that is opened and closed by taking; rates are fractions of its notional. */
export interface HoldCosts {
  readonly spread: number
  readonly takerFee: number
  /** of one hour, signed as funding is; which side pays is not known, so its size counts */
  readonly fundingPerHour: number
  /** notional of the order, USDT */
  readonly size: number
  /** USDT over 24 h */
  readonly quoteVolume24h: number
}

/** 1 − min(cost ÷ the cost that is too much, 1); cost = spread + two fees + impact both ways + funding over the hold. */
export function costToHold(costs: HoldCosts, { holdHours, impactCoefficient, costNone }: RankerSettings): number {
  const { spread, takerFee, fundingPerHour, size, quoteVolume24h } = costs
  const impact = size === 0 ? 0 : impactCoefficient * Math.sqrt(size / quoteVolume24h)
  const cost = spread + 2 * takerFee + 2 * impact + holdHours * Math.abs(fundingPerHour)
  return 1 - Math.min(cost / costNone, 1)
}
