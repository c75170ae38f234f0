/** Every component at, just under and just over its bounds; the system as its worst (SPEC §14). */
import { describe, expect, it } from 'vitest'

import {
  boundsOf,
  COMPONENTS,
  type ComponentName,
  type Reading,
  type Readings,
} from '../../../src/core/health/components.ts'
import { Durations } from '../../../src/core/health/durations.ts'
import { healthOf, type Health, type HealthContext } from '../../../src/core/health/health.ts'
import { HEALTH_SETTINGS } from '../../../src/core/health/settings.ts'
import { measured } from '../../../src/core/health/words.ts'

const NOW = 1_750_000_000_000
const MB = 1e6
const GB = 1e9
const CONTEXT: HealthContext = { now: NOW, bounds: boundsOf(HEALTH_SETTINGS, 1000), isVirtual: false }

const WELL: Readings = {
  feed: { value: 0 },
  venue: { value: 0 },
  database: { value: 1 },
  events: { value: 1 },
  clock: { value: 0 },
  disk: { value: 50 * GB },
  memory: { value: 20 },
}

const judged = (component: ComponentName, reading: Reading, context: Partial<HealthContext> = {}): Health =>
  healthOf({ ...WELL, [component]: reading }, null, { ...CONTEXT, ...context })

const statusOf = (component: ComponentName, value: number, context: Partial<HealthContext> = {}): string | undefined =>
  judged(component, { value }, context).components.find((each) => each.component === component)?.status

describe('a component', () => {
  it.each<[ComponentName, number, string]>([
    ['feed', 5000, 'HEALTHY'],
    ['feed', 5001, 'DEGRADED'],
    ['feed', 30_000, 'DEGRADED'],
    ['feed', 30_001, 'CRITICAL'],
    ['venue', 10_000, 'HEALTHY'],
    ['venue', 10_001, 'DEGRADED'],
    ['venue', 60_000, 'DEGRADED'],
    ['venue', 60_001, 'CRITICAL'],
    ['database', 50, 'HEALTHY'],
    ['database', 50.1, 'DEGRADED'],
    ['database', 60_000, 'DEGRADED'],
    ['events', 250, 'HEALTHY'],
    ['events', 251, 'DEGRADED'],
    ['events', 2000, 'DEGRADED'],
    ['events', 2001, 'CRITICAL'],
    ['clock', 1000, 'HEALTHY'],
    ['clock', 1001, 'DEGRADED'],
    ['clock', 5000, 'DEGRADED'],
    ['clock', 5001, 'CRITICAL'],
    ['disk', GB, 'HEALTHY'],
    ['disk', GB - 1, 'DEGRADED'],
    ['disk', 100 * MB, 'DEGRADED'],
    ['disk', 100 * MB - 1, 'CRITICAL'],
    ['memory', 80, 'HEALTHY'],
    ['memory', 80.1, 'DEGRADED'],
    ['memory', 95, 'DEGRADED'],
    ['memory', 95.1, 'CRITICAL'],
  ])('%s at %d is %s', (component, value, status) => {
    expect(statusOf(component, value)).toBe(status)
  })

  it('feed on candles may be as old as two intervals, and six', () => {
    const minutes = { bounds: boundsOf(HEALTH_SETTINGS, 60_000) }
    expect([120_000, 120_001, 360_000, 360_001].map((age) => statusOf('feed', age, minutes))).toEqual([
      'HEALTHY',
      'DEGRADED',
      'DEGRADED',
      'CRITICAL',
    ])
  })

  it('that was not measured yet is well; one that fails is CRITICAL whatever it measures', () => {
    expect(judged('disk', { value: null }).status).toBe('HEALTHY')
    const failing = judged('database', { value: 1, failing: 'the disk is full' })
    expect(failing).toMatchObject({ status: 'CRITICAL', detail: 'the disk is full' })
  })

  it('keeps the time since when it is so', () => {
    const first = judged('feed', { value: 6000 })
    const later = healthOf({ ...WELL, feed: { value: 8000 } }, first, { ...CONTEXT, now: NOW + 2000 })
    expect(later.components[0]).toMatchObject({ status: 'DEGRADED', since: NOW, value: 8000 })
    const well = healthOf(WELL, later, { ...CONTEXT, now: NOW + 4000 })
    expect(well.components[0]).toMatchObject({ status: 'HEALTHY', since: NOW + 4000 })
  })

  it('says what was measured and which bound it passed', () => {
    expect(judged('feed', { value: 41_200 }).detail).toBe('the age of the last price is 41.2 s, CRITICAL over 30 s')
    expect(judged('disk', { value: 800 * MB }).detail).toBe('free disk space is 0.8 GB, DEGRADED under 1 GB')
    expect([measured(63, 'ms'), measured(42 * MB, 'bytes'), measured(81.23, 'percent')]).toEqual([
      '63 ms',
      '42 MB',
      '81.2 %',
    ])
  })
})

describe('the system', () => {
  const BAD: Readings = {
    feed: { value: 60_000 },
    venue: { value: 61_000 },
    database: { value: 1, failing: 'no writes' },
    events: { value: 3000 },
    clock: { value: 6000 },
    disk: { value: 0 },
    memory: { value: 99 },
  }

  it.each(COMPONENTS)('is CRITICAL by %s only if trading hangs on it, else DEGRADED', (component) => {
    const { status, components } = healthOf({ ...WELL, [component]: BAD[component] }, null, CONTEXT)
    expect(components.find((each) => each.component === component)?.status).toBe('CRITICAL')
    expect(status).toBe(['feed', 'venue', 'database'].includes(component) ? 'CRITICAL' : 'DEGRADED')
  })

  it('is as its worst component', () => {
    expect(healthOf(WELL, null, CONTEXT)).toMatchObject({ status: 'HEALTHY', detail: 'everything is well' })
    expect(healthOf(BAD, null, CONTEXT).status).toBe('CRITICAL')
    expect(healthOf({ ...WELL, feed: { value: 6000 }, memory: { value: 99 } }, null, CONTEXT).status).toBe('DEGRADED')
  })

  it('on a made-up clock is steered by what is measured on that clock, and by what fails; the rest is shown', () => {
    const virtual = { ...CONTEXT, isVirtual: true }
    const slow = {
      ...WELL,
      database: { value: 900 },
      events: { value: 9000 },
      memory: { value: 99 },
      disk: { value: 0 },
    }
    const seen = healthOf(slow, null, virtual)
    expect(seen.status).toBe('HEALTHY')
    expect(seen.components.filter(({ status }) => status !== 'HEALTHY').map(({ component }) => component)).toEqual([
      'database',
      'events',
      'disk',
      'memory',
    ])
    expect(seen.components.filter(({ steers }) => steers).map(({ component }) => component)).toEqual(['feed', 'venue'])
    expect(healthOf({ ...WELL, feed: { value: 60_000 } }, null, virtual).status).toBe('CRITICAL')
    expect(healthOf({ ...WELL, database: BAD.database }, null, virtual).status).toBe('CRITICAL')
  })
})

describe('durations', () => {
  it('give percentiles by the nearest rank of the last ones, and count all', () => {
    const durations = new Durations(100)
    expect(durations.figures()).toEqual({ p50: null, p99: null, count: 0 })
    for (let ms = 1; ms <= 100; ms++) durations.note(ms)
    expect(durations.figures()).toEqual({ p50: 50, p99: 99, count: 100 })
    for (let more = 0; more < 60; more++) durations.note(7)
    expect(durations.figures()).toEqual({ p50: 7, p99: 99, count: 160 })
  })
})
