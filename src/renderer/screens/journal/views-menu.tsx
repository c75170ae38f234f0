/** Saved filters: keep the one that is typed under a name, take one up again, forget one. */
import { useState, type JSX } from 'react'
import { useStore } from 'zustand'

import { go } from '../../frame/route.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { Menu } from '../../widgets/menu.tsx'
import { forgetView, savedViews, saveView, type SavedView } from './saved-views.ts'

interface ViewsMenuProps {
  readonly table: string
  readonly filter: string
}

export function ViewsMenu({ table, filter }: ViewsMenuProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const views = useStore(savedViews)
  const open = (view: SavedView): void => {
    setIsOpen(false)
    go('journal', [view.table], view.filter === '' ? {} : { q: view.filter })
  }
  return (
    <Menu label="Views" name="Saved views" isOpen={isOpen} onOpenChange={setIsOpen}>
      <SaveForm table={table} filter={filter} onSaved={() => setIsOpen(false)} />
      {views.length === 0 ? (
        <p className="meta">A view keeps the tab and its filter. None is saved yet.</p>
      ) : (
        <ul className="views" aria-label="Saved views">
          {views.map((view) => (
            <li key={view.name}>
              <Button look="quiet" onClick={() => open(view)}>
                {view.name} <span className="meta">{[view.table, view.filter].filter(Boolean).join(' · ')}</span>
              </Button>
              <Button look="quiet" aria-label={`Forget ${view.name}`} onClick={() => forgetView(view.name)}>
                <Icon name="cross" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Menu>
  )
}

function SaveForm({ table, filter, onSaved }: ViewsMenuProps & { readonly onSaved: () => void }): JSX.Element {
  const [name, setName] = useState('')
  return (
    <form
      className="saveview"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        saveView({ name: name.trim(), table, filter })
        onSaved()
      }}
    >
      <span className="input">
        <input
          aria-label="Name of the view"
          placeholder="Name of the view"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </span>
      <Button type="submit" disabled={name.trim() === ''}>
        Save view
      </Button>
    </form>
  )
}
