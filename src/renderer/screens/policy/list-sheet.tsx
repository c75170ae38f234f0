/** Edits a list of strategies or symbols: remove what is in it, add what is known or typed. */
import { useId, useState, type JSX, type KeyboardEvent } from 'react'

import { station } from '../../link/client.ts'
import { useInstruments } from '../../state/instruments.ts'
import { useLive } from '../../state/live.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { ChangeSheet } from './change-sheet.tsx'
import { LIST_FIELDS, type ListField } from './policy-fields.ts'

const sameNames = (one: readonly string[] | null, other: readonly string[] | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

function useKnown(of: 'strategies' | 'symbols'): readonly string[] {
  const symbols = [...useInstruments().keys()]
  const { value } = useAnswer('strategies', () => station.market.strategies())
  return of === 'symbols' ? symbols : (value?.items ?? []).map(({ id }) => id)
}

export function ListSheet({
  field,
  onClose,
}: {
  readonly field: ListField
  readonly onClose: () => void
}): JSX.Element {
  const words = LIST_FIELDS.find((each) => each.field === field)
  const now = useLive(({ policy }) => policy?.[field] ?? null)
  const [names, setNames] = useState(now)
  const known = useKnown(words?.of ?? 'symbols')
  const label = words?.label ?? field
  const restrictions = [
    { value: 'all', label: 'No restriction' },
    { value: 'list', label: 'Only these' },
  ] as const
  return (
    <ChangeSheet
      title={label}
      patch={sameNames(names, now) ? null : { [field]: names }}
      saveVerb={`Save ${label.toLowerCase()}`}
      onClose={onClose}
    >
      {(fault) => (
        <>
          {words?.unrestricted === undefined ? null : (
            <div className="field">
              <span className="label">Restriction</span>
              <Segmented
                label="Restriction"
                choices={restrictions}
                value={names === null ? 'all' : 'list'}
                onChoose={(value) => setNames(value === 'all' ? null : (now ?? [...known]))}
              />
            </div>
          )}
          {names === null ? (
            <p className="note-line">{words?.unrestricted}.</p>
          ) : (
            <NameList
              names={names}
              known={known}
              none={words?.none ?? ''}
              isUpper={words?.of === 'symbols'}
              faultId={fault.id}
              onChange={setNames}
            />
          )}
        </>
      )}
    </ChangeSheet>
  )
}

interface NameListProps {
  readonly names: readonly string[]
  readonly known: readonly string[]
  readonly none: string
  readonly isUpper: boolean
  readonly faultId: string
  readonly onChange: (names: string[]) => void
}

function NameList({ names, known, none, isUpper, faultId, onChange }: NameListProps): JSX.Element {
  const [text, setText] = useState('')
  const id = useId()
  const typed = isUpper ? text.trim().toUpperCase() : text.trim()
  const add = (): void => {
    if (typed === '' || names.includes(typed)) return
    onChange([...names, typed])
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || typed === '') return
    event.preventDefault()
    add()
  }
  return (
    <>
      <ul className="names" aria-label="In the list">
        {names.map((name) => (
          <li key={name} className="token">
            {name}
            <button
              type="button"
              aria-label={`Remove ${name}`}
              onClick={() => onChange(names.filter((each) => each !== name))}
            >
              <Icon name="cross" />
            </button>
          </li>
        ))}
        {names.length === 0 ? <li className="dim">Empty: {none}.</li> : null}
      </ul>
      <div className="field">
        <label htmlFor={id}>Add</label>
        <span className="row">
          <span className="input">
            <input
              id={id}
              data-autofocus
              list={`${id}-known`}
              autoComplete="off"
              value={text}
              aria-describedby={faultId}
              onKeyDown={onKeyDown}
              onChange={(event) => setText(event.target.value)}
            />
          </span>
          <Button disabled={typed === ''} onClick={add}>
            Add {typed}
          </Button>
        </span>
        <datalist id={`${id}-known`}>
          {known
            .filter((name) => !names.includes(name))
            .map((name) => (
              <option key={name} value={name} aria-label={name} />
            ))}
        </datalist>
      </div>
    </>
  )
}
