/** What each component measures, and from where it is DEGRADED or CRITICAL (SPEC §14). */
import type { HealthSettings } from './settings.ts'

export const COMPONENTS = ['feed', 'venue', 'database', 'events', 'clock', 'disk', 'memory'] as const
export type ComponentName = (typeof COMPONENTS)[number]
export type HealthUnit = 'ms' | 'bytes' | 'percent'

/** One measure; null: nothing measured yet, which is no fault. */
export interface Reading {
  readonly value: number | null
  /** it does not work at all, whatever it measures; a sentence */
  readonly failing?: string | null
}

export type Readings = Readonly<Record<ComponentName, Reading>>

export interface Bounds {
  readonly unit: HealthUnit
  /** null: no measure makes it so */
  readonly degradedAt: number | null
  readonly criticalAt: number | null
  /** less is worse */
  readonly isFloor: boolean
  /** trading hangs on it: only such a component makes the system CRITICAL */
  readonly isCritical: boolean
  /** measured in real time of this machine: on a made-up clock it steers nothing */
  readonly isReal: boolean
  readonly what: string
}

const bounds = (fields: Partial<Bounds> & Pick<Bounds, 'degradedAt' | 'criticalAt' | 'what'>): Bounds => ({
  unit: 'ms',
  isFloor: false,
  isCritical: false,
  isReal: true,
  ...fields,
})

/** `intervalMs`: the feed's longest time between two prices. */
export function boundsOf(settings: HealthSettings, intervalMs: number): Readonly<Record<ComponentName, Bounds>> {
  return {
    feed: bounds({
      degradedAt: Math.max(settings.feedDegradedMs, settings.feedDegradedIntervals * intervalMs),
      criticalAt: Math.max(settings.feedCriticalMs, settings.feedCriticalIntervals * intervalMs),
      isCritical: true,
      isReal: false,
      what: 'the age of the last price',
    }),
    venue: bounds({
      degradedAt: settings.venueDegradedMs,
      criticalAt: settings.venueCriticalMs,
      isCritical: true,
      isReal: false,
      what: 'the silence of the venue',
    }),
    database: bounds({
      degradedAt: settings.databaseDegradedMs,
      criticalAt: null,
      isCritical: true,
      what: 'the 99th percentile of a database write',
    }),
    events: bounds({
      degradedAt: settings.eventLagDegradedMs,
      criticalAt: settings.eventLagCriticalMs,
      what: 'the lag of events',
    }),
    clock: bounds({
      degradedAt: settings.clockSkewDegradedMs,
      criticalAt: settings.clockSkewCriticalMs,
      what: 'the difference to the venue’s clock',
    }),
    disk: bounds({
      unit: 'bytes',
      degradedAt: settings.diskDegradedBytes,
      criticalAt: settings.diskCriticalBytes,
      isFloor: true,
      what: 'free disk space',
    }),
    memory: bounds({
      unit: 'percent',
      degradedAt: settings.memoryDegradedPct,
      criticalAt: settings.memoryCriticalPct,
      what: 'used memory',
    }),
  }
}
