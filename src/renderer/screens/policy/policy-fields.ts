/** The fields of the policy and its rules: what each is called and in which unit it is read. */
import { COMPONENTS } from '../../../contract/opportunities.ts'
import type { EffectiveLimits, PolicyDocument } from '../../../contract/policy-shapes.ts'
import type { PolicyRules, RiskProfile } from '../../../contract/rules-shapes.ts'
import type { FieldWords } from './field-words.ts'
import {
  MSC_DECISION,
  MSC_EVIDENCE,
  MSC_SCORING,
  MSC_SELECTION,
  MSC_SYMBOLS,
  MSC_THRESHOLDS,
  MSC_WEIGHTS,
} from './msc-fields.ts'

export type { FieldWords } from './field-words.ts'

export type NumberField = 'max_risk_per_trade' | 'max_positions' | 'max_daily_trades' | 'global_min_confidence'
export type ListField = 'allowed_strategies' | 'blocked_strategies' | 'allowed_symbols'

/** The four numbers, and the limit in force that each becomes. */
export const NUMBER_FIELDS: readonly (FieldWords & {
  readonly field: NumberField
  readonly limit: Extract<keyof EffectiveLimits, string>
})[] = [
  {
    field: 'max_risk_per_trade',
    limit: 'max_risk_per_trade',
    label: 'Risk per trade',
    unit: 'percent',
    help: 'share of the account lost if the stop is hit',
  },
  {
    field: 'max_positions',
    limit: 'max_positions',
    label: 'Positions',
    unit: 'count',
    help: 'open or resting at once',
  },
  {
    field: 'max_daily_trades',
    limit: 'max_daily_trades',
    label: 'Trades a day',
    unit: 'count',
    help: 'entries filled since 00:00 UTC',
  },
  {
    field: 'global_min_confidence',
    limit: 'min_confidence',
    label: 'Confidence',
    unit: 'score',
    help: 'least confidence of a signal, 0 to 1',
  },
]

export const LIST_FIELDS: readonly {
  readonly field: ListField
  readonly label: string
  readonly of: 'strategies' | 'symbols'
  /** what null means; undefined: the list cannot be null */
  readonly unrestricted?: string
  /** what an empty list means */
  readonly none: string
}[] = [
  {
    field: 'allowed_strategies',
    label: 'Allowed strategies',
    of: 'strategies',
    unrestricted: 'every strategy may trade',
    none: 'no strategy may trade',
  },
  { field: 'blocked_strategies', label: 'Blocked strategies', of: 'strategies', none: 'none is blocked' },
  {
    field: 'allowed_symbols',
    label: 'Allowed symbols',
    of: 'symbols',
    unrestricted: 'every symbol may be traded',
    none: 'no symbol may be traded',
  },
]

export const PROFILE_FIELDS: Readonly<Record<keyof RiskProfile, FieldWords>> = {
  max_leverage: { label: 'Leverage', unit: 'times', help: 'highest leverage of a position' },
  max_risk_per_trade: {
    label: 'Risk per trade',
    unit: 'percent',
    help: 'share of the account lost if the stop is hit',
  },
  max_daily_drawdown: {
    label: 'Drawdown a day',
    unit: 'percent',
    help: 'fall from the high of the UTC day that stops entries',
  },
  max_open_positions: { label: 'Positions', unit: 'count', help: 'open or resting at once' },
  position_size_cap_usd: {
    label: 'Position size, small account',
    unit: 'usd',
    help: 'holds while the account is small',
  },
  position_size_cap_fraction: {
    label: 'Position size',
    unit: 'percent',
    help: 'notional of one position, share of the account',
  },
  min_confidence: { label: 'Confidence', unit: 'score', help: 'least confidence of a signal, 0 to 1' },
  allow_new_positions: { label: 'New positions', unit: 'flag', help: 'no: only what is open is managed' },
}

export const TARGET_FIELDS: Readonly<Record<keyof PolicyRules['msc']['targets']['NORMAL'], FieldWords>> = {
  max_risk_per_trade: { label: 'Risk per trade', unit: 'percent' },
  global_min_confidence: { label: 'Confidence', unit: 'score' },
  max_positions: { label: 'Positions', unit: 'count' },
  max_daily_trades: { label: 'Trades a day', unit: 'count' },
}

