/** One field of the ticket: its name, what is typed, what is wrong with it. */
import { useId, type JSX, type ReactNode, type RefObject } from 'react'

interface TicketLineProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly fault: string | undefined
  readonly hint?: string
  readonly after?: ReactNode
  readonly field?: RefObject<HTMLInputElement | null>
}

export function TicketLine({ label, value, onChange, fault, hint, after, field }: TicketLineProps): JSX.Element {
  const id = useId()
  return (
    <div className="line">
      <label htmlFor={id}>{label}</label>
      <span className="input">
        <input
          ref={field}
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder={hint}
          value={value}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : `${id}-fault`}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
      {after}
      {fault === undefined ? null : (
        <p id={`${id}-fault`} className="meta fault">
          {fault}
        </p>
      )}
    </div>
  )
}
