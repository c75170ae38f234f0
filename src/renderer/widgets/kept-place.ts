/** Keeps the row at the top of a scrolled table where it is while rows come in above it. */
import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Place {
  readonly key: string
  /** px of the row that are scrolled out of sight */
  readonly offset: number
}

/** Call the answer whenever the box has scrolled. At the very top nothing is kept: there the newest row is wanted. */
export function useKeptPlace<Row>(
  isOn: boolean,
  box: RefObject<HTMLDivElement | null>,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  rowHeight: number,
): () => void {
  const place = useRef<Place | null>(null)
  const shown = useRef(rows)
  useLayoutEffect(() => {
    shown.current = rows
    const { current } = box
    if (!isOn || current === null || place.current === null) return
    const { key, offset } = place.current
    const index = rows.findIndex((row) => keyOf(row) === key)
    const top = index * rowHeight + offset
    if (index >= 0 && Math.abs(current.scrollTop - top) >= 1) current.scrollTo({ top })
  }, [isOn, box, rows, keyOf, rowHeight])
  return () => {
    const top = box.current?.scrollTop ?? 0
    const row = shown.current[Math.floor(top / rowHeight)]
    place.current = !isOn || top < rowHeight || row === undefined ? null : { key: keyOf(row), offset: top % rowHeight }
  }
}