export const GUARD_FIELDS: Readonly<Record<keyof PolicyRules['guard'], FieldWords>> = {
  max_gross_exposure: { label: 'Exposure', unit: 'multiple', help: 'all positions together ÷ account' },
  max_symbol_exposure: { label: 'Exposure of a symbol', unit: 'multiple', help: 'one symbol ÷ account' },
  max_heat: { label: 'Loss if all stops hit', unit: 'percent', help: 'share of the account' },
  max_heat_one_direction: {
    label: 'of it in one direction',
    unit: 'percent',
    help: 'share of the loss if all stops are hit',
  },
  max_correlation: {
    label: 'Correlation',
    unit: 'score',
    mayBeOff: true,
    help: 'with what is open, 0 to 1; empty: off',
  },
  max_order_notional_usd: { label: 'Largest order', unit: 'usd', mayBeOff: true, help: 'empty: off' },
  max_daily_loss_usd: { label: 'Largest loss a day', unit: 'usd', mayBeOff: true, help: 'empty: off' },
  small_account_usd: { label: 'Small account up to', unit: 'usd' },
  max_entries_per_minute: { label: 'Entries a minute', unit: 'count' },
  min_stop_distance: { label: 'Stop at least away', unit: 'percent', help: 'of the entry price' },
  max_stop_distance: { label: 'Stop at most away', unit: 'percent', help: 'of the entry price' },
  max_cost_share_of_stop: {
    label: 'Cost of a trade',
    unit: 'percent',
    help: 'fees, spread, slippage and funding, share of the stop distance',
  },
  slippage: { label: 'Slippage counted', unit: 'percent', help: 'of the notional, in the loss at the stop' },
  liquidation_stop_multiple: { label: 'Liquidation beyond', unit: 'multiple', help: 'stop distances' },
  leverage_reserve: { label: 'Reserve of leverage', unit: 'percent', help: 'of the notional' },
  max_entry_distance: { label: 'Limit from mark', unit: 'percent', help: 'a limit price farther away is not sent' },
  max_mark_deviation: { label: 'Last price from mark', unit: 'percent' },
  min_stale_ms: { label: 'Price age allowed', unit: 'seconds', help: 'or the intervals below, the longer' },
  stale_intervals: { label: 'Price age, intervals', unit: 'multiple' },
  min_listing_age_days: { label: 'Listed for', unit: 'days' },
  min_days_to_delivery: { label: 'Delivery not within', unit: 'days' },
  rejections_to_rest_symbol: { label: 'Rejections that rest a symbol', unit: 'count' },
  symbol_rest_ms: { label: 'Rest of a symbol', unit: 'minutes' },
  rejections_to_stop_entries: { label: 'Rejections that stop entries', unit: 'count' },
  rejection_window_ms: { label: 'Rejections within', unit: 'minutes' },
  equity_jump: { label: 'Unexplained jump of equity', unit: 'percent', help: 'stops entries until reconciled' },
}

export const GOVERNOR_FIELDS: Readonly<Record<keyof PolicyRules['governor'], FieldWords>> = {
  emergency_drawdown_multiple: {
    label: 'Emergency at drawdown',
    unit: 'multiple',
    help: 'times the drawdown a day of the profile',
  },
  total_drawdown: { label: 'Emergency under all-time high', unit: 'percent' },
  cautious_share: { label: 'CAUTIOUS at drawdown', unit: 'percent', help: 'share of the drawdown a day' },
  elevated_share: { label: 'ELEVATED at drawdown', unit: 'percent', help: 'share of the drawdown a day' },
  defensive_streak: { label: 'DEFENSIVE at losses in a row', unit: 'count' },
  cautious_streak: { label: 'CAUTIOUS at losses in a row', unit: 'count' },
  margin_ratio_emergency: { label: 'Emergency at margin ratio', unit: 'percent' },
  margin_ratio_warning: { label: 'Warning at margin ratio', unit: 'percent' },
  loosen_after_ms: { label: 'Loosens after', unit: 'minutes', help: 'without the cause, one level at a time' },
  flatten_on_emergency: { label: 'Close all in an emergency', unit: 'flag' },
  mark_gap_ms: { label: 'Two samples at least apart', unit: 'seconds', help: 'for a level from mark prices' },
  streak_window_ms: { label: 'Losses in a row within', unit: 'minutes' },
  streak_group_ms: { label: 'Losses counted once within', unit: 'minutes' },
  streak_defensive_ms: { label: 'DEFENSIVE after a streak for', unit: 'minutes' },
  after_release_ms: { label: 'CAUTIOUS after a release for', unit: 'minutes' },
  after_release_multiplier: {
    label: 'Limits after a release under its cause',
    unit: 'multiple',
    help: 'until 00:00 UTC',
  },
  reengage_share: { label: 'Engages again after a further', unit: 'percent', help: 'share of the drawdown a day' },
  unprotected_ms: { label: 'Emergency without a stop after', unit: 'seconds' },
  disconnected_ms: { label: 'Emergency without connection after', unit: 'minutes' },
  elevated_leverage: { label: 'ELEVATED: leverage', unit: 'multiple' },
  elevated_size: { label: 'ELEVATED: size', unit: 'multiple' },
  elevated_exposure: { label: 'ELEVATED: exposure', unit: 'multiple' },
  cautious_leverage: { label: 'CAUTIOUS: leverage', unit: 'multiple' },
  cautious_size: { label: 'CAUTIOUS: size', unit: 'multiple' },
  cautious_exposure: { label: 'CAUTIOUS: exposure', unit: 'multiple' },
  defensive_leverage: { label: 'DEFENSIVE: leverage', unit: 'multiple' },
  defensive_size: { label: 'DEFENSIVE: size', unit: 'multiple' },
  defensive_exposure: { label: 'DEFENSIVE: exposure', unit: 'multiple' },
}

