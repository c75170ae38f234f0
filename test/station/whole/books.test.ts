/** Over every run: the money adds up to the last decimal, and everything that was done leads back to its reason (SPEC §17, §18). */
import { describe, expect, it } from 'vitest'

import { firstDays, madeUpRecording } from '../../fixtures/candle-files.ts'
import { countOf } from '../../fixtures/journal-reader.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'
import { BEGIN, HOUR_MS, runToEnd, runUntil } from '../../fixtures/whole-station.ts'
import { expectSound } from './sound.ts'

const data = recordedData()

describe('a run leaves sound books and a reason for everything', () => {
  it.each(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'])('over made-up candles in mode %s', async (mode) => {
    const replay = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 6, seed: 3 })
    const station = await runToEnd({ replay, 'policy.risk_mode': mode })
    expect(countOf(station.folder, 'SELECT count(*) FROM trades')).toBeGreaterThan(5)
    await expectSound(station)
  })

  it('on the made-up market with a book', async () => {
    const flags = { 'simulator.symbols': 60, 'simulator.tick_seconds': 5 }
    const station = await runUntil(flags, BEGIN + 12 * HOUR_MS)
    expect(countOf(station.folder, 'SELECT count(*) FROM trades')).toBeGreaterThan(5)
    await expectSound(station)
  })

  it.skipIf(data === null)(`over recorded candles (${RECORDED_DATA_ABSENT})`, async () => {
    const replay = firstDays(`${data ?? ''}/candles-2025`, ['XMRUSDT', 'XLMUSDT', 'SUIUSDT'], 8)
    const station = await runToEnd({ replay })
    expect(countOf(station.folder, 'SELECT count(*) FROM trades')).toBeGreaterThan(10)
    await expectSound(station)
  })
})
