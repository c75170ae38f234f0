/** Bounds of the rules, and what must hold between them (SPEC §2 order of modes, §7 weights). */
import { z } from 'zod'

import { checkMscPairs, MSC_SCHEMAS } from './msc-rules-schema.ts'
import { checkOrderOfModes } from './order-of-modes.ts'
import { FIELD_SCHEMAS } from './patch.ts'
import type {
  GovernorRules,
  GuardRules,
  MscRules,
  PolicyRules,
  RankerRules,
  RiskProfile,
  TimeRule,
  VolatilityRule,
} from './policy.ts'
import { flag, riskMode, text, within } from './schema-parts.ts'

const share = { above: 0, max: 1 } as const
const count = { min: 1, max: 10_000, integer: true } as const
const duration = { min: 1000, max: 604_800_000, integer: true } as const
const dollars = { above: 0, max: 1_000_000_000 } as const
const minuteOfDay = { min: 0, max: 1440, integer: true } as const

const profileSchema = z.object({
  maxLeverage: within({ min: 1, max: 125, integer: true }),
  maxRiskPerTrade: FIELD_SCHEMAS.maxRiskPerTrade,
  maxDailyDrawdown: within({ above: 0, max: 0.5 }),
  maxOpenPositions: FIELD_SCHEMAS.maxPositions,
  positionSizeCapUsd: within(dollars),
  positionSizeCapFraction: within({ above: 0, max: 10 }),
  minConfidence: FIELD_SCHEMAS.globalMinConfidence,
  allowNewPositions: flag(),
}) satisfies z.ZodType<RiskProfile>

const guardSchema = z.object({
  minListingAgeDays: within({ min: 0, max: 3650 }),
  minDaysToDelivery: within({ min: 0, max: 365 }),
  maxEntryDistance: within({ above: 0, max: 0.2 }),
  maxMarkDeviation: within({ above: 0, max: 0.2 }),
  minStaleMs: within({ min: 100, max: 3_600_000 }),
  staleIntervals: within({ min: 1, max: 10 }),
  minStopDistance: within({ above: 0, max: 0.2 }),
  maxStopDistance: within({ above: 0, max: 0.9 }),
  slippage: within({ min: 0, max: 0.05 }),
  maxCostShareOfStop: within(share),
  liquidationStopMultiple: within({ min: 1, max: 10 }),
  leverageReserve: within({ min: 0, max: 0.2 }),
  smallAccountUsd: within({ min: 0, max: 1_000_000_000 }),
  maxOrderNotionalUsd: within(dollars).nullable(),
  maxDailyLossUsd: within(dollars).nullable(),
  maxEntriesPerMinute: within(count),
  rejectionsToRestSymbol: within(count),
  symbolRestMs: within(duration),
  rejectionsToStopEntries: within(count),
  rejectionWindowMs: within(duration),
  maxGrossExposure: within({ above: 0, max: 125 }),
  maxSymbolExposure: within({ above: 0, max: 125 }),
  maxHeat: within(share),
  maxHeatOneDirection: within(share),
  maxCorrelation: within(share).nullable(),
  equityJump: within(share),
}) satisfies z.ZodType<GuardRules>

const governorSchema = z.object({
  emergencyDrawdownMultiple: within({ min: 1, max: 5 }),
  totalDrawdown: within(share),
  cautiousShare: within(share),
  elevatedShare: within(share),
  defensiveStreak: within(count),
  cautiousStreak: within(count),
  marginRatioEmergency: within(share),
  marginRatioWarning: within(share),
  loosenAfterMs: within(duration),
  flattenOnEmergency: flag(),
  markGapMs: within(duration),
  streakWindowMs: within(duration),
  streakGroupMs: within(duration),
  streakDefensiveMs: within(duration),
  afterReleaseMs: within(duration),
  afterReleaseMultiplier: within(share),
  reengageShare: within(share),
  unprotectedMs: within(duration),
  disconnectedMs: within(duration),
  elevatedLeverage: within(share),
  elevatedSize: within(share),
  elevatedExposure: within(share),
  cautiousLeverage: within(share),
  cautiousSize: within(share),
  cautiousExposure: within(share),
  defensiveLeverage: within(share),
  defensiveSize: within(share),
  defensiveExposure: within(share),
}) satisfies z.ZodType<GovernorRules>

const targetsSchema = z.object({
  maxRiskPerTrade: FIELD_SCHEMAS.maxRiskPerTrade,
  globalMinConfidence: FIELD_SCHEMAS.globalMinConfidence,
  maxPositions: FIELD_SCHEMAS.maxPositions,
  maxDailyTrades: FIELD_SCHEMAS.maxDailyTrades,
})

