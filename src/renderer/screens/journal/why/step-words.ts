/** The gates and checks in the trader's words: what each is called and how its figures read. */
export type FigureFormat = 'percent' | 'usdt' | 'seconds' | 'times' | 'plain' | 'price' | 'moment'

export interface StepWords {
  readonly label: string
  readonly format: FigureFormat
  /** before a numeric limit; empty: as the figures lie to each other */
  readonly bound: 'at most' | 'at least' | 'under' | 'until' | ''
  /** what is counted includes the order itself: `would be 11` */
  readonly isOutlook?: boolean
}

const step = (
  label: string,
  format: FigureFormat = 'plain',
  bound: StepWords['bound'] = '',
  isOutlook = false,
): StepWords => ({ label, format, bound, isOutlook })

/** SPEC §8, in the order in which they are looked at. */
export const DROP_WORDS: Readonly<Record<string, StepWords>> = {
  expired: step('Still valid', 'moment', 'until'),
  duplicate: step('Not decided before'),
  confidence_below_required: step('Confidence', 'plain', 'at least'),
  strategy_not_allowed: step('Strategy allowed'),
  symbol_not_allowed: step('Symbol allowed'),
  not_ranked: step('Ranking'),
  symbol_busy: step('Symbol free'),
  opposite_position: step('No opposite position'),
  no_position: step('Own position'),
  cooldown: step('Rest after a stop', 'moment', 'until'),
  volatility_extreme: step('Volatility'),
  conflicting_signals: step('Best signal of its symbol'),
  no_free_slot: step('Free slot', 'plain', 'at most'),
  price_ran_away: step('Price still near', 'price', 'at most'),
  size_zero: step('Size'),
  data_not_ready: step('Market data'),
}

/** SPEC §3: the fifteen checks, each with the codes it denies by. */
export const CHECKS: readonly { readonly name: string; readonly codes: readonly string[] }[] = [
  { name: 'Stop trading', codes: ['emergency'] },
  { name: 'Symbol', codes: ['symbol_not_allowed'] },
  { name: 'Price', codes: ['price_invalid', 'entry_too_far'] },
  { name: 'Price age', codes: ['price_stale'] },
  { name: 'New positions', codes: ['new_positions_disabled'] },
  { name: 'Strategy', codes: ['strategy_not_allowed'] },
  { name: 'Confidence', codes: ['confidence_below_threshold'] },
  { name: 'Leverage', codes: ['max_leverage', 'liquidation_buffer'] },
  { name: 'Stop and risk', codes: ['stop_invalid', 'max_risk_per_trade', 'cost_too_high'] },
  { name: 'Position size', codes: ['position_cap', 'max_order_notional'] },
  { name: 'Positions', codes: ['max_positions'] },
  { name: 'Trades and pace', codes: ['max_daily_trades', 'order_rate'] },
  { name: 'Drawdown today', codes: ['daily_drawdown', 'max_daily_loss'] },
  { name: 'Exposure, loss, correlation', codes: ['gross_exposure', 'symbol_exposure', 'heat', 'correlation_cap'] },
  { name: 'Exchange filters', codes: ['exchange_filter', 'below_minimum'] },
]

export const GUARD_WORDS: Readonly<Record<string, StepWords>> = {
  emergency: step('Stop trading'),
  symbol_not_allowed: step('Symbol'),
  price_invalid: step('Price'),
  entry_too_far: step('Distance from the mark', 'percent', 'at most'),
  price_stale: step('Price age', 'seconds', 'at most'),
  new_positions_disabled: step('New positions', 'percent', 'at most'),
  strategy_not_allowed: step('Strategy'),
  confidence_below_threshold: step('Confidence', 'plain', 'at least'),
  max_leverage: step('Leverage', 'times', 'at most'),
  liquidation_buffer: step('Room to liquidation', 'percent', 'at least'),
  stop_invalid: step('Stop distance', 'percent'),
  max_risk_per_trade: step('Risk per trade', 'percent', 'at most', true),
  cost_too_high: step('Cost of trading', 'percent', 'at most'),
  position_cap: step('Position size, USDT', 'usdt', 'at most', true),
  max_order_notional: step('Order size, USDT', 'usdt', 'at most', true),
  max_positions: step('Positions', 'plain', 'at most', true),
  max_daily_trades: step('Trades today', 'plain', 'at most', true),
  order_rate: step('Entries in a minute', 'plain', 'at most', true),
  daily_drawdown: step('Drawdown today', 'percent', 'under'),
  max_daily_loss: step('Loss today, USDT', 'usdt', 'under'),
  gross_exposure: step('Gross exposure', 'times', 'at most', true),
  symbol_exposure: step('Exposure to the symbol', 'times', 'at most', true),
  heat: step('Loss if every stop is hit', 'percent', 'at most', true),
  correlation_cap: step('Correlation with what is open', 'plain', 'at most'),
  exchange_filter: step('Exchange filters'),
  below_minimum: step('Smallest order, USDT', 'usdt', 'at least'),
  not_reducing: step('Reduces what is held'),
  reduce_only: step('Reduces what is held'),
  asked_by: step('Asked for by'),
  risk_state_unavailable: step('Account state known'),
}

const NEVER_DENY = new Set(['reduce_only', 'asked_by'])
const DENIAL_ONLY = Object.keys(GUARD_WORDS).filter((code) => !NEVER_DENY.has(code))
export const DENIAL_CODES: readonly string[] = DENIAL_ONLY
export const DROP_CODES: readonly string[] = Object.keys(DROP_WORDS)

const BARE: StepWords = step('')

/** A code nobody has words for is shown as it is. */
export const wordsOf = (code: string, gate: 'orchestrator' | 'guard'): StepWords =>
  (gate === 'guard' ? GUARD_WORDS : DROP_WORDS)[code] ?? { ...BARE, label: code.replaceAll('_', ' ') }
