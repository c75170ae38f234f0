/** Height of a table row, px: rows are lower in a low window, as the style sheet's `--row` is. */
import { useSyncExternalStore } from 'react'

const ROW = 28
const LOW_ROW = 24

const low = window.matchMedia('(max-height: 800px)')

function onChange(listener: () => void): () => void {
  low.addEventListener('change', listener)
  return () => low.removeEventListener('change', listener)
}

export const useRowHeight = (): number => useSyncExternalStore(onChange, () => (low.matches ? LOW_ROW : ROW))
