/** Pages of one table, newest first: each continues after the last row told, however much is written meanwhile. */
import type Database from 'better-sqlite3'

import { BadCursor, type Page } from '../../core/ports/records.ts'
import type { RowCodec } from './columns.ts'

/** How a table is paged and which filters its rows know. */
export interface Paging {
  /** column of the time that orders the rows */
  readonly time: string
  /** whole-number column that orders rows of one time: the order of writing */
  readonly tie: string
  /** filter → column */
  readonly filters: Readonly<Record<string, string>>
}

export interface PageQuery {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

const CURSOR = /^(\d{1,16})\.(\d{1,16})$/

interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

function afterCursor(paging: Paging, cursor: string): Condition {
  const [, time, tie] = CURSOR.exec(cursor) ?? []
  if (time === undefined || tie === undefined) throw new BadCursor(cursor)
  return { sql: `(${paging.time}, ${paging.tie}) < (?, ?)`, values: [Number(time), Number(tie)] }
}

/** null: no row can match, because the rows have no such field. */
function conditionsOf(paging: Paging, query: PageQuery): readonly Condition[] | null {
  const { limit: _limit, cursor, from, to, ...filters } = query
  const conditions: Condition[] = []
  if (cursor !== undefined) conditions.push(afterCursor(paging, cursor))
  if (from !== undefined) conditions.push({ sql: `${paging.time} >= ?`, values: [from] })
  if (to !== undefined) conditions.push({ sql: `${paging.time} <= ?`, values: [to] })
  for (const [filter, wanted] of Object.entries<string | undefined>(filters)) {
    if (wanted === undefined) continue
    const column = paging.filters[filter]
    if (column === undefined) return null
    conditions.push({ sql: `${column} = ?`, values: [wanted] })
  }
  return conditions
}

type StoredRow = Readonly<Record<string, number>>

export class Pages<Row> {
  readonly #sql: Database.Database
  readonly #codec: RowCodec<Row>
  readonly #paging: Paging
  readonly #maxRows: number
  /** one statement for each set of filters that was asked for */
  readonly #statements = new Map<string, Database.Statement<(string | number)[], StoredRow>>()

  constructor(sql: Database.Database, codec: RowCodec<Row>, paging: Paging, maxRows: number) {
    this.#sql = sql
    this.#codec = codec
    this.#paging = paging
    this.#maxRows = maxRows
  }

  /** @throws BadCursor, UnreadableRow */
  page(query: PageQuery): Page<Row> {
    const conditions = conditionsOf(this.#paging, query)
    if (conditions === null) return { items: [], next: null }
    const limit = Math.min(Math.max(1, Math.floor(query.limit)), this.#maxRows)
    const values = conditions.flatMap((condition) => condition.values)
    const stored = this.#statement(conditions.map((condition) => condition.sql)).all(...values, limit + 1)
    const shown = stored.slice(0, limit)
    const last = stored.length > limit ? shown.at(-1) : undefined
    return {
      items: shown.map((row) => this.#codec.decode(row)),
      next: last === undefined ? null : this.#cursorOf(last),
    }
  }

  #cursorOf(row: StoredRow): string {
    return `${row[this.#paging.time]}.${row[this.#paging.tie]}`
  }

  #statement(conditions: readonly string[]): Database.Statement<(string | number)[], StoredRow> {
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    const known = this.#statements.get(where)
    if (known !== undefined) return known
    const { time, tie } = this.#paging
    const order = `ORDER BY ${time} DESC, ${tie} DESC LIMIT ?`
    const made = this.#sql.prepare<(string | number)[], StoredRow>(
      `SELECT * FROM ${this.#codec.table} ${where} ${order}`,
    )
    this.#statements.set(where, made)
    return made
  }
}
