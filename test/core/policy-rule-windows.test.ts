/** Windows of the day and conditions of volatility: when a rule of the user speaks, and which of several (SPEC §2). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { RISK_MODES, type TimeRule, type VolatilityRule } from '../../src/core/policy/policy.ts'
import { nextBoundary, nextWindow, openRules, speakingRule, windowAt } from '../../src/core/policy/rule-windows.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** a Monday */
const MONDAY = Date.UTC(2025, 2, 3)
const at = (day: number, hour: number, minute = 0): number => MONDAY + day * DAY + (hour * 60 + minute) * MINUTE

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const timeRule = (fields: Partial<TimeRule> = {}): TimeRule => ({
  name: 'night',
  mode: 'DEFENSIVE',
  days: EVERY_DAY,
  fromMinute: 22 * 60,
  toMinute: 6 * 60,
  enabled: true,
  ...fields,
})
const stormRule = (fields: Partial<VolatilityRule> = {}): VolatilityRule => ({
  name: 'storm',
  mode: 'DEFENSIVE',
  atLeast: 'HIGH',
  enabled: true,
  ...fields,
})
const namesAt = (timeRules: TimeRule[], now: number): string[] =>
  openRules({ timeRules, volatilityRules: [] }, now, null).map(({ name }) => name)

