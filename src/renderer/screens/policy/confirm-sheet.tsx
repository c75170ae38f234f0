/** Asks once more before a write that touches many fields at once. */
import { useId, useState, type JSX, type ReactNode } from 'react'

import { Button } from '../../widgets/button.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Sheet } from '../../widgets/sheet.tsx'

interface ConfirmSheetProps {
  readonly title: string
  readonly verb: string
  readonly children: ReactNode
  readonly onClose: () => void
  /** true: done, the sheet closes */
  readonly onConfirm: (reason: string) => Promise<boolean>
}

export function ConfirmSheet({ title, verb, children, onClose, onConfirm }: ConfirmSheetProps): JSX.Element {
  const [reason, setReason] = useState('')
  const [isSending, setIsSending] = useState(false)
  const id = useId()
  const confirm = async (): Promise<void> => {
    setIsSending(true)
    const isDone = await onConfirm(reason.trim())
    setIsSending(false)
    if (isDone) onClose()
  }
  return (
    <Sheet label={title} className="change-sheet" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isSending) void confirm()
        }}
      >
        <div className="title">
          <h1>{title}</h1>
        </div>
        <div className="body">
          {children}
          <div className="field">
            <label htmlFor={id}>Reason</label>
            <span className="input">
              <input
                id={id}
                data-autofocus
                value={reason}
                maxLength={500}
                placeholder="for the history"
                onChange={(event) => setReason(event.target.value)}
              />
            </span>
          </div>
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            Keep it <KeyCap keys="Escape" />
          </Button>
          <Button isBig look="primary" type="submit" disabled={isSending}>
            {verb} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
