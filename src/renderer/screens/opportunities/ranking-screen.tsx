/** The ranking as it was made, or as it would be with the weights that are being tried. */
import { useEffect, useMemo, type JSX } from 'react'

import type { Ranking } from '../../../contract/opportunities.ts'
import { useActions } from '../../frame/actions.ts'
import { go, hrefOf, replaceQuery, type Route } from '../../frame/route.ts'
import { actorText } from '../../limits/actor-text.ts'
import { useLive } from '../../state/live.ts'
import { CopyCsv } from '../../widgets/copy-csv.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FilterField } from '../journal/filter-field.tsx'
import { componentsOf } from './component-words.ts'
import { LeftOut } from './left-out.tsx'
import { rankingColumns } from './ranking-columns.tsx'
import { parseRankingFilter } from './ranking-filter.ts'
import { cutOf, cutText, isHatched, rankingRows, ranksOf, type RankingRow } from './ranking-rows.ts'
import { RankingVerbs } from './ranking-verbs.tsx'
import { SymbolDetails } from './symbol-details.tsx'
import { useHeld, useSparklines, type RankingState } from './use-ranking.ts'
import { useWeights } from './use-weights.ts'
import { WeightsPanel } from './weights-panel.tsx'

interface RankingScreenProps {
  readonly state: RankingState
  readonly ranking: Ranking
  readonly route: Route
  readonly reload: () => void
}

const EXAMPLE = 'score:>0.6  regime:bull  volume:>100m  held:no'
const SORTING = { column: 'score', order: 'descending' } as const
const keyOf = ({ symbol }: RankingRow): string => symbol

export function RankingScreen({ state, ranking, route, reload }: RankingScreenProps): JSX.Element {
  const text = route.query.get('q') ?? ''
  const beside = route.query.get('show')
  const weights = useWeights(ranking)
  const shown = weights.preview ?? ranking
  const allowed = useLive(({ policy }) => policy?.allowed_symbols ?? null)
  const listedBy = useLive(({ policy }) => policy?.sources['allowed_symbols'] ?? null)
  const sparklines = useSparklines()
  const held = useHeld()
  const before = useMemo(() => (shown === ranking ? null : ranksOf(ranking)), [shown, ranking])
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
  const chosen = rows.find(({ symbol }) => symbol === route.path[0]) ?? found[0] ?? rows[0]
  const query = (changes: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries({ q: text, show: beside ?? '', ...changes }).filter(([, value]) => value !== ''))
  const setBeside = (part: string): void => replaceQuery(query({ show: part }))
  useActions([
    {
      id: 'ranking.weights',
      label: 'Edit the weights of the ranking',
      group: 'Ranking',
      keys: ['W'],
      isKeyOnly: true,
      run: () => setBeside(beside === 'weights' ? '' : 'weights'),
    },
    {
      id: 'ranking.chart',
      label: `Open the chart of ${chosen?.symbol ?? 'the symbol'}`,
      group: 'Ranking',
      keys: ['C'],
      run: () => go('market', chosen === undefined ? [] : [chosen.symbol]),
    },
  ])
  const { discard } = weights
  useEffect(() => {
    if (beside !== 'weights') discard()
  }, [beside, discard])
  return (
    <div className="opps">
      <div className="toolbar">
        <FilterField
          label="Filter symbols"
          group="Ranking"
          text={text}
          example={EXAMPLE}
          faults={filter.faults}
          onChange={(q) => replaceQuery(query({ q }))}
        />
        <RankingVerbs
          state={state}
          ranking={shown}
          found={found.length}
          isTrying={weights.isChanged}
          beside={beside}
          onShow={setBeside}
          reload={reload}
        />
        <span className="wide">
          <CopyCsv rows={found} columns={columns} />
        </span>
      </div>
      <section className="panel ranking" aria-label="Ranking" data-trying={weights.isChanged || undefined}>
        <DataTable
          label="Ranking"
          columns={columns}
          rows={found}
          keyOf={keyOf}
          sorting={SORTING}
          rowClass={(row) => (isHatched(row, cut) ? 'left-out' : '')}
          isOpen={(row) => row.symbol === chosen?.symbol}
          onOpen={({ symbol }) => go('opportunities', [symbol], query({}))}
          line={lineOf(found, cut === null ? null : { text: cutText(cut, who), under: cut.under })}
          empty={
            <EmptyState title="No symbol matches the filter.">
              {rows.length} are ranked. <a href={hrefOf('opportunities')}>Show them all</a>
            </EmptyState>
          }
        />
      </section>
      {beside === 'weights' ? (
        <WeightsPanel form={weights} onClose={() => setBeside('')} />
      ) : beside === 'left-out' ? (
        <LeftOut skipped={shown.skipped} rows={rows} onClose={() => setBeside('')} />
      ) : chosen === undefined ? null : (
        <SymbolDetails
          row={chosen}
          total={rows.length}
          weights={shown.weights}
          components={components}
          at={ranking.at}
        />
      )}
    </div>
  )
}

/** With a filter the line stands under the lowest allowed row that is shown. */
function lineOf(
  found: readonly RankingRow[],
  cut: { readonly under: string; readonly text: string } | null,
): { under: string; content: string } | null {
  const under = cut === null ? undefined : found.findLast(({ isAllowed }) => isAllowed)?.symbol
  return cut === null || under === undefined ? null : { under, content: cut.text }
}
