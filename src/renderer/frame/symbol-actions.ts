/** The palette knows every symbol that has a price: it opens on the Market screen. */
import { quotes } from '../state/live.ts'
import type { Action } from './actions.ts'
import { go } from './route.ts'

/** Fewer letters than this mean too many symbols. */
const FEWEST_LETTERS = 2
const MOST = 20

export function symbolActions(text: string): Action[] {
  const words = text
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word.length >= FEWEST_LETTERS)
  const found = quotes.symbols.filter((symbol) => words.some((word) => symbol.includes(word)))
  return found.slice(0, MOST).map((symbol) => ({
    id: `symbol.${symbol}`,
    label: `Show ${symbol}`,
    group: 'Market',
    run: () => go('market', [symbol]),
  }))
}
