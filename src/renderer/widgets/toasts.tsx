/** Short notes at the foot of the page: what was done, for how long it can be taken back, what went wrong. */
import { useEffect, useState, type JSX, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export interface Toast {
  readonly id: number
  readonly tone: 'done' | 'fault'
  readonly text: ReactNode
  /** what the button says and does; the seconds left are counted on it */
  readonly undo?: { readonly verb: string; readonly run: () => void }
  readonly seconds: number
}

const toasts = createStore<readonly Toast[]>(() => [])
let lastId = 0

const DONE_SECONDS = 5
const FAULT_SECONDS = 12
const MOST_SHOWN = 4

const dismiss = (id: number): void => toasts.setState((now) => now.filter((toast) => toast.id !== id), true)

export function showToast(toast: Partial<Toast> & Pick<Toast, 'text'>): void {
  const tone = toast.tone ?? 'done'
  const seconds = toast.seconds ?? (tone === 'done' ? DONE_SECONDS : FAULT_SECONDS)
  const added = { ...toast, tone, seconds, id: ++lastId }
  toasts.setState((now) => [...now, added].slice(-MOST_SHOWN), true)
}

export const showFault = (text: ReactNode): void => showToast({ tone: 'fault', text })

/** The newest thing that can be taken back is taken back; false: there is none. */
export function undoLatest(): boolean {
  const latest = toasts.getState().findLast((toast) => toast.undo !== undefined)
  if (latest?.undo === undefined) return false
  dismiss(latest.id)
  latest.undo.run()
  return true
}

export const Toasts = (): JSX.Element => {
  const shown = useStore(toasts)
  return (
    <ol className="toasts" aria-live="polite" aria-label="Notes">
      {shown.map((toast) => (
        <ToastRow key={toast.id} toast={toast} />
      ))}
    </ol>
  )
}

function ToastRow({ toast }: { readonly toast: Toast }): JSX.Element {
  const { id, tone, text, undo, seconds } = toast
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    if (left <= 0) return dismiss(id)
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, id])
  return (
    <li className="toast" data-tone={tone}>
      {tone === 'fault' ? <Icon name="warning" /> : null}
      <span className="words">{text}</span>
      {undo === undefined ? (
        <Button look="quiet" aria-label="Dismiss" onClick={() => dismiss(id)}>
          <Icon name="cross" />
        </Button>
      ) : (
        <Button
          onClick={() => {
            dismiss(id)
            undo.run()
          }}
        >
          {undo.verb}, {left}
          {'\u202F'}s
        </Button>
      )}
    </li>
  )
}
