/**
 * 180 days of four kinds of system under the governor and the limits of NORMAL (SPEC §20.4): the good one is never locked
 * out for long, the losing one is stopped with a fifth of the account at most.
 */
import { describe, expect, it } from 'vitest'

import type { Closing } from '../../../src/core/governor/inputs.ts'
import { effectiveLimits } from '../../../src/core/policy/effective.ts'
import { seeded } from '../../fixtures/candles.ts'
import { policyOf } from '../../fixtures/guard.ts'
import { DAY_MS, GovernorStage, HOUR_MS, MINUTE_MS } from './stage.ts'

interface Kind {
  readonly winRate: number
  /** R of a win; a loss is −1 */
  readonly win: number
}

const KINDS = {
  good: { winRate: 0.5, win: 1.6 },
  fair: { winRate: 0.48, win: 1.25 },
  zero: { winRate: 0.4, win: 1.5 },
  losing: { winRate: 0.35, win: 1.3 },
} satisfies Record<string, Kind>

const DAYS = 180
/** between two setups */
const EVERY_MS = 2 * HOUR_MS
const SETUPS_PER_DAY = DAY_MS / EVERY_MS
const SEEDS = [1, 2, 3, 4, 5]
const TOTAL_DRAWDOWN = 0.2
const policy = policyOf('NORMAL')

interface HalfYear {
  readonly nav: number
  /** trades of each day */
  readonly trades: readonly number[]
  readonly isStopped: boolean
}

/** One setup after the other; a person releases an emergency the next morning, unless a fifth of the account is gone. */
function halfYear({ winRate, win }: Kind, seed: number): HalfYear {
  const random = seeded(seed)
  const stage = new GovernorStage()
  const begin = stage.now
  const trades = Array.from({ length: DAYS }, () => 0)
  const navs: { readonly at: number; readonly nav: number }[] = [{ at: begin, nav: 1 }]
  let closings: Closing[] = []
  let nav = 1
  let ever = 1
  const high = (since: number): number => Math.max(nav, ...navs.filter(({ at }) => at >= since).map((each) => each.nav))
  const look = (): void => {
    const { now } = stage
    const account = {
      nav,
      highToday: high(Math.floor(now / DAY_MS) * DAY_MS),
      high24h: high(now - DAY_MS),
      highEver: ever,
    }
    stage.look({ account, closings, isExposed: false })
    if (stage.last.engage !== null) stage.engage()
  }
  for (let setup = 0; setup < DAYS * SETUPS_PER_DAY; setup++) {
    for (let pause = 0; pause < EVERY_MS; pause += 5 * MINUTE_MS) {
      stage.now += 5 * MINUTE_MS
      look()
    }
    const { emergency } = stage.inputs
    const isMorning = new Date(stage.now).getUTCHours() === 8
    if (emergency !== null && isMorning && nav > ever * (1 - TOTAL_DRAWDOWN)) stage.release()
    const { state } = stage.last
    const drawdown = 1 - nav / high(Math.floor(stage.now / DAY_MS) * DAY_MS)
    const limits = effectiveLimits({ ...policy, emergency: stage.inputs.emergency }, state, drawdown)
    const result = random() < winRate ? win : -1
    if (!limits.allowNewPositions.value || drawdown >= limits.maxDailyDrawdown.value) continue
    nav *= 1 + result * limits.maxRiskPerTrade.value
    ever = Math.max(ever, nav)
    navs.push({ at: stage.now, nav })
    while ((navs[0]?.at ?? 0) < stage.now - 2 * DAY_MS) navs.shift()
    closings = [...closings.filter(({ at }) => at > stage.now - 2 * DAY_MS), { at: stage.now, isLoss: result < 0 }]
    const day = Math.min(DAYS - 1, Math.floor((stage.now - begin) / DAY_MS))
    trades[day] = (trades[day] ?? 0) + 1
    look()
  }
  return { nav, trades, isStopped: stage.inputs.emergency !== null }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

describe('half a year', () => {
  it.each(SEEDS)('of a good system: it trades to the end and gains (seed %d)', (seed) => {
    const { nav, trades, isStopped } = halfYear(KINDS.good, seed)
    expect(isStopped).toBe(false)
    expect(nav).toBeGreaterThan(1.5)
    expect(sum(trades.slice(-30))).toBeGreaterThan(0.6 * 30 * SETUPS_PER_DAY)
    // never three days in a row without a trade
    expect(trades.some((_count, day) => day >= 2 && sum(trades.slice(day - 2, day + 1)) === 0)).toBe(false)
  })

  it.each(SEEDS)('of a losing system: it is stopped, and keeps most of the account (seed %d)', (seed) => {
    const { nav, trades, isStopped } = halfYear(KINDS.losing, seed)
    expect(isStopped).toBe(true)
    expect(sum(trades.slice(-90))).toBe(0)
    expect(nav).toBeGreaterThan(0.75)
  })

  it.each(['fair', 'zero'] as const)('of a %s system loses no more than the emergency allows', (kind) => {
    for (const seed of SEEDS) {
      const { nav, trades, isStopped } = halfYear(KINDS[kind], seed)
      expect(nav).toBeGreaterThan(0.75)
      if (!isStopped) expect(sum(trades.slice(-30))).toBeGreaterThan(0.4 * 30 * SETUPS_PER_DAY)
    }
  })
})