export const RANKER_FIELDS: Readonly<Record<string, FieldWords>> = {
  min_quote_volume_24h: { label: 'Ranked from volume 24 h', unit: 'usd' },
  min_score: { label: 'Ranked from score', unit: 'score' },
}

const OTHERS: Readonly<Partial<Record<keyof PolicyDocument | 'rules.time_rules' | 'rules.volatility_rules', string>>> =
  {
    risk_mode: 'Mode',
    pin: 'Pin',
    emergency: 'Trading stopped',
    opp_rankings: 'Rankings',
    model_versions: 'Models',
    evaluation: 'Evaluation',
    'rules.time_rules': 'Time rules',
    'rules.volatility_rules': 'Volatility rules',
  }

const COMPONENT_LABELS: Readonly<Record<string, FieldWords>> = Object.fromEntries(
  [...COMPONENTS, 'cost_to_hold'].map((name) => [
    name,
    { label: `Weight of ${name.replaceAll('_', ' ')}`, unit: 'score' as const },
  ]),
)

const ROOMS: Readonly<Record<string, Readonly<Record<string, FieldWords>>>> = {
  profiles: PROFILE_FIELDS,
  targets: TARGET_FIELDS,
  guard: GUARD_FIELDS,
  governor: GOVERNOR_FIELDS,
  ranker: { ...RANKER_FIELDS, ...COMPONENT_LABELS },
  thresholds: MSC_THRESHOLDS,
  weights: MSC_WEIGHTS,
  evidence: MSC_EVIDENCE,
  decision: MSC_DECISION,
  scoring: MSC_SCORING,
  selection: MSC_SELECTION,
  symbols: MSC_SYMBOLS,
}

const spaced = (name: string): string => name.replaceAll('_', ' ')

/** The words for a dotted path of the contract, e.g. `rules.profiles.NORMAL.max_leverage` → `NORMAL leverage`. */
export function fieldOf(path: string): FieldWords {
  const number = NUMBER_FIELDS.find(({ field }) => field === path)
  if (number !== undefined) return number
  const label = OTHERS[path as keyof typeof OTHERS] ?? LIST_FIELDS.find(({ field }) => field === path)?.label
  if (label !== undefined) return { label, unit: 'count' }
  if (path.startsWith('holds.')) {
    const held = fieldOf(path.slice('holds.'.length))
    return { ...held, label: `${held.label} held at` }
  }
  const parts = path.split('.')
  const name = parts.at(-1) ?? path
  const mode = parts.find((part) => /^[A-Z]{6,}$/.test(part))
  const room = parts.find((part) => part in ROOMS)
  const words = room === undefined ? undefined : ROOMS[room]?.[name]
  const plain = words ?? { label: spaced(name), unit: 'count' as const }
  if (mode === undefined) return plain
  const prefix = room === 'targets' ? `${mode} target:` : `${mode}:`
  return { ...plain, label: `${prefix} ${plain.label.charAt(0).toLowerCase()}${plain.label.slice(1)}` }
}
