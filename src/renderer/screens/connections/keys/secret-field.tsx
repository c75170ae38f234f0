/** A field whose text lives in the field alone: the page keeps no copy of it. */
import { useId, type JSX, type RefObject } from 'react'

interface SecretFieldProps {
  readonly label: string
  readonly field: RefObject<HTMLInputElement | null>
  readonly describedBy: string
  readonly isMasked?: boolean
  readonly isFirst?: boolean
}

export function SecretField({
  label,
  field,
  describedBy,
  isMasked = false,
  isFirst = false,
}: SecretFieldProps): JSX.Element {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="input">
        <input
          ref={field}
          id={id}
          type={isMasked ? 'password' : 'text'}
          data-autofocus={isFirst || undefined}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={600}
          aria-describedby={describedBy}
        />
      </span>
    </div>
  )
}
