/** Opens the database of a data folder: for the station alone, or to read beside a running one. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

import Database from 'better-sqlite3'

import { backupBeforeMigration } from './backup.ts'
import { startCheckpointer } from './checkpointer.ts'
import { SqliteDatabase } from './database.ts'
import { DatabaseUnusable, isDamage } from './errors.ts'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import { checkIdentity, migrate, newestVersion, versionOf } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import { SQLITE_SETTINGS, type SqliteSettings } from './settings.ts'

const DATABASE_FILE = 'signalbox.db'

export const databaseFile = (folder: string): string => join(folder, DATABASE_FILE)

function makeFolder(folder: string): FolderLock {
  try {
    mkdirSync(folder, { recursive: true })
    return lockFolder(folder)
  } catch (problem) {
    if (problem instanceof DatabaseUnusable) throw problem
    throw new DatabaseUnusable(
      'folder_unwritable',
      `the data folder ${folder} cannot be written: ${(problem as Error).message}`,
    )
  }
}

function damaged(file: string, problem: unknown): unknown {
  if (!isDamage(problem)) return problem
  const sentence = `${file} is damaged (${(problem as Error).message}): restore a backup with "signalbox restore"`
  return new DatabaseUnusable('damaged', sentence)
}

function prepare(sql: Database.Database, settings: SqliteSettings): void {
  sql.pragma(`page_size = ${settings.pageBytes}`)
  sql.pragma('journal_mode = WAL')
  sql.pragma('synchronous = FULL')
  // on macOS fsync alone does not reach the platter; elsewhere this does nothing
  sql.pragma('fullfsync = ON')
  sql.pragma('checkpoint_fullfsync = ON')
  // a REPLACE must meet the triggers of the append-only tables too
  sql.pragma('recursive_triggers = ON')
  sql.pragma('temp_store = MEMORY')
  sql.pragma(`wal_autocheckpoint = ${settings.checkpointPages}`)
  sql.pragma(`cache_size = -${settings.cacheKb}`)
}

export interface OpenOptions {
  /** a thread of its own folds the write-ahead log: for a station, whose loop must not wait for the disk */
  readonly backgroundCheckpoints?: boolean
  readonly settings?: SqliteSettings
  readonly migrations?: readonly Migration[]
}

/**
 * Opens, or makes, the folder's database for the one station that may write it.
 * @throws DatabaseUnusable saying what is wrong and what to do
 */
export function openDatabase(folder: string, options: OpenOptions = {}): SqliteDatabase {
  const { settings = SQLITE_SETTINGS, migrations = MIGRATIONS } = options
  const lock = makeFolder(folder)
  const file = databaseFile(folder)
  let sql: Database.Database | null = null
  try {
    sql = new Database(file, { timeout: settings.openTimeoutMs })
    checkIdentity(sql, file, newestVersion(migrations))
    prepare(sql, settings)
    const opened = sql
    migrate(opened, (version) => backupBeforeMigration(opened, folder, version, settings), migrations)
    sql.pragma(`busy_timeout = ${settings.busyTimeoutMs}`)
    const stop = options.backgroundCheckpoints === true ? foldInBackground(sql, file, settings) : () => {}
    return new SqliteDatabase(sql, file, { before: stop, after: () => lock.release() })
  } catch (problem) {
    sql?.close()
    lock.release()
    throw damaged(file, problem)
  }
}

/** Should the thread not come up, commits fold the log as they do without it. */
function foldInBackground(sql: Database.Database, file: string, settings: SqliteSettings): () => void {
  sql.pragma(`wal_autocheckpoint = ${settings.checkpointPagesInBackground}`)
  return startCheckpointer(file, settings.backgroundCheckpointMs, () => {
    if (sql.open) sql.pragma(`wal_autocheckpoint = ${settings.checkpointPages}`)
  })
}

/** A database in memory, gone when it is closed. */
export function openInMemory(): SqliteDatabase {
  const sql = new Database(':memory:')
  prepare(sql, SQLITE_SETTINGS)
  migrate(sql, () => {})
  return new SqliteDatabase(sql, ':memory:')
}

/**
 * Opens a database file to read only, also beside the station that is writing it.
 * @throws DatabaseUnusable when there is none, it is damaged, or it has another version than this release
 */
export function openToRead(file: string): SqliteDatabase {
  if (!existsSync(file)) throw new DatabaseUnusable('absent', `there is no database ${file}`)
  let sql: Database.Database | null = null
  try {
    sql = new Database(file, { readonly: true, timeout: SQLITE_SETTINGS.openTimeoutMs })
    checkIdentity(sql, file)
    requireNewest(versionOf(sql), file)
    return new SqliteDatabase(sql, file)
  } catch (problem) {
    sql?.close()
    throw damaged(file, problem)
  }
}

function requireNewest(version: number, file: string): void {
  if (version === newestVersion()) return
  const sentence = `${file} has version ${version} of an earlier release: start the station once in ${dirname(file)} to bring it to ${newestVersion()}`
  throw new DatabaseUnusable('older', sentence)
}
