/** The sheet in which a field of the policy is edited: its new value, what that would do, why, and save. */
import { useEffect, useId, useState, type JSX, type ReactNode } from 'react'

import { offerUndo } from '../../commands/mode-commands.ts'
import { station } from '../../link/client.ts'
import { live } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Sheet } from '../../widgets/sheet.tsx'
import { ReasonField } from '../../widgets/text-field.tsx'
import { changesText } from './change-words.ts'
import { ConflictNote } from './conflict-note.tsx'
import { Consequences } from './consequences.tsx'
import { sentenceInUnit, type Unit } from './units.ts'
import { usePreview, type Patch, type PreviewState } from './use-preview.ts'
import { writePolicy, type WriteOutcome } from './write-policy.ts'

interface ChangeSheetProps {
  readonly title: string
  readonly unit?: Unit
  /** null: nothing was changed yet, or what was typed cannot be read */
  readonly patch: Patch | null
  /** why what was typed cannot be read */
  readonly unreadable?: string | null
  readonly saveVerb: string
  readonly onClose: () => void
  /** the field that is edited; `faultId` describes it while something is wrong */
  readonly children: (fault: { readonly id: string; readonly isBad: boolean }) => ReactNode
}

export function ChangeSheet(props: ChangeSheetProps): JSX.Element {
  const { title, unit = 'count', patch, unreadable = null, saveVerb, onClose, children } = props
  const faultId = useId()
  const [reason, setReason] = useState('')
  const [base] = useState(() => live.getState().policy?.version ?? 1)
  const [outcome, setOutcome] = useState<WriteOutcome | null>(null)
  const [isSending, setIsSending] = useState(false)
  const preview = usePreview(patch)
  const key = JSON.stringify(patch)
  useEffect(() => setOutcome(null), [key])
  const fault = unreadable ?? faultText(preview, unit) ?? (outcome === null ? null : faultText(outcome, unit))

  const save = async (expected: number): Promise<void> => {
    if (patch === null || isSending) return
    setIsSending(true)
    const trimmed = reason.trim()
    const told = await writePolicy(() =>
      station.policy.change({ ...patch, ...(trimmed === '' ? {} : { reason: trimmed }), expected_version: expected }),
    )
    setIsSending(false)
    setOutcome(told)
    if (told.kind !== 'done') return
    offerUndo(told.answer, `${changesText(told.answer.changes)} saved`)
    onClose()
  }
  return (
    <Sheet label={title} className="change-sheet" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save(base)
        }}
      >
        <div className="title">
          <h1>{title}</h1>
          <span className="meta">policy {base}</span>
        </div>
        <div className="body">
          {children({ id: faultId, isBad: fault !== null })}
          <p className="field-fault" id={faultId} role="alert">
            {fault}
          </p>
          <PreviewPart preview={preview} />
          {outcome?.kind === 'conflict' ? (
            <ConflictNote
              paths={outcome.fields.map(({ path }) => path)}
              since={base}
              currentVersion={outcome.currentVersion}
              onOverwrite={() => {
                void save(outcome.currentVersion)
              }}
              onKeep={onClose}
            />
          ) : null}
          <ReasonField value={reason} onChange={setReason} />
        </div>
        <div className="foot">
          <span className="meta">You can undo for 10{'\u202F'}s, and later from the history.</span>
          <span className="push" />
          <Button isBig onClick={onClose}>
            Keep it <KeyCap keys="Escape" />
          </Button>
          <Button isBig look="primary" type="submit" disabled={patch === null || fault !== null || isSending}>
            {saveVerb} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

function PreviewPart({ preview }: { readonly preview: PreviewState }): JSX.Element | null {
  if (preview.kind === 'told') return <Consequences preview={preview.preview} />
  if (preview.kind === 'asking')
    return (
      <p className="note-line dim" role="status">
        Asking what it would do…
      </p>
    )
  return <p className="note-line dim">{preview.kind === 'none' ? 'Change it to see what that would do.' : ''}</p>
}

function faultText(state: PreviewState | WriteOutcome, unit: Unit): string | null {
  if (state.kind === 'invalid') return state.fields.map(({ message }) => sentenceInUnit(message, unit)).join('; ')
  return state.kind === 'failed' ? `Not saved: ${state.sentence}` : null
}
