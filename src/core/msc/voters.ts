/** The seven voters: what each reads, from where it speaks, and the evidence a defensive vote needs (SPEC §5.2). */
import type { MscRules } from '../policy/policy.ts'
import { falling, rising, type RangeCell, type WordCell } from './cells.ts'
import type { Evidence } from './evidence.ts'
import { shown } from './words.ts'

export type VoterName =
  | 'drawdown'
  | 'win_rate'
  | 'equity_slope'
  | 'regime'
  | 'volatility'
  | 'losing_streak'
  | 'days_since_profit'

interface VoterBase {
  readonly name: VoterName
  /** `%`, `%/day`, `losses`, `days`, empty for words */
  readonly unit: string
  /** abstains while fewer than `evidence.minTrades` trades have closed */
  readonly needsTrades: boolean
  /** why a defensive vote does not count; null: it does. What the evidence does not say counts as present. */
  readonly gate?: (evidence: Evidence, rules: MscRules) => string | null
}

export interface RangeVoter extends VoterBase {
  readonly kind: 'range'
  readonly reading: (evidence: Evidence) => number | null
  readonly cells: (rules: MscRules) => readonly RangeCell[]
}

export interface WordVoter extends VoterBase {
  readonly kind: 'word'
  readonly reading: (evidence: Evidence) => string | null
  readonly cells: (rules: MscRules) => readonly WordCell[]
}

export type Voter = RangeVoter | WordVoter

const drawdown: Voter = {
  kind: 'range',
  name: 'drawdown',
  unit: '%',
  needsTrades: false,
  reading: ({ drawdownPct }) => drawdownPct,
  cells: ({ thresholds: from, weights }) =>
    rising({ at: from.drawdownAggressivePct, own: false }, [
      { at: from.drawdownMildPct, weight: weights.drawdownMild },
      { at: from.drawdownClearPct, weight: weights.drawdownClear },
      { at: from.drawdownSeverePct, weight: weights.drawdownSevere },
    ]),
}

const winRate: Voter = {
  kind: 'range',
  name: 'win_rate',
  unit: '%',
  needsTrades: true,
  reading: ({ winRatePct }) => winRatePct,
  cells: ({ thresholds: below, weights }) =>
    falling({ at: below.winRateAggressivePct, own: true }, [
      { at: below.winRateMildPct, weight: weights.winRateMild },
      { at: below.winRateSeverePct, weight: weights.winRateSevere },
    ]),
  gate: ({ meanR }, { evidence }) =>
    meanR === null || meanR < evidence.poorMeanR
      ? null
      : `mean R is ${shown(meanR)}, a poor win rate counts only below ${shown(evidence.poorMeanR)}`,
}

const equitySlope: Voter = {
  kind: 'range',
  name: 'equity_slope',
  unit: '%/day',
  needsTrades: true,
  reading: ({ slopePct }) => slopePct,
  cells: ({ thresholds: below, weights }) =>
    falling({ at: below.slopeAggressivePct, own: false }, [
      { at: below.slopeMildPct, weight: weights.slopeMild },
      { at: below.slopeSeverePct, weight: weights.slopeSevere },
    ]),
  gate: ({ slopePct, slopeError }, { evidence }) => {
    if (slopePct === null || slopeError === null) return null
    const least = -evidence.slopeErrors * slopeError
    return slopePct < least ? null : `a falling slope counts only below ${shown(least)} %/day, its standard error`
  },
}

const regime: Voter = {
  kind: 'word',
  name: 'regime',
  unit: '',
  needsTrades: false,
  reading: (evidence) => evidence.regime,
  cells: ({ weights }) => [
    { outcome: 'aggressive', weight: 0, words: ['BULL_TRENDING', 'BEAR_TRENDING'] },
    { outcome: 'none', weight: 0, words: ['RANGING'] },
    { outcome: 'defensive', weight: weights.regimeChoppy, words: ['CHOPPY'] },
    { outcome: 'defensive', weight: weights.regimeLowLiquidity, words: ['LOW_LIQUIDITY'] },
  ],
}

const volatility: Voter = {
  kind: 'word',
  name: 'volatility',
  unit: '',
  needsTrades: false,
  reading: (evidence) => evidence.volatility,
  cells: ({ weights }) => [
    { outcome: 'none', weight: 0, words: ['LOW', 'NORMAL'] },
    { outcome: 'defensive', weight: weights.volatilityHigh, words: ['HIGH'] },
    { outcome: 'defensive', weight: weights.volatilityExtreme, words: ['EXTREME'] },
  ],
}

const losingStreak: Voter = {
  kind: 'range',
  name: 'losing_streak',
  unit: 'losses',
  needsTrades: true,
  reading: (evidence) => evidence.losingStreak,
  cells: ({ thresholds: from, weights }) =>
    rising(null, [
      { at: from.streakMild, weight: weights.streakMild },
      { at: from.streakSevere, weight: weights.streakSevere },
    ]),
  gate: ({ winRatePct, losingStreak: losses }, { evidence }) => {
    if (winRatePct === null || losses === null) return null
    const chance = (1 - winRatePct / 100) ** losses
    const words = `such a streak has a chance of ${shown(chance)} at this win rate`
    return chance <= evidence.streakChance ? null : `${words}, it counts up to ${shown(evidence.streakChance)}`
  },
}

const daysSinceProfit: Voter = {
  kind: 'range',
  name: 'days_since_profit',
  unit: 'days',
  needsTrades: true,
  reading: (evidence) => evidence.daysSinceProfit,
  cells: ({ thresholds: from, weights }) =>
    rising({ at: from.daysAggressive, own: true }, [{ at: from.daysMild, weight: weights.daysMild }]),
}

/** In the order in which they are shown. */
export const VOTERS: readonly Voter[] = [
  drawdown,
  winRate,
  equitySlope,
  regime,
  volatility,
  losingStreak,
  daysSinceProfit,
]
