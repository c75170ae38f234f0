/** Paper fills never look ahead, and are what a slow re-computation from the bars makes them (SPEC §10). */
import { describe, expect, it } from 'vitest'

import { MADE_UP_START, madeUpMinutes, madeUpRecording } from '../../fixtures/candle-files.ts'
import { DAY_MS, runToEnd } from '../../fixtures/whole-station.ts'
import { expectFillsByHand } from './fills-by-hand.ts'
import { Tape } from './tape.ts'

const MADE_UP = { symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT'], days: 8, seed: 5 }
const TAPES = new Map(MADE_UP.symbols.map((symbol) => [symbol, new Tape(madeUpMinutes(symbol, MADE_UP), 0.01)]))

describe('every fill of a run', () => {
  it.each(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'])('is the one the bars give, in mode %s', async (mode) => {
    const replay = madeUpRecording(MADE_UP)
    const { folder } = await runToEnd({ replay, 'policy.risk_mode': mode })
    const checked = expectFillsByHand(folder, TAPES, MADE_UP_START + MADE_UP.days * DAY_MS)
    expect(checked.taking).toBeGreaterThan(0)
    expect(checked.stops).toBeGreaterThan(0)
    expect(checked.targets).toBeGreaterThan(0)
  })
})
