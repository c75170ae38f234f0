/** The rules a new station starts with: every number of SPEC §2, §3, §4, §5.5 and §7 that a person may change later. */
import { DEFAULT_MSC } from './msc-rules.ts'
import type {
  GovernorRules,
  GuardRules,
  ModeTargets,
  PolicyRules,
  RankerRules,
  RiskMode,
  RiskProfile,
} from './policy.ts'

/** SPEC §2: the envelope of each mode. Fractions of NAV unless the name says otherwise. */
const DEFAULT_PROFILES: Readonly<Record<RiskMode, RiskProfile>> = {
  DEFENSIVE: {
    maxLeverage: 3,
    maxRiskPerTrade: 0.0075,
    maxDailyDrawdown: 0.03,
    maxOpenPositions: 10,
    positionSizeCapUsd: 500,
    positionSizeCapFraction: 0.1,
    minConfidence: 0.75,
    allowNewPositions: true,
  },
  NORMAL: {
    maxLeverage: 5,
    maxRiskPerTrade: 0.015,
    maxDailyDrawdown: 0.05,
    maxOpenPositions: 30,
    positionSizeCapUsd: 1000,
    positionSizeCapFraction: 0.2,
    minConfidence: 0.65,
    allowNewPositions: true,
  },
  AGGRESSIVE: {
    maxLeverage: 7,
    maxRiskPerTrade: 0.03,
    maxDailyDrawdown: 0.06,
    maxOpenPositions: 15,
    positionSizeCapUsd: 300,
    positionSizeCapFraction: 0.3,
    minConfidence: 0.6,
    allowNewPositions: true,
  },
}

/** SPEC §3: numbers of the fifteen checks. */
const DEFAULT_GUARD: GuardRules = {
  /** check 2: a younger contract takes no entries, days */
  minListingAgeDays: 30,
  /** check 2: no entries this near to delivery, days */
  minDaysToDelivery: 7,
  /** check 3: a limit price farther from mark is `entry_too_far`, fraction */
  maxEntryDistance: 0.01,
  /** check 3: mark and last price farther apart, fraction of mark */
  maxMarkDeviation: 0.01,
  /** check 4: a price may always be this old, ms */
  minStaleMs: 5000,
  /** check 4: or this many intervals of its source */
  staleIntervals: 1.5,
  /** check 9: stop distance ÷ entry */
  minStopDistance: 0.003,
  maxStopDistance: 0.15,
  /** check 9: slippage counted into the loss at the stop (10 bp), fraction of notional */
  slippage: 0.001,
  /** check 9: fees, spread, slippage and funding as a share of the stop distance */
  maxCostShareOfStop: 0.3,
  /** check 8: liquidation stays at least this many stop distances away */
  liquidationStopMultiple: 1.5,
  /** check 8: kept free when leverage is chosen, fraction of notional */
  leverageReserve: 0.005,
  /** check 10: `positionSizeCapUsd` binds while equity is at most this, USDT */
  smallAccountUsd: 1000,
  /** check 10: largest order, USDT; null on paper, must be set before LIVE */
  maxOrderNotionalUsd: null,
  /** check 13: largest loss of a UTC day, USDT; null on paper, must be set before LIVE */
  maxDailyLossUsd: null,
  /** check 12: `order_rate` */
  maxEntriesPerMinute: 10,
  /** check 12: venue rejections in a row that rest a symbol, and for how long, ms */
  rejectionsToRestSymbol: 3,
  symbolRestMs: 3_600_000,
  /** check 12: venue rejections within the window that stop all entries, and the window, ms */
  rejectionsToStopEntries: 10,
  rejectionWindowMs: 600_000,
  /** check 14: Σ notional ÷ equity */
  maxGrossExposure: 3,
  /** check 14: notional of one symbol ÷ equity */
  maxSymbolExposure: 1,
  /** check 14: Σ loss at stop ÷ equity */
  maxHeat: 0.06,
  /** check 14: share of the heat in one direction */
  maxHeatOneDirection: 0.7,
  /** check 14: off until a person sets it */
  maxCorrelation: null,
  /** equity that jumps more between samples without fills or flows stops entries, fraction */
  equityJump: 0.05,
}

