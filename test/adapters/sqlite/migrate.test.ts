import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import type { DatabaseUnusable } from '../../../src/adapters/sqlite/errors.ts'
import { migrate, versionOf } from '../../../src/adapters/sqlite/migrate.ts'
import type { Migration } from '../../../src/adapters/sqlite/migrations/migration.ts'
import { MIGRATIONS } from '../../../src/adapters/sqlite/migrations/migrations.ts'
import { databaseFile, openDatabase, openToRead } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { dataFolders } from './data-folder.ts'
import { ledgerEntry } from './rows.ts'

const folder = dataFolders()
const newest = MIGRATIONS.length

/** Made-up later releases: each adds a column, the second also moves data. */
const LATER: readonly Migration[] = [
  ...MIGRATIONS,
  { version: newest + 1, sql: 'ALTER TABLE settings ADD COLUMN note TEXT' },
  { version: newest + 2, sql: `UPDATE settings SET note = 'moved'; CREATE TABLE later (id INTEGER) STRICT` },
]

const schemaOf = (sql: Database.Database) =>
  sql.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()

function problemOf(open: () => unknown): string {
  try {
    open()
    return 'none'
  } catch (problem) {
    return (problem as DatabaseUnusable).problem
  }
}

describe('migrations', () => {
  it('are numbered without a gap', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_step, index) => index + 1))
  })

  it.each(LATER.map(({ version }) => version))('lead from version %i to the same database as a new one', (version) => {
    const data = folder()
    openDatabase(data, { migrations: LATER.slice(0, version) }).close()
    const upgraded = openDatabase(data, { migrations: LATER })
    const fresh = openDatabase(folder(), { migrations: LATER })
    expect(schemaOf(upgraded.sql)).toEqual(schemaOf(fresh.sql))
    expect(versionOf(upgraded.sql)).toBe(newest + 2)
    upgraded.close()
    fresh.close()
  })

  it('keep the data, and a sound backup from before each step of an existing database', () => {
    const data = folder()
    const store = storeOf(openDatabase(data))
    store.journal.write('ledger', ledgerEntry())
    store.journal.flush(7)
    store.journal.close()
    const later = openDatabase(data, { migrations: LATER })
    expect(later.sql.prepare('SELECT name, note FROM settings').all()).toEqual([
      { name: 'feed_position', note: 'moved' },
    ])
    expect(later.sql.prepare('SELECT amount FROM ledger').pluck().all()).toEqual(['10000'])
    later.close()
    const name = (version: number) => `before-v${String(version).padStart(4, '0')}.db`
    expect(readdirSync(join(data, 'backups')).sort()).toEqual([name(newest + 1), name(newest + 2)])
    const before = openToRead(join(data, 'backups', name(newest + 1)))
    expect(before.sql.prepare('SELECT amount FROM ledger').pluck().all()).toEqual(['10000'])
    before.close()
  })

  it('of a new database make no backup', () => {
    const data = folder()
    openDatabase(data, { migrations: LATER }).close()
    expect(existsSync(join(data, 'backups'))).toBe(false)
  })

  it('that fail midway leave the database as it was before the step', () => {
    const data = folder()
    openDatabase(data).close()
    const broken = [
      ...MIGRATIONS,
      { version: newest + 1, sql: 'CREATE TABLE half (id INTEGER); SELECT id FROM nowhere' },
    ]
    expect(() => openDatabase(data, { migrations: broken })).toThrow('no such table: nowhere')
    const database = openDatabase(data)
    expect(versionOf(database.sql)).toBe(newest)
    expect(database.sql.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(0)
    database.close()
  })

  it('run twice do nothing the second time', () => {
    const sql = new Database(':memory:')
    const told: number[] = []
    migrate(sql, (version) => told.push(version))
    const before = schemaOf(sql)
    migrate(sql, (version) => told.push(version))
    expect(schemaOf(sql)).toEqual(before)
    expect(told).toEqual([])
    sql.close()
  })
})

describe('a database that cannot be used is refused, and left alone', () => {
  it('newer than this release', () => {
    const data = folder()
    openDatabase(data, { migrations: LATER }).close()
    expect(() => openDatabase(data)).toThrow(
      `${databaseFile(data)} has version ${newest + 2}, this release knows up to ${newest}: use the newer release`,
    )
    expect(problemOf(() => openToRead(databaseFile(data)))).toBe('newer')
    openDatabase(data, { migrations: LATER }).close()
  })

  it('of another program, no database at all, or damaged', () => {
    const [other, noise, cut] = [folder(), folder(), folder()]
    const sql = new Database(databaseFile(other))
    sql.exec('CREATE TABLE theirs (id INTEGER)')
    sql.close()
    expect(problemOf(() => openDatabase(other))).toBe('foreign')
    writeFileSync(databaseFile(noise), 'this is not a database, but it is long enough to look at'.repeat(100))
    expect(problemOf(() => openDatabase(noise))).toBe('damaged')
    expect(() => openDatabase(noise)).toThrow('restore a backup with "signalbox restore"')
    expect(problemOf(() => openToRead(databaseFile(cut)))).toBe('absent')
  })

  it('older, when it is only to be read', () => {
    const data = folder()
    const sql = new Database(databaseFile(data))
    sql.close()
    expect(problemOf(() => openToRead(databaseFile(data)))).toBe('older')
  })

  it('in a folder that cannot be written', () => {
    const data = join(folder(), 'file')
    writeFileSync(data, '')
    expect(problemOf(() => openDatabase(join(data, 'below')))).toBe('folder_unwritable')
  })
})
