/** The foot of the table: how many rows are here, how far back was read, what is still to be read. */
import type { JSX } from 'react'

import { Button } from '../../widgets/button.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { localDateTime } from '../../widgets/format-time.ts'
import type { JournalTable } from './tables/journal-table.ts'
import type { JournalRows } from './use-rows.ts'

interface ReadStateProps {
  readonly found: JournalRows<unknown>
  readonly table: JournalTable<unknown>
  readonly isFiltered: boolean
}

export function ReadState({ found, table, isFiltered }: ReadStateProps): JSX.Element {
  const { rows, isComplete, isLoading, until, looked, fault } = found
  const count = `${formatNumber(rows.length)} ${isFiltered ? 'matching' : table.name.toLowerCase()}`
  const among = isFiltered && looked > rows.length ? ` of ${formatNumber(looked)} read` : ''
  return (
    <div className="readstate" role="status">
      <span>
        {count}
        {among}
        {isComplete ? ', all there are' : until === null ? '' : `, back to ${localDateTime(Date.parse(until))}`}
        {isLoading ? ', reading…' : ''}
        {fault === null ? '' : `; the last reading failed: ${fault}`}
      </span>
      {isComplete || isLoading ? null : (
        <Button look="quiet" onClick={found.readMore}>
          Read further back
        </Button>
      )}
      <span className="push meta">
        <kbd>j</kbd> <kbd>k</kbd> rows, <kbd>Enter</kbd> {table.id === 'decisions' ? 'why' : 'its trace'}
      </span>
    </div>
  )
}
