/** Reads rows that match a filter, page after page, until there are enough, the end, or enough was looked through. */
import { askOf, matchesFilter } from './filter/ask-of.ts'
import type { Filter } from './filter/filter.ts'
import { type JournalTable, PAGE_ROWS } from './tables/journal-table.ts'

export interface ReadRows<Row> {
  readonly rows: readonly Row[]
  /** where to go on; null: that was all */
  readonly next: string | null
  /** rows looked at, matching or not */
  readonly looked: number
  /** the oldest instant looked at; null: nothing was there */
  readonly until: string | null
}

interface Reading<Row> {
  readonly table: JournalTable<Row>
  readonly filter: Filter
  readonly cursor?: string | undefined
  /** stop once so many match */
  readonly enough: number
  /** questions at most */
  readonly mostPages: number
  readonly signal: AbortSignal
}

export async function readRows<Row>(reading: Reading<Row>): Promise<ReadRows<Row>> {
  const { table, filter, enough, mostPages, signal } = reading
  const fields = askOf(filter, table.parameters)
  const rows: Row[] = []
  let next: string | null | undefined = reading.cursor
  let looked = 0
  let until: string | null = null
  for (let page = 0; page < mostPages && next !== null && rows.length < enough; page++) {
    const told = await table.ask({ limit: PAGE_ROWS, cursor: next, fields }, signal)
    for (const row of told.items) if (matchesFilter(filter, table.fieldsOf(row))) rows.push(row)
    const last = told.items.at(-1)
    if (last !== undefined) until = table.atOf(last)
    looked += told.items.length
    next = told.next
  }
  return { rows, next: next ?? null, looked, until }
}
