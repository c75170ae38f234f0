/** What one watcher was told of a table of many symbols, and the rows and columns that have changed since. */
import type { PackedTable } from '../contract/live.ts'
import { ALL_ROWS, NOTHING_NEW, ONE_FOR_ALL, ONE_FOR_EACH } from '../contract/unpack-table.ts'
import type { SymbolTable } from './facade.ts'

export class LiveTable {
  #told: Float64Array[] = []
  #symbols = 0
  #rows = new Uint32Array(0)
  #isRowChanged = new Uint8Array(0)
  /** filled anew for each message, then copied at its length */
  #figures = new Float64Array(0)

  /** null: nothing changed */
  changes({ symbols, columns }: SymbolTable): PackedTable | null {
    const count = symbols.length
    const added = symbols.slice(this.#symbols)
    this.#symbols = count
    if (count > this.#rows.length) this.#grow(count, columns.length)
    const changed = columns.map((column, index) => this.#mark(column, index, count))
    const rows = this.#changedRows(count)
    if (rows === 0 && added.length === 0) return null
    return { symbols_added: added, packed: this.#pack(columns, changed, rows, count) }
  }

  #grow(count: number, columns: number): void {
    const room = 2 * count
    this.#rows = new Uint32Array(room)
    this.#isRowChanged = new Uint8Array(room)
    this.#figures = new Float64Array(1 + room + columns * (1 + room))
    this.#told = Array.from({ length: columns }, (_, index) => {
      const grown = new Float64Array(room).fill(Number.NaN)
      grown.set(this.#told[index] ?? [])
      return grown
    })
  }

  /** Marks the rows in which this column is another; true when there are any. */
  #mark(column: Float64Array, index: number, count: number): boolean {
    const told = this.#told[index] as Float64Array
    const isRowChanged = this.#isRowChanged
    let isChanged = false
    for (let row = 0; row < count; row++) {
      const now = column[row] as number
      const before = told[row] as number
      // NaN equals nothing, itself included
      if (now === before || (now !== now && before !== before)) continue
      told[row] = now
      isRowChanged[row] = 1
      isChanged = true
    }
    return isChanged
  }

  #changedRows(count: number): number {
    let rows = 0
    for (let row = 0; row < count; row++) {
      if (this.#isRowChanged[row] === 0) continue
      this.#rows[rows++] = row
      this.#isRowChanged[row] = 0
    }
    return rows
  }

  #pack(
    columns: readonly Float64Array[],
    changed: readonly boolean[],
    rows: number,
    count: number,
  ): Float64Array<ArrayBuffer> {
    const figures = this.#figures
    const isAll = rows === count
    figures[0] = isAll ? ALL_ROWS : rows
    let at = 1
    if (!isAll) for (let index = 0; index < rows; index++) figures[at++] = this.#rows[index] as number
    columns.forEach((column, index) => {
      if (changed[index] === true) at = this.#packColumn(column, rows, at)
      else figures[at++] = NOTHING_NEW
    })
    return figures.slice(0, at)
  }

  /** Where the next column begins. */
  #packColumn(column: Float64Array, rows: number, from: number): number {
    const figures = this.#figures
    const first = column[this.#rows[0] as number] as number
    let isOne = true
    let at = from + 1
    for (let index = 0; index < rows; index++) {
      const value = column[this.#rows[index] as number] as number
      figures[at++] = value
      if (value !== first && (value === value || first === first)) isOne = false
    }
    figures[from] = isOne ? ONE_FOR_ALL : ONE_FOR_EACH
    return isOne ? from + 2 : at
  }
}
