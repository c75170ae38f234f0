/** Weights while they are tried: whole thousandths that always add up to 1, the others giving way to the one that moves. Pure. */
import { COMPONENTS } from '../../../contract/opportunities.ts'
import type { AnyComponent } from './component-words.ts'

/** Thousandths by component; their sum is 1000. */
export type WeightsDraft = Readonly<Record<AnyComponent, number>>

export const WHOLE = 1000
export const WEIGHED: readonly AnyComponent[] = [...COMPONENTS, 'cost_to_hold']

/** Shares `total` among `parts` in proportion to them, in whole numbers; evenly where all are 0. */
export function sharedOut(total: number, parts: readonly number[]): number[] {
  const sum = parts.reduce((a, b) => a + b, 0)
  const exact = parts.map((part) => (sum === 0 ? total / parts.length : (part * total) / sum))
  const whole = exact.map(Math.floor)
  let missing = total - whole.reduce((a, b) => a + b, 0)
  const byRest = exact
    .map((value, place) => ({ place, rest: value - Math.floor(value) }))
    .toSorted((a, b) => b.rest - a.rest || a.place - b.place)
  for (const { place } of byRest) {
    if (missing <= 0) break
    whole[place] = (whole[place] ?? 0) + 1
    missing--
  }
  return whole
}

export function draftOf(weights: Readonly<Record<string, number>>): WeightsDraft {
  const parts = sharedOut(
    WHOLE,
    WEIGHED.map((component) => Math.max(0, weights[component] ?? 0)),
  )
  return asDraft((component) => parts[WEIGHED.indexOf(component)] ?? 0)
}

/** One weight is set; the others keep their proportions and share the rest. The cost to hold joins only when it is set. */
export function withWeight(draft: WeightsDraft, changed: AnyComponent, thousandths: number): WeightsDraft {
  const value = Math.min(WHOLE, Math.max(0, Math.round(thousandths)))
  const others = WEIGHED.filter(
    (component) => component !== changed && (component !== 'cost_to_hold' || draft.cost_to_hold > 0),
  )
  const parts = sharedOut(
    WHOLE - value,
    others.map((component) => draft[component]),
  )
  return asDraft((component) => (component === changed ? value : (parts[others.indexOf(component)] ?? 0)))
}

function asDraft(of: (component: AnyComponent) => number): WeightsDraft {
  const entries = WEIGHED.map((component) => [component, of(component)] as const)
  return Object.fromEntries(entries) as Record<AnyComponent, number>
}

/** As the station takes them; the cost to hold is told only where it has weight, or had some: `known`. */
export function weightsOf(draft: WeightsDraft, known: Readonly<Record<string, number>> = {}): Record<string, number> {
  const isTold = draft.cost_to_hold > 0 || 'cost_to_hold' in known
  const told = WEIGHED.filter((component) => component !== 'cost_to_hold' || isTold)
  return Object.fromEntries(told.map((component) => [component, draft[component] / WHOLE]))
}

export const isSameWeights = (a: WeightsDraft, b: WeightsDraft): boolean =>
  WEIGHED.every((component) => a[component] === b[component])
