/** The components that a symbol's candles alone decide: trend strength, volatility quality, low noise (SPEC §7). */
import { type BarColumns, STEP_DOWN, STEP_UP } from './bar-columns.ts'
import type { RankerSettings } from './settings.ts'

const HOURS_PER_DAY = 24

/** 0.5·alignment + 0.3·min(20·|EMA50 ÷ EMA50₋₂₀ − 1|, 1) + 0.2·the larger share of steps up or down. */
export function trendStrength(columns: BarColumns, slot: number, settings: RankerSettings): number {
  const { slopeFactor, windowBars, alignmentShare, slopeShare, stepsShare } = settings
  const { ring, fastEmas, steps } = columns
  const base = slot * ring
  const last = columns.bars[slot]! - 1
  const fast = columns.fastEma[slot]!
  const before = fastEmas[base + ((last - windowBars) & (ring - 1))]!
  let up = 0
  let down = 0
  for (let bar = last - windowBars + 2; bar <= last; bar++) {
    const step = steps[base + (bar & (ring - 1))]!
    if (step === STEP_UP) up++
    else if (step === STEP_DOWN) down++
  }
  const aligned = alignment(columns.close[slot]!, fast, columns.slowEma[slot]!, settings)
  const slope = Math.min(slopeFactor * Math.abs(fast / before - 1), 1)
  return alignmentShare * aligned + slopeShare * slope + (stepsShare * Math.max(up, down)) / (windowBars - 1)
}

function alignment(price: number, fast: number, slow: number, settings: RankerSettings): number {
  if ((price > fast && fast > slow) || (price < fast && fast < slow)) return settings.alignedOrdered
  if ((price > fast && price > slow) || (price < fast && price < slow)) return settings.alignedSameSide
  return settings.alignedBetween
}

/** 0.8·level of the daily ATR % + 0.2·(1 − min(σ ÷ μ of the last 20 ATRs, 1)); where nothing moves it is 0. */
export function volatilityQuality(columns: BarColumns, slot: number, settings: RankerSettings): number {
  const { windowBars, levelShare, steadyShare } = settings
  const { ring, atrs } = columns
  const base = slot * ring
  const bars = columns.bars[slot]!
  let sum = 0
  for (let bar = bars - windowBars; bar < bars; bar++) sum += atrs[base + (bar & (ring - 1))]!
  if (sum === 0) return 0
  const mean = sum / windowBars
  let squares = 0
  for (let bar = bars - windowBars; bar < bars; bar++) squares += (atrs[base + (bar & (ring - 1))]! - mean) ** 2
  const unsteady = Math.min(Math.sqrt(squares / windowBars) / mean, 1)
  const atrPct = ((100 * columns.atr[slot]!) / columns.close[slot]!) * Math.sqrt(HOURS_PER_DAY)
  return levelShare * level(atrPct, settings) + steadyShare * (1 - unsteady)
}

function level(atrPct: number, { fullFromAtrPct, fullToAtrPct, noneAtrPct }: RankerSettings): number {
  if (atrPct < fullFromAtrPct) return atrPct / fullFromAtrPct
  if (atrPct <= fullToAtrPct) return 1
  return Math.max((noneAtrPct - atrPct) / (noneAtrPct - fullToAtrPct), 0)
}

/** 0.3·(1 − wick share) + 0.4·min(1.5·body share, 1) + 0.3·(1 − min(σ(returns) ÷ 0.05, 1)) over the last 20 bars. */
export function lowNoise(columns: BarColumns, slot: number, settings: RankerSettings): number {
  const { windowBars, wickShare, bodyShare, returnShare, bodyFactor, noisyDeviation } = settings
  const { ring, bodies, ranges, returns } = columns
  const base = slot * ring
  const bars = columns.bars[slot]!
  let body = 0
  let range = 0
  let sum = 0
  for (let bar = bars - windowBars; bar < bars; bar++) {
    const at = base + (bar & (ring - 1))
    body += bodies[at]!
    range += ranges[at]!
    sum += returns[at]!
  }
  const mean = sum / windowBars
  let squares = 0
  for (let bar = bars - windowBars; bar < bars; bar++) squares += (returns[base + (bar & (ring - 1))]! - mean) ** 2
  const bodied = range === 0 ? 0 : body / range
  const noisy = Math.min(Math.sqrt(squares / windowBars) / noisyDeviation, 1)
  // without wicks is as much as body, so `1 − wick share` is the body share
  return wickShare * bodied + bodyShare * Math.min(bodyFactor * bodied, 1) + returnShare * (1 - noisy)
}
