/** Opens a database to write a few rows beside the station that owns it, as the command line does for tokens. */
import { existsSync } from 'node:fs'

import Database from 'better-sqlite3'

import { SqliteDatabase } from './database.ts'
import { databaseFile, openDatabase, openToRead } from './open-database.ts'
import { SQLITE_SETTINGS } from './settings.ts'

/** A folder without a database gets one. @throws DatabaseUnusable as `openDatabase` and `openToRead` do */
export function openBeside(folder: string): SqliteDatabase {
  const file = databaseFile(folder)
  if (!existsSync(file)) return openDatabase(folder)
  // checks identity and version
  openToRead(file).close()
  const sql = new Database(file, { timeout: SQLITE_SETTINGS.openTimeoutMs })
  sql.pragma('synchronous = FULL')
  return new SqliteDatabase(sql, file)
}
