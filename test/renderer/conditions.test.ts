/** The one most severe condition, and the one word of safety. */
import { describe, expect, test } from 'vitest'

import type { Alert } from '../../src/contract/events.ts'
import { severest } from '../../src/renderer/frame/conditions.ts'
import { safetyOf } from '../../src/renderer/frame/safety.ts'
import { EMPTY_REPLICA, type LiveReplica } from '../../src/renderer/state/live-state.ts'

const NOW = Date.UTC(2026, 0, 1, 12)
const iso = (msAgo: number): string => new Date(NOW - msAgo).toISOString()

const status = {
  environment: 'SIMULATED',
  phase: 'running',
  paused: false,
  venue_up: true,
  entries_off: null,
} as LiveReplica['status']
const position = (symbol: string, bareFor: number | null) => ({
  symbol,
  is_protected: bareFor === null,
  unprotected_since: bareFor === null ? null : iso(bareFor),
})
const positions = (...rows: ReturnType<typeof position>[]): LiveReplica['positions'] =>
  new Map(rows.map((row) => [row.symbol, row])) as unknown as LiveReplica['positions']

const CALM: LiveReplica = {
  ...EMPTY_REPLICA,
  link: { phase: 'live', since: NOW },
  seq: 1,
  at: NOW,
  receivedAt: NOW,
  quotesAt: NOW,
  status,
  policy: { emergency: null, risk_mode: 'NORMAL' } as LiveReplica['policy'],
  governor: { level: 'NORMAL' } as LiveReplica['governor'],
}
const stopped = {
  emergency: { id: 'e', by: 'user', reason: 'by hand', engaged_at: iso(0) },
  risk_mode: 'NORMAL',
} as LiveReplica['policy']

const idOf = (changes: Partial<LiveReplica>): string | null => severest({ ...CALM, ...changes }, NOW)?.id ?? null

describe('the band', () => {
  test('a calm station has none, nor has a page that is still connecting', () => {
    expect(idOf({})).toBeNull()
    expect(idOf({ link: { phase: 'connecting' }, policy: stopped })).toBeNull()
  })

  test('made-up prices are said for as long as they last; once the exchange answers, with the way back', () => {
    const alert = (code: string, message: string, severity: Alert['severity'] = 'warning'): [string, Alert] => [
      code,
      { id: code, severity, code, message, raised_at: iso(60_000), cleared_at: null, acknowledged_at: iso(0) },
    ]
    const [madeUp, answers] = [
      alert('simulated_prices', 'prices are made up since 11:00 UTC, live prices cannot be had: no network'),
      alert('exchange_answers', 'the exchange answers again', 'info'),
    ]
    const alone = severest({ ...CALM, alerts: new Map([madeUp]) }, NOW)
    expect(alone).toMatchObject({
      what: 'Prices are made up',
      rest: ' since 11:00 UTC, live prices cannot be had: no network.',
    })
    expect(alone?.verb).toBeUndefined()
    expect(severest({ ...CALM, alerts: new Map([madeUp, answers]) }, NOW)?.verb?.action).toBe('live-prices')
    const over: [string, Alert] = [madeUp[0], { ...madeUp[1], cleared_at: iso(0) }]
    expect(idOf({ alerts: new Map([over]) })).toBeNull()
  })

  test.each([
    ['lost', { link: { phase: 'lost', since: NOW - 3000, attempt: 1, retryAt: NOW } }],
    ['unprotected WIFUSDT', { positions: positions(position('BTCUSDT', null), position('WIFUSDT', 4000)) }],
    ['stopped', { policy: stopped }],
    ['venue', { status: { ...status, venue_up: false } }],
    ['silent', { quotesAt: NOW - 11_000 }],
    ['governor CAUTIOUS', { governor: { level: 'CAUTIOUS', cause: 'a bad day', exit: null } }],
    ['finished', { status: { ...status, phase: 'finished' } }],
    ['entries-off', { status: { ...status, entries_off: 'equity jumped' } }],
  ] as [string, Partial<LiveReplica>][])('%s', (id, changes) => {
    expect(idOf(changes)).toBe(id)
  })

  test('a position without a stop is worse than a stop of trading, a dead link hides both', () => {
    const bad = { policy: stopped, positions: positions(position('WIFUSDT', 4000)) }
    expect(idOf(bad)).toBe('unprotected WIFUSDT')
    expect(idOf({ ...bad, link: { phase: 'lost', since: NOW, attempt: 1, retryAt: NOW } })).toBe('lost')
  })

  test('it says for how long, and offers one verb', () => {
    const condition = severest({ ...CALM, positions: positions(position('WIFUSDT', 4000)) }, NOW)
    expect(`${condition?.what}${condition?.rest}`.replaceAll('\u202F', ' ')).toBe(
      'WIFUSDT has had no stop at the exchange for 4.0 s. Placing it again.',
    )
    expect(condition?.verb).toEqual({ label: 'Close WIFUSDT now', action: 'close', symbol: 'WIFUSDT' })
  })

  test('a critical alert stands until somebody has seen it, the newest of several first', () => {
    const alert = {
      severity: 'critical' as const,
      code: 'msc_silent',
      raised_at: iso(0),
      cleared_at: null,
      acknowledged_at: null,
    }
    const alerts = (...rows: Partial<Alert>[]): LiveReplica['alerts'] =>
      new Map(
        rows.map((row, place) => [`a${place}`, { ...alert, id: `a${place}`, message: `no run ${place}`, ...row }]),
      )
    const shown = severest({ ...CALM, alerts: alerts({}, {}) }, NOW)
    expect(shown).toMatchObject({ what: 'No run 1', verb: { action: 'acknowledge', id: 'a1' } })
    expect(shown?.rest).toMatch(/^\. Raised .* 1 more alert not seen\.$/)
    expect(idOf({ alerts: alerts({ acknowledged_at: iso(0) }) })).toBeNull()
    expect(idOf({ alerts: alerts({ cleared_at: iso(0) }) })).toBeNull()
    expect(idOf({ alerts: alerts({ severity: 'warning' }) })).toBeNull()
    expect(idOf({ alerts: alerts({}), policy: stopped })).toBe('stopped')
  })

  test('a held clock tells no prices, and that is no fault', () => {
    expect(idOf({ quotesAt: NOW - 60_000, status: { ...status, paused: true } as LiveReplica['status'] })).toBeNull()
  })
})

describe('safety', () => {
  const wordOf = (changes: Partial<LiveReplica>): string => safetyOf({ ...CALM, ...changes }).word

  test('safe means connected, every stop held, nothing reduced', () => {
    expect(safetyOf({ ...CALM, positions: positions(position('A', null), position('B', null)) })).toEqual({
      word: 'Safe',
      fact: '2/2 stops held',
      level: 'ok',
    })
  })

  test('one missing stop is unsafe, whatever else holds', () => {
    expect(
      safetyOf({ ...CALM, policy: stopped, positions: positions(position('A', null), position('B', 1)) }),
    ).toMatchObject({
      word: 'Unsafe',
      fact: '1 without stop',
    })
  })

  test.each([
    { link: { phase: 'lost', since: 0, attempt: 1, retryAt: 0 } },
    { policy: stopped },
    { status: { ...status, venue_up: false } },
    { status: { ...status, entries_off: 'why' } },
    { governor: { level: 'DEFENSIVE' } },
  ] as Partial<LiveReplica>[])('careful: %o', (changes) => {
    expect(wordOf(changes)).toBe('Careful')
  })

  test('nothing is said before anything is known', () => {
    expect(wordOf({ status: null })).toBe('–')
  })
})
