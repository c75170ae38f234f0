/** Bounds of the Meta Strategy Controller's numbers, and what must hold between them (SPEC §5). */
import { z } from 'zod'

import type {
  MscDecisionRules,
  MscEvidenceRules,
  MscScoringRules,
  MscSelectionRules,
  MscSymbolRules,
  MscThresholds,
  MscWeights,
} from './msc-rules.ts'
import { within } from './schema-parts.ts'

const count = { min: 1, max: 10_000, integer: true } as const
const share = { min: 0, max: 1 } as const
const days = { above: 0, max: 365 } as const
const percent = { min: 0, max: 100 } as const
const slope = { min: -100, max: 100 } as const
const weight = { min: 0, max: 10, integer: true } as const

const evidence = z.object({
  minTrades: within({ min: 1, max: 1000, integer: true }),
  maxTrades: within(count),
  tradeDays: within(days),
  drawdownDays: within(days),
  slopeDays: within({ min: 2, max: 90, integer: true }),
  poorMeanR: within({ min: -5, max: 5 }),
  slopeErrors: within({ min: 0, max: 10 }),
  streakChance: within(share),
}) satisfies z.ZodType<MscEvidenceRules>

const thresholds = z.object({
  drawdownAggressivePct: within(percent),
  drawdownMildPct: within(percent),
  drawdownClearPct: within(percent),
  drawdownSeverePct: within(percent),
  winRateAggressivePct: within(percent),
  winRateMildPct: within(percent),
  winRateSeverePct: within(percent),
  slopeAggressivePct: within(slope),
  slopeMildPct: within(slope),
  slopeSeverePct: within(slope),
  streakMild: within(count),
  streakSevere: within(count),
  daysAggressive: within({ min: 0, max: 365, integer: true }),
  daysMild: within({ min: 1, max: 365, integer: true }),
}) satisfies z.ZodType<MscThresholds>

const weights = z.object({
  drawdownMild: within(weight),
  drawdownClear: within(weight),
  drawdownSevere: within(weight),
  winRateMild: within(weight),
  winRateSevere: within(weight),
  slopeMild: within(weight),
  slopeSevere: within(weight),
  regimeChoppy: within(weight),
  regimeLowLiquidity: within(weight),
  volatilityHigh: within(weight),
  volatilityExtreme: within(weight),
  streakMild: within(weight),
  streakSevere: within(weight),
  daysMild: within(weight),
}) satisfies z.ZodType<MscWeights>

const decision = z.object({
  defensiveWeight: within({ min: 1, max: 20, integer: true }),
  aggressiveVotes: within({ min: 1, max: 7, integer: true }),
  pinWeight: within({ min: 1, max: 20, integer: true }),
  loosenGapMinutes: within({ min: 1, max: 1440 }),
}) satisfies z.ZodType<MscDecisionRules>

const scoring = z.object({
  days: within(days),
  profitFactorWeight: within(share),
  profitFactorFull: within({ above: 0, max: 10 }),
  winRateWeight: within(share),
  winRateFrom: within(share),
  winRateSpan: within({ above: 0, max: 1 }),
  drawdownWeight: within(share),
  riskPctPerR: within({ above: 0, max: 10 }),
  drawdownFullPct: within({ above: 0, max: 100 }),
  tradesWeight: within(share),
  tradesFull: within(count),
  regimeWeight: within(share),
  minLosses: within({ min: 0, max: 100, integer: true }),
  maxProfitFactor: within({ min: 1, max: 100 }),
  warmTrades: within({ min: 0, max: 1000, integer: true }),
}) satisfies z.ZodType<MscScoringRules>

const selection = z.object({
  minScore: within({ min: 0, max: 2 }),
  mostDefensive: within(count),
  mostNormal: within(count),
  mostAggressive: within(count),
  fewest: within(count),
}) satisfies z.ZodType<MscSelectionRules>

const symbols = z.object({
  most: within({ min: 1, max: 1000, integer: true }),
  minRanking: within(share),
  fewest: within({ min: 0, max: 1000, integer: true }),
  fillRanking: within(share),
  maxAgeMinutes: within({ above: 0, max: 10_080 }),
}) satisfies z.ZodType<MscSymbolRules>

export const MSC_SCHEMAS = { evidence, thresholds, weights, decision, scoring, selection, symbols } as const

type Groups = { readonly [Group in keyof typeof MSC_SCHEMAS]: z.infer<(typeof MSC_SCHEMAS)[Group]> }
type Complain = (path: readonly string[], message: string) => void

/** [first, second]: the first must not exceed the second. */
const RISING = {
  thresholds: [
    ['drawdownAggressivePct', 'drawdownMildPct'],
    ['drawdownMildPct', 'drawdownClearPct'],
    ['drawdownClearPct', 'drawdownSeverePct'],
    ['winRateSeverePct', 'winRateMildPct'],
    ['winRateMildPct', 'winRateAggressivePct'],
    ['slopeSeverePct', 'slopeMildPct'],
    ['slopeMildPct', 'slopeAggressivePct'],
    ['streakMild', 'streakSevere'],
    ['daysAggressive', 'daysMild'],
  ],
  weights: [
    ['drawdownMild', 'drawdownClear'],
    ['drawdownClear', 'drawdownSevere'],
    ['winRateMild', 'winRateSevere'],
    ['slopeMild', 'slopeSevere'],
    ['volatilityHigh', 'volatilityExtreme'],
    ['streakMild', 'streakSevere'],
  ],
  evidence: [['minTrades', 'maxTrades']],
  decision: [['defensiveWeight', 'pinWeight']],
  selection: [
    ['fewest', 'mostDefensive'],
    ['mostDefensive', 'mostNormal'],
  ],
  symbols: [
    ['fillRanking', 'minRanking'],
    ['fewest', 'most'],
  ],
} as const

const inWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

export function checkMscPairs(msc: Groups, complain: Complain): void {
  for (const [group, pairs] of Object.entries(RISING)) {
    const numbers = msc[group as keyof typeof RISING] as unknown as Readonly<Record<string, number>>
    for (const [low, high] of pairs) {
      const [least, most] = [numbers[low] ?? Number.NaN, numbers[high] ?? Number.NaN]
      if (least > most) complain(['msc', group, low], `must not exceed ${inWords(high)} ${most}, was ${least}`)
    }
  }
}
