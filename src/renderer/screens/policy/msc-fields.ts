/** The numbers that MSC judges by, in groups as a person reads them. */
import type { PolicyRules } from '../../../contract/rules-shapes.ts'
import type { FieldWords } from './field-words.ts'

type Msc = PolicyRules['msc']
type Fields<Group extends keyof Msc> = Readonly<Record<keyof Msc[Group], FieldWords>>

export const MSC_THRESHOLDS: Fields<'thresholds'> = {
  drawdown_aggressive_pct: { label: 'Drawdown: ▲ under', unit: 'points' },
  drawdown_mild_pct: { label: 'Drawdown: ▼ from', unit: 'points' },
  drawdown_clear_pct: { label: 'Drawdown: ▼▼ from', unit: 'points' },
  drawdown_severe_pct: { label: 'Drawdown: ▼▼▼ from', unit: 'points' },
  win_rate_aggressive_pct: { label: 'Win rate: ▲ from', unit: 'points' },
  win_rate_mild_pct: { label: 'Win rate: ▼ under', unit: 'points' },
  win_rate_severe_pct: { label: 'Win rate: ▼▼ under', unit: 'points' },
  slope_aggressive_pct: { label: 'Equity slope: ▲ over', unit: 'points', help: 'a day' },
  slope_mild_pct: { label: 'Equity slope: ▼ under', unit: 'points', help: 'a day' },
  slope_severe_pct: { label: 'Equity slope: ▼▼ under', unit: 'points', help: 'a day' },
  streak_mild: { label: 'Losses in a row: ▼ from', unit: 'count' },
  streak_severe: { label: 'Losses in a row: ▼▼ from', unit: 'count' },
  days_aggressive: { label: 'Days since profit: ▲ up to', unit: 'count' },
  days_mild: { label: 'Days since profit: ▼ from', unit: 'count' },
}

export const MSC_WEIGHTS: Fields<'weights'> = {
  drawdown_mild: { label: 'Drawdown ▼', unit: 'count' },
  drawdown_clear: { label: 'Drawdown ▼▼', unit: 'count' },
  drawdown_severe: { label: 'Drawdown ▼▼▼', unit: 'count' },
  win_rate_mild: { label: 'Win rate ▼', unit: 'count' },
  win_rate_severe: { label: 'Win rate ▼▼', unit: 'count' },
  slope_mild: { label: 'Equity slope ▼', unit: 'count' },
  slope_severe: { label: 'Equity slope ▼▼', unit: 'count' },
  regime_choppy: { label: 'Regime choppy', unit: 'count' },
  regime_low_liquidity: { label: 'Regime of low liquidity', unit: 'count' },
  volatility_high: { label: 'Volatility high', unit: 'count' },
  volatility_extreme: { label: 'Volatility extreme', unit: 'count' },
  streak_mild: { label: 'Losses in a row ▼', unit: 'count' },
  streak_severe: { label: 'Losses in a row ▼▼', unit: 'count' },
  days_mild: { label: 'Days since profit ▼', unit: 'count' },
}

export const MSC_EVIDENCE: Fields<'evidence'> = {
  min_trades: {
    label: 'Trades needed',
    unit: 'count',
    help: 'with fewer, win rate, slope, streak and days abstain',
  },
  max_trades: { label: 'Trades looked at', unit: 'count', help: 'at most' },
  trade_days: { label: 'Trades closed within', unit: 'days' },
  drawdown_days: { label: 'Drawdown from the high of', unit: 'days' },
  slope_days: { label: 'Equity slope over', unit: 'days' },
  poor_mean_r: { label: 'Poor win rate counts under', unit: 'count', help: 'mean R' },
  slope_errors: { label: 'Falling slope counts beyond', unit: 'count', help: 'standard errors below 0' },
  streak_chance: { label: 'Streak counts at a chance of', unit: 'percent', help: 'at most, given the win rate' },
}

export const MSC_DECISION: Fields<'decision'> = {
  defensive_weight: { label: 'DEFENSIVE from weight', unit: 'count' },
  aggressive_votes: { label: 'AGGRESSIVE from votes', unit: 'count', help: 'with no defensive weight' },
  pin_weight: { label: 'Tightens under a pin from weight', unit: 'count', help: 'and only if it has risen since' },
  loosen_gap_minutes: {
    label: 'Two runs that loosen, apart',
    unit: 'plainMinutes',
    help: 'at least; both must ask for it',
  },
}

export const MSC_SCORING: Fields<'scoring'> = {
  days: { label: 'Scored on', unit: 'days' },
  profit_factor_weight: { label: 'Weight of profit factor', unit: 'score' },
  profit_factor_full: { label: 'Profit factor earns all at', unit: 'count' },
  win_rate_weight: { label: 'Weight of wins', unit: 'score' },
  win_rate_from: { label: 'Wins earn from', unit: 'percent' },
  win_rate_span: { label: 'and all after a further', unit: 'percent' },
  drawdown_weight: { label: 'Weight of drawdown', unit: 'score' },
  risk_pct_per_r: { label: 'Drawdown: 1 R counts as', unit: 'points' },
  drawdown_full_pct: { label: 'Drawdown earns nothing at', unit: 'points' },
  trades_weight: { label: 'Weight of trades', unit: 'score' },
  trades_full: { label: 'Trades earn all at', unit: 'count' },
  regime_weight: { label: 'Bonus for the regime', unit: 'score' },
  min_losses: { label: 'Profit factor needs losses', unit: 'count' },
  max_profit_factor: { label: 'Profit factor capped at', unit: 'count' },
  warm_trades: { label: 'Warming up under trades', unit: 'count', help: 'half the size' },
}

export const MSC_SELECTION: Fields<'selection'> = {
  min_score: { label: 'Allowed over score', unit: 'score' },
  most_defensive: { label: 'At most in DEFENSIVE', unit: 'count' },
  most_normal: { label: 'At most in NORMAL', unit: 'count' },
  most_aggressive: { label: 'At most in AGGRESSIVE', unit: 'count' },
  fewest: { label: 'Filled up to', unit: 'count' },
}

export const MSC_SYMBOLS: Fields<'symbols'> = {
  most: { label: 'Symbols allowed, at most', unit: 'count' },
  min_ranking: { label: 'Allowed from score', unit: 'score' },
  fewest: { label: 'Filled up to', unit: 'count' },
  fill_ranking: { label: 'Filled from score', unit: 'score' },
  max_age_minutes: { label: 'Ranking at most old', unit: 'plainMinutes' },
}
