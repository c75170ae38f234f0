/** The policy: the one document that decides how much risk the account may take (SPEC §1, §2). Immutable. */
import type { LimitSource } from '../model/refusal.ts'
import type {
  MscDecisionRules,
  MscEvidenceRules,
  MscScoringRules,
  MscSelectionRules,
  MscSymbolRules,
  MscThresholds,
  MscWeights,
} from './msc-rules.ts'

/** From tightest to loosest. */
export const RISK_MODES = ['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'] as const
export type RiskMode = (typeof RISK_MODES)[number]

/** Who writes: `user`, `api:<token>`, `msc`, `ranker`, `clm`, `governor`, `rule:<name>`, `env`. */
export type Actor = 'user' | 'msc' | 'ranker' | 'clm' | 'governor' | 'env' | `api:${string}` | `rule:${string}`

export interface Pin {
  readonly by: Actor
  readonly at: number
  /** null: until released */
  readonly until: number | null
  readonly reason: string
}

/** The kill switch, engaged. */
export interface Emergency {
  readonly id: string
  readonly engagedAt: number
  readonly by: Actor
  readonly reason: string
}

/** The envelope of a mode (SPEC §2). Fractions of NAV unless the name says otherwise. */
export interface RiskProfile {
  readonly maxLeverage: number
  readonly maxRiskPerTrade: number
  readonly maxDailyDrawdown: number
  readonly maxOpenPositions: number
  readonly positionSizeCapUsd: number
  readonly positionSizeCapFraction: number
  readonly minConfidence: number
  readonly allowNewPositions: boolean
}

/** Numbers of the fifteen checks (SPEC §3). */
export interface GuardRules {
  readonly minListingAgeDays: number
  readonly minDaysToDelivery: number
  readonly maxEntryDistance: number
  readonly maxMarkDeviation: number
  readonly minStaleMs: number
  readonly staleIntervals: number
  readonly minStopDistance: number
  readonly maxStopDistance: number
  readonly slippage: number
  readonly maxCostShareOfStop: number
  readonly liquidationStopMultiple: number
  readonly leverageReserve: number
  readonly smallAccountUsd: number
  readonly maxOrderNotionalUsd: number | null
  readonly maxDailyLossUsd: number | null
  readonly maxEntriesPerMinute: number
  readonly rejectionsToRestSymbol: number
  readonly symbolRestMs: number
  readonly rejectionsToStopEntries: number
  readonly rejectionWindowMs: number
  readonly maxGrossExposure: number
  readonly maxSymbolExposure: number
  readonly maxHeat: number
  readonly maxHeatOneDirection: number
  /** null: off */
  readonly maxCorrelation: number | null
  readonly equityJump: number
}

/** Safety governor (SPEC §4). */
export interface GovernorRules {
  readonly emergencyDrawdownMultiple: number
  readonly totalDrawdown: number
  readonly cautiousShare: number
  readonly elevatedShare: number
  readonly defensiveStreak: number
  readonly cautiousStreak: number
  readonly marginRatioEmergency: number
  readonly marginRatioWarning: number
  readonly loosenAfterMs: number
  readonly flattenOnEmergency: boolean
  readonly markGapMs: number
  readonly streakWindowMs: number
  readonly streakGroupMs: number
  readonly streakDefensiveMs: number
  readonly afterReleaseMs: number
  readonly afterReleaseMultiplier: number
  readonly reengageShare: number
  readonly unprotectedMs: number
  readonly disconnectedMs: number
  readonly elevatedLeverage: number
  readonly elevatedSize: number
  readonly elevatedExposure: number
  readonly cautiousLeverage: number
  readonly cautiousSize: number
  readonly cautiousExposure: number
  readonly defensiveLeverage: number
  readonly defensiveSize: number
  readonly defensiveExposure: number
}

/** The four numbers a mode asks for (SPEC §5.5). */
export interface ModeTargets {
  readonly maxRiskPerTrade: number
  readonly globalMinConfidence: number
  readonly maxPositions: number
  readonly maxDailyTrades: number
}

export interface MscRules {
  readonly targets: Readonly<Record<RiskMode, ModeTargets>>
  readonly evidence: MscEvidenceRules
  readonly thresholds: MscThresholds
  readonly weights: MscWeights
  readonly decision: MscDecisionRules
  readonly scoring: MscScoringRules
  readonly selection: MscSelectionRules
  readonly symbols: MscSymbolRules
}

