/** Components of the station's health, their bounds and figures in words. Pure. */
import type { Alert } from '../../../contract/events.ts'
import type { ComponentHealth, HealthStatus } from '../../../contract/health.ts'
import { formatNumber, THIN_SPACE } from '../../widgets/format-number.ts'
import { formatSpan } from '../../widgets/format-time.ts'

export const STATUS_WORDS: Readonly<Record<HealthStatus, string>> = {
  HEALTHY: 'Healthy',
  DEGRADED: 'Degraded',
  CRITICAL: 'Critical',
}

const NAMES: Readonly<Record<ComponentHealth['component'], readonly [name: string, measure: string]>> = {
  feed: ['Prices', 'age of the newest'],
  venue: ['Exchange', 'since its last word'],
  database: ['Journal', 'slowest writes, p99'],
  events: ['Events', 'lag of delivery'],
  clock: ['Clock', 'off the exchange’s'],
  disk: ['Disk', 'free'],
  memory: ['Memory', 'of its limit'],
}

export const componentName = (component: ComponentHealth['component']): string => NAMES[component][0]
export const measureName = (component: ComponentHealth['component']): string => NAMES[component][1]

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${formatNumber(value, { decimals: value < 10 && unit > 0 ? 1 : 0 })}${THIN_SPACE}${UNITS[unit] ?? ''}`
}

/** `12 ms`, `5.0 s`, `41 GB`, `63 %` */
export function measureText(value: number | null, unit: ComponentHealth['unit']): string {
  if (value === null) return '–'
  if (unit === 'bytes') return bytesText(value)
  if (unit === 'percent') return `${formatNumber(value, { decimals: 0 })}${THIN_SPACE}%`
  return Math.abs(value) < 1000
    ? `${formatNumber(value, { decimals: Math.abs(value) < 10 ? 1 : 0 })}${THIN_SPACE}ms`
    : formatSpan(value)
}

/** Of free disk less is worse; of everything else more. */
export const isLessWorse = ({
  degraded_at: degraded,
  critical_at: critical,
}: Pick<ComponentHealth, 'degraded_at' | 'critical_at'>): boolean =>
  degraded !== null && critical !== null && critical < degraded

/** `degraded over 5.0 s, critical over 30 s` */
export function boundsText(health: ComponentHealth): string {
  const { degraded_at: degraded, critical_at: critical, unit } = health
  const side = isLessWorse(health) ? 'under' : 'over'
  const parts = [
    degraded === null ? '' : `degraded ${side} ${measureText(degraded, unit)}`,
    critical === null ? '' : `critical ${side} ${measureText(critical, unit)}`,
  ]
  return parts.filter(Boolean).join(', ') || 'no bound'
}

/** How much of the way to its critical bound is used, 0…1, and where degraded stands; null: no bound or no figure. */
export function usedOf(health: ComponentHealth): { readonly used: number; readonly degraded: number } | null {
  const { value, degraded_at: degraded, critical_at: critical } = health
  if (value === null || degraded === null || critical === null || critical === 0) return null
  const clamp = (share: number): number => Math.min(1, Math.max(0, share))
  if (!isLessWorse(health)) return { used: clamp(Math.abs(value) / critical), degraded: clamp(degraded / critical) }
  // free space falls towards its bound: full at the critical one, degraded on the way
  return { used: clamp(critical / Math.max(value, 1)), degraded: clamp(critical / degraded) }
}

const ORDER: Readonly<Record<HealthStatus, number>> = { CRITICAL: 0, DEGRADED: 1, HEALTHY: 2 }

/** Worst first, the rest in the order in which the station tells them. */
export const worstFirst = (components: readonly ComponentHealth[]): ComponentHealth[] =>
  components.toSorted((a, b) => ORDER[a.status] - ORDER[b.status])

/** The bad components in words: `Prices critical, Journal degraded`; empty when all are well. */
export const troubleText = (components: readonly ComponentHealth[]): string =>
  worstFirst(components)
    .filter(({ status }) => status !== 'HEALTHY')
    .map(({ component, status }) => `${componentName(component)} ${STATUS_WORDS[status].toLowerCase()}`)
    .join(', ')

export type AlertState = 'open' | 'acknowledged' | 'cleared'

export const alertState = ({ cleared_at: cleared, acknowledged_at: acknowledged }: Alert): AlertState =>
  cleared !== null ? 'cleared' : acknowledged !== null ? 'acknowledged' : 'open'

const SEVERITY: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, info: 2 }

/** Not cleared, unacknowledged before acknowledged, worst first, newest first. */
export function openAlerts(alerts: Iterable<Alert>): Alert[] {
  return [...alerts]
    .filter(({ cleared_at: cleared }) => cleared === null)
    .toSorted(
      (a, b) =>
        Number(a.acknowledged_at !== null) - Number(b.acknowledged_at !== null) ||
        SEVERITY[a.severity] - SEVERITY[b.severity] ||
        Date.parse(b.raised_at) - Date.parse(a.raised_at),
    )
}

/** `policy_write` → `Policy write` */
export const spacedName = (name: string): string => {
  const text = name.replaceAll(/[_.]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
