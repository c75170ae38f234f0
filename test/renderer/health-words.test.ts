/** Health on the page: figures and bounds in words, alerts in the order in which they matter. */
import { describe, expect, test } from 'vitest'

import type { Alert } from '../../src/contract/events.ts'
import type { ComponentHealth } from '../../src/contract/health.ts'
import {
  alertState,
  boundsText,
  bytesText,
  measureText,
  openAlerts,
  troubleText,
  usedOf,
} from '../../src/renderer/screens/health/health-words.ts'

const plain = (text: string): string => text.replaceAll('\u202F', ' ')

const FEED: ComponentHealth = {
  component: 'feed',
  status: 'HEALTHY',
  value: 200,
  unit: 'ms',
  degraded_at: 5000,
  critical_at: 30_000,
  critical: true,
  steers: true,
  detail: '',
  since: '2026-01-01T00:00:00Z',
}
const DISK: ComponentHealth = {
  ...FEED,
  component: 'disk',
  unit: 'bytes',
  value: 2e9,
  degraded_at: 1e9,
  critical_at: 1e8,
}

describe('components', () => {
  test('figures in their unit', () => {
    expect(plain(measureText(0.42, 'ms'))).toBe('0.4 ms')
    expect(plain(measureText(184, 'ms'))).toBe('184 ms')
    expect(plain(measureText(5200, 'ms'))).toBe('5.2 s')
    expect(plain(measureText(63.4, 'percent'))).toBe('63 %')
    expect(measureText(null, 'ms')).toBe('–')
    expect([999, 1e8, 2.4e9, 4.1e10].map((bytes) => plain(bytesText(bytes)))).toEqual([
      '999 B',
      '100 MB',
      '2.4 GB',
      '41 GB',
    ])
  })

  test('bounds: more is worse, of free disk less', () => {
    expect(plain(boundsText(FEED))).toBe('degraded over 5.0 s, critical over 30 s')
    expect(plain(boundsText(DISK))).toBe('degraded under 1.0 GB, critical under 100 MB')
    expect(boundsText({ ...FEED, degraded_at: null, critical_at: null })).toBe('no bound')
  })

  test('how near the critical bound it is', () => {
    expect(usedOf({ ...FEED, value: 15_000 })).toEqual({ used: 0.5, degraded: 5000 / 30_000 })
    expect(usedOf({ ...FEED, value: 90_000 })?.used).toBe(1)
    expect(usedOf({ ...FEED, value: -15_000 })?.used).toBe(0.5)
    expect(usedOf(DISK)).toEqual({ used: 0.05, degraded: 0.1 })
    expect(usedOf({ ...DISK, value: 5e7 })?.used).toBe(1)
    expect(usedOf({ ...FEED, value: null })).toBeNull()
  })

  test('trouble is told worst first', () => {
    const bad = [FEED, { ...DISK, status: 'DEGRADED' as const }, { ...FEED, status: 'CRITICAL' as const }]
    expect(troubleText(bad)).toBe('Prices critical, Disk degraded')
    expect(troubleText([FEED])).toBe('')
  })
})

describe('alerts', () => {
  const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
    id,
    severity: 'warning',
    code: 'x',
    message: id,
    raised_at: '2026-01-01T00:00:00Z',
    cleared_at: null,
    acknowledged_at: null,
    ...more,
  })
  const seen = { acknowledged_at: '2026-01-01T00:01:00Z' }

  test('unseen before seen, worst first, newest first; cleared ones are not open', () => {
    const alerts = [
      alert('seen critical', { severity: 'critical', ...seen }),
      alert('old warning'),
      alert('new warning', { raised_at: '2026-01-01T00:05:00Z' }),
      alert('critical', { severity: 'critical' }),
      alert('gone', { cleared_at: '2026-01-01T00:02:00Z' }),
    ]
    expect(openAlerts(alerts).map(({ id }) => id)).toEqual(['critical', 'new warning', 'old warning', 'seen critical'])
  })

  test('cleared says more than acknowledged', () => {
    expect(alertState(alert('a'))).toBe('open')
    expect(alertState(alert('a', seen))).toBe('acknowledged')
    expect(alertState(alert('a', { ...seen, cleared_at: '2026-01-01T00:02:00Z' }))).toBe('cleared')
  })
})
