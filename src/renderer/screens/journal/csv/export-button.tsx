/** Exports all matching rows; while it runs it says how far it is and can be cancelled. */
import type { JSX } from 'react'

import { Button } from '../../../widgets/button.tsx'
import { formatNumber } from '../../../widgets/format-number.ts'
import { Icon } from '../../../widgets/icon.tsx'
import type { Filter } from '../filter/filter.ts'
import type { JournalTable } from '../tables/journal-table.ts'
import { useExport } from './use-export.ts'

interface ExportButtonProps {
  readonly table: JournalTable<unknown>
  readonly filter: Filter
}

export function ExportButton({ table, filter }: ExportButtonProps): JSX.Element {
  const { progress, start, cancel } = useExport(table, filter)
  if (progress === null)
    return (
      <Button onClick={start} disabled={filter.faults.length > 0} title="All matching rows, every column, times in UTC">
        <Icon name="download" /> Export CSV
      </Button>
    )
  return (
    <span className="exporting" role="status">
      {formatNumber(progress.rows)} rows
      <Button onClick={cancel}>Cancel export</Button>
    </span>
  )
}
