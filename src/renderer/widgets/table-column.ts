/** What a column of a table is, how rows are ordered by one, and how they are copied. Pure. */
import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** figures stand at the right */
  readonly isNumber?: boolean
  /** e.g. `120px`; left out: shares what is left */
  readonly width?: string
  readonly className?: string
  /** left out: the column does not sort */
  readonly sortBy?: (row: Row) => number | string
  readonly firstOrder?: 'ascending' | 'descending'
  /** name and value of the column in a CSV; left out: not part of it */
  readonly csv?: { readonly head: string; readonly value: (row: Row) => string | number | null }
}

export interface Sorting {
  readonly column: string
  readonly order: 'ascending' | 'descending'
}

export function isSorting(value: unknown): value is Sorting {
  const { column, order } = (value ?? {}) as Partial<Record<keyof Sorting, unknown>>
  return typeof column === 'string' && (order === 'ascending' || order === 'descending')
}

/** By the first column, equal rows by the next; rows equal in all keep their order. What is not a number stands last. */
export function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: readonly Sorting[],
): readonly Row[] {
  const keys = sorting.flatMap(({ column, order }) => {
    const sortBy = columns.find(({ id }) => id === column)?.sortBy
    return sortBy === undefined ? [] : [{ sortBy, sign: order === 'ascending' ? 1 : -1 }]
  })
  if (keys.length === 0) return rows
  return rows.toSorted((a, b) => {
    for (const { sortBy, sign } of keys) {
      const difference = compared(sortBy(a), sortBy(b), sign)
      if (difference !== 0) return difference
    }
    return 0
  })
}

function compared(a: number | string, b: number | string, sign: number): number {
  if (typeof a === 'string' && typeof b === 'string') return sign * a.localeCompare(b, 'en', { numeric: true })
  const [x, y] = [Number(a), Number(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
  return sign * (x - y)
}

/** Spreadsheets run cells that begin like a formula: such text gets a leading apostrophe. */
function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180 with a head line. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const told = columns.flatMap(({ csv }) => (csv === undefined ? [] : [csv]))
  const lines = [
    told.map(({ head }) => csvCell(head)),
    ...rows.map((row) => told.map(({ value }) => csvCell(value(row)))),
  ]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}
