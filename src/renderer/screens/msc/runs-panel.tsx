/** What MSC did each time it ran; a run that is opened shows its votes above. */
import type { JSX } from 'react'

import type { Evaluation } from '../../../contract/msc.ts'
import { hrefOf } from '../../frame/route.ts'
import { DataTable, type Column } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Time } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { triggerText } from './msc-words.ts'
import { sentenceText } from './plain-words.ts'
import { MOST_RUNS, type Runs } from './use-msc.ts'

interface RunsPanelProps {
  readonly runs: Runs | null
  readonly fault: string | null
  readonly shown: string | null
  readonly onShow: (run: Evaluation) => void
  readonly onRetry: () => void
}

const COLUMNS: readonly Column<Evaluation>[] = [
  { id: 'at', head: 'Time', cell: ({ at }) => <Time at={at} withDate />, width: '136px', className: 'dim' },
  { id: 'advised', head: 'Asked for', cell: ({ advised }) => <ModeMark mode={advised} />, width: '118px' },
  { id: 'votes', head: 'Votes', cell: (run) => run.aggressive_votes, isNumber: true, width: '44px' },
  { id: 'weight', head: 'Weight', cell: (run) => run.defensive_weight, isNumber: true, width: '48px' },
  { id: 'after', head: 'In force after', cell: (run) => <ModeMark mode={run.mode_after} />, width: '118px' },
  {
    id: 'what',
    head: 'What happened',
    className: 'what',
    cell: (run) => (
      <span title={sentenceText(run.sentence)}>
        {run.failure === null ? null : <b>failed in {run.failure.step}: </b>}
        {sentenceText(run.failure?.message ?? run.sentence)}
      </span>
    ),
  },
  {
    id: 'policy',
    head: 'Policy',
    isNumber: true,
    width: '52px',
    className: 'wide',
    cell: ({ policy_version: version }) =>
      version === null ? (
        ''
      ) : (
        <a href={hrefOf('policy', ['history', String(version)])} onClick={(event) => event.stopPropagation()}>
          {version}
        </a>
      ),
  },
  {
    id: 'trigger',
    head: 'Run',
    className: 'wide src',
    width: '120px',
    cell: ({ trigger }) => triggerText(trigger),
  },
  {
    id: 'took',
    head: 'Took ms',
    isNumber: true,
    width: '56px',
    className: 'wide dim',
    cell: (run) => formatNumber(run.took_ms, { decimals: 0 }),
  },
]

export const RunsPanel = ({ runs, fault, shown, onShow, onRetry }: RunsPanelProps): JSX.Element => (
  <Panel
    title="Runs"
    className="runs"
    note={
      <span className="meta">
        {runs !== null && runs.length >= MOST_RUNS ? `the last ${MOST_RUNS}, ` : ''}open one to see its votes
      </span>
    }
  >
    {runs !== null ? (
      <DataTable
        label="Runs of MSC"
        columns={COLUMNS}
        rows={runs}
        keyOf={(run) => run.trace_id}
        isOpen={(run) => run.trace_id === shown}
        onOpen={onShow}
        empty={<EmptyState title="No run yet.">MSC runs at the start and then on its interval.</EmptyState>}
      />
    ) : fault !== null ? (
      <FaultNote what="The runs" fault={fault} onRetry={onRetry} />
    ) : (
      <Skeleton lines={3} label="Reading the runs" />
    )}
  </Panel>
)
