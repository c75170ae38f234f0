/** Where the books and the venue differ in positions and balance. */
import { exact, type Exact } from '../core/model/decimal.ts'
import type { Position } from '../core/model/position.ts'
import type { VenuePosition } from '../core/ports/venue.ts'
import { FOREIGN } from './books.ts'

export interface Difference {
  readonly kind: 'order' | 'foreign_order' | 'position' | 'foreign_position' | 'balance'
  /** what it is about: a client id, a symbol, `balance` */
  readonly about: string
  readonly symbol: string | null
  /** as the books had it, and as the venue has it */
  readonly booked: string
  readonly venue: string
}

const textOf = (held: Pick<Position, 'side' | 'quantity'> | undefined): string =>
  held === undefined ? 'none' : `${held.side} ${held.quantity.toFixed()}`

/** `stepOf`: quantities closer than one step are equal. */
export function positionDifferences(
  booked: ReadonlyMap<string, Position>,
  atVenue: readonly VenuePosition[],
  stepOf: (symbol: string) => Exact | string,
): readonly Difference[] {
  const venue = new Map(atVenue.filter((position) => position.quantity.gt(0)).map((each) => [each.symbol, each]))
  const differences: Difference[] = []
  for (const symbol of new Set([...booked.keys(), ...venue.keys()])) {
    const ours = booked.get(symbol)
    const theirs = venue.get(symbol)
    const isSameSide = ours?.side === theirs?.side
    const apart = (ours?.quantity ?? exact(0)).minus(theirs?.quantity ?? 0).abs()
    const step = exact(stepOf(symbol))
    if (isSameSide && (apart.isZero() || apart.lt(step))) continue
    const isForeign = ours === undefined || ours.strategyId === FOREIGN
    const kind = isForeign ? 'foreign_position' : 'position'
    differences.push({ kind, about: symbol, symbol, booked: textOf(ours), venue: textOf(theirs) })
  }
  return differences
}

export function balanceDifference(booked: Exact, venue: Exact, tolerance: number): Difference | null {
  if (booked.minus(venue).abs().lte(tolerance)) return null
  return { kind: 'balance', about: 'balance', symbol: null, booked: booked.toFixed(), venue: venue.toFixed() }
}
