/** One field of the rules: its text, its unit, whether it differs from what is in force, and what is wrong with it. */
import { useId, type JSX } from 'react'

import { fieldOf } from './policy-fields.ts'
import { textAt, valueAt } from './rules-draft.ts'
import { UNIT_SIGNS, valueText } from './units.ts'
import type { RulesForm } from './use-rules-form.ts'

interface RuleFieldProps {
  readonly form: RulesForm
  /** below `rules` */
  readonly path: string
  readonly label: string
}

export function RuleField({ form, path, label }: RuleFieldProps): JSX.Element {
  const id = useId()
  const words = fieldOf(`rules.${path}`)
  const text = textAt(form.draft, form.rules, path, words)
  const fault = form.faults.get(path)
  const isChanged = form.changed.includes(path)
  const common = {
    'aria-label': label,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault === undefined ? undefined : id,
    value: text,
  }
  return (
    <span className="rule-field" data-changed={isChanged || undefined} data-bad={fault !== undefined || undefined}>
      {words.unit === 'flag' ? (
        <select {...common} onChange={(event) => form.type(path, event.target.value)}>
          <option value="yes">yes</option>
          <option value="no">no</option>
        </select>
      ) : (
        <span className="input number">
          <input
            {...common}
            inputMode="decimal"
            autoComplete="off"
            placeholder={words.mayBeOff === true ? 'off' : undefined}
            onChange={(event) => form.type(path, event.target.value)}
          />
          <span className="u">{UNIT_SIGNS[words.unit]}</span>
        </span>
      )}
      {isChanged ? <span className="was">was {valueText(valueAt(form.rules, path), words.unit)}</span> : null}
      {fault === undefined ? null : (
        <span className="field-fault" id={id} role="alert">
          {fault}
        </span>
      )}
    </span>
  )
}
