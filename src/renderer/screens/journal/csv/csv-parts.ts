/** All matching rows as CSV, page after page, so that a large journal is never held as one table. */
import { csvOf, type Column } from '../../../widgets/table-column.ts'
import type { Filter } from '../filter/filter.ts'
import { readRows } from '../read-rows.ts'
import type { JournalTable } from '../tables/journal-table.ts'

export interface CsvPart {
  readonly text: string
  /** rows in all parts so far */
  readonly rows: number
  /** rows looked through so far */
  readonly looked: number
}

/** The rows alone, without the head line. */
function bodyOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const text = csvOf(rows, columns)
  return text.slice(text.indexOf('\r\n') + 2)
}

/** The first part is the head line. Stops between pages once `signal` is aborted. */
export async function* csvParts<Row>(
  table: JournalTable<Row>,
  filter: Filter,
  signal: AbortSignal,
): AsyncGenerator<CsvPart> {
  const { columns } = table
  yield { text: csvOf([], columns), rows: 0, looked: 0 }
  let cursor: string | undefined
  let rows = 0
  let looked = 0
  do {
    signal.throwIfAborted()
    const read = await readRows({ table, filter, cursor, enough: 1, mostPages: 1, signal })
    rows += read.rows.length
    looked += read.looked
    if (read.rows.length > 0 || read.looked > 0) yield { text: bodyOf(read.rows, columns), rows, looked }
    cursor = read.next ?? undefined
  } while (cursor !== undefined)
}
