/** The ranking as rows: what each symbol scores, how it moved, whether it may be traded, where “allowed” ends. Pure. */
import type { Ranking, RankingColumns } from '../../../contract/opportunities.ts'
import { formatNumber, THIN_SPACE } from '../../widgets/format-number.ts'
import { valueOf, type AnyComponent } from './component-words.ts'

type Filtered = NonNullable<RankingColumns['filtered'][number]>

export interface RankingRow {
  readonly symbol: string
  /** 1 = best */
  readonly rank: number
  /** places gained since the ranking before, below 0: lost; null: it was not in it */
  readonly moved: number | null
  readonly score: number
  readonly components: Readonly<Record<AnyComponent, number | null>>
  readonly regime: RankingColumns['regime'][number]
  /** USDT in 24 hours */
  readonly volume: number
  readonly filtered: Filtered | null
  /** by the policy's list of symbols; every one where there is no list */
  readonly isAllowed: boolean
}

/** `before`: ranks to compare with instead of those of the ranking before, e.g. while weights are tried. */
export function rankingRows(
  { columns }: Pick<Ranking, 'columns'>,
  allowed: readonly string[] | null,
  before: ReadonlyMap<string, number> | null = null,
): RankingRow[] {
  const list = allowed === null ? null : new Set(allowed)
  return columns.symbol.map((symbol, row) => {
    const rank = row + 1
    const was = before === null ? columns.rank_before[row] : before.get(symbol)
    return {
      symbol,
      rank,
      moved: was === null || was === undefined ? null : was - rank,
      score: columns.score[row] ?? 0,
      components: componentsAt(columns, row),
      regime: columns.regime[row] ?? null,
      volume: columns.quote_volume_24h[row] ?? 0,
      filtered: columns.filtered[row] ?? null,
      isAllowed: list === null || list.has(symbol),
    }
  })
}

const componentsAt = (columns: RankingColumns, row: number): RankingRow['components'] => ({
  trend_strength: valueOf(columns, 'trend_strength', row),
  volatility_quality: valueOf(columns, 'volatility_quality', row),
  liquidity: valueOf(columns, 'liquidity', row),
  regime_fit: valueOf(columns, 'regime_fit', row),
  symbol_win_rate: valueOf(columns, 'symbol_win_rate', row),
  spread: valueOf(columns, 'spread', row),
  low_noise: valueOf(columns, 'low_noise', row),
  cost_to_hold: valueOf(columns, 'cost_to_hold', row),
})

export const ranksOf = ({ columns }: Pick<Ranking, 'columns'>): ReadonlyMap<string, number> =>
  new Map(columns.symbol.map((symbol, row) => [symbol, row + 1]))

export interface Cut {
  /** the lowest symbol of those that may be traded */
  readonly under: string
  readonly count: number
  /** lowest score among them */
  readonly from: number
  /** rows above the line that may not be traded */
  readonly gaps: number
}

/** Where “allowed” ends among all rows, best first; null: no list restricts, or nothing of it is ranked. */
export function cutOf(rows: readonly RankingRow[], allowed: readonly string[] | null): Cut | null {
  if (allowed === null) return null
  const last = rows.findLastIndex(({ isAllowed }) => isAllowed)
  const row = rows[last]
  if (row === undefined) return null
  const count = rows.filter(({ isAllowed }) => isAllowed).length
  return { under: row.symbol, count, from: row.score, gaps: last + 1 - count }
}

/** Left out although it stands among those that may be traded: by a filter, or because the list does not name it. */
export const isHatched = ({ filtered, isAllowed, score }: RankingRow, cut: Cut | null): boolean =>
  filtered !== null || (!isAllowed && cut !== null && score >= cut.from)

/** `who`: `MSC in policy 214` */
export function cutText({ count, from, gaps }: Cut, who: string): string {
  const symbols = `${count} ${count === 1 ? 'symbol' : 'symbols'}`
  const above = gaps === 0 ? '' : ` ${gaps} hatched above ${gaps === 1 ? 'is' : 'are'} not on the list.`
  return `Allowed from ${formatNumber(from, { decimals: 2 })} up: ${symbols}, set by ${who}. Below this line nothing new opens.${above}`
}

const millions = (value: number): string => `${formatNumber(value / 1e6, { decimals: 2 })}${THIN_SPACE}M`
const usdt = (value: number): string => `${formatNumber(value, { decimals: 0 })} USDT`
const two = (value: number): string => formatNumber(value, { decimals: 2 })

/** What each filter measures, how its bound is worded, how a figure of it is written. */
const FILTERS: Readonly<Record<string, readonly [name: string, bound: string, text: (value: number) => string]>> = {
  quote_volume: ['volume', 'needs', millions],
  minimum_order: ['smallest order', 'this account’s largest is', usdt],
  score: ['score', 'needs', two],
}

/** `volume 0.42 M, needs 1.00 M` */
export function filteredText({ filter, actual, limit }: Filtered): string {
  const [name, bound, write] = FILTERS[filter] ?? [filter.replaceAll('_', ' '), 'bound', formatNumber]
  const text = (value: number | string | null): string =>
    value === null ? 'not known' : typeof value === 'number' ? write(value) : value
  return `${name} ${text(actual)}, ${bound} ${text(limit)}`
}

export interface Contribution {
  readonly component: AnyComponent
  readonly value: number
  readonly weight: number
  readonly product: number
}

/** Why the score: each component times its weight. */
export function contributionsOf(
  row: RankingRow,
  weights: Readonly<Record<string, number>>,
  components: readonly AnyComponent[],
): Contribution[] {
  return components.map((component) => {
    const [value, weight] = [row.components[component] ?? 0, weights[component] ?? 0]
    return { component, value, weight, product: value * weight }
  })
}
