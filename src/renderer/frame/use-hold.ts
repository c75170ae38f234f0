/** Hold to confirm, with the pointer, with the key of the action, or with Space and Enter on the focused button. */
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent as ReactKeyboardEvent,
  type PointerEvent,
} from 'react'

import { isTyping } from './keyboard.ts'

export const HOLD_MS = 900

interface Hold {
  /** 0…1 of the time that is needed */
  readonly held: number
  readonly isHolding: boolean
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent) => void
    readonly onPointerUp: () => void
    readonly onPointerLeave: () => void
    readonly onKeyDown: (event: ReactKeyboardEvent) => void
    readonly onKeyUp: () => void
    readonly onBlur: () => void
  }
}

/** `key`: the letter that does the same from anywhere on the page; Shift held at its beginning is told. */
export function useHold(key: string, onHeld: (how: { readonly isShifted: boolean }) => void): Hold {
  const [held, setHeld] = useState<number | null>(null)
  const since = useRef<number | null>(null)
  const latest = useRef(onHeld)
  useEffect(() => {
    latest.current = onHeld
  })
  const begin = useCallback((isShifted: boolean): void => {
    if (since.current !== null) return
    const began = performance.now()
    since.current = began
    const step = (): void => {
      if (since.current !== began) return
      const share = (performance.now() - began) / HOLD_MS
      if (share < 1) {
        setHeld(share)
        requestAnimationFrame(step)
        return
      }
      since.current = null
      setHeld(null)
      latest.current({ isShifted })
    }
    step()
  }, [])
  const end = useCallback((): void => {
    since.current = null
    setHeld(null)
  }, [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
      const isInTable = event.target instanceof HTMLElement && event.target.closest('[role="grid"]') !== null
      if (event.key.toLowerCase() === key && isPlain && !event.repeat && !isTyping(event.target) && !isInTable)
        begin(event.shiftKey)
    }
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === key) end()
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', end)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', end)
      since.current = null
    }
  }, [key, begin, end])
  const onKeyDown = (event: ReactKeyboardEvent): void => {
    if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) begin(event.shiftKey)
  }
  return {
    held: held ?? 0,
    isHolding: held !== null,
    handlers: {
      onPointerDown: (event) => begin(event.shiftKey),
      onPointerUp: end,
      onPointerLeave: end,
      onKeyDown,
      onKeyUp: end,
      onBlur: end,
    },
  }
}
