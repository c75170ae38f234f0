/** What would change the mode next, in sentences with numbers; the controller's own alerts; time per mode (SPEC §5). */
import { describe, expect, it } from 'vitest'

import { nextChanges } from '../../../src/core/msc/next-changes.ts'
import { MSC_WATCH_SETTINGS } from '../../../src/core/msc/settings.ts'
import { modeShares, watchAlarms, type WatchFigures } from '../../../src/core/msc/watch.ts'
import { bad, calm, DAY_MS, good, HOUR_MS, Machine, MINUTE_MS, NOON, type Seen } from './machine.ts'

function after(machine: Machine, see: (now: number) => Seen, rule: string | null = null): string[] {
  const { evaluation, verdict, memory } = machine.run(see)
  const { now, policy, applies } = machine
  return nextChanges({ now, policy, rule, above: null, evidence: evaluation.evidence, verdict, memory, applies })
}

describe('what would change the mode next', () => {
  it('in NORMAL: what is missing to both sides', () => {
    expect(after(new Machine(), calm)).toEqual([
      'DEFENSIVE at a defensive weight of 3, it is 0, 3 to go: drawdown at 3 % a defensive vote of 1, 3 away',
      'DEFENSIVE at once when health becomes CRITICAL',
      'AGGRESSIVE with 4 aggressive votes (1 now), 20 closed trades (0 now), at two scheduled evaluations in a row, at least 25 min apart',
    ])
  })

  it('in DEFENSIVE: what the weight must fall to', () => {
    expect(after(new Machine({ riskMode: 'DEFENSIVE' }), bad)).toEqual([
      'NORMAL with a defensive weight under 3 (3 now), at two scheduled evaluations in a row, at least 25 min apart',
    ])
  })

  it('while it waits: from when on', () => {
    expect(after(new Machine({ riskMode: 'DEFENSIVE' }), calm)).toEqual([
      'NORMAL at a scheduled evaluation from 2025-03-03T12:25:00.000Z on, if NORMAL is still advised',
    ])
  })

  it('in AGGRESSIVE: how little is enough', () => {
    expect(after(new Machine({ riskMode: 'AGGRESSIVE' }), good)[0]).toBe(
      'NORMAL as soon as fewer than 4 votes are aggressive (5 are), one is defensive, or health is not HEALTHY (HEALTHY)',
    )
  })

  it('under a pin, a rule, or advising only: who stands between', () => {
    const pinned = new Machine()
    pinned.run(calm)
    pinned.pin(NOON + HOUR_MS)
    expect(after(pinned, bad)[0]).toBe(
      'NORMAL is pinned by user until 2025-03-03T13:00:00.000Z: it tightens only from a defensive weight of 5 on, it is 3',
    )
    expect(after(new Machine(), calm, 'night')[0]).toBe('rule "night" is open: MSC may only tighten')
    const advising = new Machine()
    advising.applies = false
    expect(after(advising, calm)[0]).toBe('MSC only advises: a person writes the mode')
  })
})

const fine: WatchFigures = {
  now: NOON,
  intervalMs: 30 * MINUTE_MS,
  lastSuccessAt: NOON,
  defensiveSince: null,
  selectedStrategies: 4,
  runs24h: 48,
  failed24h: 0,
  modeChanges1h: 0,
  signals1h: 0,
  blocked1h: 0,
}

const wrong = (figures: Partial<WatchFigures>): string[] =>
  watchAlarms({ ...fine, ...figures }, MSC_WATCH_SETTINGS)
    .filter(({ isWrong }) => isWrong)
    .map(({ code, severity }) => `${code} ${severity}`)

describe('its alerts', () => {
  it('none while all is well', () => {
    expect(wrong({})).toEqual([])
  })

  it.each([
    ['two intervals and 5 minutes without success', { lastSuccessAt: NOON - 65 * MINUTE_MS }, []],
    ['and a moment more', { lastSuccessAt: NOON - 65 * MINUTE_MS - 1 }, ['msc_silent critical']],
    ['24 h in DEFENSIVE', { defensiveSince: NOON - DAY_MS }, []],
    ['more than 24 h', { defensiveSince: NOON - DAY_MS - 1 }, ['msc_long_defensive warning']],
    ['more than 72 h', { defensiveSince: NOON - 3 * DAY_MS - 1 }, ['msc_long_defensive critical']],
    ['every strategy filtered out', { selectedStrategies: 0 }, ['msc_no_strategies critical']],
    ['a tenth of the runs failed', { runs24h: 50, failed24h: 5 }, []],
    ['more than a tenth', { runs24h: 50, failed24h: 6 }, ['msc_failing warning']],
    ['5 mode changes in an hour', { modeChanges1h: 5 }, []],
    ['6 mode changes in an hour', { modeChanges1h: 6 }, ['msc_flapping warning']],
    ['half of 20 signals blocked', { signals1h: 20, blocked1h: 10 }, []],
    ['more than half of 20', { signals1h: 20, blocked1h: 11 }, ['signals_blocked warning']],
    ['all of 19', { signals1h: 19, blocked1h: 19 }, []],
  ] as const)('%s', (_what, figures, expected) => {
    expect(wrong(figures)).toEqual(expected)
  })
})

describe('time per mode', () => {
  it('is the share of the time since the window began, beside its target', () => {
    const spans = [
      { from: NOON - 10 * HOUR_MS, mode: 'AGGRESSIVE' },
      { from: NOON - 6 * HOUR_MS, mode: 'NORMAL' },
      { from: NOON - HOUR_MS, mode: 'DEFENSIVE' },
    ] as const
    const shares = modeShares(spans, { since: NOON - 8 * HOUR_MS, now: NOON }, MSC_WATCH_SETTINGS)
    expect(shares).toEqual([
      { mode: 'DEFENSIVE', share: 0.125, targetFrom: 0, targetTo: 0.2 },
      { mode: 'NORMAL', share: 0.625, targetFrom: 0.6, targetTo: 0.7 },
      { mode: 'AGGRESSIVE', share: 0.25, targetFrom: 0.1, targetTo: 0.2 },
    ])
  })
})
