/** One field that finds and does everything: actions, screens, and symbols of what is open. */
import { useId, useState, type JSX, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'

import { KeyCap } from '../widgets/key-cap.tsx'
import { Sheet } from '../widgets/sheet.tsx'
import { actions, type Action } from './actions.ts'
import { matching } from './matching.ts'
import { symbolActions } from './symbol-actions.ts'

const MOST_SHOWN = 60

export function Palette({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const known = useStore(actions)
  const all = [...known.values()].filter(({ isKeyOnly }) => isKeyOnly !== true)
  const found = matching(
    text,
    [...all, ...symbolActions(text)],
    ({ label, words = '', group }) => `${label} ${words} ${group}`,
  ).slice(0, MOST_SHOWN)
  const chosen = Math.min(at, found.length - 1)
  const runAction = (action: Action | undefined): void => {
    if (action === undefined) return
    onClose()
    // after the sheet has given the focus back
    queueMicrotask(() => action.run())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((chosen + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      runAction(found[chosen])
    }
  }
  return (
    <Sheet label="Find or do anything" className="palette" onClose={onClose}>
      <input
        data-autofocus
        className="palette-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
        aria-label="Find or do anything"
        placeholder="Find or do anything"
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
      />
      <ul className="body" id={`${id}-list`} role="listbox" aria-label="Found">
        {found.map((action, index) => (
          <li
            key={action.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            ref={(row) => {
              if (index === chosen) row?.scrollIntoView({ block: 'nearest' })
            }}
            onPointerMove={() => setAt(index)}
            onClick={() => runAction(action)}
          >
            <span>{action.label}</span>
            <span className="meta">{action.group}</span>
            {action.keys?.slice(0, 1).map((keys) => (
              <KeyCap key={keys} keys={keys} />
            ))}
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="empty">Nothing is called “{text}”.</p> : null}
    </Sheet>
  )
}
