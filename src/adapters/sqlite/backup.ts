/** Copies of the database that count only after they were read back. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import Database from 'better-sqlite3'

import type { SqliteDatabase } from './database.ts'
import { putInPlace } from './durable-file.ts'
import { DatabaseUnusable, isDamage } from './errors.ts'
import { SQLITE_SETTINGS, type SqliteSettings } from './settings.ts'

export const backupFolder = (folder: string): string => join(folder, 'backups')

const damagedCopy = (file: string, finding: string): DatabaseUnusable =>
  new DatabaseUnusable('damaged', `${file} is damaged: ${finding}`)

/** Looks at every page and index of a file at once. @throws DatabaseUnusable `damaged` naming the first finding */
export function requireSound(sql: Database.Database, file: string): void {
  try {
    const finding = sql.pragma('integrity_check(1)', { simple: true })
    if (finding !== 'ok') throw damagedCopy(file, String(finding))
  } catch (problem) {
    throw isDamage(problem) ? damagedCopy(file, (problem as Error).message) : problem
  }
}

/** Reads every row of a copy, a slice at a time. */
async function readThrough(sql: Database.Database, rowsPerTurn: number): Promise<void> {
  const tables = sql.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck()
  for (const table of tables.all()) {
    const rows = sql.prepare(`SELECT * FROM "${table}"`).raw().iterate()
    for (let read = 1; rows.next().done !== true; read++) if (read % rowsPerTurn === 0) await setImmediate()
  }
}

async function requireReadable(file: string, settings: SqliteSettings): Promise<void> {
  const sql = new Database(file)
  try {
    // a copy stands alone, without a write-ahead log beside it
    sql.pragma('journal_mode = DELETE')
    await readThrough(sql, settings.rowsPerTurn)
  } catch (problem) {
    throw isDamage(problem) ? damagedCopy(file, (problem as Error).message) : problem
  } finally {
    sql.close()
  }
}

/**
 * Copies the database into `file` while it is in use, a few pages per turn of the loop; the file appears when it is
 * whole and was read back.
 * @throws DatabaseUnusable when the copy is damaged
 */
export async function copyDatabase(
  database: SqliteDatabase,
  file: string,
  settings: SqliteSettings = SQLITE_SETTINGS,
): Promise<void> {
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  await database.sql.backup(partial, { progress: () => settings.backupPagesPerTurn })
  await requireReadable(partial, settings)
  putInPlace(partial, file)
}

/** Keeps the newest `kept` files whose name begins with `prefix`; names sort by age. */
function keepNewest(folder: string, prefix: string, kept: number): void {
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith('.db'))
  for (const name of files.sort().slice(0, -kept)) rmSync(join(folder, name))
}

/** The backup of the UTC day of `now` (epoch ms) in the data folder; a second one of the day replaces the first. */
export async function dailyBackup(
  database: SqliteDatabase,
  folder: string,
  now: number,
  settings: SqliteSettings = SQLITE_SETTINGS,
): Promise<string> {
  const into = backupFolder(folder)
  mkdirSync(into, { recursive: true })
  const file = join(into, `daily-${new Date(now).toISOString().slice(0, 10)}.db`)
  await copyDatabase(database, file, settings)
  keepNewest(into, 'daily-', settings.backupsKept)
  return file
}

/** A sound copy of the database as it was, before a step changes it. */
export function backupBeforeMigration(
  sql: Database.Database,
  folder: string,
  version: number,
  settings: SqliteSettings,
): void {
  const into = backupFolder(folder)
  mkdirSync(into, { recursive: true })
  const file = join(into, `before-v${String(version).padStart(4, '0')}.db`)
  soundCopy(sql, `${file}.partial`)
  putInPlace(`${file}.partial`, file)
  keepNewest(into, 'before-', settings.backupsKept)
}

/** Copies at once and looks at every page of the copy. @throws DatabaseUnusable `damaged` */
export function soundCopy(sql: Database.Database, file: string): void {
  rmSync(file, { force: true })
  sql.prepare('VACUUM INTO ?').run(file)
  const copy = new Database(file)
  try {
    requireSound(copy, file)
  } finally {
    copy.close()
  }
}
