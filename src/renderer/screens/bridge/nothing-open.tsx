/** Why nothing is open, with the numbers that say so. */
import type { JSX } from 'react'

import { sourceText } from '../../limits/limit-names.ts'
import { useLive } from '../../state/live.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { formatNumber } from '../../widgets/format-number.ts'

export function NothingOpen(): JSX.Element {
  const { decisions, limit, entriesOff } = useLive(({ decisions, effective, status }) => ({
    decisions,
    limit: effective?.min_confidence ?? null,
    entriesOff: status?.entries_off ?? null,
  }))
  const entries = [...decisions.values()].filter(({ kind }) => kind === 'ENTRY')
  const refused = entries.filter(({ outcome }) => outcome !== 'approved').length
  const below = entries.filter(
    ({ confidence }) => limit !== null && confidence !== null && confidence < limit.value,
  ).length
  if (entriesOff !== null) return <EmptyState title="Nothing is open.">New entries are off: {entriesOff}.</EmptyState>
  if (entries.length === 0)
    return (
      <EmptyState title="Nothing is open.">
        No signal so far: strategies speak when a bar of theirs closes. Decisions appear below.
      </EmptyState>
    )
  return (
    <EmptyState title="Nothing is open.">
      Of the last {entries.length} signals {refused} were not taken
      {limit === null || below === 0
        ? ''
        : `, ${below} below confidence ${formatNumber(limit.value, { decimals: 2 })} (set by ${sourceText(limit.source)})`}
      .
    </EmptyState>
  )
}
