/** Copies of the database that count only after they were read back. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import Database from 'better-sqlite3'

import { DatabaseUnusable } from './errors.ts'
import type { SqliteSettings } from './settings.ts'

export const backupFolder = (folder: string): string => join(folder, 'backups')

/** @throws DatabaseUnusable `damaged` naming the first finding */
export function requireSound(file: string): void {
  const sql = new Database(file, { readonly: true })
  try {
    const finding = sql.pragma('integrity_check(1)', { simple: true })
    if (finding !== 'ok') throw new DatabaseUnusable('damaged', `${file} is damaged: ${String(finding)}`)
  } finally {
    sql.close()
  }
}

/** Keeps the newest `kept` files whose name begins with `prefix`; names sort by age. */
export function keepNewest(folder: string, prefix: string, kept: number): void {
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith('.db'))
  for (const name of files.sort().slice(0, -kept)) rmSync(join(folder, name))
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
  const name = `before-v${String(version).padStart(4, '0')}.db`
  const partial = join(into, `${name}.partial`)
  if (existsSync(partial)) rmSync(partial)
  sql.prepare('VACUUM INTO ?').run(partial)
  requireSound(partial)
  renameSync(partial, join(into, name))
  keepNewest(into, 'before-', settings.backupsKept)
}
