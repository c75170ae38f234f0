/** Which columns of each tab are shown, as chosen on this machine. */
import { useMemo } from 'react'
import { useStore } from 'zustand'

import type { Column } from '../../widgets/table-column.ts'
import { keptStore } from './kept.ts'
import type { JournalTable } from './tables/journal-table.ts'

type Hidden = Readonly<Record<string, readonly string[]>>

const hiddenColumns = keptStore<Hidden>(
  'signalbox.journal.hidden',
  {},
  (value): value is Hidden =>
    typeof value === 'object' && value !== null && Object.values(value).every((ids) => Array.isArray(ids)),
)

export interface ColumnChoice {
  readonly shown: readonly Column<unknown>[]
  readonly isShown: (id: string) => boolean
  readonly toggle: (id: string) => void
  readonly reset: () => void
}

export function useColumnChoice({ id: table, columns, hidden }: JournalTable<unknown>): ColumnChoice {
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
