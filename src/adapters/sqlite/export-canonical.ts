/**
 * The journal as JSON lines that are the same, byte for byte, for the same rows: every table in the order of its key,
 * columns in a fixed order, nothing of tokens, settings, the paper exchange's own books or the order of writing.
 */
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type Database from 'better-sqlite3'

import type { SqliteDatabase } from './database.ts'
import { JOURNAL_SHAPES } from './tables.ts'

interface Exported {
  readonly table: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
  /** columns whose text is JSON already */
  readonly json: ReadonlySet<string>
}

const exported = (table: string, key: string, columns: string, json = ''): Exported => ({
  table,
  key: key.split(' '),
  columns: columns.split(' '),
  json: new Set(json.split(' ')),
})

const JOURNAL: readonly Exported[] = Object.values(JOURNAL_SHAPES).map(({ codec, key }) => ({
  table: codec.table,
  key,
  columns: codec.names,
  json: codec.jsonNames,
}))

/** Model files themselves stay out: their checksum stands for them. */
const OTHERS: readonly Exported[] = [
  exported(
    'policy_history',
    'version',
    'version updated_at ranking_only trace_id changes document',
    'changes document',
  ),
  exported('policy_rules', 'hash row', 'hash text', 'text'),
  exported('rankings', 'at symbol', 'at symbol score components', 'components'),
  exported('strategies', 'id', 'id status definition risk_share created_at updated_at', 'definition'),
  exported(
    'strategy_stats',
    'strategy_id account at',
    'strategy_id account at trades profit_factor win_rate mean_r max_drawdown_pct score',
  ),
  exported(
    'models',
    'name version',
    'name version status parent_version span_from span_to feature_hash parameters metrics checksum created_at',
    'parameters metrics',
  ),
  exported('predictions', 'id', 'id model model_version signal_id symbol at probability outcome resolved_at'),
]

/** Tables in the order of their names. */
const EXPORTED = [...JOURNAL, ...OTHERS].sort((one, other) => (one.table < other.table ? -1 : 1))

const names = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ')

function lineOf({ table, columns, json }: Exported, cells: readonly unknown[]): string {
  const fields = columns.map((column, index) => {
    const cell = cells[index]
    const isJson = json.has(column) && typeof cell === 'string'
    return `${JSON.stringify(column)}:${isJson ? cell : JSON.stringify(cell)}`
  })
  return `{"table":${JSON.stringify(table)},${fields.join(',')}}\n`
}

/** Every line with its line feed, tables in the order of their names, rows in the order of their keys. */
export function* canonicalLines(sql: Database.Database): Generator<string> {
  for (const source of EXPORTED) {
    const { table, key, columns } = source
    const rows = sql.prepare<[], unknown[]>(`SELECT ${names(columns)} FROM ${table} ORDER BY ${names(key)}`).raw()
    for (const cells of rows.iterate()) yield lineOf(source, cells)
  }
}

const CHUNK_CHARACTERS = 65_536

function* chunked(lines: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

/**
 * Writes one moment of the database to `out` and ends it. `database` is a connection of its own (`openToRead`): it stays
 * busy until all is written.
 */
export async function exportCanonical(database: SqliteDatabase, out: Writable): Promise<void> {
  database.sql.exec('BEGIN')
  try {
    await pipeline(Readable.from(chunked(canonicalLines(database.sql))), out)
  } finally {
    database.sql.exec('ROLLBACK')
  }
}
