/** One changed field of the policy in a few words. Pure. */
import type { FieldChange } from '../../../contract/policy-shapes.ts'
import { formatNumber, formatPercent } from '../../widgets/format-number.ts'
import { localMinute } from '../../widgets/format-time.ts'

const plain = (name: string) => (to: unknown) => `${name} ${valueText(to)}`

function pinText(to: unknown): string {
  if (to === null) return 'pin released'
  const { until } = to as { readonly until?: string | null }
  return typeof until === 'string' ? `pinned until ${localMinute(Date.parse(until))}` : 'pinned until released'
}

const FIELDS: Readonly<Record<string, (to: unknown) => string>> = {
  risk_mode: plain('mode'),
  max_risk_per_trade: (to) => `risk per trade ${typeof to === 'number' ? formatPercent(to) : valueText(to)}`,
  max_positions: plain('positions'),
  max_daily_trades: plain('trades a day'),
  global_min_confidence: plain('confidence'),
  emergency: (to) => (to === null ? 'stop released' : 'trading stopped'),
  pin: pinText,
}

export function changeText({ path, to }: FieldChange): string {
  return (FIELDS[path] ?? plain(path.replaceAll('_', ' ')))(to)
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return 'none'
  return Array.isArray(value) ? `${value.length} named` : 'changed'
}