const mscSchema = z.object({
  targets: z.object({ DEFENSIVE: targetsSchema, NORMAL: targetsSchema, AGGRESSIVE: targetsSchema }),
  ...MSC_SCHEMAS,
}) satisfies z.ZodType<MscRules>

const WEIGHT_SUM_TOLERANCE = 1e-9

const rankerSchema = z.object({
  weights: z.record(text(40), within({ min: 0, max: 1 })).superRefine((weights, context) => {
    const sum = Object.values(weights).reduce((total, weight) => total + weight, 0)
    if (Math.abs(sum - 1) > WEIGHT_SUM_TOLERANCE)
      context.addIssue({ code: 'custom', message: `must sum to 1, sum was ${Number(sum.toFixed(9))}` })
  }),
  minQuoteVolume24h: within({ min: 0, max: 1_000_000_000_000 }),
  minScore: within({ min: 0, max: 1 }),
}) satisfies z.ZodType<RankerRules>

const timeRuleSchema = z.strictObject({
  name: text(40),
  mode: riskMode,
  days: z.array(within({ min: 0, max: 6, integer: true })).min(1, { error: 'must name at least one day' }),
  fromMinute: within(minuteOfDay),
  toMinute: within(minuteOfDay),
  enabled: flag(),
}) satisfies z.ZodType<TimeRule>

const volatilityRuleSchema = z.strictObject({
  name: text(40),
  mode: riskMode,
  atLeast: z.enum(['HIGH', 'EXTREME'], { error: 'must be HIGH or EXTREME' }),
  enabled: flag(),
}) satisfies z.ZodType<VolatilityRule>

const MOST_RULES = 100

const RulesShape = z.object({
  profiles: z.object({ DEFENSIVE: profileSchema, NORMAL: profileSchema, AGGRESSIVE: profileSchema }),
  guard: guardSchema,
  governor: governorSchema,
  msc: mscSchema,
  ranker: rankerSchema,
  timeRules: z.array(timeRuleSchema).max(MOST_RULES),
  volatilityRules: z.array(volatilityRuleSchema).max(MOST_RULES),
})

/** Unknown keys are dropped: changes are searched for them before they come here, a stored policy may be older. */
export const rulesSchema = RulesShape.superRefine((rules, context) => {
  const complain = (path: readonly string[], message: string): void => {
    context.addIssue({ code: 'custom', path: [...path], message })
  }
  checkOrderOfModes(rules, complain)
  checkPairs(rules, complain)
  checkMscPairs(rules.msc, complain)
  checkNames(rules, complain)
}) satisfies z.ZodType<PolicyRules>

/** Multipliers never rise with a tighter level. */
const MULTIPLIER_PAIRS = [
  ['cautiousLeverage', 'elevatedLeverage'],
  ['cautiousSize', 'elevatedSize'],
  ['cautiousExposure', 'elevatedExposure'],
  ['defensiveLeverage', 'cautiousLeverage'],
  ['defensiveSize', 'cautiousSize'],
  ['defensiveExposure', 'cautiousExposure'],
] as const

type Complain = (path: readonly string[], message: string) => void

/** Pairs of numbers in which one must stay below the other. */
function checkPairs({ guard, governor }: PolicyRules, complain: Complain): void {
  if (guard.minStopDistance >= guard.maxStopDistance)
    complain(['guard', 'minStopDistance'], `must be below max stop distance ${guard.maxStopDistance}`)
  if (governor.elevatedShare > governor.cautiousShare)
    complain(['governor', 'elevatedShare'], `must not exceed cautious share ${governor.cautiousShare}`)
  if (governor.cautiousStreak > governor.defensiveStreak)
    complain(['governor', 'cautiousStreak'], `must not exceed defensive streak ${governor.defensiveStreak}`)
  if (governor.marginRatioWarning > governor.marginRatioEmergency)
    complain(
      ['governor', 'marginRatioWarning'],
      `must not exceed margin ratio emergency ${governor.marginRatioEmergency}`,
    )
  for (const [tighter, looser] of MULTIPLIER_PAIRS)
    if (governor[tighter] > governor[looser])
      complain(['governor', tighter], `must not exceed that of the looser level, ${governor[looser]}`)
}

/** A rule's name becomes its actor, so no two may share one. */
function checkNames(rules: PolicyRules, complain: Complain): void {
  const seen = new Set<string>()
  for (const list of ['timeRules', 'volatilityRules'] as const)
    rules[list].forEach((rule, index) => {
      if (seen.has(rule.name)) complain([list, String(index), 'name'], `is taken by another rule: "${rule.name}"`)
      seen.add(rule.name)
    })
}
