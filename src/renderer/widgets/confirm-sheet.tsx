/** Says once more what will happen, and does it on Enter. */
import { useState, type SyntheticEvent, type JSX, type ReactNode } from 'react'

import { Button } from './button.tsx'
import { KeyCap } from './key-cap.tsx'
import { Sheet } from './sheet.tsx'
import { ReasonField } from './text-field.tsx'

interface ConfirmSheetProps {
  readonly title: string
  /** what the button says */
  readonly verb: string
  readonly keep?: string
  readonly isDangerous?: boolean
  /** there is a table in it */
  readonly isWide?: boolean
  /** asks why, for whom that is kept; without it nothing is asked */
  readonly reasonFor?: string
  readonly children: ReactNode
  readonly onClose: () => void
  /** false: it did not work, the sheet stays */
  readonly onConfirm: (reason: string) => Promise<boolean>
}

export function ConfirmSheet({
  title,
  verb,
  keep = 'Keep it',
  isDangerous = false,
  isWide = false,
  reasonFor,
  children,
  onClose,
  onConfirm,
}: ConfirmSheetProps): JSX.Element {
  const [reason, setReason] = useState('')
  const [isSending, setIsSending] = useState(false)
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    if (isSending) return
    setIsSending(true)
    const isDone = await onConfirm(reason.trim())
    setIsSending(false)
    if (isDone) onClose()
  }
  return (
    <Sheet label={title} className={isWide ? 'change-sheet' : 'confirm'} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="title">
          <h1>{title}</h1>
        </div>
        <div className="body">
          {children}
          {reasonFor === undefined ? null : (
            <ReasonField for={reasonFor} data-autofocus value={reason} onChange={setReason} />
          )}
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            {keep} <KeyCap keys="Escape" />
          </Button>
          <Button
            isBig
            type="submit"
            look={isDangerous ? 'danger' : 'primary'}
            data-autofocus
            aria-disabled={isSending}
          >
            {verb} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
