/** What one tab of the journal is: its rows, how they are asked for, filtered, shown and named. */
import type { ReactNode } from 'react'

import type { Column } from '../../../widgets/table-column.ts'
import type { AskedFields, RowFields } from '../filter/ask-of.ts'
import type { FilterKey } from '../filter/filter.ts'

export interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

export interface AskedPage {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly fields: AskedFields
}

export interface JournalTable<Row> {
  readonly id: string
  /** on the tab */
  readonly name: string
  /** as the station counts them */
  readonly counted: string
  readonly columns: readonly Column<Row>[]
  /** columns that are not shown until chosen */
  readonly hidden: readonly string[]
  readonly keyOf: (row: Row) => string
  /** the instant that orders the rows, ISO-8601 */
  readonly atOf: (row: Row) => string
  readonly traceOf: (row: Row) => string | null
  /** false: the row stays as it is for good */
  readonly mayChange: (row: Row) => boolean
  readonly ask: (page: AskedPage, signal: AbortSignal) => Promise<Page<Row>>
  /** field of a filter → parameter that the station filters by */
  readonly parameters: Readonly<Record<string, string>>
  readonly fieldsOf: (row: Row) => RowFields
  readonly keys: readonly FilterKey[]
  /** what an empty tab teaches */
  readonly empty: ReactNode
  /** a filter worth trying, shown in the empty field */
  readonly example: string
}

/** Rows per question: the most that the station tells at once. */
export const PAGE_ROWS = 500

export const OF_SYMBOL: FilterKey = { key: 'symbol', field: 'symbol' }
export const OF_STRATEGY: FilterKey = { key: 'strategy', field: 'strategy' }
export const OF_TRACE: FilterKey = { key: 'trace', field: 'trace', isWhole: true }
export const OF_SIDE: FilterKey = { key: 'side', field: 'side', values: ['LONG', 'SHORT'] }

export const ASKED_TRACE = { trace: 'trace_id' } as const
export const ASKED_SYMBOL = { symbol: 'symbol', ...ASKED_TRACE } as const
export const ASKED_STRATEGY = { ...ASKED_SYMBOL, strategy: 'strategy_id' } as const
