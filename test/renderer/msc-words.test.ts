/** What the MSC screen makes of what the station says: votes as cells, gauges, verdict, shares, modes over time. */
import { describe, expect, test } from 'vitest'

import type { Evaluation, MscGlance, Vote } from '../../src/contract/msc.ts'
import { adviceNote, askedMode } from '../../src/renderer/frame/advice.ts'
import { gaugesOf, thresholdsOf } from '../../src/renderer/screens/msc/gauge-rows.ts'
import { askedMoments, onGrid, shareStretches } from '../../src/renderer/screens/msc/history-points.ts'
import {
  aggressiveCount,
  countdown,
  defensiveCount,
  offTarget,
  targetText,
  verdictOf,
} from '../../src/renderer/screens/msc/msc-words.ts'
import { sentenceText } from '../../src/renderer/screens/msc/plain-words.ts'
import { partsOf, shareOfScale, standingText, USUAL_WEIGHTS } from '../../src/renderer/screens/msc/score-parts.ts'
import { labelText, readingText, voteRows } from '../../src/renderer/screens/msc/vote-rows.ts'

const plain = (text: string): string => text.replaceAll('\u202F', ' ')

const cell = (outcome: Vote['cells'][number]['outcome'], weight: number, label: string, hit = false) => ({
  outcome,
  weight,
  label,
  hit,
})

const DRAWDOWN: Vote = {
  voter: 'drawdown',
  reading: 0.8,
  unit: '%',
  outcome: 'aggressive',
  weight: 0,
  cells: [
    cell('aggressive', 0, 'under 3', true),
    cell('defensive', 1, '3 to 5'),
    cell('defensive', 2, '5 to 7'),
    cell('defensive', 3, '7 or more'),
  ],
  note: null,
  turns_when: '2.2 % deeper',
}
const SLOPE: Vote = {
  ...DRAWDOWN,
  voter: 'equity_slope',
  reading: 0.62,
  unit: '%/day',
  cells: [
    cell('aggressive', 0, 'over 0.5', true),
    cell('none', 0, '0 to 0.5'),
    cell('defensive', 1, 'under 0'),
    cell('defensive', 2, 'under \u22120.5'),
  ],
}
const WIN_RATE: Vote = {
  ...DRAWDOWN,
  voter: 'win_rate',
  reading: null,
  outcome: 'abstains',
  cells: [cell('aggressive', 0, '60 or more'), cell('none', 0, '50 to 60'), cell('defensive', 1, 'under 50')],
  note: '11 of 20 trades',
  turns_when: null,
}

describe('a vote', () => {
  test('fills the column of its outcome; what it cannot say stays empty', () => {
    const [row] = voteRows([DRAWDOWN])
    expect(row?.cells.map((each) => each?.label ?? null)).toEqual(['under 3', null, '3 to 5', '5 to 7', '7 or more'])
    expect(row?.cells.map((each) => each?.hit ?? false)).toEqual([true, false, false, false, false])
    expect(row).toMatchObject({ name: 'Drawdown', end: '2.2 % deeper', abstains: false })
  })

  test('that abstains fills nothing and says why', () => {
    const [row] = voteRows([WIN_RATE])
    expect(row).toMatchObject({ reading: 'abstains', end: '11 of 20 trades', abstains: true, note: null })
    expect(row?.cells.some((each) => each?.hit)).toBe(false)
  })

  test('of several words with one weight shares a place', () => {
    const cells = [cell('defensive', 1, 'CHOPPY'), cell('defensive', 1, 'LOW_LIQUIDITY', true)]
    const [row] = voteRows([{ ...DRAWDOWN, voter: 'regime', cells }])
    expect(row?.cells[2]).toMatchObject({ label: 'choppy, thin', hit: true })
  })

  test('has its thresholds in words', () => {
    expect(['< 3', '≥ 7', '> 0.5', '≤ 0', '≤ 1', '-0.5 to 0', '< -0.5', '3 to 5'].map(labelText)).toEqual([
      'under 3',
      '7 or more',
      'over 0.5',
      '0',
      'up to 1',
      '\u22120.5 to 0',
      'under \u22120.5',
      '3 to 5',
    ])
    expect(labelText('BULL_TRENDING or BEAR_TRENDING')).toBe('trending')
    expect(labelText('LOW or NORMAL')).toBe('low, normal')
  })

  test('reads in its unit', () => {
    expect(plain(readingText(DRAWDOWN))).toBe('0.8 %')
    expect(plain(readingText(SLOPE))).toBe('+0.62 %/d')
    expect(readingText({ reading: 'BULL_TRENDING', unit: '' })).toBe('Bull, trending')
    expect(readingText({ reading: 3, unit: 'losses' })).toBe('3')
    expect(readingText({ reading: null, unit: '%' })).toBe('–')
  })
})

