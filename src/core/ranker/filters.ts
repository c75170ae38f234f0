/** Which of the scored symbols are opportunities (SPEC §7), and what kept the others out. */
import type { RankerRules } from '../policy/policy.ts'

export interface Filtered {
  readonly filter: 'quote_volume' | 'minimum_order' | 'score'
  readonly actual: number
  readonly limit: number
}

export interface FilterFigures {
  readonly score: number
  /** USDT */
  readonly quoteVolume24h: number
  /** the exchange's smallest order, USDT */
  readonly leastNotional: number
  /** the account's largest entry, USDT; null: there is no account yet, nothing is held against it */
  readonly largestNotional: number | null
}

/** The first filter that keeps a symbol out; null: it is an opportunity. */
export function filteredBy(
  { score, quoteVolume24h, leastNotional, largestNotional }: FilterFigures,
  { minQuoteVolume24h, minScore }: Pick<RankerRules, 'minQuoteVolume24h' | 'minScore'>,
): Filtered | null {
  if (quoteVolume24h < minQuoteVolume24h)
    return { filter: 'quote_volume', actual: quoteVolume24h, limit: minQuoteVolume24h }
  if (largestNotional !== null && leastNotional > largestNotional)
    return { filter: 'minimum_order', actual: leastNotional, limit: largestNotional }
  return score >= minScore ? null : { filter: 'score', actual: score, limit: minScore }
}
