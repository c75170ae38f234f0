/** Back to NORMAL with its targets: what that means, then the write. */
import type { JSX } from 'react'

import { station } from '../../link/client.ts'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Consequences } from './consequences.tsx'
import { usePreview } from './use-preview.ts'
import { writeAtOnce } from './write-policy.ts'

export function ResetSheet({
  version,
  onClose,
}: {
  readonly version: number
  readonly onClose: () => void
}): JSX.Element {
  const preview = usePreview({
    risk_mode: 'NORMAL',
    allowed_strategies: null,
    blocked_strategies: [],
    allowed_symbols: null,
  })
  const reset = (reason: string): Promise<boolean> =>
    writeAtOnce({ done: 'Reset to NORMAL', notDone: 'The policy was not reset' }, () =>
      station.policy.reset({ ...(reason === '' ? {} : { reason }), expected_version: version }),
    )
  return (
    <ConfirmSheet
      title="Reset to NORMAL"
      verb="Reset to NORMAL"
      isWide
      reasonFor="for the history"
      onClose={onClose}
      onConfirm={reset}
    >
      <p className="note-line">
        Mode <ModeMark mode="NORMAL" />, the four numbers at its targets, no hold on them, no list restricted. Pin,
        profiles and limits stay.
      </p>
      {preview.kind === 'told' ? <Consequences preview={preview.preview} /> : null}
    </ConfirmSheet>
  )
}
