/** Begins the evidence anew, after saying what that means. */
import { useId, useState, type JSX } from 'react'

import { rebaseEvidence } from '../../commands/msc-commands.ts'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { showFault } from '../../widgets/toasts.tsx'

interface RebaseSheetProps {
  readonly trades: number
  readonly onClose: () => void
  readonly onDone: () => void
}

export function RebaseSheet({ trades, onClose, onDone }: RebaseSheetProps): JSX.Element {
  const [reason, setReason] = useState('')
  const id = useId()
  const confirm = async (): Promise<boolean> => {
    if (reason.trim() === '') {
      showFault('The evidence was not begun anew: it needs a reason, for the journal.')
      return false
    }
    const isDone = await rebaseEvidence(reason.trim())
    if (isDone) onDone()
    return isDone
  }
  return (
    <ConfirmSheet
      title="Begin the evidence anew"
      verb="Begin anew"
      keep="Keep the evidence"
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        All windows start now: the {trades} closed {trades === 1 ? 'trade' : 'trades'} that MSC looks at count no more.
      </p>
      <p>
        Until enough trades have closed again, win rate, slope, losses in a row and days since profit abstain, and MSC
        cannot ask for AGGRESSIVE. The mode in force stays. This is journaled and cannot be undone.
      </p>
      <div className="field">
        <label htmlFor={id}>Reason</label>
        <span className="input">
          <input
            id={id}
            data-autofocus
            required
            maxLength={500}
            value={reason}
            placeholder="for the journal"
            onChange={(event) => setReason(event.target.value)}
          />
        </span>
      </div>
    </ConfirmSheet>
  )
}
