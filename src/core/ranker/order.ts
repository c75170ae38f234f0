/** Scores of all symbols from their components, and who is best. */
import { RANKER_COMPONENTS } from './component.ts'

/** Scores closer than this are equal: then the name decides, whatever the order of the symbols. */
const SCORE_GRID = 1e9
/** more symbols than any exchange lists; a score on its grid times this is still a whole float64 */
const MOST_SYMBOLS = 16_384

/**
 * Σ weight × component per slot. `components` is column after column, `weights` in the order of RANKER_COMPONENTS; a
 * component without weight does not count even where it is not known (NaN).
 */
export function scoresOf(components: Float64Array, weights: Float64Array): Float64Array {
  const count = components.length / RANKER_COMPONENTS.length
  const scores = new Float64Array(count)
  for (let index = 0; index < RANKER_COMPONENTS.length; index++) {
    const weight = weights[index]!
    if (weight === 0) continue
    const base = index * count
    for (let slot = 0; slot < count; slot++) scores[slot]! += weight * components[base + slot]!
  }
  return scores
}

/** Slots with a score, best first. `places`: each slot's place in the order of the names. */
export function bestFirst(scores: Float64Array, places: Uint32Array): Uint32Array {
  const keys = new Float64Array(scores.length)
  const slots = new Uint32Array(scores.length)
  let count = 0
  for (let slot = 0; slot < scores.length; slot++) {
    const score = scores[slot]!
    const place = places[slot]!
    slots[place] = slot
    if (Number.isNaN(score)) continue
    keys[count++] = (SCORE_GRID - Math.round(score * SCORE_GRID)) * MOST_SYMBOLS + place
  }
  const sorted = keys.subarray(0, count).sort()
  const order = new Uint32Array(count)
  for (let rank = 0; rank < count; rank++) {
    const key = sorted[rank]!
    order[rank] = slots[key - Math.floor(key / MOST_SYMBOLS) * MOST_SYMBOLS]!
  }
  return order
}

/** Each symbol's place in the order of the names. */
export function placesOf(symbols: readonly string[]): Uint32Array {
  if (symbols.length > MOST_SYMBOLS) throw new RangeError(`at most ${MOST_SYMBOLS} symbols, were ${symbols.length}`)
  const order = symbols.map((_, slot) => slot).sort((one, other) => (symbols[one]! < symbols[other]! ? -1 : 1))
  const places = new Uint32Array(symbols.length)
  for (const [place, slot] of order.entries()) places[slot] = place
  return places
}
