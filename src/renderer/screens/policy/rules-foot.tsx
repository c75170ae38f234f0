/** The foot of a form over the rules: how much changed, why, save and discard; and a conflict in words. */
import { useId, useState, type JSX } from 'react'

import { Button } from '../../widgets/button.tsx'
import { ConflictNote } from './conflict-note.tsx'
import { RulesConsequences } from './rules-consequences.tsx'
import type { RulesForm } from './use-rules-form.ts'

export function RulesFoot({ form }: { readonly form: RulesForm }): JSX.Element | null {
  const [reason, setReason] = useState('')
  const id = useId()
  const { changed, faults, conflict, failure, isSending, draft } = form
  if (draft.size === 0) return null
  const whole = faults.get('')
  const count = `${changed.length} ${changed.length === 1 ? 'field' : 'fields'} changed`
  return (
    <form
      className="rules-foot"
      onSubmit={(event) => {
        event.preventDefault()
        void form.save(reason)
      }}
    >
      {conflict === null ? null : (
        <ConflictNote
          paths={conflict.fields.map(({ path }) => path)}
          since={conflict.since}
          currentVersion={conflict.currentVersion}
          onOverwrite={() => void form.save(reason, true)}
          onKeep={form.discard}
        />
      )}
      <RulesConsequences patch={form.patch} />
      <p className="field-fault" role="alert">
        {failure === null ? whole : `Not saved: ${failure}`}
      </p>
      <div className="row">
        <b role="status">{faults.size === 0 ? count : `${count}, ${faults.size} not accepted`}</b>
        {/* at the left: notes with their undo stand over the right end for ten seconds */}
        <Button look="primary" type="submit" disabled={changed.length === 0 || isSending || faults.size > 0}>
          Save changes
        </Button>
        <Button onClick={form.discard}>Discard</Button>
        <label htmlFor={id} className="meta">
          Reason
        </label>
        <span className="input">
          <input
            id={id}
            value={reason}
            maxLength={500}
            placeholder="for the history"
            onChange={(event) => setReason(event.target.value)}
          />
        </span>
      </div>
    </form>
  )
}
