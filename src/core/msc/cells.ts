/** The ways a voter may speak, each with the readings it speaks at. */

export type CellOutcome = 'aggressive' | 'none' | 'defensive'

/** An end of a range of readings; `own`: the reading at the end itself is inside. */
interface Edge {
  readonly at: number
  readonly own: boolean
}

interface Spoken {
  readonly outcome: CellOutcome
  /** of a defensive cell, else 0 */
  readonly weight: number
}

/** Readings from `low` to `high`; null: without end. */
export interface RangeCell extends Spoken {
  readonly low: Edge | null
  readonly high: Edge | null
}

export interface WordCell extends Spoken {
  readonly words: readonly string[]
}

/** From here on (or from below here) a voter speaks so. */
export interface Step {
  readonly at: number
  readonly weight: number
}

const aggressive = { outcome: 'aggressive', weight: 0 } as const
const none = { outcome: 'none', weight: 0 } as const
const defensive = (weight: number) => ({ outcome: 'defensive', weight }) as const

const isEmpty = ({ low, high }: RangeCell): boolean =>
  low !== null && high !== null && (low.at > high.at || (low.at === high.at && !(low.own && high.own)))

const notEmpty = (cells: readonly RangeCell[]): RangeCell[] => cells.filter((cell) => !isEmpty(cell))

/** Readings that are worse the higher: aggressive below `favours` (or up to it), defensive from each step on. */
export function rising(favours: Edge | null, steps: readonly Step[]): RangeCell[] {
  const [first] = steps
  const begin = favours === null ? null : { at: favours.at, own: !favours.own }
  return notEmpty([
    ...(favours === null ? [] : [{ ...aggressive, low: null, high: favours }]),
    { ...none, low: begin, high: first === undefined ? null : { at: first.at, own: false } },
    ...steps.map(({ at, weight }, index) => {
      const next = steps[index + 1]
      const high = next === undefined ? null : { at: next.at, own: false }
      return { ...defensive(weight), low: { at, own: true }, high }
    }),
  ])
}

/** Readings that are worse the lower: aggressive above `favours` (or from it on), defensive below each step. */
export function falling(favours: Edge, steps: readonly Step[]): RangeCell[] {
  const [first] = steps
  const rest = { at: favours.at, own: !favours.own }
  return notEmpty([
    { ...aggressive, low: favours, high: null },
    { ...none, low: first === undefined ? null : { at: first.at, own: true }, high: rest },
    ...steps.map(({ at, weight }, index) => {
      const next = steps[index + 1]
      const low = next === undefined ? null : { at: next.at, own: true }
      return { ...defensive(weight), low, high: { at, own: false } }
    }),
  ])
}

export function holdsReading({ low, high }: RangeCell, reading: number): boolean {
  const isAbove = low === null || reading > low.at || (low.own && reading === low.at)
  const isBelow = high === null || reading < high.at || (high.own && reading === high.at)
  return isAbove && isBelow
}

/** `< 3`, `3 to 5`, `≥ 7`, `any`. */
export function rangeLabel({ low, high }: RangeCell): string {
  if (low === null) return high === null ? 'any' : `${high.own ? '≤' : '<'} ${high.at}`
  if (high === null) return `${low.own ? '≥' : '>'} ${low.at}`
  return `${low.at} to ${high.at}`
}
