/** A field with its name before it: what is typed into it is text. */
import { useId, type ComponentProps, type JSX } from 'react'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'value' | 'onChange'> {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}

export function TextField({ label, onChange, ...input }: TextFieldProps): JSX.Element {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="input">
        <input autoComplete="off" {...input} id={id} onChange={(event) => onChange(event.target.value)} />
      </span>
    </div>
  )
}

/** The longest reason that the station keeps. */
const LONGEST_REASON = 500

/** Why something is written, `for` whom that is kept. */
export const ReasonField = ({
  for: keeper = 'for the history',
  ...input
}: Omit<TextFieldProps, 'label' | 'placeholder' | 'maxLength'> & { readonly for?: string }): JSX.Element => (
  <TextField {...input} label="Reason" maxLength={LONGEST_REASON} placeholder={keeper} />
)
