import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { backupFolder, copyDatabase, dailyBackup } from '../../../src/adapters/sqlite/backup.ts'
import { canonicalLines } from '../../../src/adapters/sqlite/export-canonical.ts'
import { MIGRATIONS } from '../../../src/adapters/sqlite/migrations/migrations.ts'
import { databaseFile, openDatabase, openToRead } from '../../../src/adapters/sqlite/open-database.ts'
import { restoreDatabase } from '../../../src/adapters/sqlite/restore-database.ts'
import { SQLITE_SETTINGS } from '../../../src/adapters/sqlite/settings.ts'
import { storeOf, type SqliteStore } from '../../../src/adapters/sqlite/store.ts'
import type { Emergency, Pin } from '../../../src/core/policy/policy.ts'
import { writeBooks } from './books.ts'
import { dataFolders } from './data-folder.ts'
import { event, policyVersion } from './rows.ts'

const folder = dataFolders()
const DAY = 86_400_000
const NOW = Date.UTC(2026, 0, 5, 12)

const open = (data: string): SqliteStore => storeOf(openDatabase(data))
const linesOf = ({ database }: SqliteStore): string[] => [...canonicalLines(database.sql)]
const withoutPolicies = (lines: readonly string[]) => lines.filter((line) => !line.includes('"table":"policy_history"'))

