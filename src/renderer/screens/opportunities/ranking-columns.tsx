/** The columns of the ranking. */
import type { JSX } from 'react'

import type { Column } from '../../widgets/data-table.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Icon } from '../../widgets/icon.tsx'
import { REGIME_WORDS } from '../market/list/symbol-row.ts'
import { COMPONENT_WORDS, type AnyComponent } from './component-words.ts'
import type { Held } from './ranking-filter.ts'
import { filteredText, type RankingRow } from './ranking-rows.ts'
import { Sparkline } from './sparkline.tsx'

/** What the columns show beside the row itself. */
export interface RankingContext {
  readonly components: readonly AnyComponent[]
  /** score at which the bar of each has its tick: where “allowed” ends, else the least score of an opportunity */
  readonly tick: number
  readonly sparklines: ReadonlyMap<string, readonly number[]>
  readonly held: ReadonlyMap<string, Held>
}

/** These go where the window is narrow. */
const WIDE: ReadonlySet<AnyComponent> = new Set(['symbol_win_rate', 'spread', 'low_noise', 'cost_to_hold'])
const HELD_WORDS = { long: 'Long', short: 'Short', resting: 'Resting' } as const
const MILLION = 1e6
const two = (value: number): string => formatNumber(value, { decimals: 2 })

const movedText = (moved: number | null): JSX.Element => {
  if (moved === null) return <span className="moved">new</span>
  if (moved === 0) return <span className="moved" />
  return (
    <span className="moved" title={`${Math.abs(moved)} ${moved > 0 ? 'up' : 'down'} since the ranking before`}>
      {moved > 0 ? '↑' : '↓'}
      {'\u202F'}
      {Math.abs(moved)}
    </span>
  )
}

const ScoreBar = ({ row, tick }: { readonly row: RankingRow; readonly tick: number }): JSX.Element => (
  <span className="score" title={row.filtered === null ? undefined : filteredText(row.filtered)}>
    <span className="meter" aria-hidden="true">
      <i style={{ width: `${row.score * 100}%` }} />
      <u style={{ left: `${tick * 100}%` }} />
    </span>
    <span className="num">{two(row.score)}</span>
  </span>
)

const componentColumn = (component: AnyComponent): Column<RankingRow> => {
  const { name, help } = COMPONENT_WORDS[component]
  return {
    id: component,
    head: <span title={help}>{name}</span>,
    className: WIDE.has(component) ? 'comp wide' : 'comp',
    cell: ({ components }) => {
      const value = components[component]
      if (value === null) return <span className="dim">–</span>
      return <span style={{ '--v': value } as Record<string, number>}>{two(value)}</span>
    },
    sortBy: ({ components }) => components[component] ?? Number.NaN,
    firstOrder: 'descending',
    csv: { head: component, value: ({ components }) => components[component] },
  }
}

export const rankingColumns = ({
  components,
  tick,
  sparklines,
  held,
}: RankingContext): readonly Column<RankingRow>[] => [
  {
    id: 'symbol',
    head: 'Symbol',
    cell: ({ rank, symbol }) => (
      <span className="ranked">
        <span className="rank">{rank}</span> {symbol}
      </span>
    ),
    sortBy: ({ symbol }) => symbol,
    csv: { head: 'symbol', value: ({ symbol }) => symbol },
  },
  {
    id: 'moved',
    head: <span title="Places since the ranking before">Moved</span>,
    className: 'num wide',
    cell: ({ moved }) => movedText(moved),
    sortBy: ({ moved }) => moved ?? Number.NaN,
    firstOrder: 'descending',
    csv: { head: 'moved', value: ({ moved }) => moved },
  },
  {
    id: 'sparkline',
    head: <span title="1 h closes of two days">2 days</span>,
    className: 'wide sparkcell',
    cell: ({ symbol }) => <Sparkline closes={sparklines.get(symbol)} />,
  },
  {
    id: 'score',
    head: 'Score',
    cell: (row) => <ScoreBar row={row} tick={tick} />,
    sortBy: ({ score }) => score,
    firstOrder: 'descending',
    csv: { head: 'score', value: ({ score }) => score },
  },
  ...components.map(componentColumn),
  {
    id: 'regime',
    head: 'Regime',
    className: 'wide',
    cell: ({ regime }) => (regime === null ? <span className="dim">–</span> : REGIME_WORDS[regime]),
    sortBy: ({ regime }) => regime ?? '~',
    csv: { head: 'regime', value: ({ regime }) => regime },
  },
  {
    id: 'volume',
    head: <span title="USDT traded in 24 hours, millions">Volume M</span>,
    className: 'wide',
    isNumber: true,
    cell: ({ volume }) => formatNumber(volume / MILLION, { decimals: volume < 10 * MILLION ? 1 : 0 }),
    sortBy: ({ volume }) => volume,
    firstOrder: 'descending',
    csv: { head: 'quote_volume_24h', value: ({ volume }) => volume },
  },
  {
    id: 'standing',
    head: 'Held',
    cell: (row) => <Standing row={row} heldAs={held.get(row.symbol) ?? null} />,
    sortBy: ({ symbol }) => held.get(symbol) ?? '~',
    csv: { head: 'held', value: ({ symbol }) => held.get(symbol) ?? null },
  },
]

function Standing({ row, heldAs }: { readonly row: RankingRow; readonly heldAs: Held }): JSX.Element {
  if (heldAs !== null)
    return (
      <>
        {heldAs === 'resting' ? null : <Icon name="ok" />} {HELD_WORDS[heldAs]}
      </>
    )
  if (row.filtered !== null)
    return (
      <span className="dim" title={filteredText(row.filtered)}>
        filtered
      </span>
    )
  return row.isAllowed ? <span /> : <span className="dim">not allowed</span>
}
