/** Everything that can be done from the keyboard or the palette: parts of the page register it while they are shown. */
import { useEffect, useRef } from 'react'
import { createStore } from 'zustand/vanilla'

export interface Action {
  readonly id: string
  /** a verb and its object, as the palette shows it */
  readonly label: string
  /** where the key sheet lists it */
  readonly group: string
  /** `Shift+A`, `Mod+K`, `/`; several keys mean the same */
  readonly keys?: readonly string[]
  /** further words that find it */
  readonly words?: string
  /** shown on the key sheet only: the palette leaves it out */
  readonly isKeyOnly?: boolean
  /** works while text is being typed */
  readonly isGlobal?: boolean
  readonly run: () => void
}

export const actions = createStore<ReadonlyMap<string, Action>>(() => new Map())

/** Registers while the calling component is on the page; the newest `run` of each is the one that counts. */
export function useActions(offered: readonly Action[]): void {
  const latest = useRef(offered)
  useEffect(() => {
    latest.current = offered
  })
  const shape = offered.map(({ id, label, keys }) => `${id} ${label} ${keys?.join(',') ?? ''}`).join('\n')
  useEffect(() => {
    const added = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }))
    actions.setState((now) => new Map([...now, ...added.map((action) => [action.id, action] as const)]), true)
    return () => {
      const gone = new Set<Action>(added)
      actions.setState((now) => new Map([...now].filter(([, action]) => !gone.has(action))), true)
    }
  }, [shape])
}