describe('a window of the day', () => {
  it('begins with its first minute and ends before its last instant', () => {
    const lunch = timeRule({ fromMinute: 12 * 60, toMinute: 13 * 60 })
    expect(windowAt(lunch, at(0, 12) - 1)).toBeNull()
    expect(windowAt(lunch, at(0, 12))).toEqual({ from: at(0, 12), until: at(0, 13) })
    expect(windowAt(lunch, at(0, 13) - 1)).toEqual({ from: at(0, 12), until: at(0, 13) })
    expect(windowAt(lunch, at(0, 13))).toBeNull()
    expect(nextWindow(lunch, at(0, 12))).toEqual({ from: at(1, 12), until: at(1, 13) })
  })

  it('across midnight belongs to the day on which it begins', () => {
    const friday = timeRule({ days: [5] })
    expect(windowAt(friday, at(4, 23))).toEqual({ from: at(4, 22), until: at(5, 6) })
    expect(windowAt(friday, at(5, 5, 59))).toEqual({ from: at(4, 22), until: at(5, 6) })
    expect(windowAt(friday, at(4, 3))).toBeNull()
    expect(windowAt(friday, at(5, 23))).toBeNull()
    expect(nextWindow(friday, at(5, 5))?.from).toBe(at(11, 22))
  })

  it.each([
    ['from 0 to 1440', 0, 1440, at(2, 0)],
    ['from 600 to 600', 600, 600, at(2, 10)],
    ['from 1440 to 1440: the day after', 1440, 1440, at(3, 0)],
    ['from 1440 to 0: the day after', 1440, 0, at(3, 0)],
  ])('%s is a whole day', (_what, fromMinute, toMinute, from) => {
    const wednesday = timeRule({ days: [3], fromMinute, toMinute })
    expect(windowAt(wednesday, from)).toEqual({ from, until: from + DAY })
    expect(windowAt(wednesday, from - 1)).toBeNull()
    expect(windowAt(wednesday, from + DAY)).toBeNull()
  })

  /** Walks minute by minute from each possible beginning, with the calendar of the language. */
  function naivelyOpen(rule: TimeRule, now: number): boolean {
    for (let start = Math.floor(now / MINUTE) * MINUTE; start > now - DAY - MINUTE; start -= MINUTE) {
      const named = new Date(start - (rule.fromMinute === 1440 ? DAY : 0))
      if (named.getUTCHours() * 60 + named.getUTCMinutes() !== rule.fromMinute % 1440) continue
      if (!rule.days.includes(named.getUTCDay())) continue
      let end = start + MINUTE
      while ((end / MINUTE) % 1440 !== rule.toMinute % 1440) end += MINUTE
      if (now < end) return true
    }
    return false
  }

  const anyRule = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    fromMinute: fc.integer({ min: 0, max: 1440 }),
    toMinute: fc.integer({ min: 0, max: 1440 }),
  })
  const anyTime = fc.integer({ min: MONDAY - 400 * DAY, max: MONDAY + 400 * DAY })

  it('is open exactly when a walk over the calendar says so, and opens next at the first such instant', () => {
    fc.assert(
      fc.property(anyRule, anyTime, (fields, now) => {
        const rule = timeRule(fields)
        expect(windowAt(rule, now) !== null).toBe(naivelyOpen(rule, now))
        const next = nextWindow(rule, now)
        if (next === null) throw new Error('a rule with a day has a next window')
        expect(next.from).toBeGreaterThan(now)
        expect(next.from - now).toBeLessThanOrEqual(7 * DAY)
        expect(windowAt(rule, next.from)).toEqual(next)
        expect(naivelyOpen(rule, next.from)).toBe(true)
        const boundary = nextBoundary({ timeRules: [rule] }, now)
        expect(boundary).toBe(Math.min(next.from, windowAt(rule, now)?.until ?? Infinity))
        for (const share of [0.01, 0.4, 0.99]) {
          const between = now + Math.floor(((boundary ?? now) - now) * share)
          expect(windowAt(rule, between)?.from).toBe(windowAt(rule, now)?.from)
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('which rule speaks', () => {
  it('is nobody while none is open, and never one that is off', () => {
    const rules = { timeRules: [timeRule({ enabled: false })], volatilityRules: [stormRule({ enabled: false })] }
    expect(openRules(rules, at(0, 23), 'EXTREME')).toEqual([])
    expect(speakingRule([])).toBeNull()
    expect(nextBoundary(rules, at(0, 23))).toBeNull()
  })

  it('is the tightest of those open; of equals the one written first', () => {
    const timeRules = [
      timeRule({ name: 'bold', mode: 'AGGRESSIVE', fromMinute: 0, toMinute: 1440 }),
      timeRule({ name: 'calm', mode: 'DEFENSIVE' }),
      timeRule({ name: 'calm too', mode: 'DEFENSIVE' }),
      timeRule({ name: 'plain', mode: 'NORMAL' }),
    ]
    expect(namesAt(timeRules, at(0, 23))).toEqual(['bold', 'calm', 'calm too', 'plain'])
    const open = openRules({ timeRules, volatilityRules: [] }, at(0, 23), null)
    expect(speakingRule(open)).toEqual({ name: 'calm', mode: 'DEFENSIVE', from: at(0, 22), until: at(1, 6) })
    expect(namesAt(timeRules, at(0, 12))).toEqual(['bold'])
  })

  it.each([
    ['HIGH', null, false],
    ['HIGH', 'LOW', false],
    ['HIGH', 'NORMAL', false],
    ['HIGH', 'HIGH', true],
    ['HIGH', 'EXTREME', true],
    ['EXTREME', 'HIGH', false],
    ['EXTREME', 'EXTREME', true],
  ] as const)('a rule for %s at volatility %s is open: %s', (atLeast, volatility, isOpen) => {
    const rules = { timeRules: [], volatilityRules: [stormRule({ atLeast })] }
    expect(openRules(rules, at(0, 0), volatility).length === 1).toBe(isOpen)
  })

  it('adding an open rule never loosens the word', () => {
    const mode = fc.constantFrom(...RISK_MODES)
    fc.assert(
      fc.property(fc.array(mode, { minLength: 1, maxLength: 6 }), mode, (modes, more) => {
        const open = modes.map((each, index) => ({ name: String(index), mode: each, from: null, until: null }))
        const before = speakingRule(open)?.mode
        const after = speakingRule([...open, { name: 'more', mode: more, from: null, until: null }])?.mode
        expect(RISK_MODES.indexOf(after!)).toBe(Math.min(RISK_MODES.indexOf(before!), RISK_MODES.indexOf(more)))
      }),
      { numRuns: 60 },
    )
  })
})
