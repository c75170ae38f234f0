import type { z } from 'zod'

/** The limits a policy sets: what each is called, how its value is written, who set it. Pure. */
import type { LimitSource } from '../../contract/denial.ts'
import type { EffectiveLimits } from '../../contract/policy-shapes.ts'
import { formatNumber, formatPercent, formatTimes } from '../widgets/format-number.ts'
import { actorText, capitalised } from './actor-text.ts'

export type Source = z.infer<typeof LimitSource>

/** The limits with a number and a source. */
export type LimitField = {
  [Field in keyof EffectiveLimits]: EffectiveLimits[Field] extends { value: number } ? Field : never
}[keyof EffectiveLimits]

interface LimitName {
  readonly field: LimitField
  readonly name: string
  readonly text: (value: number) => string
}

const percent =
  (decimals: number) =>
  (value: number): string =>
    formatPercent(value, { decimals })
const whole = (value: number): string => formatNumber(value, { decimals: 0 })
const times =
  (decimals: number) =>
  (value: number): string =>
    formatTimes(value, decimals)

/** In the order in which a person reads them. */
export const LIMIT_NAMES: readonly LimitName[] = [
  { field: 'max_risk_per_trade', name: 'Risk per trade', text: percent(2) },
  { field: 'max_positions', name: 'Positions', text: whole },
  { field: 'max_daily_trades', name: 'Trades today', text: whole },
  { field: 'min_confidence', name: 'Confidence', text: (value) => formatNumber(value, { decimals: 2 }) },
  { field: 'max_leverage', name: 'Leverage', text: times(0) },
  { field: 'position_size_cap_usd', name: 'Position size, small account', text: (value) => `${whole(value)} USDT` },
  { field: 'position_size_cap_fraction', name: 'Position size', text: (value) => `${percent(0)(value)} of equity` },
  { field: 'max_daily_drawdown', name: 'Drawdown today', text: percent(1) },
  { field: 'max_gross_exposure', name: 'Exposure', text: times(1) },
  { field: 'max_symbol_exposure', name: 'Exposure per symbol', text: times(1) },
]

const KINDS: Readonly<Record<Exclude<Source['kind'], 'policy'>, string>> = {
  profile: 'Profile',
  governor: 'Governor',
  config: 'Config',
  exchange: 'Exchange',
}

/** `Profile`, `Governor`, `Config`; of the policy: who wrote it, `MSC`, `You`. */
export const sourceText = ({ kind, actor }: Source): string =>
  kind === 'policy' ? capitalised(actorText(actor)) : KINDS[kind]

/** What a check holds a position against, as the preview names it. */
const CODES: Readonly<Record<string, readonly [name: string, text: (value: number) => string]>> = {
  position_cap: ['position size', (value) => `${whole(value)} USDT`],
  max_leverage: ['leverage', times(0)],
  max_positions: ['positions', whole],
  confidence_below_threshold: ['confidence', (value) => formatNumber(value, { decimals: 2 })],
  max_risk_per_trade: ['risk', percent(2)],
  strategy_not_allowed: ['strategy', String],
  symbol_not_allowed: ['symbol', String],
  symbol_exposure: ['exposure of the symbol', times(2)],
  gross_exposure: ['exposure', times(2)],
  heat: ['loss if every stop is hit', percent(2)],
  new_positions_disabled: ['new positions', String],
}

export const codeName = (code: string): string => CODES[code]?.[0] ?? code.replaceAll('_', ' ')

export function codeFigure(code: string, value: number | string | null): string {
  if (typeof value !== 'number') return value ?? '–'
  return CODES[code]?.[1](value) ?? formatNumber(value)
}
