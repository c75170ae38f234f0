/** Which action a pressed key means. Letters typed into a field mean themselves. */
import { undoLatest } from '../widgets/toasts.tsx'
import { actions, type Action } from './actions.ts'

/** `Shift+A`, `Mod+K`, `/`, `1` */
export function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const { key } = event
  const isLetter = /^\p{L}$/u.test(key)
  const named = isLetter ? key.toUpperCase() : key
  const parts = [
    event.ctrlKey || event.metaKey ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && (isLetter || key.length > 1) ? 'Shift' : '',
  ]
  return [...parts.filter(Boolean), named].join('+')
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}

const isSheetOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

function meant(keys: string): Action | undefined {
  return [...actions.getState().values()].toReversed().find((action) => action.keys?.includes(keys))
}

/** Listens for the whole page; the answer stops listening. */
export function listenToKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const typing = isTyping(event.target)
    const keys = keysOf(event)
    if (keys === 'Mod+Z' && !typing && undoLatest()) return event.preventDefault()
    const action = meant(keys)
    if (action === undefined || event.repeat) return
    if ((typing || isSheetOpen()) && action.isGlobal !== true) return
    event.preventDefault()
    action.run()
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}
