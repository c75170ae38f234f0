/** Every row and threshold of SPEC §4's table: just under it nothing, at it the level, each with its multipliers and its way out. */
import { describe, expect, it } from 'vitest'

import type { GovernorInputs } from '../../../src/core/governor/inputs.ts'
import { CALM, down, GovernorStage, HOUR_MS, losses, MINUTE_MS, NOON, SECOND_MS } from './stage.ts'

const account = (fields: Partial<NonNullable<GovernorInputs['account']>>): Partial<GovernorInputs> => ({
  account: { nav: 1, highToday: 1, high24h: 1, highEver: 1, ...fields },
})
const naked = (ms: number): Partial<GovernorInputs> => ({ unprotected: [{ symbol: 'BTCUSDT', since: NOON - ms }] })
const offline = (ms: number): GovernorInputs['link'] => ({ downSince: NOON - ms, isReconciled: false })
const margin = (ratio: number): Partial<GovernorInputs> => ({ margin: { symbol: 'ETHUSDT', ratio } })
const health = (status: GovernorInputs['health']['status']): Partial<GovernorInputs> => ({
  health: { status, detail: 'the feed is 40 s old' },
})

/** Under NORMAL's 5 %: ELEVATED from 3.5, CAUTIOUS from 4.25, DEFENSIVE from 5, EMERGENCY from 8 %. */
const ROWS: readonly [when: string, inputs: Partial<GovernorInputs>, level: string][] = [
  ['nothing', {}, 'NORMAL'],
  ['down 3.499 %', down(0.03499), 'NORMAL'],
  ['down 3.5 %', down(0.035), 'ELEVATED'],
  ['down 4.249 %', down(0.04249), 'ELEVATED'],
  ['down 4.25 %', down(0.0425), 'CAUTIOUS'],
  ['down 4.999 %', down(0.04999), 'CAUTIOUS'],
  ['down 5 %', down(0.05), 'DEFENSIVE'],
  ['down 7.999 %', down(0.07999), 'DEFENSIVE'],
  ['down 8 %', down(0.08), 'EMERGENCY'],
  ['down 7.999 % from the high of 24 h', account({ nav: 0.92001, highToday: 0.92001 }), 'NORMAL'],
  ['down 8 % from the high of 24 h', account({ nav: 0.92, highToday: 0.92 }), 'EMERGENCY'],
  ['19.99 % under the all-time high', account({ highEver: 1 / 0.8001 }), 'NORMAL'],
  ['20 % under the all-time high', account({ highEver: 1.25 }), 'EMERGENCY'],
  ['a margin ratio of 0.79', margin(0.79), 'NORMAL'],
  ['a margin ratio of 0.8', margin(0.8), 'EMERGENCY'],
  ['unprotected for 58 s', naked(58 * SECOND_MS), 'NORMAL'],
  ['unprotected for more than 60 s', naked(60 * SECOND_MS), 'EMERGENCY'],
  ['the connection lost', { link: offline(0) }, 'DEFENSIVE'],
  ['the connection back, not reconciled', { link: { downSince: null, isReconciled: false } }, 'DEFENSIVE'],
  ['no connection for 14 min 58 s', { link: offline(15 * MINUTE_MS - 2 * SECOND_MS) }, 'DEFENSIVE'],
  ['no connection for more than 15 min', { link: offline(15 * MINUTE_MS) }, 'EMERGENCY'],
  ['no connection for 15 min, nothing held', { link: offline(15 * MINUTE_MS), isExposed: false }, 'DEFENSIVE'],
  ['the journal takes no writes', { journalFault: 'the disk is full' }, 'EMERGENCY'],
  ['health DEGRADED', health('DEGRADED'), 'CAUTIOUS'],
  ['health CRITICAL', health('CRITICAL'), 'DEFENSIVE'],
  ['4 losses in a row', { closings: losses(4, NOON) }, 'NORMAL'],
  ['5 losses in a row', { closings: losses(5, NOON) }, 'CAUTIOUS'],
  ['7 losses in a row', { closings: losses(7, NOON) }, 'CAUTIOUS'],
  ['8 losses in a row', { closings: losses(8, NOON) }, 'DEFENSIVE'],
  ['8 losses, then a win', { closings: [...losses(8, NOON - HOUR_MS), { at: NOON, isLoss: false }] }, 'NORMAL'],
]

