/** Puts a backup in the place of a data folder's database, and keeps what it replaces. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import Database from 'better-sqlite3'

import { backupFolder, requireSound, soundCopy } from './backup.ts'
import { SqliteDatabase } from './database.ts'
import { putInPlace } from './durable-file.ts'
import { DatabaseUnusable, isDamage } from './errors.ts'
import { lockFolder } from './folder-lock.ts'
import { checkIdentity, migrate, versionOf } from './migrate.ts'
import { databaseFile } from './open-database.ts'
import { SqlitePolicyShelf } from './policy-shelf.ts'
import { policyAfterRestore, type Replaced } from './restored-policy.ts'

export interface Restored {
  /** where the replaced database is kept; null when there was none */
  readonly keptAside: string | null
  readonly policyVersion: number | null
}

/** A copy of the backup that is sound, ours and of a version we know. */
function bringIn(backup: string, incoming: string): void {
  if (!existsSync(backup)) throw new DatabaseUnusable('absent', `there is no backup ${backup}`)
  const sql = new Database(backup, { readonly: true })
  try {
    checkIdentity(sql, backup)
    if (versionOf(sql) === 0) throw new DatabaseUnusable('foreign', `${backup} is not a Signalbox database`)
    requireSound(sql, backup)
    soundCopy(sql, incoming)
  } catch (problem) {
    if (!isDamage(problem)) throw problem
    throw new DatabaseUnusable('damaged', `${backup} is damaged: ${(problem as Error).message}`)
  } finally {
    sql.close()
  }
}

/** undefined: there is no policy to replace. */
function replacedPolicy(file: string): Replaced | undefined {
  if (!existsSync(file)) return undefined
  try {
    const database = new SqliteDatabase(new Database(file), file)
    try {
      const found = new SqlitePolicyShelf(database).load()
      return typeof found === 'object' ? found.policy : found
    } finally {
      // closing folds the write-ahead log into the file that is kept aside
      database.close()
    }
  } catch {
    return 'unreadable'
  }
}

function finish(incoming: string, replaced: Replaced | undefined, now: number): number | null {
  const sql = new Database(incoming)
  const database = new SqliteDatabase(sql, incoming)
  try {
    migrate(sql, () => {})
    const shelf = new SqlitePolicyShelf(database)
    const found = shelf.load()
    if (typeof found !== 'object') return null
    if (replaced === undefined) return found.policy.version
    const version = policyAfterRestore(found.policy, replaced, now)
    shelf.commit(version)
    return version.policy.version
  } finally {
    database.close()
  }
}

/**
 * The old database stays in place until the new one takes its name, so that no start in between finds none and makes an
 * empty one. Its log is folded in by now, or else it was unreadable: a log left behind would be played into the new file.
 */
function keepAside(folder: string, now: number): string | null {
  const file = databaseFile(folder)
  if (!existsSync(file)) return null
  const into = backupFolder(folder)
  mkdirSync(into, { recursive: true })
  const aside = join(into, `replaced-${new Date(now).toISOString().replaceAll(':', '-')}.db`)
  copyFileSync(file, aside)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${aside}-wal`)
  for (const companion of ['-wal', '-shm']) rmSync(`${file}${companion}`, { force: true })
  return aside
}

/**
 * Restores `backup` into the data folder of a station that is not running; `now` in epoch ms.
 * @throws DatabaseUnusable when the folder is in use, or the backup is damaged, foreign or of a newer release; then
 * nothing has changed
 */
export function restoreDatabase(folder: string, backup: string, now: number): Restored {
  mkdirSync(folder, { recursive: true })
  const lock = lockFolder(folder)
  const file = databaseFile(folder)
  const incoming = `${file}.restoring`
  try {
    bringIn(backup, incoming)
    const policyVersion = finish(incoming, replacedPolicy(file), now)
    const keptAside = keepAside(folder, now)
    putInPlace(incoming, file)
    return { keptAside, policyVersion }
  } finally {
    rmSync(incoming, { force: true })
    lock.release()
  }
}
