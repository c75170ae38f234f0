/** The sheet in which a person asks for an alert. */
import { useId, useState, type JSX, type SyntheticEvent } from 'react'

import type { OwnAlert } from '../../../contract/health.ts'
import { Button } from '../../widgets/button.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { Sheet } from '../../widgets/sheet.tsx'
import { TextField } from '../../widgets/text-field.tsx'
import { isOfPrice, KINDS, type OwnAlertDraft, ownAlertText, readOwnAlert, UNITS } from './own-alert-words.ts'

interface OwnAlertSheetProps {
  /** names that are taken */
  readonly others: readonly string[]
  /** what was refused; null: it is asked for */
  readonly onSave: (alert: OwnAlert) => Promise<string | null>
  readonly onClose: () => void
}

const SEVERITIES = [
  { value: 'info', label: 'Info' },
  { value: 'warning', label: 'Warning' },
  { value: 'critical', label: 'Critical' },
] as const

const EMPTY: OwnAlertDraft = { name: '', kind: 'price_above', symbol: '', bound: '', severity: 'warning' }

export function OwnAlertSheet({ others, onSave, onClose }: OwnAlertSheetProps): JSX.Element {
  const [draft, setDraft] = useState(EMPTY)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isTouched, setIsTouched] = useState(false)
  const faultId = useId()
  const read = readOwnAlert(draft, others)
  const fault = refusal ?? (typeof read === 'string' ? read : null)
  const set = (changes: Partial<OwnAlertDraft>): void => {
    setDraft((now) => ({ ...now, ...changes }))
    setRefusal(null)
  }
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    setIsTouched(true)
    if (typeof read === 'string') return
    const refused = await onSave(read)
    if (refused === null) onClose()
    else setRefusal(refused)
  }
  const field = (label: string, key: 'name' | 'symbol' | 'bound', hint: string): JSX.Element => (
    <TextField
      label={label}
      data-autofocus={key === 'name' || undefined}
      value={draft[key]}
      maxLength={40}
      placeholder={hint}
      aria-describedby={faultId}
      onChange={(text) => set({ [key]: text })}
    />
  )
  return (
    <Sheet label="New alert" className="change-sheet" onClose={onClose}>
      <form noValidate onSubmit={(event) => void save(event)}>
        <div className="title">
          <h1>New alert</h1>
        </div>
        <div className="body">
          {field('Name', 'name', 'Bitcoin high')}
          <div className="field">
            <span className="label">When</span>
            <Segmented label="When" choices={KINDS} value={draft.kind} onChoose={(kind) => set({ kind })} />
          </div>
          {isOfPrice(draft.kind) ? field('Symbol', 'symbol', 'BTCUSDT') : null}
          {field(`Bound, ${UNITS[draft.kind]}`, 'bound', '')}
          <div className="field">
            <span className="label">As</span>
            <Segmented
              label="Severity"
              choices={SEVERITIES}
              value={draft.severity}
              onChoose={(severity) => set({ severity })}
            />
          </div>
          <p className="note-line" role="status">
            {typeof read === 'string' ? 'Raised as often as it is passed, cleared when it is not.' : ownAlertText(read)}
          </p>
          <p className="field-fault" id={faultId} role="alert">
            {isTouched ? fault : null}
          </p>
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            Leave it <KeyCap keys="Escape" />
          </Button>
          <Button isBig look="primary" type="submit" disabled={isTouched && fault !== null}>
            Make alert <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