describe('the table of SPEC §4', () => {
  it.each(ROWS)('%s', (_when, inputs, level) => {
    const stage = new GovernorStage()
    stage.twice(inputs)
    expect(stage.level).toBe(level)
  })

  it('scales with the drawdown of the profile', () => {
    const stage = new GovernorStage()
    const profile = { maxDailyDrawdown: 0.03, maxDailyDrawdownToday: 0.03 }
    stage.twice({ ...profile, ...down(0.0479) })
    expect(stage.level).toBe('DEFENSIVE')
    stage.twice({ ...profile, ...down(0.048) })
    expect(stage.level).toBe('EMERGENCY')
  })

  it('measures EMERGENCY by the largest limit of the day, the rest by the one in force', () => {
    const stage = new GovernorStage()
    stage.twice({ maxDailyDrawdown: 0.03, maxDailyDrawdownToday: 0.06, ...down(0.0959) })
    expect(stage.level).toBe('DEFENSIVE')
    stage.twice(down(0.096))
    expect(stage.level).toBe('EMERGENCY')
  })

  it.each([
    ['NORMAL', 0, [true, 1, 1, 1]],
    ['ELEVATED', 0.035, [true, 0.85, 0.85, 0.9]],
    ['CAUTIOUS', 0.0425, [true, 0.75, 0.75, 0.85]],
    ['DEFENSIVE', 0.05, [false, 0.5, 0.5, 0.6]],
    ['EMERGENCY', 0.08, [false, 0, 0, 0]],
  ] as const)('%s multiplies as written', (level, drawdown, expected) => {
    const stage = new GovernorStage()
    const { state } = stage.twice(down(drawdown))
    expect(state.level).toBe(level)
    expect([state.allowNewPositions, state.leverage, state.size, state.exposure]).toEqual(expected)
  })
})

describe('a level from mark prices', () => {
  it('needs two samples at least 2 s apart', () => {
    const stage = new GovernorStage()
    expect(stage.look(down(0.09))).toMatchObject({ state: { level: 'NORMAL' }, wantsSecondSample: true, engage: null })
    stage.now += 1999
    expect(stage.look().state.level).toBe('NORMAL')
    stage.now += 1
    expect(stage.look()).toMatchObject({ state: { level: 'EMERGENCY' }, wantsSecondSample: false })
  })

  it('forgets a price that was wrong for a moment', () => {
    const stage = new GovernorStage()
    stage.look(down(0.09))
    stage.now += SECOND_MS
    stage.look(down(0.001))
    stage.now += 2 * SECOND_MS
    expect(stage.look(down(0.09)).state.level).toBe('NORMAL')
  })

  it('is taken at once when nothing is held: then no mark is in it', () => {
    const stage = new GovernorStage()
    expect(stage.look({ ...down(0.05), isExposed: false }).state.level).toBe('DEFENSIVE')
  })

  it('follows a tighter limit at once when the fall was seen before', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.032))
    expect(stage.level).toBe('NORMAL')
    expect(stage.look({ maxDailyDrawdown: 0.03 }).state.level).toBe('DEFENSIVE')
  })

  it('is not loosened while the account is not known', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    stage.pass(HOUR_MS, { account: null })
    expect(stage.level).toBe('DEFENSIVE')
  })
})

describe('every blocking state names its way out, with numbers', () => {
  it.each(ROWS.filter(([, , level]) => level === 'DEFENSIVE' || level === 'EMERGENCY'))(
    '%s',
    (_when, inputs, level) => {
      const stage = new GovernorStage()
      const { state } = stage.twice(inputs)
      expect(state.cause).toMatch(/\S/)
      expect(state.exit).toMatch(level === 'EMERGENCY' ? /^DEFENSIVE when a person releases it/ : /^CAUTIOUS when /)
    },
  )

  it('in words', () => {
    const say = (inputs: Partial<GovernorInputs>): (string | null)[] => {
      const { state } = new GovernorStage().twice(inputs)
      return [state.cause, state.exit]
    }
    expect(say(down(0.053))).toEqual([
      'down 5.3 % from the day’s high, DEFENSIVE from 5 %',
      'CAUTIOUS when the drawdown of the day is under 5 % for 10 min, at the latest after 00:00 UTC; now 5.3 %',
    ])
    expect(say({ closings: losses(8, NOON) })).toEqual([
      '8 losing trades in a row at 12:00 UTC',
      'CAUTIOUS when it is 16:00 UTC (4 h to go), or a person acknowledges the streak; then CAUTIOUS until the next close',
    ])
    expect(say(down(0.081))).toEqual([
      'down 8.1 % from the day’s high, limit 8 % (1.6 × 5 %)',
      'DEFENSIVE when a person releases it with the word RELEASE',
    ])
    expect(say(CALM)).toEqual([null, null])
  })

  it('also when the cause has ended and the time of calm runs', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    const { state } = stage.twice(down(0.01))
    expect(state).toMatchObject({
      level: 'DEFENSIVE',
      exit: 'its cause has ended: CAUTIOUS at 12:10 UTC, 10 min after it',
    })
  })
})
