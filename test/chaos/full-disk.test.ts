/**
 * A disk that is full, or a folder that became read-only, while the station trades: entries stop, what reduces risk goes
 * out, and once there is room again the station goes on with everything that happened meanwhile in its books.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type Database from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { PaperExchange } from '../../src/adapters/paper/paper-exchange.ts'
import { SqliteDatabase } from '../../src/adapters/sqlite/database.ts'
import { SqliteJournal } from '../../src/adapters/sqlite/journal.ts'
import { databaseFile, openToRead } from '../../src/adapters/sqlite/open-database.ts'
import { verifyDatabase } from '../../src/adapters/sqlite/verify-database.ts'
import { JournalUnwritable } from '../../src/core/ports/journal.ts'
import type { RunningStation } from '../../src/station/compose.ts'
import { audit, chattyStation } from './chatty-station.ts'

const MINUTE_MS = 60_000
const complaints: string[] = []
const folders: string[] = []

afterEach(() => {
  vi.restoreAllMocks()
  complaints.length = 0
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

interface Trading {
  readonly station: RunningStation
  readonly folder: string
}

/** A station that holds positions, all of them protected. */
async function trading(): Promise<Trading> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-full-'))
  folders.push(folder)
  const station = await chattyStation({ folder, seed: 11, tickSeconds: 2 }, (event) => complaints.push(event))
  await until(station, () => station.rooms.books.positions.size >= 2 && station.facade.positions().every(isProtected))
  return { station, folder }
}

const isProtected = ({ isProtected }: { readonly isProtected: boolean }): boolean => isProtected

/** Lets the station go on until something is so; it has an hour of its own time. */
async function until({ rooms }: RunningStation, isSo: () => boolean): Promise<void> {
  const latest = rooms.clock.now() + 60 * MINUTE_MS
  while (!isSo()) {
    if (rooms.clock.now() > latest) throw new Error('it did not come to that within an hour')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function goOn(station: RunningStation, minutes: number): Promise<void> {
  const end = station.rooms.clock.now() + minutes * MINUTE_MS
  await until(station, () => station.rooms.clock.now() >= end)
}

function release({ facade }: RunningStation): void {
  const id = facade.policy.current.emergency?.id ?? ''
  expect(facade.releaseEmergency('user', id, 'RELEASE')).toEqual({ outcome: 'released' })
}

/** Books and exchange agree, every row can be read, and the station comes to an orderly end. */
async function endsWell({ station, folder }: Trading): Promise<void> {
  const faults = await new Promise((resolve) => audit(station, folder, resolve))
  expect(faults).toEqual([])
  await station.stop()
  const database = openToRead(databaseFile(folder))
  const verdicts = verifyDatabase(database.sql)
  database.close()
  expect(verdicts.filter(({ ok }) => !ok)).toEqual([])
}

describe('while the journal cannot be written and the exchange can be reached', () => {
  it('no entry leaves, exits and closes do; afterwards everything is in the journal and entries leave again', async () => {
    const { station, folder } = await trading()
    const { books, policy } = station.rooms
    const submit = vi.spyOn(PaperExchange.prototype, 'submit')
    const flush = vi.spyOn(SqliteJournal.prototype, 'flush').mockImplementation(() => {
      throw new JournalUnwritable('disk_full', 'the disk is full')
    })
    const [symbol] = books.positions.keys()
    if (symbol === undefined) throw new Error('no position')
    expect(station.facade.closePosition(symbol, 'user').outcome).toBe('closing')
    await goOn(station, 15)
    expect(policy.current.emergency).toMatchObject({
      by: 'governor',
      reason: expect.stringContaining('the disk is full'),
    })
    const sent = submit.mock.calls.map(([request]) => request)
    expect(sent.some(({ type, symbol: on }) => type === 'MARKET' && on === symbol)).toBe(true)
    expect(sent.filter(({ reduceOnly }) => !reduceOnly)).toEqual([])
    expect(books.positions.has(symbol)).toBe(false)
    expect(complaints).toEqual(['journal_unwritable'])

    flush.mockRestore()
    const flushed = vi.spyOn(SqliteJournal.prototype, 'flush')
    await until(station, () => flushed.mock.results.some(({ type }) => type === 'return'))
    const { items } = station.facade.records.trades({ limit: 1, symbol })
    expect(items[0]).toMatchObject({ symbol, exitReason: 'MANUAL' })
    const alerts = station.facade.records.alerts({ limit: 10 }).items.map(({ code }) => code)
    expect(alerts).toEqual(['journal_unwritable', 'safety_governor'])
    release(station)
    submit.mockClear()
    await until(station, () => submit.mock.calls.some(([request]) => !request.reduceOnly))
    await endsWell({ station, folder })
  })
})

type Turn = (sql: Database.Database) => void

/** Ways in which the system takes no writes any more, and takes them again. */
const TROUBLES: readonly (readonly [name: string, cutsExchange: boolean, begin: Turn, end: Turn])[] = [
  [
    'the disk is full',
    false,
    (sql) => void sql.pragma(`max_page_count = ${String(sql.pragma('page_count', { simple: true }))}`),
    (sql) => void sql.pragma('max_page_count = 1000000000'),
  ],
  [
    'the folder may only be read',
    true,
    (sql) => void sql.pragma('query_only = ON'),
    (sql) => void sql.pragma('query_only = OFF'),
  ],
]

describe('when nothing on the disk can be written, the paper exchange included', () => {
  it.each(TROUBLES)(
    '%s: entries stop, time goes on; with room again books and exchange agree',
    async (_, cutsExchange, begin, end) => {
      const commit = vi.spyOn(SqliteDatabase.prototype, 'commit')
      const { station, folder } = await trading()
      const { sql } = commit.mock.contexts[0] as SqliteDatabase
      const submit = vi.spyOn(PaperExchange.prototype, 'submit')
      begin(sql)
      await until(station, () => station.rooms.policy.current.emergency !== null)
      submit.mockClear()
      await goOn(station, 20)
      expect(submit.mock.calls.filter(([request]) => !request.reduceOnly)).toEqual([])
      // what needs no new page can still be written to a full disk
      if (cutsExchange) expect(station.facade.status().venueUp).toBe(false)

      end(sql)
      await until(station, () => station.facade.status().venueUp && station.facade.status().reconciledAt !== null)
      const { policy } = station.rooms
      await until(station, () => policy.version(policy.current.version)?.policy.emergency?.by === 'governor')
      release(station)
      await until(station, () => submit.mock.calls.some(([request]) => !request.reduceOnly))
      // whatever else wanted to write meanwhile says so too
      expect(complaints.filter((event) => event !== 'msc_failed')).toEqual(['journal_unwritable'])
      await endsWell({ station, folder })
    },
  )
})
