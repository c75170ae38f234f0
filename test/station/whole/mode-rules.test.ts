/** A rule of the user over a running station: its window opens and closes on the station's clock, and every entry keeps to it. */
import { describe, expect, it } from 'vitest'

import type { TimeRule } from '../../../src/core/policy/policy.ts'
import { MADE_UP_START, madeUpRecording } from '../../fixtures/candle-files.ts'
import { policiesOf } from '../../fixtures/journal-reader.ts'
import { DAY_MS, HOUR_MS, openStation, pausedAt, runToEnd, toTheEnd } from '../../fixtures/whole-station.ts'
import { expectWithin } from './limits-by-hand.ts'
import { expectSound } from './sound.ts'

const replay = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 4, seed: 23 })

/** The second and the third day of the recording, which begins on a Monday. */
const careful: TimeRule = {
  name: 'careful',
  mode: 'DEFENSIVE',
  days: [2],
  fromMinute: 6 * 60,
  toMinute: 6 * 60,
  enabled: true,
}
const OPENS = MADE_UP_START + DAY_MS + 6 * HOUR_MS
const CLOSES = OPENS + DAY_MS

const modesOf = (folder: string): (string | number)[][] =>
  policiesOf(folder).map(({ policy }) => [policy.riskMode, policy.updatedBy, policy.updatedAt])

describe('a rule over a running station', () => {
  it('sets the mode from its first instant to its last, and hands it back', async () => {
    const station = await runToEnd({ replay, 'policy.risk_mode': 'AGGRESSIVE' }, ({ facade }) => {
      facade.policy.changeRules({ timeRules: [careful] }, { actor: 'user', reason: 'test' })
      expect(facade.modeRules()).toMatchObject({
        open: null,
        rules: [{ name: 'careful', isOpen: false, speaks: false, nextAt: OPENS }],
      })
    })
    expect(modesOf(station.folder).slice(2)).toEqual([
      ['DEFENSIVE', 'rule:careful', OPENS],
      ['AGGRESSIVE', 'rule:careful', CLOSES],
    ])
    expect(expectWithin('AGGRESSIVE', station.folder, 0, OPENS)).toBeGreaterThan(3)
    expect(expectWithin('DEFENSIVE', station.folder, OPENS, CLOSES)).toBeGreaterThan(1)
    expect(expectWithin('AGGRESSIVE', station.folder, CLOSES)).toBeGreaterThan(3)
    await expectSound(station)
  })

  it('catches up after a restart in its window, and after one past it', async () => {
    const station = await openStation({ replay, 'policy.risk_mode': 'NORMAL' })
    station.facade.policy.changeRules({ timeRules: [careful] }, { actor: 'user', reason: 'test' })
    await pausedAt(station, OPENS + HOUR_MS)
    await station.stop()
    const again = await openStation({ replay }, station.folder)
    expect(again.facade.policy.current).toMatchObject({ riskMode: 'DEFENSIVE', updatedBy: 'rule:careful' })
    expect(again.facade.modeRules().open).toMatchObject({ name: 'careful', until: CLOSES })
    await toTheEnd(again)
    expect(modesOf(station.folder).slice(2)).toEqual([
      ['DEFENSIVE', 'rule:careful', OPENS],
      ['NORMAL', 'rule:careful', CLOSES],
    ])
  })
})
