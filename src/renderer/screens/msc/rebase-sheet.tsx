/** Begins the evidence anew, after saying what that means. */
import type { JSX } from 'react'

import { rebaseEvidence } from '../../commands/msc-commands.ts'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { showFault } from '../../widgets/toasts.tsx'

interface RebaseSheetProps {
  readonly trades: number
  readonly onClose: () => void
  readonly onDone: () => void
}

export function RebaseSheet({ trades, onClose, onDone }: RebaseSheetProps): JSX.Element {
  const confirm = async (reason: string): Promise<boolean> => {
    if (reason === '') {
      showFault('The evidence was not begun anew: it needs a reason, for the journal.')
      return false
    }
    const isDone = await rebaseEvidence(reason)
    if (isDone) onDone()
    return isDone
  }
  return (
    <ConfirmSheet
      title="Begin the evidence anew"
      verb="Begin anew"
      keep="Keep the evidence"
      reasonFor="for the journal"
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
    </ConfirmSheet>
  )
}
