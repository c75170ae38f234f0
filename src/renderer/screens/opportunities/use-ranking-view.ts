/** A ranking as the table shows it: its rows, those that the filter finds, their columns, and where “allowed” ends. */
import { useMemo } from 'react'

import type { Ranking } from '../../../contract/opportunities.ts'
import { actorText } from '../../limits/actor-text.ts'
import { useLive } from '../../state/live.ts'
import type { Column } from '../../widgets/data-table.tsx'
import { componentsOf, type AnyComponent } from './component-words.ts'
import { rankingColumns } from './ranking-columns.tsx'
import { parseRankingFilter } from './ranking-filter.ts'
import { cutOf, cutText, rankingRows, ranksOf, type Cut, type RankingRow } from './ranking-rows.ts'
import { useHeld, useSparklines } from './use-ranking.ts'

export interface RankingView {
  readonly rows: readonly RankingRow[]
  readonly found: readonly RankingRow[]
  /** what is wrong with the filter; then it finds all */
  readonly faults: readonly string[]
  readonly components: readonly AnyComponent[]
  readonly columns: readonly Column<RankingRow>[]
  readonly cut: Cut | null
  /** with a filter the line stands under the lowest allowed row that is found */
  readonly line: { readonly under: string; readonly content: string } | null
}

/** `inForce`: what `shown` is compared with while weights are tried. */
export function useRankingView(shown: Ranking, inForce: Ranking, text: string): RankingView {
  const allowed = useLive(({ policy }) => policy?.allowed_symbols ?? null)
  const listedBy = useLive(({ policy }) => policy?.sources['allowed_symbols'] ?? null)
  const sparklines = useSparklines()
  const held = useHeld()
  const before = useMemo(() => (shown === inForce ? null : ranksOf(inForce)), [shown, inForce])
  const rows = useMemo(() => rankingRows(shown, allowed, before), [shown, allowed, before])
  const filter = useMemo(() => parseRankingFilter(text), [text])
  const found = useMemo(
    () => (filter.faults.length > 0 ? rows : rows.filter((row) => filter.holds(row, held.get(row.symbol) ?? null))),
    [rows, filter, held],
  )
  const components = useMemo(() => componentsOf(shown.weights), [shown.weights])
  const cut = useMemo(() => cutOf(rows, allowed), [rows, allowed])
  const tick = cut?.from ?? shown.min_score
  const columns = useMemo(
    () => rankingColumns({ components, tick, sparklines, held }),
    [components, tick, sparklines, held],
  )
  const who = listedBy === null ? 'the policy' : `${actorText(listedBy.actor)} in policy ${listedBy.version}`
  const under = cut === null ? undefined : found.findLast(({ isAllowed }) => isAllowed)?.symbol
  const line = cut === null || under === undefined ? null : { under, content: cutText(cut, who) }
  return { rows, found, faults: filter.faults, components, columns, cut, line }
}
