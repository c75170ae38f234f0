/** 180 days with four kinds of system: the good one is never locked out for good, the losing one is stopped (SPEC §20.4). */
import { describe, expect, it } from 'vitest'

import { look } from '../../../src/core/governor/governor.ts'
import { rememberedFrom } from '../../../src/core/governor/memory.ts'
import { halfYear, KINDS, type Governor, type HalfYear } from './half-year.ts'
import { DAY_MS, NOON } from './machine.ts'

const SEEDS = [1, 2, 3, 4, 5, 6]
const HOURS_PER_DAY = 24
const LAST_HALF = 90 * HOURS_PER_DAY

/** The safety governor itself; everything but the account and its trades is well. */
function safetyGovernor(): Governor {
  let memory = rememberedFrom(null, NOON, null)
  return ({ now, nav, highToday, high24h, highEver, policy, maxDailyDrawdownToday, closings, isExposed }) => {
    const { riskMode, rules, emergency } = policy
    const seen = look(
      memory,
      {
        now,
        wasAway: false,
        account: { nav, highToday, high24h, highEver },
        isExposed,
        maxDailyDrawdown: rules.profiles[riskMode].maxDailyDrawdown,
        maxDailyDrawdownToday,
        closings,
        health: { status: 'HEALTHY', detail: '' },
        link: { downSince: null, isReconciled: true },
        unprotected: [],
        journalFault: null,
        margin: null,
        emergency,
      },
      rules.governor,
    )
    ;({ memory } = seen)
    return { state: seen.state, engage: seen.engage }
  }
}

const tradesOf = ({ trades }: HalfYear, id: string) => trades.filter(({ strategyId }) => strategyId === id)

/** Longest row of hours in which the system might not open anything. */
function longestLockOut({ hours }: HalfYear, id: string): number {
  let [longest, row] = [0, 0]
  for (const able of hours) {
    row = able.has(id) ? 0 : row + 1
    longest = Math.max(longest, row)
  }
  return longest
}

const shareAble = ({ hours }: HalfYear, id: string, from = 0): number =>
  hours.slice(from).filter((able) => able.has(id)).length / (hours.length - from)

/** trades age out of the scores after 30 days, then a system is tried again */
const LONGEST_HOURS = 31 * HOURS_PER_DAY
const MONTH_MS = 30 * DAY_MS

const monthly = (lived: HalfYear, id: string): readonly number[] =>
  Array.from({ length: 6 }, (_, month) => {
    const from = NOON + month * MONTH_MS
    return tradesOf(lived, id).filter(({ closedAt }) => closedAt >= from && closedAt < from + MONTH_MS).length
  })

describe.each(SEEDS)('half a year under MSC and the safety governor, seed %i', (seed) => {
  const lived = halfYear(seed, safetyGovernor())

  it('the good system is never locked out for good', () => {
    expect(longestLockOut(lived, 'good')).toBeLessThanOrEqual(LONGEST_HOURS)
    expect(shareAble(lived, 'good')).toBeGreaterThan(0.75)
    expect(Math.min(...monthly(lived, 'good'))).toBeGreaterThanOrEqual(20)
  })

  it('no system is: each is tried again within a month', () => {
    for (const { id } of KINDS) expect(longestLockOut(lived, id)).toBeLessThanOrEqual(LONGEST_HOURS)
  })

  it('the losing one is stopped: it is out most of the time, and only tried again at a share of the size', () => {
    expect(shareAble(lived, 'losing', LAST_HALF)).toBeLessThan(0.35)
    expect(tradesOf(lived, 'losing').length).toBeLessThan(tradesOf(lived, 'good').length / 2)
  })

  it('the mode goes both ways, the account survives and gains', () => {
    const changes = lived.modes.filter((mode, hour) => hour > 0 && mode !== lived.modes[hour - 1])
    expect(new Set(lived.modes)).toEqual(new Set(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE']))
    expect(changes.length).toBeGreaterThan(10)
    expect(lived.modes.slice(LAST_HALF).some((mode) => mode !== 'DEFENSIVE')).toBe(true)
    expect(lived.nav).toBeGreaterThan(1)
  })
})