/** SPEC §4: when the safety governor tightens and loosens. */
const DEFAULT_GOVERNOR: GovernorRules = {
  /** emergency drawdown ÷ the profile's maxDailyDrawdown */
  emergencyDrawdownMultiple: 1.6,
  /** NAV this far under its all-time high, fraction */
  totalDrawdown: 0.2,
  /** shares of maxDailyDrawdown at which CAUTIOUS and ELEVATED begin */
  cautiousShare: 0.85,
  elevatedShare: 0.7,
  /** losing trades in a row */
  defensiveStreak: 8,
  cautiousStreak: 5,
  /** maintenance margin ÷ margin balance */
  marginRatioEmergency: 0.8,
  marginRatioWarning: 0.5,
  /** a level loosens by one after this long without its cause, ms */
  loosenAfterMs: 600_000,
  /** whether every EMERGENCY closes all positions */
  flattenOnEmergency: false,
  /** a level from mark prices needs two samples this far apart, ms */
  markGapMs: 2000,
  /** losses in a row are counted among the trades closed within this, ms */
  streakWindowMs: 86_400_000,
  /** losses within this of each other count once, ms */
  streakGroupMs: 900_000,
  /** how long a streak of `defensiveStreak` stops new trades, ms */
  streakDefensiveMs: 14_400_000,
  /** CAUTIOUS (DEFENSIVE while the cause stands) for this long after a release, ms */
  afterReleaseMs: 3_600_000,
  /** multiplier until 00:00 UTC after a release under a standing cause */
  afterReleaseMultiplier: 0.5,
  /** a released cause engages again when the drawdown has risen by this share of maxDailyDrawdown */
  reengageShare: 0.25,
  /** a position without a full live stop for longer is an emergency, ms */
  unprotectedMs: 60_000,
  /** no connection with open positions for longer is an emergency, ms */
  disconnectedMs: 900_000,
  /** multipliers of new entries at each level */
  elevatedLeverage: 0.85,
  elevatedSize: 0.85,
  elevatedExposure: 0.9,
  cautiousLeverage: 0.75,
  cautiousSize: 0.75,
  cautiousExposure: 0.85,
  defensiveLeverage: 0.5,
  defensiveSize: 0.5,
  defensiveExposure: 0.6,
}

/** SPEC §5.5: what each mode asks for, before it is clamped to its profile. */
const DEFAULT_TARGETS: Readonly<Record<RiskMode, ModeTargets>> = {
  DEFENSIVE: { maxRiskPerTrade: 0.003, globalMinConfidence: 0.7, maxPositions: 4, maxDailyTrades: 10 },
  NORMAL: { maxRiskPerTrade: 0.0075, globalMinConfidence: 0.6, maxPositions: 10, maxDailyTrades: 30 },
  AGGRESSIVE: { maxRiskPerTrade: 0.015, globalMinConfidence: 0.5, maxPositions: 15, maxDailyTrades: 50 },
}

/** SPEC §7: weights of the ranker's components and its filters. */
const DEFAULT_RANKER: RankerRules = {
  weights: {
    trendStrength: 0.25,
    volatilityQuality: 0.2,
    liquidity: 0.15,
    regimeFit: 0.15,
    symbolWinRate: 0.1,
    spread: 0.1,
    lowNoise: 0.05,
    /** off until a person gives it weight */
    costToHold: 0,
  },
  /** USDT */
  minQuoteVolume24h: 1_000_000,
  minScore: 0.3,
}

export const DEFAULT_RULES: PolicyRules = {
  profiles: DEFAULT_PROFILES,
  guard: DEFAULT_GUARD,
  governor: DEFAULT_GOVERNOR,
  msc: { targets: DEFAULT_TARGETS, ...DEFAULT_MSC },
  ranker: DEFAULT_RANKER,
  timeRules: [],
  volatilityRules: [],
}
