/** A field with its name before it: what is typed into it is text. */
import { useId, type ComponentProps, type JSX } from 'react'

interface FieldProps extends Omit<ComponentProps<'input'>, 'id' | 'value' | 'onChange'> {
  readonly label: string
  /** shown after what is typed */
  readonly unit?: string
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
}

export const TextField = ({ onChange, ...input }: TextFieldProps): JSX.Element => <Field {...input} onType={onChange} />

/** A field whose text lives in the field alone, behind its `ref`: the page keeps no copy of it. */
export const SecretField = (input: FieldProps): JSX.Element => (
  <Field autoCapitalize="off" autoCorrect="off" spellCheck={false} {...input} />
)

type AnyFieldProps = FieldProps & { readonly value?: string; readonly onType?: (text: string) => void }

function Field({ label, unit, onType, ...input }: AnyFieldProps): JSX.Element {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className={unit === undefined ? 'input' : 'input amount'}>
        <input autoComplete="off" {...input} id={id} onChange={onType && ((event) => onType(event.target.value))} />
        {unit === undefined ? null : <span className="u">{unit}</span>}
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
