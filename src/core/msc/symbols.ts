/** Which symbols may be traded, from the rankings (SPEC §5.5). */
import type { MscSymbolRules } from '../policy/msc-rules.ts'

export interface Ranked {
  /** epoch ms of the last ranking; null: none yet */
  readonly at: number | null
  readonly scores: Readonly<Record<string, number>>
}

const MINUTE_MS = 60_000

/** The best of the rankings, by name; null: too old (or none yet), the list stays as it is. */
export function allowedSymbolsOf(ranked: Ranked, now: number, rules: MscSymbolRules): readonly string[] | null {
  if (ranked.at === null || now - ranked.at > rules.maxAgeMinutes * MINUTE_MS) return null
  const best = Object.entries(ranked.scores).sort(
    ([one, first], [other, second]) => second - first || (one < other ? -1 : 1),
  )
  const above = (least: number, most: number): string[] =>
    best
      .filter(([, score]) => score >= least)
      .slice(0, most)
      .map(([symbol]) => symbol)
  const good = above(rules.minRanking, rules.most)
  const chosen = good.length < rules.fewest ? above(rules.fillRanking, rules.fewest) : good
  return chosen.sort()
}
