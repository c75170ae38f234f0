/** What a switch would do, before it is done: consequences first, then for how long to hold it, then the verb. */
import { useState, type SyntheticEvent, type JSX } from 'react'

import { pinMode, switchMode } from '../commands/mode-commands.ts'
import { closePositions } from '../commands/position-commands.ts'
import { useLive } from '../state/live.ts'
import { useModePreview } from '../state/preview.ts'
import { stationNow } from '../state/station-clock.ts'
import { Button } from '../widgets/button.tsx'
import { FaultNote } from '../widgets/fault-note.tsx'
import { localClock } from '../widgets/format-time.ts'
import { KeyCap } from '../widgets/key-cap.tsx'
import { ModeMark, ModeShape, type RiskMode } from '../widgets/mode-mark.tsx'
import { Sheet } from '../widgets/sheet.tsx'
import { Skeleton } from '../widgets/skeleton.tsx'
import { HoldFields, pinUntilOf, type HoldChoice } from './hold-fields.tsx'
import { ModeConsequences } from './mode-consequences.tsx'

interface ModeSheetProps {
  readonly mode: RiskMode
  readonly onClose: () => void
}

export function ModeSheet({ mode, onClose }: ModeSheetProps): JSX.Element {
  const policy = useLive((replica) => replica.policy)
  const preview = useModePreview(mode)
  const [hold, setHold] = useState<HoldChoice>('4h')
  const [reason, setReason] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [isSending, setIsSending] = useState(false)
  const isInForce = policy?.risk_mode === mode
  const closing = preview.value?.positions_over.filter(({ symbol }) => ticked.has(symbol)) ?? []

  const confirm = async (): Promise<void> => {
    if (policy === null || isSending) return
    setIsSending(true)
    const pinUntil = pinUntilOf(hold, stationNow())
    const outcome = isInForce
      ? await pinMode(pinUntil ?? null, reason)
      : await switchMode({ mode, pinUntil, reason, expectedVersion: policy.version })
    setIsSending(false)
    if (!outcome.ok) return
    onClose()
    await closePositions(closing.map(({ symbol }) => symbol))
  }
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    void confirm()
  }
  const toggle = (symbol: string): void => {
    const next = new Set(ticked)
    if (!next.delete(symbol)) next.add(symbol)
    setTicked(next)
  }
  return (
    <Sheet label={isInForce ? `Hold ${mode}` : `Switch to ${mode}`} className="switch" onClose={onClose}>
      <form data-mode={mode} onSubmit={submit}>
        <div className="title">
          <h1>
            {isInForce ? 'Hold' : 'Switch to'} <ModeMark mode={mode} />
          </h1>
          {policy === null || isInForce ? null : (
            <span className="meta">
              from <ModeMark mode={policy.risk_mode} />
              {preview.value === null ? '' : `, preview at ${localClock(preview.value.askedAt)}`}
            </span>
          )}
        </div>
        <div className="body">
          {isInForce ? (
            <p className="note-line">MSC and rules will not loosen it while it is held; they may tighten.</p>
          ) : preview.value === null ? (
            preview.fault === null ? (
              <Skeleton lines={6} label="Working out what would change" />
            ) : (
              <FaultNote what="The preview" fault={preview.fault} onRetry={preview.reload} />
            )
          ) : (
            <ModeConsequences preview={preview.value} ticked={ticked} onToggle={toggle} />
          )}
          <HoldFields hold={hold} onHold={setHold} reason={reason} onReason={setReason} mustHold={isInForce} />
        </div>
        <div className="foot">
          <span className="meta">
            You can undo for 10 s{policy === null ? '' : `. Saved as policy ${policy.version + 1}`}.
          </span>
          <span className="push" />
          <Button isBig onClick={onClose}>
            {isInForce ? 'Leave as it is' : `Keep ${policy?.risk_mode ?? ''}`} <KeyCap keys="Escape" />
          </Button>
          <Button isBig type="submit" look="primary" data-mode={mode} data-autofocus aria-disabled={isSending}>
            <ModeShape mode={mode} />
            {isInForce ? `Hold ${mode}` : `Switch to ${mode}`}
            {closing.length === 0
              ? ''
              : ` and close ${closing.length} ${closing.length === 1 ? 'position' : 'positions'}`}{' '}
            <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
