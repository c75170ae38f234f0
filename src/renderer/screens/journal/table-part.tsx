/** One tab of the journal: filter, verbs, rows, and how far back was read. */
import { useEffect, useMemo, type JSX } from 'react'

import { go, replaceQuery, type Route } from '../../frame/route.ts'
import { live, useLive } from '../../state/live.ts'
import { useColumnChoice } from '../../widgets/column-choice.ts'
import { ColumnMenu } from '../../widgets/column-menu.tsx'
import { CopyCsv } from '../../widgets/copy-csv.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { ExportButton } from './csv/export-button.tsx'
import { FilterField } from './filter-field.tsx'
import { NO_FILTER } from './filter/filter.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { NothingFound } from './nothing-found.tsx'
import { ReadState } from './read-state.tsx'
import type { JournalTable } from './tables/journal-table.ts'
import { useRows } from './use-rows.ts'
import { useVocabulary } from './use-vocabulary.ts'
import { ViewsMenu } from './views-menu.tsx'
import { WhySheet } from './why/why-sheet.tsx'

interface TablePartProps {
  readonly table: JournalTable<unknown>
  readonly route: Route
}

export function TablePart({ table, route }: TablePartProps): JSX.Element {
  const text = route.query.get('q') ?? ''
  const opened = table.id === 'decisions' ? (route.path[1] ?? null) : null
  const vocabulary = useVocabulary(table)
  const snapshots = useLive((replica) => replica.snapshots)
  const filter = useMemo(() => {
    return snapshots === 0 ? NO_FILTER : parseFilter(text, vocabulary, live.getState().at)
  }, [text, vocabulary, snapshots])
  const key = `${table.id} ${JSON.stringify(filter)}`
  const found = useRows(key, table, filter)
  const choice = useColumnChoice({ ...table, id: `journal ${table.id}` })
  const query: Readonly<Record<string, string>> = text === '' ? {} : { q: text }
  const setText = (next: string): void => replaceQuery(next === '' ? {} : { q: next })

  const open = (row: unknown): void => {
    const trace = table.traceOf(row)
    if (table.id === 'decisions') go('journal', ['decisions', table.keyOf(row)], query)
    else if (trace !== null) go('journal', ['trace', trace])
  }
  const at = opened === null ? -1 : found.rows.findIndex((row) => table.keyOf(row) === opened)
  const openAt = (index: number): (() => void) | null => {
    const row = at < 0 ? undefined : found.rows[index]
    return row === undefined ? null : () => open(row)
  }
  useEffect(() => {
    if (at >= 0 && at > found.rows.length - 3) found.readMore()
  }, [at, found])
  return (
    <>
      <div className="toolbar">
        <FilterField
          label="Filter the journal"
          group="Journal"
          text={text}
          example={table.example}
          faults={filter.faults}
          onChange={setText}
        />
        <ViewsMenu table={table.id} filter={text} />
        <ColumnMenu columns={table.columns} choice={choice} />
        <CopyCsv rows={found.rows} columns={choice.shown} />
        <ExportButton table={table} filter={filter} />
      </div>
      {found.fault !== null && found.rows.length === 0 ? (
        <FaultNote what={table.name} fault={found.fault} onRetry={found.retry} />
      ) : (
        <DataTable
          key={table.id}
          keptAs={`journal ${table.id}`}
          label={table.name}
          columns={choice.shown}
          rows={found.rows}
          keyOf={table.keyOf}
          onOpen={open}
          isOpen={(row) => opened !== null && table.keyOf(row) === opened}
          onEnd={found.readMore}
          keepsPlace
          empty={<NothingFound table={table} filter={filter} found={found} onClear={() => setText('')} />}
        />
      )}
      {found.rows.length === 0 ? null : <ReadState found={found} table={table} isFiltered={text !== ''} />}
      {opened === null ? null : (
        <WhySheet
          id={opened}
          onClose={() => go('journal', ['decisions'], query)}
          onBefore={openAt(at - 1)}
          onNext={openAt(at + 1)}
        />
      )}
    </>
  )
}
