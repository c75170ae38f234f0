/** Brings a database to the newest version, one transaction per step, never back. */
import type Database from 'better-sqlite3'

import { DatabaseUnusable } from './errors.ts'
import type { Migration } from './migrations/migration.ts'
import { MIGRATIONS } from './migrations/migrations.ts'

/** Marks the file as ours: 'SgBx'. */
const APPLICATION_ID = 0x53674278

export const newestVersion = (migrations: readonly Migration[] = MIGRATIONS): number => migrations.at(-1)?.version ?? 0

export const versionOf = (sql: Database.Database): number => sql.pragma('user_version', { simple: true }) as number

/** @throws DatabaseUnusable when the file is not a Signalbox database, or one of a newer release */
export function checkIdentity(sql: Database.Database, file: string, newest = newestVersion()): void {
  const application = sql.pragma('application_id', { simple: true })
  const tables = sql.prepare(`SELECT count(*) FROM sqlite_schema`).pluck().get() as number
  if (application !== APPLICATION_ID && tables > 0) {
    throw new DatabaseUnusable('foreign', `${file} is not a Signalbox database`)
  }
  const version = versionOf(sql)
  if (version > newest) {
    const sentence = `${file} has version ${version}, this release knows up to ${newest}: use the newer release`
    throw new DatabaseUnusable('newer', sentence)
  }
}

/**
 * Runs every step the database does not have yet.
 * @param beforeStep is told the version about to be made when the database already holds data
 */
export function migrate(
  sql: Database.Database,
  beforeStep: (version: number) => void,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const start = versionOf(sql)
  for (const { version, sql: step } of migrations.filter((migration) => migration.version > start)) {
    if (start > 0) beforeStep(version)
    sql
      .transaction(() => {
        sql.exec(step)
        sql.pragma(`application_id = ${APPLICATION_ID}`)
        sql.pragma(`user_version = ${version}`)
      })
      .immediate()
  }
}
