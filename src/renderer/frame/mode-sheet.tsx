/** What a switch would do, before it is done. */
import { useState, type JSX } from 'react'

import { switchMode } from '../commands/mode-commands.ts'
import { useLive } from '../state/live.ts'
import { Button } from '../widgets/button.tsx'
import { KeyCap } from '../widgets/key-cap.tsx'
import { ModeMark, type RiskMode } from '../widgets/mode-mark.tsx'
import { Sheet } from '../widgets/sheet.tsx'

export function ModeSheet({ mode, onClose }: { readonly mode: RiskMode; readonly onClose: () => void }): JSX.Element {
  const policy = useLive((replica) => replica.policy)
  const [isSending, setIsSending] = useState(false)
  const confirm = async (): Promise<void> => {
    if (policy === null) return
    setIsSending(true)
    const outcome = await switchMode({ mode, pinUntil: undefined, reason: '', expectedVersion: policy.version })
    setIsSending(false)
    if (outcome.ok) onClose()
  }
  return (
    <Sheet label={`Switch to ${mode}`} className="switch" onClose={onClose}>
      <div className="title" data-mode={mode}>
        <h1>
          Switch to <ModeMark mode={mode} />
        </h1>
      </div>
      <div className="foot">
        <Button isBig onClick={onClose}>
          Keep {policy?.risk_mode} <KeyCap keys="Escape" />
        </Button>
        <Button
          isBig
          look="primary"
          data-mode={mode}
          data-autofocus
          disabled={isSending}
          onClick={() => void confirm()}
        >
          Switch to {mode} <KeyCap keys="Enter" />
        </Button>
      </div>
    </Sheet>
  )
}
