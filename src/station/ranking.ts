/** One ranking of all symbols: what was measured, and what weights and filters make of it. */
import type { Regime } from '../core/model/regime.ts'
import type { RankerRules } from '../core/policy/policy.ts'
import { RANKER_COMPONENTS, weightsInOrder } from '../core/ranker/component.ts'
import { filteredBy, type Filtered } from '../core/ranker/filters.ts'
import { bestFirst, placesOf, scoresOf } from '../core/ranker/order.ts'

/** What is measured of a symbol, whatever the weights. */
interface MeasuredSymbol {
  readonly symbol: string
  /** in the order of RANKER_COMPONENTS, each 0…1 */
  readonly components: readonly number[]
  readonly regime: Regime | null
  /** USDT */
  readonly quoteVolume24h: number
  /** the exchange's smallest order, USDT */
  readonly leastNotional: number
  /** the account's largest entry, USDT; null: there was no account yet */
  readonly largestNotional: number | null
}

export interface RankedSymbol extends MeasuredSymbol {
  readonly score: number
  /** place in the ranking before this one, 1 is the best; null: it was not in it */
  readonly rankBefore: number | null
  /** null: it is an opportunity */
  readonly filtered: Filtered | null
}

export interface SkippedSymbol {
  readonly symbol: string
  /** with its numbers */
  readonly reason: string
}

export interface Ranking {
  /** epoch ms it was made of */
  readonly at: number
  /** real ms of work */
  readonly tookMs: number
  /** of the whole market; null: unknown */
  readonly regime: Regime | null
  readonly rules: RankerRules
  /** best first, filtered ones among them */
  readonly rows: readonly RankedSymbol[]
  readonly skipped: readonly SkippedSymbol[]
}

/** What is announced: the best, with their components, and how many were left out. */
export interface OpportunitiesUpdated {
  readonly at: number
  readonly regime: Regime | null
  readonly top: readonly RankedSymbol[]
  readonly opportunities: number
  readonly filtered: number
  readonly skipped: number
}

export function toldOf(ranking: Ranking, topN: number): OpportunitiesUpdated {
  const { at, regime, rows, skipped } = ranking
  const all = opportunitiesOf(ranking)
  const filtered = rows.length - all.length
  return { at, regime, top: all.slice(0, topN), opportunities: all.length, filtered, skipped: skipped.length }
}

export const opportunitiesOf = ({ rows }: Ranking): readonly RankedSymbol[] =>
  rows.filter(({ filtered }) => filtered === null)

/** `before`: the ranking that this one follows, null for the first. */
export function ranksOf(before: Ranking | null): ReadonlyMap<string, number> {
  return new Map(before?.rows.map(({ symbol }, index) => [symbol, index + 1]) ?? [])
}

export function rankedSymbol(
  measured: MeasuredSymbol,
  score: number,
  rankBefore: number | null,
  rules: RankerRules,
): RankedSymbol {
  const { symbol, components, regime, quoteVolume24h, leastNotional, largestNotional } = measured
  const filtered = filteredBy({ score, quoteVolume24h, leastNotional, largestNotional }, rules)
  return { symbol, components, regime, quoteVolume24h, leastNotional, largestNotional, score, rankBefore, filtered }
}

/** The same measures under other weights and filters; `rankBefore` is the place in the ranking as it is. */
export function reranked(ranking: Ranking, rules: RankerRules): Ranking {
  const { rows } = ranking
  const ranks = ranksOf(ranking)
  const components = new Float64Array(RANKER_COMPONENTS.length * rows.length)
  for (const [slot, row] of rows.entries())
    for (const [index, value] of row.components.entries()) components[index * rows.length + slot] = value
  const scores = scoresOf(components, weightsInOrder(rules.weights))
  const order = bestFirst(scores, placesOf(rows.map(({ symbol }) => symbol)))
  const again = Array.from(order, (slot) => {
    const row = rows[slot] as RankedSymbol
    return rankedSymbol(row, scores[slot] as number, ranks.get(row.symbol) ?? null, rules)
  })
  return { ...ranking, rules, rows: again }
}
