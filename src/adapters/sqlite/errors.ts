/** What can be wrong with the database, in words for people. */
import Database from 'better-sqlite3'

import { JournalUnwritable } from '../../core/ports/journal.ts'

export type DatabaseProblem = 'newer' | 'older' | 'foreign' | 'damaged' | 'absent' | 'in_use' | 'folder_unwritable'

/** The database cannot be used at all. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable'
  readonly problem: DatabaseProblem

  constructor(problem: DatabaseProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

/** A stored row that cannot be read back. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow'
  readonly table: string
  readonly column: string

  constructor(table: string, column: string, found: string) {
    super(`${table}.${column} cannot be read: ${found}`)
    this.table = table
    this.column = column
  }
}

/** A row that must not be stored; nothing of it was. */
export class UnwritableRow extends Error {
  override readonly name = 'UnwritableRow'

  constructor(table: string, field: string, expected: string, found: unknown) {
    super(`${table}.${field} must be ${expected}, was ${String(found)}`)
  }
}

const sqliteCode = (problem: unknown): string => (problem instanceof Database.SqliteError ? problem.code : '')

/** Whether SQLite says that the file's content is broken. */
export const isDamage = (problem: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(problem))

const REASONS: readonly (readonly [RegExp, JournalUnwritable['reason'], string])[] = [
  [/^SQLITE_FULL/, 'disk_full', 'the disk is full'],
  [/^SQLITE_(READONLY|PERM|AUTH)/, 'read_only', 'it may only be read'],
  [/^SQLITE_(BUSY|LOCKED)/, 'locked', 'another process holds it'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'damaged', 'its file is damaged'],
  [/^SQLITE_(IOERR|CANTOPEN|NOMEM|PROTOCOL)/, 'failed', 'the system refused'],
]

/** The same problem as a `JournalUnwritable` when it is one; else as it was. */
export function asUnwritable(problem: unknown): unknown {
  const code = sqliteCode(problem)
  const known = REASONS.find(([pattern]) => pattern.test(code))
  if (known === undefined) return problem
  const [, reason, sentence] = known
  const message = `the database cannot be written: ${sentence} (${code}: ${(problem as Error).message})`
  return new JournalUnwritable(reason, message)
}

export const isBusy = (problem: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(problem))
