/** What stands where no row is: still reading, nothing matches, or what this tab will hold one day. */
import type { JSX } from 'react'

import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Skeleton } from '../../widgets/skeleton.tsx'
import type { Filter } from './filter/filter.ts'
import type { JournalTable } from './tables/journal-table.ts'
import type { JournalRows } from './use-rows.ts'

interface NothingFoundProps {
  readonly table: JournalTable<unknown>
  readonly filter: Filter
  readonly found: JournalRows<unknown>
  readonly onClear: () => void
}

export function NothingFound({ table, filter, found, onClear }: NothingFoundProps): JSX.Element {
  const isAsked = filter.fields.length > 0 || filter.words.length > 0 || filter.from !== null || filter.to !== null
  if (filter.faults.length > 0)
    return <EmptyState title="Nothing was read:">the filter is not understood as it stands.</EmptyState>
  if (found.isLoading) return <Skeleton lines={10} label={`Reading ${table.name.toLowerCase()}`} />
  if (!isAsked) return <>{table.empty}</>
  return (
    <EmptyState title="Nothing matches.">
      {found.looked === 0
        ? `The station knows no ${table.name.toLowerCase()} like that. `
        : `${formatNumber(found.looked)} ${table.name.toLowerCase()} were looked through. `}
      {found.isComplete ? null : (
        <Button look="quiet" onClick={found.readMore}>
          Look further back
        </Button>
      )}
      <Button look="quiet" onClick={onClear}>
        Clear the filter
      </Button>
    </EmptyState>
  )
}
