/** A look round the control room: each part in turn with a ring round it and a sentence beside it. */
import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'

import { Button } from '../../widgets/button.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { TOUR_STOPS } from './tour-stops.ts'

const GAP = 12
const WIDTH = 340
const HEIGHT = 190

interface Place {
  readonly ring: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
  readonly note: { readonly left: number; readonly top: number }
}

const within = (value: number, most: number): number => Math.max(GAP, Math.min(value, most - GAP))

/** Below the part, or beside one that reaches to the floor; always whole on the page. */
function placeOf(selector: string): Place | null {
  const part = document.querySelector(selector)
  if (part === null) return null
  const { left, top, width, height, right, bottom } = part.getBoundingClientRect()
  const isBelow = bottom + GAP + HEIGHT < innerHeight
  const isBeside = !isBelow && right + GAP + WIDTH < innerWidth
  const note = {
    left: within(isBeside ? right + GAP : isBelow ? left : left + (width - WIDTH) / 2, innerWidth - WIDTH),
    top: within(isBelow ? bottom + GAP : isBeside ? top + GAP : top + (height - HEIGHT) / 2, innerHeight - HEIGHT),
  }
  return { ring: { left, top, width, height }, note }
}

export function Tour({ onDone }: { readonly onDone: () => void }): JSX.Element | null {
  const [at, setAt] = useState(0)
  const [place, setPlace] = useState<Place | null>(null)
  const next = useRef<HTMLDivElement>(null)
  const stop = TOUR_STOPS[at]
  useEffect(() => {
    const look = (): void => setPlace(stop === undefined ? null : placeOf(stop.selector))
    look()
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [stop])
  useEffect(() => next.current?.focus(), [at])
  if (stop === undefined) return null
  const isLast = at === TOUR_STOPS.length - 1
  const go = (): void => (isLast ? onDone() : setAt(at + 1))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onDone()
    else if (event.key === 'ArrowRight') go()
    else if (event.key === 'ArrowLeft') setAt(Math.max(0, at - 1))
    else if (event.key === 'Enter' && event.target === event.currentTarget) go()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return createPortal(
    <>
      <div className="tour-ring" style={place?.ring} aria-hidden="true" />
      <div
        ref={next}
        className="tour-note"
        role="dialog"
        aria-modal="true"
        aria-label={`${stop.title}, ${at + 1} of ${TOUR_STOPS.length}`}
        tabIndex={-1}
        style={place?.note}
        onKeyDown={onKeyDown}
      >
        <h2>{stop.title}</h2>
        <p>{stop.text}</p>
        <div className="foot">
          <span className="meta">
            {at + 1} of {TOUR_STOPS.length}
          </span>
          <span className="push" />
          <Button onClick={onDone}>
            {isLast ? 'Close' : 'Skip the tour'} <KeyCap keys="Escape" />
          </Button>
          {isLast ? null : (
            <Button look="primary" onClick={go}>
              Next <KeyCap keys="Enter" />
            </Button>
          )}
        </div>
      </div>
    </>,
    document.body,
  )
}
