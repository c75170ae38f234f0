/** Every version of the policy: when, who, why, what changed; the chosen one is compared, undone or rolled back to. */
import { useState, type JSX } from 'react'

import type { PolicyVersion } from '../../../contract/policy-shapes.ts'
import { DataTable, type Column } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Time } from '../../widgets/figures.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { actorWords, changesText } from './change-words.ts'
import { useHistory } from './use-history.ts'
import { VersionPanel } from './version-panel.tsx'

const COLUMNS: readonly Column<PolicyVersion>[] = [
  { id: 'version', head: 'Version', cell: ({ version }) => version, width: '64px' },
  { id: 'at', head: 'When', cell: ({ at }) => <Time at={at} withDate />, width: '118px' },
  { id: 'actor', head: 'Who', cell: ({ actor }) => actorWords(actor), width: '120px' },
  { id: 'mode', head: 'Mode', cell: ({ risk_mode }) => <ModeMark mode={risk_mode} />, width: '122px' },
  { id: 'changes', head: 'What changed', cell: ({ changes }) => changesText(changes), className: 'cut' },
  { id: 'reason', head: 'Why', cell: ({ reason }) => reason, className: 'cut wide' },
]

const SHOWN = [
  { value: 'without', label: 'Without rankings' },
  { value: 'with', label: 'All' },
] as const

interface HistoryPartProps {
  readonly chosen: number
  readonly current: number
  readonly onChoose: (version: number) => void
}

export function HistoryPart({ chosen, current, onChoose }: HistoryPartProps): JSX.Element {
  const [shown, setShown] = useState<'without' | 'with'>('without')
  const { items, isLoading, fault, more, reload } = useHistory(current, shown === 'with')
  const verbs = <Segmented label="Versions shown" choices={SHOWN} value={shown} onChoose={setShown} />
  const empty =
    fault !== null ? (
      <FaultNote what="The history" fault={fault} onRetry={reload} />
    ) : isLoading ? (
      <Skeleton lines={8} label="Reading the history" />
    ) : (
      <EmptyState title="Only rankings have changed so far.">Choose “All” to see them.</EmptyState>
    )
  return (
    <div className="policy-history">
      <Panel title="History" note={<span className="meta">newest first</span>} verbs={verbs}>
        <DataTable
          label="Versions of the policy"
          columns={COLUMNS}
          rows={items}
          keyOf={({ version }) => String(version)}
          onOpen={({ version }) => onChoose(version)}
          isOpen={({ version }) => version === chosen}
          onEnd={more}
          empty={empty}
        />
      </Panel>
      <VersionPanel key={chosen} version={chosen} current={current} />
    </div>
  )
}
