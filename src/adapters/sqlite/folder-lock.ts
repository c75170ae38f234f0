/**
 * One station per data folder. The lock is SQLite's own on a small file: the system drops it with the process, however
 * that ends, so there is never a stale one to judge; whoever is refused can still read who holds it.
 */
import { join } from 'node:path'

import Database from 'better-sqlite3'

import { DatabaseUnusable, isBusy } from './errors.ts'

const FILE = 'signalbox.lock'

export interface FolderLock {
  release(): void
}

function ownerOf(sql: Database.Database): number | null {
  try {
    return (sql.prepare('SELECT pid FROM owner').pluck().get() as number | undefined) ?? null
  } catch {
    return null
  }
}

/** Writes who we are where all can read it, then takes the write lock and keeps it. */
function hold(sql: Database.Database): boolean {
  sql.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY, pid INTEGER NOT NULL);
    INSERT INTO owner VALUES (1, ${process.pid}) ON CONFLICT (id) DO UPDATE SET pid = excluded.pid;
    COMMIT;
    BEGIN IMMEDIATE;
  `)
  return ownerOf(sql) === process.pid
}

function take(sql: Database.Database): boolean {
  try {
    return hold(sql)
  } catch (problem) {
    if (isBusy(problem)) return false
    throw problem
  }
}

/** @throws DatabaseUnusable `in_use`, naming the process that holds the folder */
export function lockFolder(folder: string): FolderLock {
  const sql = new Database(join(folder, FILE), { timeout: 0 })
  if (!take(sql)) {
    const pid = ownerOf(sql)
    sql.close()
    const who = pid === null ? 'another process' : pid === process.pid ? 'this process already' : `process ${pid}`
    throw new DatabaseUnusable(
      'in_use',
      `the data folder ${folder} is in use by ${who}: stop it, or choose another with --data`,
    )
  }
  return { release: () => void sql.close() }
}
