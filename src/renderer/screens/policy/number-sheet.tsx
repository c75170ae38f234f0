/** Edits one of the four numbers. */
import { useId, useState, type JSX } from 'react'

import { useLive } from '../../state/live.ts'
import { ChangeSheet } from './change-sheet.tsx'
import { NUMBER_FIELDS, type NumberField } from './policy-fields.ts'
import { fieldText, readField, UNIT_SIGNS } from './units.ts'

export function NumberSheet({
  field,
  onClose,
}: {
  readonly field: NumberField
  readonly onClose: () => void
}): JSX.Element {
  const { label, unit, help } = NUMBER_FIELDS.find((each) => each.field === field) ?? {
    label: field,
    unit: 'count' as const,
  }
  const now = useLive(({ policy }) => policy?.[field] ?? null)
  const [text, setText] = useState(() => fieldText(now, unit))
  const id = useId()
  const read = readField(text, unit)
  const isSame = read.ok && read.value === now
  return (
    <ChangeSheet
      title={label}
      unit={unit}
      patch={read.ok && !isSame ? { [field]: read.value } : null}
      unreadable={read.ok ? null : `${label.toLowerCase()} ${read.message}`}
      saveVerb={`Save ${label.toLowerCase()}`}
      onClose={onClose}
    >
      {(fault) => (
        <div className="field">
          <label htmlFor={id}>New value</label>
          <span className="input number">
            <input
              id={id}
              data-autofocus
              inputMode="decimal"
              autoComplete="off"
              value={text}
              aria-invalid={fault.isBad}
              aria-describedby={fault.id}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setText(event.target.value)}
            />
            <span className="u">{UNIT_SIGNS[unit]}</span>
          </span>
          <span className="meta help">{help}. Set by you it is held: MSC may tighten it, not loosen it.</span>
        </div>
      )}
    </ChangeSheet>
  )
}
