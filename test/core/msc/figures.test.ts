/** Evidence held against figures computed by hand, and against the slow, obvious way (SPEC §5.1). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { MscTrade, NavPoint } from '../../../src/core/msc/evidence.ts'
import { gather } from '../../../src/core/msc/gather.ts'
import { drawdownPct, slopeOf } from '../../../src/core/msc/nav-figures.ts'
import { tradeFigures } from '../../../src/core/msc/trade-figures.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import { DAY_MS, HOUR_MS, NOON } from './machine.ts'

const point = (at: number, nav: number, high = nav): NavPoint => ({ at, nav, high })

const trade = (closedAt: number, profit: number, rMultiple = profit): MscTrade => ({
  strategyId: 'a',
  closedAt,
  profit,
  rMultiple,
})

describe('drawdown', () => {
  it('is the last sample under the highest of the window, peaks between samples included', () => {
    expect(drawdownPct([point(1, 1), point(2, 1.1, 1.25), point(3, 1.2)], 0)).toBeCloseTo(4, 12)
  })

  it('forgets what lies before the window', () => {
    const points = [point(NOON - 31 * DAY_MS, 2), point(NOON - DAY_MS, 1), point(NOON, 0.99)]
    expect(drawdownPct(points, NOON - 30 * DAY_MS)).toBeCloseTo(1, 12)
  })

  it('is not known without a sample', () => {
    expect(drawdownPct([], 0)).toBeNull()
    expect(drawdownPct([point(1, 1)], 2)).toBeNull()
  })
})

describe('slope', () => {
  it('is the mean of the daily returns, with its standard error', () => {
    // +2 %, −1 %, +1 %: mean ⅔ %, s = √((16+25+1)/9/2) = 1.527…, ÷ √3
    const navs = [1, 1.02, 1.02 * 0.99, 1.02 * 0.99 * 1.01]
    const points = navs.map((nav, day) => point(NOON - (3 - day) * DAY_MS, nav))
    const slope = slopeOf(points, { now: NOON, days: 7, since: -Infinity })
    expect(slope?.mean).toBeCloseTo(2 / 3, 10)
    expect(slope?.error).toBeCloseTo(Math.sqrt(42 / 9 / 2 / 3), 10)
  })

  it('takes at most the days asked for, and the last sample at or before each end', () => {
    const points = [
      point(NOON - 3 * DAY_MS, 9),
      point(NOON - 2 * DAY_MS - HOUR_MS, 1),
      point(NOON - DAY_MS, 2),
      point(NOON, 3),
    ]
    expect(slopeOf(points, { now: NOON, days: 2, since: -Infinity })?.mean).toBeCloseTo(75, 10)
  })

  it('is not known under two daily returns', () => {
    const points = [point(NOON - DAY_MS, 1), point(NOON, 1.1)]
    expect(slopeOf(points, { now: NOON, days: 7, since: -Infinity })).toBeNull()
  })
})

describe('closed trades', () => {
  it('break-even counts as a loss, the streak is what came after the last profit', () => {
    const all = [trade(1, 2), trade(2, -1), trade(3, 3), trade(4, 0), trade(5, -1)]
    expect(tradeFigures(all, { since: 0, most: 200 })).toEqual({
      trades: 5,
      winRatePct: 40,
      meanR: 0.6,
      losingStreak: 2,
      daysSinceProfit: 0,
    })
  })

  it('days without profit are days on which a trade closed', () => {
    const day = (number: number, hour = 1): number => number * DAY_MS + hour * HOUR_MS
    const all = [trade(day(1), 1), trade(day(1, 5), -1), trade(day(3), -1), trade(day(3, 9), -1), trade(day(9), -1)]
    expect(tradeFigures(all, { since: 0, most: 200 }).daysSinceProfit).toBe(2)
    expect(tradeFigures(all.slice(1), { since: 0, most: 200 }).daysSinceProfit).toBe(3)
  })

  it('without any, nothing is known', () => {
    expect(tradeFigures([trade(1, 1)], { since: 2, most: 200 })).toEqual({
      trades: 0,
      winRatePct: null,
      meanR: null,
      losingStreak: null,
      daysSinceProfit: null,
    })
  })

  it('agree with the slow way, whatever closed', () => {
    const closings = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 2 * DAY_MS }), r: fc.integer({ min: -3, max: 3 }) }),
    )
    fc.assert(
      fc.property(closings, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 20 }), (gaps, most, days) => {
        let at = 0
        const all = gaps.map(({ gap, r }) => trade((at += gap), r))
        const since = at - days * DAY_MS
        const counted = all.filter(({ closedAt }) => closedAt >= since).slice(-most)
        const wins = counted.filter(({ profit }) => profit > 0)
        const lastWin = counted.map(({ profit }) => profit > 0).lastIndexOf(true)
        const told = tradeFigures(all, { since, most })
        expect(told.trades).toBe(counted.length)
        if (counted.length === 0) return
        expect(told.winRatePct).toBeCloseTo((100 * wins.length) / counted.length, 9)
        expect(told.losingStreak).toBe(counted.length - 1 - lastWin)
        const dayOf = (each: MscTrade | undefined): number => Math.floor((each?.closedAt ?? 0) / DAY_MS)
        const later = new Set(counted.slice(lastWin + 1).map(dayOf))
        if (lastWin >= 0) later.delete(dayOf(counted[lastWin]))
        expect(told.daysSinceProfit).toBe(later.size)
      }),
    )
  })
})

describe('evidence', () => {
  const observed = {
    now: NOON,
    nav: [point(NOON - 2 * DAY_MS, 1.5), point(NOON - DAY_MS, 1.2), point(NOON - HOUR_MS, 1), point(NOON, 0.99)],
    trades: [trade(NOON - 20 * DAY_MS, 1), trade(NOON - 2 * DAY_MS, -1), trade(NOON - HOUR_MS, 1)],
    market: { regime: 'CHOPPY', volatility: 'HIGH' },
    health: 'DEGRADED',
  } as const

  it('has its windows: 30 days of NAV, 14 days of trades', () => {
    expect(gather({ ...observed, rebasedAt: null }, DEFAULT_RULES.msc.evidence)).toMatchObject({
      drawdownPct: expect.closeTo(34, 9) as number,
      trades: 2,
      winRatePct: 50,
      regime: 'CHOPPY',
      volatility: 'HIGH',
      health: 'DEGRADED',
    })
  })

  it('begins anew where a person re-based it', () => {
    expect(gather({ ...observed, rebasedAt: NOON - 2 * HOUR_MS }, DEFAULT_RULES.msc.evidence)).toMatchObject({
      drawdownPct: expect.closeTo(1, 9) as number,
      trades: 1,
      winRatePct: 100,
      slopePct: null,
      rebasedAt: NOON - 2 * HOUR_MS,
    })
  })
})