describe('sentences of the station', () => {
  test('say names for ids and local times for instants; the modes stay', () => {
    expect(
      sentenceText(
        'NORMAL stays: defensive weight 2 of 3 (losing_streak 5 losses: 1, regime CHOPPY: 1), health CRITICAL',
      ),
    ).toBe('NORMAL stays: defensive weight 2 of 3 (losses in a row 5 losses: 1, regime choppy: 1), health critical')
    expect(sentenceText('AGGRESSIVE is pinned by user until 2026-01-01T12:00:00.000Z')).toMatch(
      /^AGGRESSIVE is pinned by you until \d+ \w{3} \d\d:\d\d:\d\d$/,
    )
  })
})

describe('gauges', () => {
  test('take their thresholds from the words of the cells', () => {
    expect(thresholdsOf(DRAWDOWN)).toEqual([3, 5, 7])
    expect(thresholdsOf(SLOPE)).toEqual([-0.5, 0, 0.5])
  })

  test('stand where the reading is, the slope with its error', () => {
    const [drawdown, winRate, slope] = gaugesOf([DRAWDOWN, WIN_RATE, SLOPE], { equity_slope_error: 0.3 })
    expect(drawdown?.at).toBeCloseTo(0.08)
    expect(drawdown?.ticks.map(({ at }) => at)).toEqual([0.3, 0.5, 0.7])
    expect(winRate?.at).toBeNull()
    expect(slope?.at).toBeCloseTo((0.62 + 1.5) / 3)
    expect(slope?.error?.[0]).toBeCloseTo((0.32 + 1.5) / 3)
    expect(slope?.error?.[1]).toBeCloseTo((0.92 + 1.5) / 3)
  })

  test('a reading beyond the line stands at its end', () => {
    const [drawdown] = gaugesOf([{ ...DRAWDOWN, reading: 23 }], { equity_slope_error: null })
    expect(drawdown?.at).toBe(1)
  })
})

const RUN = {
  advised: 'AGGRESSIVE',
  aggressive_votes: 4,
  aggressive_needed: 4,
  defensive_weight: 0,
  defensive_needed: 3,
} as Evaluation

describe('the verdict', () => {
  test('says whether MSC asks for another mode than the one in force', () => {
    expect(verdictOf('active', RUN, 'NORMAL')).toEqual({ text: 'MSC asks for', mode: 'AGGRESSIVE' })
    expect(verdictOf('active', RUN, 'AGGRESSIVE')).toEqual({ text: 'MSC keeps', mode: 'AGGRESSIVE' })
    expect(verdictOf('advising', RUN, 'NORMAL').text).toBe('MSC advises')
    expect(verdictOf('disabled', null, 'NORMAL')).toEqual({ text: 'MSC is off; the mode stays', mode: 'NORMAL' })
    expect(verdictOf('active', null, 'NORMAL').text).toContain('has not run yet')
  })

  test('counts against the rule', () => {
    expect(aggressiveCount(RUN)).toBe('4 votes, needs 4')
    expect(defensiveCount(RUN)).toBe('weight 0, needs 3')
    expect(aggressiveCount({ ...RUN, aggressive_votes: 1 })).toBe('1 vote, needs 4')
  })

  test('counts down on the station’s clock', () => {
    const at = Date.UTC(2026, 0, 1, 12)
    expect(plain(countdown('2026-01-01T12:25:29.000Z', at, false))).toBe('in 25 m 29 s')
    expect(countdown('2026-01-01T12:00:00.000Z', at, false)).toBe('due')
    expect(countdown('2026-01-01T12:25:00.000Z', at, true)).toBe('running')
    expect(countdown(null, at, false)).toBe('not planned')
  })
})

