/** Figures of many symbols in columns, each with the number of its last change: what is new since then is found quickly. */
import { QUOTE_COLUMNS, RANKING_COLUMNS } from '../contract/live.ts'
import type { SymbolTable } from './station-values.ts'

/** `single` keeps seven digits, enough for scores; prices need the other. */
type Precision = 'double' | 'single'
const ARRAYS = { double: Float64Array, single: Float32Array } as const

export class SymbolFigures implements SymbolTable {
  readonly symbols: string[] = []
  columns: SymbolTable['columns']
  rowChanges = new Float64Array(0)
  readonly columnChanges: Float64Array
  changes = 0
  readonly #rows = new Map<string, number>()
  readonly #precisions: readonly Precision[]

  constructor(precisions: readonly Precision[]) {
    this.#precisions = precisions
    this.columns = precisions.map((precision) => new ARRAYS[precision](0))
    this.columnChanges = new Float64Array(precisions.length)
  }

  /** The row of a symbol, for good; a new one is empty. */
  rowOf(symbol: string): number {
    const known = this.#rows.get(symbol)
    if (known !== undefined) return known
    const row = this.symbols.push(symbol) - 1
    this.#rows.set(symbol, row)
    if (row >= this.rowChanges.length) this.#makeRoom(2 * (row + 1))
    return row
  }

  /** NaN: there is none. */
  put(row: number, column: number, figure: number): void {
    const figures = this.columns[column] as Float64Array
    const before = figures[row] as number
    figures[row] = figure
    const now = figures[row]
    // NaN equals nothing, itself included
    if (now === before || (now !== now && before !== before)) return
    this.changes++
    this.rowChanges[row] = this.changes
    this.columnChanges[column] = this.changes
  }

  #makeRoom(room: number): void {
    const changes = new Float64Array(room)
    changes.set(this.rowChanges)
    this.rowChanges = changes
    this.columns = this.columns.map((column, index) => {
      const roomier = new ARRAYS[this.#precisions[index] ?? 'double'](room).fill(Number.NaN)
      roomier.set(column)
      return roomier
    })
  }
}

export const quoteFigures = (): SymbolFigures => new SymbolFigures(QUOTE_COLUMNS.map(() => 'double'))
export const rankingFigures = (): SymbolFigures =>
  new SymbolFigures(RANKING_COLUMNS.map((column) => (column === 'at_ms' ? 'double' : 'single')))
