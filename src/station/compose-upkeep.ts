/** What can be done to a data folder without running the station in it; what only reads, also beside a station that runs. */
import { createWriteStream } from 'node:fs'
import { Writable } from 'node:stream'

import { loadRecording, type Recording } from '../adapters/recorded/recording.ts'
import { RECORDED_SETTINGS } from '../adapters/recorded/settings.ts'
import { dailyBackup } from '../adapters/sqlite/backup.ts'
import type { SqliteDatabase } from '../adapters/sqlite/database.ts'
import { exportCanonical } from '../adapters/sqlite/export-canonical.ts'
import { importCandles } from '../adapters/sqlite/import-candles.ts'
import { openBeside } from '../adapters/sqlite/open-beside.ts'
import { databaseFile, openDatabase, openToRead } from '../adapters/sqlite/open-database.ts'
import { storeOf } from '../adapters/sqlite/store.ts'
import { verifyDatabase, type Verdict } from '../adapters/sqlite/verify-database.ts'
import type { Interval } from '../core/model/interval.ts'
import type { Candle } from '../core/model/market.ts'
import type { TokenShelf } from '../core/ports/token-shelf.ts'
import { dailyReportText } from './daily-report-text.ts'
import { dailyReport, dateOf } from './daily-report.ts'
import { runReport } from './run-report.ts'

export { restoreDatabase as restore } from '../adapters/sqlite/restore-database.ts'
export { openLog } from '../adapters/system/log.ts'

async function using<Result>(
  database: SqliteDatabase,
  work: (database: SqliteDatabase) => Result,
): Promise<Awaited<Result>> {
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

const toRead = (folder: string): SqliteDatabase => openToRead(databaseFile(folder))

/** Integrity of the file and agreement of the books: one verdict per check. */
export const verify = (folder: string): Promise<readonly Verdict[]> =>
  using(toRead(folder), (database) => verifyDatabase(database.sql))

/** One UTC day (`today` by this machine's clock); null: the last one of the journal, and the whole of it after that. */
export const report = (folder: string, day: string | null, now: number): Promise<string> =>
  using(toRead(folder), async (database) => {
    const { records, policies } = storeOf(database)
    const last = records.equity({ points: 1 })[0]
    const date = day === null ? last && dateOf(last.at) : day === 'today' ? dateOf(now) : day
    const parts =
      date === undefined ? [] : [dailyReportText(await dailyReport({ records, policy: policies }, date, now))]
    return [...parts, ...(day === null ? [runReport(records)] : [])].join('\n\n\n')
  })

/** All journal tables in key order, as JSON lines; `file` null: to standard output. */
export const exportJournal = (folder: string, file: string | null): Promise<void> =>
  using(toRead(folder), (database) =>
    exportCanonical(database, file === null ? standardOutput() : createWriteStream(file)),
  )

/** Standard output is not ours to end. */
const standardOutput = (): Writable =>
  new Writable({ write: (chunk: Buffer, _encoding, done) => void process.stdout.write(chunk, done) })

export const backup = (folder: string, now: number): Promise<string> =>
  using(toRead(folder), (database) => dailyBackup(database, folder, now))

export interface Imported {
  readonly stored: number
  readonly faults: readonly string[]
}

/** Brings candles of a file or folder into the journal of a station that is not running. */
export async function importInto(folder: string, path: string, interval: Interval): Promise<Imported> {
  const recording = await loadRecording(path, { settings: { ...RECORDED_SETTINGS, interval } })
  const faults = recording.faults.map(({ message }) => message)
  const stored = await using(openDatabase(folder), (database) => importCandles(database, candlesOf(recording)))
  return { stored, faults }
}

function* candlesOf({ symbols, interval }: Recording): Generator<Candle> {
  for (const { symbol, bars } of symbols)
    for (let row = 0; row < bars.length; row++) yield bars.candle(row, symbol, interval)
}

/** The tokens of a folder, also while its station runs. */
export const withTokens = <Result>(folder: string, work: (tokens: TokenShelf) => Result): Promise<Awaited<Result>> =>
  using(openBeside(folder), (database) => work(storeOf(database).tokens))