describe('advice in the mode buttons', () => {
  const glance = { status: 'active', advised: 'AGGRESSIVE', aggressive_votes: 4, defensive_weight: 0 } as MscGlance

  test('stands at the mode that is asked for and not in force', () => {
    expect(askedMode(glance, 'NORMAL')).toBe('AGGRESSIVE')
    expect(askedMode(glance, 'AGGRESSIVE')).toBeNull()
    expect(askedMode({ ...glance, status: 'paused' }, 'NORMAL')).toBe('AGGRESSIVE')
    expect(askedMode({ ...glance, status: 'disabled' }, 'NORMAL')).toBeNull()
    expect(askedMode(null, 'NORMAL')).toBeNull()
  })

  test('names what it rests on', () => {
    expect(adviceNote(glance)).toBe('MSC asks, 4 votes')
    expect(adviceNote({ ...glance, advised: 'DEFENSIVE', defensive_weight: 5 })).toBe('MSC asks, weight 5')
  })
})

describe('time in a mode', () => {
  test('against its target', () => {
    expect(targetText(0, 0.2)).toBe('under 20')
    expect(targetText(0.6, 0.7)).toBe('60 to 70')
    expect(offTarget(0.73, 0.6, 0.7)).toBe('3 over')
    expect(offTarget(0.05, 0.1, 0.2)).toBe('5 short')
    expect(offTarget(0.65, 0.6, 0.7)).toBe('')
  })
})

describe('scores of strategies', () => {
  test('parts are drawn against what each can bring', () => {
    const parts = { profit_factor: 0.2, win_rate: 0.3, drawdown: 0.1, trades: 0, regime: 0.15 }
    expect(partsOf({ parts }, USUAL_WEIGHTS).map(({ share }) => share)).toEqual([0.5, 1, 0.5, 0, 1])
    expect(partsOf({ parts: null }, USUAL_WEIGHTS).every(({ value }) => value === null)).toBe(true)
    expect(shareOfScale(1.15, USUAL_WEIGHTS)).toBe('100.0%')
    expect(shareOfScale(0.575, USUAL_WEIGHTS)).toBe('50.0%')
  })

  test('a smaller size is said once', () => {
    expect(standingText({ standing: 'warming up', size_share: 0.5 })).toBe('warming up, size × 0.5')
    expect(standingText({ standing: 'warming up, half size', size_share: 0.5 })).toBe('warming up, half size')
    expect(standingText({ standing: 'allowed', size_share: 1 })).toBe('allowed')
  })
})

describe('modes over time', () => {
  const hour = 3_600_000

  test('neighbours of one mode are one stretch; what began before the span begins with it', () => {
    const moments = [
      { at: 3 * hour, mode: 'DEFENSIVE' as const },
      { at: -5 * hour, mode: 'NORMAL' as const },
      { at: hour, mode: 'NORMAL' as const },
    ]
    expect(shareStretches(moments, 0, 4 * hour)).toEqual([
      { mode: 'NORMAL', at: 0, left: 0, width: 0.75 },
      { mode: 'DEFENSIVE', at: 3 * hour, left: 0.75, width: 0.25 },
    ])
  })

  test('before the first word nothing is known; a failed run asked for nothing', () => {
    expect(shareStretches([{ at: 2 * hour, mode: 'NORMAL' }], 0, 4 * hour)[0]).toMatchObject({ left: 0.5, width: 0.5 })
    expect(askedMoments([{ at: '2026-01-01T00:00:00Z', advised: 'NORMAL', result: 'failed' }])).toEqual([])
  })

  test('curves stand on even times, each taking the last value known by then', () => {
    const points = [
      { at: 1000, value: 10 },
      { at: 2500, value: 20 },
    ]
    expect(onGrid(points, 0, 4000, 5)).toEqual([
      { time: 0 },
      { time: 1, value: 10 },
      { time: 2, value: 10 },
      { time: 3, value: 20 },
      { time: 4, value: 20 },
    ])
  })

  test('long after the last value nothing is drawn', () => {
    expect(onGrid([{ at: 0, value: 1 }], 0, 10_000, 11).filter(({ value }) => value !== undefined)).toHaveLength(3)
  })
})
