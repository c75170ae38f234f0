/** What Bridge makes of what the station says: limits with their use, the stream, the way from stop to target. */
import { describe, expect, test } from 'vitest'

import type { EffectiveLimits, PolicyVersion } from '../../src/contract/policy-shapes.ts'
import type { Decision, Order, Position, Trade } from '../../src/contract/trading-shapes.ts'
import type { Usage } from '../../src/contract/usage.ts'
import { equityPoints } from '../../src/renderer/screens/bridge/equity-points.ts'
import { limitRows } from '../../src/renderer/screens/bridge/limit-rows.ts'
import { curveStretches } from '../../src/renderer/screens/bridge/mode-stretches.ts'
import { protectionOf, trackOf } from '../../src/renderer/screens/bridge/position-rows.ts'
import { aroundFigure, isFound, isShown, streamRows } from '../../src/renderer/screens/bridge/stream-rows.ts'

const source = { kind: 'profile', actor: 'user', version: 3 } as const
const limit = (value: number) => ({ value, source })
const LIMITS = {
  max_risk_per_trade: limit(0.0075),
  max_positions: limit(10),
  max_daily_trades: limit(30),
  min_confidence: limit(0.65),
  max_leverage: limit(5),
  max_daily_drawdown: limit(0.05),
  max_gross_exposure: limit(3),
} as EffectiveLimits
const USAGE = {
  largest_risk: { symbol: 'ETHUSDT', value: 0.0012 },
  slots: 10,
  resting_entries: 1,
  entries_today: 14,
  highest_leverage: null,
  largest_position: { symbol: 'BTCUSDT', value: 963 },
  position_cap: limit(1000),
  drawdown: 0.008,
  emergency_drawdown: 0.08,
  gross_exposure: 0.52,
  heat: 0.013,
  heat_limit: limit(0.06),
} as Usage
const signal = (id: string, confidence: number) => ({ id, kind: 'ENTRY', confidence }) as Decision

describe('limits', () => {
  const rows = limitRows(LIMITS, USAGE, [signal('a', 0.7), signal('b', 0.6), signal('c', 0.65)])
  const row = (name: string) => rows.find((each) => each.name === name)
  const text = (name: string): string => `${row(name)?.inForce} / ${row(name)?.used?.text}`.replaceAll('\u202F', ' ')

  test('show what is in force and what of it is used', () => {
    expect(text('Risk per trade')).toBe('0.75 % / 0.12 %')
    expect(text('Positions')).toBe('10 / 10')
    expect(row('Positions')?.used?.share).toBe(1)
    expect(row('Positions')?.title).toBe('9 open and 1 resting')
    expect(text('Leverage')).toBe('5× / 0×')
    expect(text('Position size')).toBe('1 000 / 963')
    expect(text('Loss if stopped')).toBe('6.0 % / 1.3 %')
    expect(row('Drawdown today')?.title.replaceAll('\u202F', ' ')).toBe('Emergency stop at 8.0 %')
  })

  test('confidence is a gate: at the limit passes', () => {
    expect(row('Confidence')?.used).toEqual({ share: null, text: '2/3 pass' })
  })

  test('before the account is known, limits stand without use', () => {
    const bare = limitRows(LIMITS, null, [])
    expect(bare.map(({ used }) => used)).toEqual(bare.map(() => null))
    expect(bare.length).toBeGreaterThan(5)
  })
})

