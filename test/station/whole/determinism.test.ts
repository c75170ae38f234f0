/** The same world twice gives the same journal, byte for byte (SPEC §10, §17), at whatever pace; another world another one. */
import { describe, expect, it } from 'vitest'

import { firstDays, madeUpRecording, MADE_UP_START } from '../../fixtures/candle-files.ts'
import { countOf, exportDigest, exportLines } from '../../fixtures/journal-reader.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'
import {
  BEGIN,
  HOUR_MS,
  MINUTE_MS,
  runToEnd,
  runUntil,
  temporaryFolder,
  type WholeStation,
} from '../../fixtures/whole-station.ts'

const MADE_UP = { symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 6, seed: 1 }
const SIMULATED = { 'simulator.symbols': 40, 'simulator.tick_seconds': 10 }
const UNTIL = BEGIN + 8 * HOUR_MS

/** Stops and goes in real time, with somebody looking at the records in between: slices fall anywhere. */
function stopAndGo(station: WholeStation): void {
  const toggle = setInterval(() => {
    station.facade.setPaused(!station.facade.status().paused)
    station.facade.records.counts()
  }, 7)
  const stop = (): void => clearInterval(toggle)
  station.ended.then(stop, stop)
}

/** Asks for everything a screen shows, at times of the station's clock that fall between its own. */
function lookEvery(station: WholeStation, ms: number): void {
  const { clock } = station.rooms
  const { facade } = station
  const look = (): void => {
    facade.account()
    facade.positions()
    facade.effective()
    facade.previewInputs()
    clock.at(clock.now() + ms, look)
  }
  clock.at(clock.now() + 1, look)
}

/** The recording's end pauses the clock; the toggle must not let it race on after that. */
async function inSlices(replay: string): Promise<WholeStation> {
  return runToEnd({ replay }, stopAndGo)
}

describe('the same recording twice', () => {
  const replay = madeUpRecording(MADE_UP)

  it('gives the same bytes, in whatever slices of real time it was told', async () => {
    const first = await runToEnd({ replay })
    const second = await inSlices(replay)
    expect(countOf(first.folder, 'SELECT count(*) FROM trades')).toBeGreaterThan(10)
    expect(exportDigest(second.folder)).toBe(exportDigest(first.folder))
  })

  it('gives another journal if one price was another one', async () => {
    const other = madeUpRecording({ ...MADE_UP, seed: 2 })
    const one = await runToEnd({ replay })
    const two = await runToEnd({ replay: other })
    expect(exportDigest(two.folder)).not.toBe(exportDigest(one.folder))
  })
})

const data = recordedData()

describe('a recording of the exchange', () => {
  it.skipIf(data === null)(`twice gives the same bytes (${RECORDED_DATA_ABSENT})`, async () => {
    const replay = firstDays(`${data ?? ''}/candles-2025`, ['BTCUSDT', 'SOLUSDT', 'XRPUSDT'], 8)
    const first = await runToEnd({ replay })
    const second = await runToEnd({ replay })
    expect(countOf(first.folder, 'SELECT count(*) FROM trades')).toBeGreaterThan(10)
    expect(exportLines(second.folder)).toEqual(exportLines(first.folder))
  })
})

describe('the made-up market', () => {
  const run = async (seed: number): Promise<string> => (await runUntil({ ...SIMULATED, seed }, UNTIL)).folder

  it('gives the same bytes for the same seed and others for another', async () => {
    const seven = await run(7)
    expect(countOf(seven, 'SELECT count(*) FROM fills')).toBeGreaterThan(10)
    expect(exportDigest(await run(7))).toBe(exportDigest(seven))
    expect(exportDigest(await run(8))).not.toBe(exportDigest(seven))
  })

  it('gives the same bytes when somebody looks at everything between any two ticks', async () => {
    const watched = await runUntil({ ...SIMULATED, seed: 7 }, UNTIL, (station) => lookEvery(station, 7000))
    expect(exportDigest(watched.folder)).toBe(exportDigest(await run(7)))
  })

  it('gives the same bytes at 1000× as at any pace', async () => {
    const until = BEGIN + 40 * MINUTE_MS
    const paced = await runUntil({ ...SIMULATED, speed: 1000 }, until)
    const atOnce = await runUntil({ ...SIMULATED }, until)
    expect(countOf(atOnce.folder, 'SELECT count(*) FROM signals')).toBeGreaterThan(0)
    expect(exportDigest(paced.folder)).toBe(exportDigest(atOnce.folder))
  })
})

describe('the export', () => {
  it('says nothing of where and when it was made', async () => {
    const folder = temporaryFolder()
    const { folder: journal } = await runToEnd({ replay: madeUpRecording({ ...MADE_UP, days: 1 }) }, undefined, folder)
    const lines = exportLines(journal)
    expect(lines.some((line) => line.includes(folder))).toBe(false)
    const times = lines.flatMap((line) =>
      [...line.matchAll(/"(?:at|created_at|updated_at)":(\d+)/g)].map(([, at]) => Number(at)),
    )
    expect(Math.min(...times)).toBeGreaterThanOrEqual(MADE_UP_START)
    expect(Math.max(...times)).toBeLessThanOrEqual(MADE_UP_START + 86_400_000 + 60_000)
  })
})
