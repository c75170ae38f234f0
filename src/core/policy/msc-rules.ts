/** Numbers of the Meta Strategy Controller that a person may change (SPEC §5), with the values a new station starts with. */

/** Which past counts as evidence. */
export interface MscEvidenceRules {
  /** with fewer closed trades win rate, slope, streak and days abstain, and AGGRESSIVE is not available */
  readonly minTrades: number
  /** at most this many of the trades closed in the last `tradeDays` */
  readonly maxTrades: number
  readonly tradeDays: number
  /** drawdown is measured from the high of NAV of this many days */
  readonly drawdownDays: number
  /** daily returns the equity slope is the mean of */
  readonly slopeDays: number
  /** a poor win rate counts only while mean R is below this (R) */
  readonly poorMeanR: number
  /** a falling slope counts only below minus this many of its standard errors */
  readonly slopeErrors: number
  /** a losing streak counts only if (1 − win rate)ⁿ is at most this */
  readonly streakChance: number
}

/** From which reading a voter speaks; mild, clear and severe carry the weights of the same names. */
export interface MscThresholds {
  /** aggressive below, defensive from mild on */
  readonly drawdownAggressivePct: number
  readonly drawdownMildPct: number
  readonly drawdownClearPct: number
  readonly drawdownSeverePct: number
  /** aggressive from here on, defensive below mild */
  readonly winRateAggressivePct: number
  readonly winRateMildPct: number
  readonly winRateSeverePct: number
  /** aggressive above, defensive below mild; % a day */
  readonly slopeAggressivePct: number
  readonly slopeMildPct: number
  readonly slopeSeverePct: number
  /** losing trades in a row */
  readonly streakMild: number
  readonly streakSevere: number
  /** aggressive up to, defensive from mild on; days on which a trade closed */
  readonly daysAggressive: number
  readonly daysMild: number
}

/** What a defensive vote weighs. */
export interface MscWeights {
  readonly drawdownMild: number
  readonly drawdownClear: number
  readonly drawdownSevere: number
  readonly winRateMild: number
  readonly winRateSevere: number
  readonly slopeMild: number
  readonly slopeSevere: number
  readonly regimeChoppy: number
  readonly regimeLowLiquidity: number
  readonly volatilityHigh: number
  readonly volatilityExtreme: number
  readonly streakMild: number
  readonly streakSevere: number
  readonly daysMild: number
}

export interface MscDecisionRules {
  /** defensive weight from which DEFENSIVE is advised */
  readonly defensiveWeight: number
  /** aggressive votes from which AGGRESSIVE is advised */
  readonly aggressiveVotes: number
  /** under a pin the mode tightens only from this weight on, and only if it has risen since the pin */
  readonly pinWeight: number
  /** the two scheduled evaluations that ask for a looser mode are at least this far apart */
  readonly loosenGapMinutes: number
}

/** The five parts of a strategy's score. */
export interface MscScoringRules {
  readonly days: number
  readonly profitFactorWeight: number
  /** profit factor that earns the whole part */
  readonly profitFactorFull: number
  readonly winRateWeight: number
  /** win rate (fraction) at which its part begins, and how much more earns all of it */
  readonly winRateFrom: number
  readonly winRateSpan: number
  readonly drawdownWeight: number
  /** what 1 R counts as, % of the account: a drawdown must not look small because it was traded small */
  readonly riskPctPerR: number
  /** drawdown in % that costs the whole part */
  readonly drawdownFullPct: number
  readonly tradesWeight: number
  readonly tradesFull: number
  readonly regimeWeight: number
  /** fewer losing trades prove no profit factor: it then counts as 1 */
  readonly minLosses: number
  readonly maxProfitFactor: number
  /** with fewer trades, live and shadow together, a strategy is warming up */
  readonly warmTrades: number
}

export interface MscSelectionRules {
  /** a score above this is selected */
  readonly minScore: number
  readonly mostDefensive: number
  readonly mostNormal: number
  readonly mostAggressive: number
  /** fewer are filled up */
  readonly fewest: number
}

export interface MscSymbolRules {
  readonly most: number
  readonly minRanking: number
  /** fewer are replaced by the best `fewest` of at least `fillRanking` */
  readonly fewest: number
  readonly fillRanking: number
  /** older rankings change nothing */
  readonly maxAgeMinutes: number
}

const EVIDENCE: MscEvidenceRules = {
  minTrades: 20,
  maxTrades: 200,
  tradeDays: 14,
  drawdownDays: 30,
  slopeDays: 7,
  poorMeanR: 0,
  slopeErrors: 1,
  streakChance: 0.02,
}

const THRESHOLDS: MscThresholds = {
  drawdownAggressivePct: 3,
  drawdownMildPct: 3,
  drawdownClearPct: 5,
  drawdownSeverePct: 7,
  winRateAggressivePct: 60,
  winRateMildPct: 50,
  winRateSeverePct: 45,
  slopeAggressivePct: 0.5,
  slopeMildPct: 0,
  slopeSeverePct: -0.5,
  streakMild: 5,
  streakSevere: 8,
  daysAggressive: 0,
  daysMild: 3,
}

const WEIGHTS: MscWeights = {
  drawdownMild: 1,
  drawdownClear: 2,
  drawdownSevere: 3,
  winRateMild: 1,
  winRateSevere: 2,
  slopeMild: 1,
  slopeSevere: 2,
  regimeChoppy: 1,
  regimeLowLiquidity: 1,
  volatilityHigh: 1,
  volatilityExtreme: 2,
  streakMild: 1,
  streakSevere: 2,
  daysMild: 1,
}

const DECISION: MscDecisionRules = { defensiveWeight: 3, aggressiveVotes: 4, pinWeight: 5, loosenGapMinutes: 25 }

const SCORING: MscScoringRules = {
  days: 30,
  profitFactorWeight: 0.4,
  profitFactorFull: 2,
  winRateWeight: 0.3,
  winRateFrom: 0.4,
  winRateSpan: 0.3,
  drawdownWeight: 0.2,
  riskPctPerR: 0.75,
  drawdownFullPct: 10,
  tradesWeight: 0.1,
  tradesFull: 50,
  regimeWeight: 0.15,
  minLosses: 3,
  maxProfitFactor: 5,
  warmTrades: 10,
}

const SELECTION: MscSelectionRules = { minScore: 0.3, mostDefensive: 4, mostNormal: 8, mostAggressive: 8, fewest: 2 }

const SYMBOLS: MscSymbolRules = { most: 20, minRanking: 0.65, fewest: 5, fillRanking: 0.3, maxAgeMinutes: 15 }

export const DEFAULT_MSC = {
  evidence: EVIDENCE,
  thresholds: THRESHOLDS,
  weights: WEIGHTS,
  decision: DECISION,
  scoring: SCORING,
  selection: SELECTION,
  symbols: SYMBOLS,
} as const
