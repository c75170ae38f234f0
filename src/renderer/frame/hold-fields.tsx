/** For how long a person holds the mode, and why. */
import { useId, type JSX } from 'react'

import { useStationClock } from '../state/station-clock.ts'
import { localMinute } from '../widgets/format-time.ts'
import { Segmented } from '../widgets/segmented.tsx'

export type HoldChoice = 'none' | '1h' | '4h' | 'released'

const HOUR_MS = 3_600_000
/** SPEC §2: by hand the mode is held this long unless a person chooses otherwise. */
const USUAL_HOLD_MS = 4 * HOUR_MS

/** Epoch ms of the station's clock; null: until released; undefined: not held. */
export function pinUntilOf(choice: HoldChoice, now: number): number | null | undefined {
  if (choice === 'none') return undefined
  if (choice === 'released') return null
  return now + (choice === '1h' ? HOUR_MS : USUAL_HOLD_MS)
}

interface HoldFieldsProps {
  readonly hold: HoldChoice
  readonly onHold: (choice: HoldChoice) => void
  readonly reason: string
  readonly onReason: (reason: string) => void
  /** not holding is no choice here */
  readonly mustHold: boolean
}

export function HoldFields({ hold, onHold, reason, onReason, mustHold }: HoldFieldsProps): JSX.Element {
  const id = useId()
  const now = useStationClock(5000)
  const choices = [
    ...(mustHold ? [] : [{ value: 'none' as const, label: 'Don’t hold' }]),
    { value: '1h' as const, label: '1 h' },
    { value: '4h' as const, label: now === null ? '4 h' : `4 h, until ${localMinute(now + USUAL_HOLD_MS)}` },
    { value: 'released' as const, label: 'Until I release' },
  ]
  return (
    <>
      <div className="field">
        <span className="label">Hold it</span>
        <Segmented label="Hold it" choices={choices} value={hold} onChoose={onHold} />
        <label htmlFor={id}>Reason</label>
        <span className="input">
          <input
            id={id}
            value={reason}
            maxLength={500}
            placeholder="For the history"
            autoComplete="off"
            onChange={(event) => onReason(event.target.value)}
          />
        </span>
      </div>
    </>
  )
}
