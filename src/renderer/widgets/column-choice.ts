/** Which columns of a table are shown, as chosen on this machine. */
import { useMemo } from 'react'
import { useStore } from 'zustand'

import { keptStore } from './kept-store.ts'
import type { Column } from './table-column.ts'

type Hidden = Readonly<Record<string, readonly string[]>>

const hiddenColumns = keptStore<Hidden>(
  'signalbox.columns.hidden',
  {},
  (value): value is Hidden =>
    typeof value === 'object' && value !== null && Object.values(value).every((ids) => Array.isArray(ids)),
)

export interface ColumnChoice<Row> {
  readonly shown: readonly Column<Row>[]
  readonly isShown: (id: string) => boolean
  readonly toggle: (id: string) => void
  readonly reset: () => void
}

interface Choosable<Row> {
  /** the table's name on this machine */
  readonly id: string
  readonly columns: readonly Column<Row>[]
  /** not shown until chosen */
  readonly hidden: readonly string[]
}

/** At least one column stays. */
export function useColumnChoice<Row>({ id: table, columns, hidden }: Choosable<Row>): ColumnChoice<Row> {
  const chosen = useStore(hiddenColumns, (all) => all[table]) ?? hidden
  const shown = useMemo(() => columns.filter(({ id }) => !chosen.includes(id)), [columns, chosen])
  const take = (ids: readonly string[]): void => hiddenColumns.setState((all) => ({ ...all, [table]: ids }), true)
  return {
    shown,
    isShown: (id) => !chosen.includes(id),
    toggle: (id) => {
      const next = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]
      if (next.length < columns.length) take(next)
    },
    reset: () => take(hidden),
  }
}
