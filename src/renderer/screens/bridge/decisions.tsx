/** The stream of what was decided, newest first, in plain sentences. */
import { useMemo, useRef, useState, type JSX } from 'react'

import { useActions } from '../../frame/actions.ts'
import { go } from '../../frame/route.ts'
import { useLive } from '../../state/live.ts'
import { usePolicyHistory } from '../../state/use-policy-history.ts'
import { DataTable, type Column } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Profit, Time } from '../../widgets/figures.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { aroundFigure, isFound, isShown, streamRows, type StreamFilter, type StreamRow } from './stream-rows.ts'

const FILTERS: readonly { readonly value: StreamFilter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'denied', label: 'Not taken' },
  { value: 'approved', label: 'Taken' },
  { value: 'policy', label: 'Policy' },
]

const RECENT_VERSIONS = 50

const COLUMNS: readonly Column<StreamRow>[] = [
  { id: 'at', head: 'Time', width: '84px', cell: ({ at }) => <Time at={at} /> },
  {
    id: 'subject',
    head: 'What',
    width: '176px',
    className: 'sym',
    cell: ({ subject, side }) => (
      <>
        {subject} <span>{side}</span>
      </>
    ),
  },
  {
    id: 'verdict',
    head: 'Verdict',
    width: '108px',
    cell: ({ verdict, icon }) => (
      <span className="verdict">
        <Icon name={icon} />
        {verdict}
      </span>
    ),
  },
  { id: 'why', head: 'Why', className: 'why', cell: (row) => <Sentence row={row} /> },
  { id: 'source', head: 'Source', width: '220px', className: 'src wide', cell: ({ source }) => source },
]

export function Decisions(): JSX.Element {
  const { decisions, trades } = useLive(({ decisions, trades }) => ({ decisions, trades }))
  const history = usePolicyHistory(RECENT_VERSIONS)
  const [filter, setFilter] = useState<StreamFilter>('all')
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useActions([
    {
      id: 'decisions.filter',
      label: 'Filter decisions',
      group: 'Bridge',
      keys: ['/'],
      run: () => field.current?.focus(),
    },
  ])
  const rows = useMemo(
    () => streamRows(decisions.values(), trades.values(), history ?? []),
    [decisions, trades, history],
  )
  const shown = useMemo(() => rows.filter((row) => isShown(row, filter) && isFound(row, text)), [rows, filter, text])
  return (
    <Panel
      title="Decisions"
      className="decisions"
      verbs={
        <>
          <Segmented label="Show" choices={FILTERS} value={filter} onChoose={setFilter} />
          <span className="input small">
            <input
              ref={field}
              aria-label="Filter decisions"
              placeholder="Filter"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return
                setText('')
                event.currentTarget.blur()
              }}
            />
            {text === '' ? <KeyCap keys="/" /> : null}
          </span>
        </>
      }
    >
      <DataTable
        label="Decisions"
        columns={COLUMNS}
        rows={shown}
        keyOf={(row) => row.id}
        rowClass={({ outcome }) => `is-${outcome}`}
        onOpen={open}
        empty={
          <EmptyState
            title={rows.length === 0 ? 'No decisions yet.' : `None of the latest ${rows.length} is like that.`}
          >
            {rows.length === 0
              ? 'Strategies speak when a bar of theirs closes; each signal leaves its reason here.'
              : 'Older ones are in the journal.'}
          </EmptyState>
        }
      />
    </Panel>
  )
}

function open({ link }: StreamRow): void {
  if (link === null) go('policy')
  else if ('decision' in link) go('journal', ['decisions', link.decision])
  else go('journal', ['trace', link.trace])
}

function Sentence({ row: { sentence, profit } }: { readonly row: StreamRow }): JSX.Element {
  // of a closed trade the profit is the figure that counts
  const [before, figure, after] = profit === null ? aroundFigure(sentence) : [sentence, '', '']
  return (
    <span title={sentence}>
      {profit === null ? null : (
        <>
          <Profit value={profit} />{' '}
        </>
      )}
      {before}
      {figure === '' ? null : <b>{figure}</b>}
      {after}
    </span>
  )
}
