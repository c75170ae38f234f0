/** Rules that set a mode, on the page: their hours in words, what they do now, and a typed rule as the station takes it. */
import { describe, expect, test } from 'vitest'

import {
  conditionText,
  daysText,
  minuteOf,
  minuteText,
  nameFault,
  stateText,
  windowText,
  type RuleState,
} from '../../src/renderer/screens/policy/mode-rule-words.ts'
import { draftFrom, readRule } from '../../src/renderer/screens/policy/rule-draft.ts'

const NIGHT = {
  name: 'Night',
  mode: 'DEFENSIVE' as const,
  days: [1, 2, 3, 4, 5],
  from_minute: 1320,
  to_minute: 360,
  enabled: true,
}
const STORM = { name: 'Storm', mode: 'DEFENSIVE' as const, at_least: 'EXTREME' as const, enabled: true }
const RULES = { time_rules: [NIGHT], volatility_rules: [STORM] }

describe('in words', () => {
  test('days', () => {
    expect(daysText([0, 1, 2, 3, 4, 5, 6])).toBe('every day')
    expect(daysText([5, 1, 2, 3, 4])).toBe('Mon to Fri')
    expect(daysText([0, 6])).toBe('Sat, Sun')
    expect(daysText([1, 3])).toBe('Mon, Wed')
    expect(daysText([])).toBe('no day')
  })

  test('hours: an end at or before the beginning is one of the next day', () => {
    expect(windowText(NIGHT)).toBe('Mon to Fri, 22:00 to 06:00 UTC of the next day')
    expect(windowText({ ...NIGHT, from_minute: 540, to_minute: 1020 })).toBe('Mon to Fri, 09:00 to 17:00 UTC')
    expect(windowText({ ...NIGHT, from_minute: 0, to_minute: 1440 })).toBe('Mon to Fri, 24 h from 00:00 UTC')
  })

  test('minutes of the day', () => {
    expect(minuteText(1325)).toBe('22:05')
    expect(minuteOf('22:05')).toBe(1325)
    expect(minuteOf('24:00')).toBe(1440)
    expect([minuteOf('24:01'), minuteOf('9:75'), minuteOf('noon')]).toEqual([null, null, null])
  })

  test('conditions', () => {
    expect(conditionText({ at_least: 'HIGH' })).toBe('while volatility is high or extreme')
    expect(conditionText({ at_least: 'EXTREME' })).toBe('while volatility is extreme')
  })

  test('what a rule does now', () => {
    const now = Date.UTC(2026, 0, 1, 12)
    const state: RuleState = {
      name: 'Night',
      kind: 'time',
      mode: 'DEFENSIVE',
      enabled: true,
      is_open: false,
      speaks: false,
      until: null,
      next_at: '2026-01-01T22:00:00.000Z',
    }
    expect(stateText(state, now)).toMatch(/^opens \d\d:\d\d \(22:00 UTC\)$/)
    expect(stateText({ ...state, next_at: '2026-01-05T22:00:00.000Z' }, now)).toMatch(/^opens (Mon|Tue) .*22:00 UTC/)
    expect(stateText({ ...state, is_open: true, speaks: true, until: '2026-01-01T18:00:00.000Z' }, now)).toContain(
      '(18:00 UTC)',
    )
    expect(stateText({ ...state, is_open: true, speaks: true }, now, true)).toBe(
      'asks while it holds; the pin is above it',
    )
    expect(stateText({ ...state, is_open: true }, now)).toContain('not heard')
    expect(stateText({ ...state, enabled: false }, now)).toBe('off')
    expect(stateText({ ...state, kind: 'volatility', next_at: null }, now)).toBe('waits for its condition')
    expect(stateText(undefined, now)).toBe('off')
  })
})

describe('a typed rule', () => {
  test('is read back as it was written', () => {
    const night = { kind: 'time', place: 0 } as const
    expect(readRule(draftFrom(RULES, night), RULES, night).change).toEqual({ time_rules: [NIGHT] })
    const storm = { kind: 'volatility', place: 0 } as const
    expect(readRule(draftFrom(RULES, storm), RULES, storm).change).toEqual({ volatility_rules: [STORM] })
  })

  test('a new one stands behind the others, its days in order', () => {
    const added = { kind: 'time', place: null } as const
    const draft = { ...draftFrom(RULES, added), name: ' Lunch ', days: [3, 1], from: '12:00', to: '13:30' }
    expect(readRule(draft, RULES, added).change).toEqual({
      time_rules: [
        NIGHT,
        { name: 'Lunch', mode: 'DEFENSIVE', days: [1, 3], from_minute: 720, to_minute: 810, enabled: true },
      ],
    })
  })

  test('without a day or a time it says so', () => {
    const added = { kind: 'time', place: null } as const
    const draft = draftFrom(RULES, added)
    expect(readRule({ ...draft, days: [] }, RULES, added)).toMatchObject({ change: null, fault: expect.any(String) })
    expect(readRule({ ...draft, from: '' }, RULES, added).fault).toContain('times like 22:00')
  })

  test('its name is its own', () => {
    expect(nameFault('  ', [])).toContain('empty')
    expect(nameFault('Night', ['Night'])).toContain('already')
    expect(nameFault('x'.repeat(41), [])).toContain('41')
    expect(nameFault('Lunch', ['Night'])).toBeNull()
  })
})
