/** The components that a symbol's candles alone decide: trend strength, volatility quality, low noise (SPEC §7). */
import type { BarColumns } from './bar-columns.ts'
import type { RankerSettings } from './settings.ts'

const ROOT_OF_DAY = Math.sqrt(24)

/** 0.5·alignment + 0.3·min(20·|EMA50 ÷ EMA50₋₂₀ − 1|, 1) + 0.2·the larger share of steps up or down. */
export function trendStrength(columns: BarColumns, slot: number, settings: RankerSettings): number {
  const { slopeFactor, windowBars, alignmentShare, slopeShare, stepsShare } = settings
  const fast = columns.fastEma[slot]!
  const steps = windowBars - 1
  const ofWindow = 2 ** steps - 1
  const most = Math.max(bitsOf(columns.upSteps[slot]! & ofWindow), bitsOf(columns.downSteps[slot]! & ofWindow))
  const aligned = alignment(columns.close[slot]!, fast, columns.slowEma[slot]!, settings)
  const slope = Math.min(slopeFactor * Math.abs(fast / columns.fastEmaBefore[slot]! - 1), 1)
  return alignmentShare * aligned + slopeShare * slope + (stepsShare * most) / steps
}

/** How many bits are set, below 2³¹. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

function alignment(price: number, fast: number, slow: number, settings: RankerSettings): number {
  if ((price > fast && fast > slow) || (price < fast && fast < slow)) return settings.alignedOrdered
  if ((price > fast && price > slow) || (price < fast && price < slow)) return settings.alignedSameSide
  return settings.alignedBetween
}

/**
 * Population deviation from the sums of x − k and (x − k)² of `count` values, one of which is k: that one keeps the
 * difference from cancelling.
 */
const deviation = (sum: number, squares: number, count: number): number =>
  Math.sqrt(Math.max(squares - (sum * sum) / count, 0) / count)

/** 0.8·level of the daily ATR % + 0.2·(1 − min(σ ÷ μ of the last 20 ATRs, 1)); where nothing moves it is 0. */
export function volatilityQuality(columns: BarColumns, slot: number, settings: RankerSettings): number {
  const { windowBars, levelShare, steadyShare } = settings
  const { atrs } = columns
  const end = (slot + 1) * windowBars
  const atr = columns.atr[slot]!
  let sum = 0
  let squares = 0
  for (let at = slot * windowBars; at < end; at++) {
    const apart = atrs[at]! - atr
    sum += apart
    squares += apart * apart
  }
  const mean = atr + sum / windowBars
  if (mean === 0) return 0
  const unsteady = Math.min(deviation(sum, squares, windowBars) / mean, 1)
  const atrPct = ((100 * atr) / columns.close[slot]!) * ROOT_OF_DAY
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
  const { bodies, ranges, returns } = columns
  const end = (slot + 1) * windowBars
  const one = returns[end - 1]!
  let body = 0
  let range = 0
  let sum = 0
  let squares = 0
  for (let at = slot * windowBars; at < end; at++) {
    body += bodies[at]!
    range += ranges[at]!
    const apart = returns[at]! - one
    sum += apart
    squares += apart * apart
  }
  const bodied = range === 0 ? 0 : body / range
  const noisy = Math.min(deviation(sum, squares, windowBars) / noisyDeviation, 1)
  // without wicks is as much as body, so `1 − wick share` is the body share
  return wickShare * bodied + bodyShare * Math.min(bodyFactor * bodied, 1) + returnShare * (1 - noisy)
}
