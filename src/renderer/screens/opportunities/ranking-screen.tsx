/** The ranking as it was made, or as it would be with the weights that are being tried. */
import { useEffect, type JSX } from 'react'

import type { Ranking } from '../../../contract/opportunities.ts'
import { useActions } from '../../frame/actions.ts'
import { go, hrefOf, replaceQuery, type Route } from '../../frame/route.ts'
import { CopyCsv } from '../../widgets/copy-csv.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FilterField } from '../journal/filter-field.tsx'
import type { AnyComponent } from './component-words.ts'
import { LeftOut } from './left-out.tsx'
import { isHatched, type RankingRow } from './ranking-rows.ts'
import { RankingVerbs } from './ranking-verbs.tsx'
import { SymbolDetails } from './symbol-details.tsx'
import { useRankingView } from './use-ranking-view.ts'
import type { RankingState } from './use-ranking.ts'
import { useWeights, type WeightsForm } from './use-weights.ts'
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
  const { rows, found, faults, components, columns, cut, line } = useRankingView(shown, ranking, text)
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
          faults={faults}
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
          line={line}
          empty={
            <EmptyState title="No symbol matches the filter.">
              {rows.length} are ranked. <a href={hrefOf('opportunities')}>Show them all</a>
            </EmptyState>
          }
        />
      </section>
      <Aside
        beside={beside}
        weights={weights}
        shown={shown}
        rows={rows}
        chosen={chosen}
        components={components}
        onClose={() => setBeside('')}
      />
    </div>
  )
}

interface AsideProps {
  readonly beside: string | null
  readonly weights: WeightsForm
  readonly shown: Ranking
  readonly rows: readonly RankingRow[]
  readonly chosen: RankingRow | undefined
  readonly components: readonly AnyComponent[]
  readonly onClose: () => void
}

function Aside({ beside, weights, shown, rows, chosen, components, onClose }: AsideProps): JSX.Element | null {
  if (beside === 'weights') return <WeightsPanel form={weights} onClose={onClose} />
  if (beside === 'left-out') return <LeftOut skipped={shown.skipped} rows={rows} onClose={onClose} />
  if (chosen === undefined) return null
  return (
    <SymbolDetails row={chosen} total={rows.length} weights={shown.weights} components={components} at={shown.at} />
  )
}
