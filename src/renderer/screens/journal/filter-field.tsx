/** The field a filter is typed into; what is wrong with it is said right under it. */
import { useEffect, useId, useRef, useState, type JSX } from 'react'

import { useActions } from '../../frame/actions.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon } from '../../widgets/icon.tsx'

interface FilterFieldProps {
  /** what it is called: `Filter the journal` */
  readonly label: string
  /** the screen it is on, for the sheet of keys */
  readonly group: string
  readonly text: string
  readonly example: string
  readonly faults: readonly string[]
  readonly onChange: (text: string) => void
}

const SETTLED_MS = 250

/** Told once the typing rests, and at once on Enter. */
export function FilterField({ label, group, text, example, faults, onChange }: FilterFieldProps): JSX.Element {
  const [typed, setTyped] = useState(text)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  // a link or a saved view has changed the filter from outside
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed === text) return
    const timer = setTimeout(() => tell.current(typed), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [typed, text])
  useActions([
    {
      id: `${group}.filter`,
      label,
      group,
      keys: ['/'],
      run: () => field.current?.select(),
    },
  ])
  return (
    <div className="filter">
      <span className="input" role="search">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          aria-label={label}
          aria-invalid={faults.length > 0}
          aria-describedby={id}
          placeholder={example}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onChange(typed)
            else if (event.key === 'Escape' && typed !== '') onChange('')
            else if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        {typed === '' ? (
          <kbd title="Press / to type a filter">/</kbd>
        ) : (
          <Button look="quiet" aria-label="Clear the filter" onClick={() => onChange('')}>
            <Icon name="cross" />
          </Button>
        )}
      </span>
      <ul id={id} className="faults" aria-live="polite">
        {faults.map((fault) => (
          <li key={fault}>
            <Icon name="warning" /> {fault}
          </li>
        ))}
      </ul>
    </div>
  )
}
