/** What would turn a vote: the nearest reading at which its voter speaks otherwise. */
import type { RangeCell } from './cells.ts'
import { shown } from './words.ts'

interface Turn {
  readonly at: number
  readonly distance: number
  readonly cell: RangeCell
}

/** The cells on both sides of this one. */
function turns(cells: readonly RangeCell[], here: RangeCell, reading: number): Turn[] {
  return cells.flatMap((cell) => {
    if (cell === here) return []
    const edges = [cell.low, cell.high].filter((edge) => edge !== null)
    const borders = edges.filter(({ at }) => at === here.low?.at || at === here.high?.at)
    return borders.map(({ at }) => ({ at, distance: Math.abs(at - reading), cell }))
  })
}

const spoken = ({ outcome, weight }: RangeCell): string => {
  if (outcome === 'none') return 'no vote'
  return outcome === 'aggressive' ? 'an aggressive vote' : `a defensive vote of ${weight}`
}

/** `at 5 % a defensive vote of 2, 0.8 away`; null: nothing turns it. */
export function turnsWhen(cells: readonly RangeCell[], here: RangeCell, reading: number, unit: string): string | null {
  const nearest = turns(cells, here, reading).reduce<Turn | null>(
    (best, turn) => (best === null || turn.distance < best.distance ? turn : best),
    null,
  )
  if (nearest === null) return null
  return `at ${shown(nearest.at)} ${unit} ${spoken(nearest.cell)}, ${shown(nearest.distance)} away`
}
