/** The last ranking in the columns of the live topic `rankings`: of each row only what changed is told. */
import { RANKING_COLUMNS } from '../contract/live.ts'
import { COMPONENTS } from '../contract/opportunities.ts'
import { RANKER_COMPONENTS } from '../core/ranker/component.ts'
import { snakeName } from './answers/wire-values.ts'
import type { RankedSymbol, Ranking } from './ranking.ts'
import type { SymbolTable } from './station-values.ts'
import { rankingFigures } from './symbol-figures.ts'

type Column = (typeof RANKING_COLUMNS)[number]

/** Which of the ranker's components a column shows; −1: none. */
const COMPONENT_OF = RANKING_COLUMNS.map((column) =>
  (COMPONENTS as readonly string[]).includes(column)
    ? RANKER_COMPONENTS.findIndex((component) => snakeName(component) === column)
    : -1,
)

export class RankingTable {
  readonly #figures = rankingFigures()
  readonly #last: () => Ranking | null
  #shown: Ranking | null = null

  /** `last`: the last ranking, null before there is one */
  constructor(last: () => Ranking | null) {
    this.#last = last
  }

  /** Of the last ranking; brought up to it when somebody looks. */
  get table(): SymbolTable {
    const ranking = this.#last()
    if (ranking !== null && ranking !== this.#shown) this.#show(ranking)
    return this.#figures
  }

  #show(ranking: Ranking): void {
    const left = new Set(this.#shown?.rows.map(({ symbol }) => symbol))
    for (const [index, row] of ranking.rows.entries()) {
      this.#put(row, ranking.at, index + 1)
      left.delete(row.symbol)
    }
    for (const symbol of left) this.#clear(symbol)
    this.#shown = ranking
  }

  #put(row: RankedSymbol, at: number, rank: number): void {
    const place = this.#figures.rowOf(row.symbol)
    for (const [column, name] of RANKING_COLUMNS.entries()) {
      const component = COMPONENT_OF[column] ?? -1
      const figure = component >= 0 ? row.components[component] : figureOf(row, name, at, rank)
      this.#figures.put(place, column, figure ?? Number.NaN)
    }
  }

  #clear(symbol: string): void {
    const place = this.#figures.rowOf(symbol)
    for (const column of RANKING_COLUMNS.keys()) this.#figures.put(place, column, Number.NaN)
  }
}

function figureOf(row: RankedSymbol, column: Column, at: number, rank: number): number | null {
  if (column === 'at_ms') return at
  if (column === 'rank') return rank
  if (column === 'rank_before') return row.rankBefore
  return column === 'score' ? row.score : row.quoteVolume24h
}