describe('the stream', () => {
  const decision = {
    id: 'd',
    at: '2026-01-01T12:00:00Z',
    kind: 'ENTRY',
    outcome: 'denied',
    symbol: 'SOLUSDT',
    side: 'LONG',
    sentence: 'would be position 11, limit 10',
    strategy_id: 'trend',
    policy_version: 4,
  } as Decision
  const trade = {
    id: 't',
    opened_at: '2026-01-01T10:00:00Z',
    closed_at: '2026-01-01T12:06:00Z',
    symbol: 'FILUSDT',
    side: 'SHORT',
    exit_reason: 'TAKE_PROFIT',
    profit: '4.81',
    strategy_id: 'mean_reversion',
    trace_id: 'x',
  } as Trade
  const version = {
    version: 5,
    at: '2026-01-01T11:00:00Z',
    actor: 'user',
    reason: 'FOMC',
    changes: [{ path: 'risk_mode', from: 'NORMAL', to: 'DEFENSIVE' }],
  } as unknown as PolicyVersion
  const rows = streamRows([decision], [trade], [version])

  test('is in order of time, newest first', () => {
    expect(rows.map(({ kind }) => kind)).toEqual(['trade', 'decision', 'policy'])
  })

  test('speaks in sentences', () => {
    expect(rows.map(({ sentence }) => sentence.replaceAll('\u202F', ' '))).toEqual([
      'target hit after 2 h 06 m',
      'would be position 11, limit 10',
      'mode DEFENSIVE: “FOMC”',
    ])
  })

  test('is filtered by kind and by words', () => {
    const [closed, denied, policy] = rows
    if (!closed || !denied || !policy) throw new Error('three rows')
    expect([closed, denied, policy].map((row) => isShown(row, 'denied'))).toEqual([false, true, false])
    expect([closed, denied, policy].map((row) => isShown(row, 'approved'))).toEqual([true, false, false])
    expect(isFound(denied, 'sol LIMIT')).toBe(true)
    expect(isFound(denied, 'sol short')).toBe(false)
    expect(isFound(denied, '')).toBe(true)
  })

  test.each([
    ['would be position 11, limit 10', '11'],
    ['would risk 1.9 %, limit 0.75 % (MSC, policy 214)', '1.9 %'],
    ['1000PEPEUSDT is held LONG', ''],
    ['1000PEPEUSDT would be 1.2 × equity', '1.2 ×'],
    ['nothing to say', ''],
  ])('the first figure of “%s” stands out', (sentence, figure) => {
    const parts = aroundFigure(sentence)
    expect(parts[1]).toBe(figure)
    expect(parts.join('')).toBe(sentence)
  })
})

describe('a position', () => {
  const position = (fields: Partial<Position>) =>
    ({
      symbol: 'A',
      is_protected: true,
      stop_price: '90',
      take_profit_price: '130',
      entry_price: '100',
      mark_price: 110,
      ...fields,
    }) as Position

  test('stands between stop and target, mirrored for shorts, never outside', () => {
    expect(trackOf(position({}))).toEqual({ entry: 0.25, mark: 0.5 })
    expect(trackOf(position({ stop_price: '110', take_profit_price: '70', mark_price: 90 }))).toEqual({
      entry: 0.25,
      mark: 0.5,
    })
    expect(trackOf(position({ mark_price: 500 }))?.mark).toBe(1)
    expect(trackOf(position({ take_profit_price: null }))).toBeNull()
    expect(trackOf(position({ stop_price: '0' }))).toBeNull()
  })

  test('a stop that is sent but not confirmed is being placed; without one there is none', () => {
    const order = (state: string) => new Map([['o', { symbol: 'A', purpose: 'STOP', state } as Order]])
    expect(protectionOf(position({}), new Map())).toBe('held')
    expect(protectionOf(position({ is_protected: false }), order('SUBMITTED'))).toBe('placing')
    expect(protectionOf(position({ is_protected: false }), order('UNKNOWN'))).toBe('none')
    expect(protectionOf(position({ is_protected: false }), new Map())).toBe('none')
  })
})

describe('the curve', () => {
  test('has one point a second, in order, drawdown hanging down', () => {
    const points = equityPoints([
      { at: '2026-01-01T00:02:00.000Z', equity: '101', drawdown: 0 },
      { at: '2026-01-01T00:01:00.000Z', equity: '100', drawdown: 0.02 },
      { at: '2026-01-01T00:02:00.900Z', equity: '102', drawdown: 0 },
    ])
    expect(points.map(({ equity, drawdown }) => [equity, drawdown])).toEqual([
      [100, -2],
      [102, -0],
    ])
  })

  test('modes stand under the points they were in force at', () => {
    const at = (seconds: number): string => new Date(seconds * 1000).toISOString()
    const versions = [
      { version: 4, at: at(35), risk_mode: 'NORMAL' as const },
      { version: 3, at: at(20), risk_mode: 'DEFENSIVE' as const },
      { version: 2, at: at(12), risk_mode: 'NORMAL' as const },
      { version: 1, at: at(0), risk_mode: 'NORMAL' as const },
    ]
    expect(curveStretches(versions, [10, 20, 30, 40])).toEqual([
      { mode: 'NORMAL', version: 1, at: 0, from: 0, to: 1 },
      { mode: 'DEFENSIVE', version: 3, at: 20_000, from: 1, to: 3 },
    ])
    expect(curveStretches(versions, [])).toEqual([])
  })
})
