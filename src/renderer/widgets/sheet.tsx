/** A dialog below the instrument bar: mode, safety, money and the way out stay in sight and in reach. */
import { useEffect, useRef, type JSX, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

interface SheetProps {
  /** the name read out */
  readonly label: string
  readonly onClose: () => void
  readonly className?: string
  readonly children: ReactNode
}

/** Parts of the frame that cannot be reached while a sheet is open. */
const COVERED = ['.rail', 'main', '.app > .band']

export function Sheet({ label, onClose, className = '', children }: SheetProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    const covered = COVERED.flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)])
    for (const part of covered) part.inert = true
    const first = box.current?.querySelector<HTMLElement>('[data-autofocus]') ?? box.current
    first?.focus()
    return () => {
      for (const part of covered) part.inert = false
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    // wherever the focus has wandered: mode and way out above the sheet can be reached
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) close.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return createPortal(
    <>
      <div className="scrim" onClick={onClose} aria-hidden="true" />
      <div ref={box} className={`sheet ${className}`} role="dialog" aria-modal="true" aria-label={label} tabIndex={-1}>
        {children}
      </div>
    </>,
    document.body,
  )
}
