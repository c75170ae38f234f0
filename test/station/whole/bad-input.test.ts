/** A recording with everything wrong in it: the run goes on where it can, says what it left out, and keeps sound books (SPEC §20). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import {
  MADE_UP_START,
  madeUpMinutes,
  minuteFile,
  rowOf,
  writeMinutes,
  writeRows,
} from '../../fixtures/candle-files.ts'
import { countOf, rowsOf } from '../../fixtures/journal-reader.ts'
import { DAY_MS, MINUTE_MS, openStation, runToEnd, temporaryFolder } from '../../fixtures/whole-station.ts'
import { expectSound } from './sound.ts'

const GOOD = { symbols: ['GOODUSDT', 'FINEUSDT'], days: 5, seed: 21 }
const BAD = { symbols: ['BADUSDT'], days: 5, seed: 22 }
const END = MADE_UP_START + GOOD.days * DAY_MS

/** Rows of BADUSDT with faults sown in; each with what the journal must say of it. */
function sown(): { rows: string[]; expected: RegExp[] } {
  const rows = madeUpMinutes('BADUSDT', BAD).map(rowOf)
  const expected: RegExp[] = []
  const spoil = (row: number, spoiler: (fields: string[]) => string[], says: RegExp): void => {
    rows[row] = spoiler((rows[row] ?? '').split(',')).join(',')
    expected.push(says)
  }
  const put = (index: number, value: string) => (fields: string[]) => fields.with(index, value)
  spoil(700, put(1, 'NaN'), /open.*"NaN"/)
  spoil(701, put(2, ''), /high.*""/)
  spoil(702, put(3, '-3.2'), /low.*"-3\.2"/)
  spoil(703, put(4, 'Infinity'), /close/)
  spoil(704, put(5, '-1'), /volume.*"-1"/)
  spoil(705, put(0, 'yesterday'), /timestamp.*"yesterday"/)
  spoil(706, put(0, String(MADE_UP_START + 706 * MINUTE_MS + 17)), /timestamp.*multiple of 1m/)
  spoil(707, put(2, '0.01'), /high.*at least open and close/)
  spoil(708, (fields) => fields.slice(0, 3), /3 fields/)
  spoil(709, () => ['<html>502 Bad Gateway</html>'], /BADUSDT/)
  rows.splice(900, 90)
  expected.push(/90 bars are missing/)
  rows.splice(1500, 0, rows[1499] ?? '')
  expected.push(/second bar/)
  const moved = rows.splice(2000, 5)
  rows.splice(2400, 0, ...moved)
  expected.push(/out of order/)
  for (let row = 3000; row < 3120; row++) {
    const [at = '', , , , close = ''] = (rows[row] ?? '').split(',')
    rows[row] = [at, close, close, close, close, '0'].join(',')
  }
  expected.push(/120 bars with volume 0/)
  return { rows, expected }
}

function spoiledRecording(): { replay: string; expected: RegExp[] } {
  const replay = temporaryFolder()
  for (const symbol of GOOD.symbols) writeMinutes(replay, symbol, madeUpMinutes(symbol, GOOD))
  const { rows, expected } = sown()
  writeRows(replay, 'BADUSDT', rows)
  writeFileSync(join(replay, minuteFile('NOTHINGUSDT')), '')
  expected.push(/NOTHINGUSDT.*empty/)
  writeFileSync(join(replay, minuteFile('NOISEUSDT')), 'these are\nno candles\n')
  expected.push(/NOISEUSDT/)
  const packed = gzipSync(madeUpMinutes('TORNUSDT', BAD).map(rowOf).join('\n'))
  writeFileSync(join(replay, `${minuteFile('TORNUSDT')}.gz`), packed.subarray(0, packed.length >> 1))
  expected.push(/TORNUSDT.*cannot be read/)
  writeFileSync(join(replay, 'GOODUSDT-8h-funding.csv'), `timestamp,fundingRate\n${MADE_UP_START},0.9\nx,0.0001\n`)
  expected.push(/GOODUSDT.*rate within/, /GOODUSDT.*timestamp/)
  writeFileSync(join(replay, 'README.md'), '# not candles')
  return { replay, expected }
}

describe('a recording with everything wrong in it', () => {
  it('runs to its end, tells every fault with its line, and keeps sound books', async () => {
    const { replay, expected } = spoiledRecording()
    const station = await runToEnd({ replay })
    const faults = rowsOf(station.folder, 'events')
      .filter(({ type }) => type === 'feed.fault')
      .map(({ data }) => JSON.stringify(data))
    const unsaid = expected.filter((says) => !faults.some((fault) => says.test(fault.replaceAll('\\"', '"'))))
    expect(unsaid).toEqual([])
    expect(station.facade.status().lastMarketAt).toBe(END)
    expect(countOf(station.folder, `SELECT count(*) FROM trades WHERE symbol = 'BADUSDT'`)).toBeGreaterThan(0)
    await expectSound(station)
  })

  it('does not touch what the sound symbols say', async () => {
    const { replay } = spoiledRecording()
    const alone = temporaryFolder()
    for (const symbol of GOOD.symbols) writeMinutes(alone, symbol, madeUpMinutes(symbol, GOOD))
    const [beside, by] = [await runToEnd({ replay }), await runToEnd({ replay: alone })]
    const said = ({ folder }: { folder: string }) =>
      rowsOf(folder, 'signals').filter(({ symbol }) => GOOD.symbols.includes(symbol))
    expect(said(by).length).toBeGreaterThan(20)
    expect(said(beside)).toEqual(said(by))
  })
})

describe('no recording at all', () => {
  it.each([
    ['an empty folder', () => temporaryFolder(), /no candles/],
    ['a folder that is not there', () => join(temporaryFolder(), 'nowhere'), /nowhere/],
  ])('%s is said at the start, and nothing is left open', async (_what, path, says) => {
    const folder = temporaryFolder()
    await expect(openStation({ replay: path() }, folder)).rejects.toThrow(says)
    const replay = temporaryFolder()
    writeMinutes(replay, 'GOODUSDT', madeUpMinutes('GOODUSDT', { ...GOOD, days: 1 }))
    await runToEnd({ replay }, undefined, folder)
  })

  it('of the symbols asked for is said with those there are', async () => {
    const replay = temporaryFolder()
    writeMinutes(replay, 'GOODUSDT', madeUpMinutes('GOODUSDT', { ...GOOD, days: 1 }))
    await expect(openStation({ replay, symbols: 'ELSEUSDT' })).rejects.toThrow(/ELSEUSDT.*GOODUSDT/)
  })
})
