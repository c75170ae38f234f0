/** What is in force: the four numbers, the lists, the mode's pin, the safety governor and the stop. */
import { useState, type JSX } from 'react'

import type { DocumentProps } from './document-props.ts'
import { ListSheet } from './list-sheet.tsx'
import { ListsPanel } from './lists-panel.tsx'
import { NumberSheet } from './number-sheet.tsx'
import { NumbersPanel } from './numbers-panel.tsx'
import { PinPanel } from './pin-panel.tsx'
import type { ListField, NumberField } from './policy-fields.ts'
import { ResetSheet } from './reset-sheet.tsx'
import { StatePanel } from './state-panel.tsx'

type Editing = { readonly number: NumberField } | { readonly list: ListField } | 'reset' | null

export function DocumentPart({ policy, effective }: DocumentProps): JSX.Element {
  const [editing, setEditing] = useState<Editing>(null)
  const close = (): void => setEditing(null)
  return (
    <div className="policy-document">
      <div className="scroll">
        <NumbersPanel
          policy={policy}
          effective={effective}
          onEdit={(number) => setEditing({ number })}
          onReset={() => setEditing('reset')}
        />
        <ListsPanel policy={policy} onEdit={(list) => setEditing({ list })} />
      </div>
      <div className="scroll">
        <PinPanel policy={policy} />
        <StatePanel policy={policy} effective={effective} />
      </div>
      {editing === 'reset' ? <ResetSheet version={policy.version} onClose={close} /> : null}
      {editing !== null && editing !== 'reset' && 'number' in editing ? (
        <NumberSheet field={editing.number} onClose={close} />
      ) : null}
      {editing !== null && editing !== 'reset' && 'list' in editing ? (
        <ListSheet field={editing.list} onClose={close} />
      ) : null}
    </div>
  )
}
