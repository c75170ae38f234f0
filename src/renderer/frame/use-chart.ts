/** Puts a drawn chart into its box, gives it the colours of the theme in force, and takes it away again. */
import { useEffect, useRef, useState, type RefObject } from 'react'

import { useTheme } from './theme.ts'

interface Drawable {
  /** Takes the colours of the theme in force. */
  look(): void
  remove(): void
}

/** `chart` is null until its box is on the page. `Kind` must stay the same class. */
export function useChart<Chart extends Drawable>(
  Kind: new (box: HTMLElement) => Chart,
): { readonly box: RefObject<HTMLDivElement | null>; readonly chart: Chart | null } {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<Chart | null>(null)
  const theme = useTheme()
  /** a chart begins with the colours of its time */
  const painted = useRef(theme)
  useEffect(() => {
    if (box.current === null) return
    const made = new Kind(box.current)
    setChart(made)
    return () => {
      setChart(null)
      made.remove()
    }
  }, [Kind])
  useEffect(() => {
    if (painted.current !== theme) chart?.look()
    painted.current = theme
  }, [chart, theme])
  return { box, chart }
}
