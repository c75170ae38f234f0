/** The whole recorded month, 14 symbols, through the whole station (SPEC §20.10): every strategy trades, and nothing in it is wrong. */
import { readdirSync } from 'node:fs'

import { beforeAll, describe, expect, it } from 'vitest'

import { BUILT_IN_STRATEGIES } from '../../../src/core/strategy/built-in.ts'
import { minutesOf } from '../../fixtures/candle-files.ts'
import { countOf } from '../../fixtures/journal-reader.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'
import { runToEnd, type WholeStation } from '../../fixtures/whole-station.ts'
import { expectFillsByHand } from './fills-by-hand.ts'
import { expectFundingByHand, expectUnrealisedByHand, marksOf, type Marks } from './marks.ts'
import { expectSound } from './sound.ts'
import { closeOf, Tape } from './tape.ts'

const data = recordedData()
const FOLDER = `${data ?? ''}/candles-2025`
const RUN_TIMEOUT_MS = 180_000

describe.skipIf(data === null)(`the recorded month (${RECORDED_DATA_ABSENT})`, () => {
  let station: WholeStation
  const tapes = new Map<string, Tape>()

  beforeAll(async () => {
    station = await runToEnd({ replay: FOLDER })
    for (const { symbol, tickSize } of station.facade.instruments()) {
      tapes.set(symbol, new Tape(minutesOf(FOLDER, symbol), Number(tickSize)))
    }
  }, RUN_TIMEOUT_MS)

  it('is told to its end, of every symbol that has minutes', () => {
    const symbols = readdirSync(FOLDER).filter((name) => name.includes('-1m-klines'))
    expect(tapes.size).toBe(symbols.length)
    const bars = [...tapes.values()].flatMap((tape) => tape.bars.slice(-1))
    expect(station.facade.status()).toMatchObject({ phase: 'stopping', lastMarketAt: Math.max(...bars.map(closeOf)) })
  })

  it.each(BUILT_IN_STRATEGIES.map(({ id }) => id))('%s makes at least 20 trades', (id) => {
    expect(countOf(station.folder, `SELECT count(*) FROM trades WHERE strategy_id = '${id}'`)).toBeGreaterThanOrEqual(
      20,
    )
  })

  it('leaves sound books and a reason for everything', async () => {
    await expectSound(station)
  })

  it('filled every order as its bars say, and passed over no stop', () => {
    const endAt = Math.max(...[...tapes.values()].map((tape) => closeOf(tape.bars.at(-1) as never)))
    const { taking, stops, trailing, targets } = expectFillsByHand(station.folder, tapes, endAt)
    expect(Math.min(taking, stops, trailing, targets)).toBeGreaterThanOrEqual(20)
  })

  it('paid the funding that was due, and valued what it held at the mark', () => {
    const marks = new Map<string, Marks>([...tapes].map(([symbol, tape]) => [symbol, marksOf(FOLDER, symbol, tape)]))
    expect(expectFundingByHand(station.folder, marks)).toBeGreaterThan(100)
    expect(expectUnrealisedByHand(station.folder, marks, 37)).toBeGreaterThan(500)
  })

  it('is never without protection for longer than an order takes', () => {
    expect(countOf(station.folder, `SELECT count(*) FROM alerts WHERE severity = 'critical'`)).toBe(0)
  })
})