/** Weights of the ranker's components, sum 1 (SPEC §7). */
export interface RankerRules {
  readonly weights: Readonly<Record<string, number>>
  readonly minQuoteVolume24h: number
  readonly minScore: number
}

/** Sets a mode between two UTC minutes of the day on some weekdays (0 = Sunday). */
export interface TimeRule {
  readonly name: string
  readonly mode: RiskMode
  readonly days: readonly number[]
  readonly fromMinute: number
  readonly toMinute: number
  readonly enabled: boolean
}

export interface VolatilityRule {
  readonly name: string
  readonly mode: RiskMode
  /** global volatility at or above which the rule speaks */
  readonly atLeast: 'HIGH' | 'EXTREME'
  readonly enabled: boolean
}

export interface PolicyRules {
  readonly profiles: Readonly<Record<RiskMode, RiskProfile>>
  readonly guard: GuardRules
  readonly governor: GovernorRules
  readonly msc: MscRules
  readonly ranker: RankerRules
  readonly timeRules: readonly TimeRule[]
  readonly volatilityRules: readonly VolatilityRule[]
}

/** Who gave a field its value, and in which version: the source of a limit. */
export interface FieldSource {
  readonly actor: Actor
  readonly version: number
  /** the value at which a person holds this number: automatic writers may tighten it from there, never loosen it */
  readonly hold?: number
}

/** By field; inside `rules` by the whole path, e.g. `rules.guard.maxHeat`. */
export type FieldSources = Readonly<Record<string, FieldSource>>

export interface GlobalPolicy {
  readonly version: number
  readonly updatedAt: number
  readonly updatedBy: Actor
  readonly reason: string
  readonly riskMode: RiskMode
  readonly pin: Pin | null
  readonly maxRiskPerTrade: number
  readonly maxPositions: number
  readonly maxDailyTrades: number
  readonly globalMinConfidence: number
  readonly allowedStrategies: readonly string[] | null
  readonly blockedStrategies: readonly string[]
  readonly allowedSymbols: readonly string[] | null
  readonly oppRankings: Readonly<Record<string, number>>
  readonly modelVersions: Readonly<Record<string, string>>
  /** inputs, votes, advised and applied mode of the last MSC run */
  readonly evaluation: Readonly<Record<string, unknown>> | null
  readonly emergency: Emergency | null
  readonly rules: PolicyRules
  readonly sources: FieldSources
  /** the mode the environment named at the last start: only a change of it switches the mode at a later start */
  readonly environmentMode?: RiskMode | null
}

/** Safety governor's word on new risk (SPEC §4); multipliers touch entries only. */
export interface GovernorState {
  readonly level: 'NORMAL' | 'ELEVATED' | 'CAUTIOUS' | 'DEFENSIVE' | 'EMERGENCY'
  readonly since: number
  readonly cause: string | null
  readonly exit: string | null
  readonly allowNewPositions: boolean
  readonly leverage: number
  readonly size: number
  readonly exposure: number
}

export const CALM_GOVERNOR: GovernorState = {
  level: 'NORMAL',
  since: 0,
  cause: null,
  exit: null,
  allowNewPositions: true,
  leverage: 1,
  size: 1,
  exposure: 1,
}

export interface Limit<Value> {
  readonly value: Value
  readonly source: LimitSource
}

/** What is in force now: the tighter of profile, policy, governor and configuration (SPEC §2). */
export interface EffectiveLimits {
  readonly policyVersion: number
  readonly riskMode: RiskMode
  readonly maxRiskPerTrade: Limit<number>
  readonly maxLeverage: Limit<number>
  readonly maxPositions: Limit<number>
  readonly minConfidence: Limit<number>
  readonly positionSizeCapUsd: Limit<number>
  readonly positionSizeCapFraction: Limit<number>
  readonly maxDailyTrades: Limit<number>
  readonly maxDailyDrawdown: Limit<number>
  readonly maxGrossExposure: Limit<number>
  readonly maxSymbolExposure: Limit<number>
  readonly allowNewPositions: Limit<boolean>
  /** governor's size multiplier, applied last when sizing */
  readonly sizeMultiplier: number
}