describe('a backup', () => {
  it('holds everything, stands alone, and can be taken while rows are being written', async () => {
    const data = folder()
    const store = open(data)
    writeBooks(store)
    for (let seq = 10; seq < 3_000; seq++) store.journal.write('events', event({ seq, data: 'x'.repeat(300) }))
    store.journal.flush(6)
    const before = linesOf(store)
    const copying = copyDatabase(store.database, join(data, 'copy.db'), { ...SQLITE_SETTINGS, backupPagesPerTurn: 8 })
    store.journal.write('events', event({ seq: 5_000 }))
    store.journal.flush(7)
    await copying
    const copy = storeOf(openToRead(join(data, 'copy.db')))
    const copied = linesOf(copy)
    copy.database.close()
    expect(copied.filter((line) => !line.includes('"seq":5000,'))).toEqual(before)
    expect(readdirSync(data).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    store.database.close()
  })

  it('is made daily, one file a day, and the newest seven stay', async () => {
    const data = folder()
    const store = open(data)
    for (let day = 0; day < 9; day++) await dailyBackup(store.database, data, NOW + day * DAY)
    await dailyBackup(store.database, data, NOW + 8 * DAY + 1)
    const names = readdirSync(backupFolder(data)).sort()
    expect(names).toEqual([7, 8, 9, 10, 11, 12, 13].map((day) => `daily-2026-01-${String(day).padStart(2, '0')}.db`))
    store.database.close()
  })
})

/** A data folder with books and a backup of them; afterwards something more was written. */
async function backedUp(): Promise<{ data: string; backup: string; lines: string[] }> {
  const data = folder()
  const store = open(data)
  writeBooks(store)
  const backup = await dailyBackup(store.database, data, NOW)
  const lines = linesOf(store)
  store.journal.write('events', event({ seq: 99, at: 9_000 }))
  store.journal.flush(9)
  store.database.close()
  return { data, backup, lines }
}

describe('restore', () => {
  it('brings back what was backed up and keeps what it replaces', async () => {
    const { data, backup, lines } = await backedUp()
    const { keptAside } = restoreDatabase(data, backup, NOW + 1)
    const store = open(data)
    expect(withoutPolicies(linesOf(store))).toEqual(withoutPolicies(lines))
    store.database.close()
    const replaced = storeOf(openToRead(keptAside ?? ''))
    expect(replaced.records.events({ limit: 1 }).items).toEqual([event({ seq: 99, at: 9_000 })])
    replaced.database.close()
    expect(readdirSync(data).filter((name) => name.includes('restoring'))).toEqual([])
  })

  it('works in an empty folder and leaves the policy as it was', async () => {
    const { backup, lines } = await backedUp()
    const data = join(folder(), 'new')
    expect(restoreDatabase(data, backup, NOW)).toEqual({ keptAside: null, policyVersion: 1 })
    const store = open(data)
    expect(linesOf(store)).toEqual(lines)
    store.database.close()
  })

  it('releases no kill switch, moves no pin, and versions never go back', async () => {
    const { data, backup } = await backedUp()
    const emergency: Emergency = { id: 'e1', engagedAt: NOW, by: 'user', reason: 'smoke' }
    const pin: Pin = { by: 'user', at: NOW, until: null, reason: 'because' }
    const running = open(data)
    running.policies.commit(policyVersion(2))
    running.policies.commit(policyVersion(3, { emergency, pin, maxPositions: 3 }))
    running.database.close()
    expect(restoreDatabase(data, backup, NOW + 5).policyVersion).toBe(4)
    const { policies, database } = open(data)
    const after = { version: 4, emergency, pin, maxPositions: 30, updatedAt: NOW + 5, updatedBy: 'user' }
    expect(policies.load()).toMatchObject({ policy: after, recoveredFrom: 'current' })
    expect(policies.version(4)?.changes).toEqual([
      { path: 'emergency', from: null, to: emergency },
      { path: 'pin', from: null, to: pin },
    ])
    expect(policies.history({ limit: 9 }).map(({ policy }) => policy.version)).toEqual([4, 1])
    database.close()
  })

  it('over a database that nobody can read engages the kill switch', async () => {
    const { data, backup } = await backedUp()
    writeFileSync(databaseFile(data), 'noise'.repeat(2_000))
    const { keptAside } = restoreDatabase(data, backup, NOW)
    expect(readFileSync(keptAside ?? '', 'utf8')).toMatch(/^noise/)
    const { policies, database } = open(data)
    const found = policies.load()
    expect(found).toMatchObject({ policy: { version: 2, emergency: { engagedAt: NOW, by: 'user' } } })
    database.close()
  })

  it('refuses a damaged, cut, foreign, newer or absent file and changes nothing', async () => {
    const { data, backup } = await backedUp()
    const before = readFileSync(databaseFile(data))
    const bad = (name: string, spoil: (file: string) => void) => {
      const file = join(folder(), name)
      copyFileSync(backup, file)
      spoil(file)
      return file
    }
    const damaged = bad('damaged.db', (file) => {
      const bytes = readFileSync(file)
      bytes.fill(7, 4_096 * 3, 4_096 * 9)
      writeFileSync(file, bytes)
    })
    const cut = bad('cut.db', (file) => truncateSync(file, 4_096 * 5))
    const foreign = bad('foreign.db', (file) => writeFileSync(file, 'no database at all'.repeat(300)))
    const newer = folder()
    openDatabase(newer, { migrations: [...MIGRATIONS, { version: MIGRATIONS.length + 1, sql: '' }] }).close()
    expect(() => restoreDatabase(data, damaged, NOW)).toThrow('is damaged')
    expect(() => restoreDatabase(data, cut, NOW)).toThrow('is damaged')
    expect(() => restoreDatabase(data, foreign, NOW)).toThrow('is damaged: file is not a database')
    expect(() => restoreDatabase(data, databaseFile(newer), NOW)).toThrow('use the newer release')
    expect(() => restoreDatabase(data, join(data, 'nothing.db'), NOW)).toThrow('there is no backup')
    expect(readFileSync(databaseFile(data)).equals(before)).toBe(true)
    expect(existsSync(`${databaseFile(data)}.restoring`)).toBe(false)
  })

  it('takes a live database with its log as well', async () => {
    const { backup } = await backedUp()
    const [live, data] = [folder(), folder()]
    const store = open(live)
    writeBooks(store)
    restoreDatabase(data, databaseFile(live), NOW)
    const lines = linesOf(store)
    store.database.close()
    const restored = open(data)
    expect(linesOf(restored)).toEqual(lines)
    restored.database.close()
    expect(existsSync(backup)).toBe(true)
  })
})
