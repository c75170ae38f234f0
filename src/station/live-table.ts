/** What one watcher was told of a table of many symbols: packs the rows and columns that have changed since. */
import type { PackedTable } from '../contract/live.ts'
import { ALL_ROWS, NOTHING_NEW, ONE_FOR_ALL, ONE_FOR_EACH, SINGLE_FOR_EACH } from '../contract/unpack-table.ts'
import type { SymbolTable } from './facade.ts'

type Figures = Float64Array<ArrayBuffer>
type Column = SymbolTable['columns'][number]

export class LiveTable {
  #symbols = 0
  /** number of the last change told */
  #told = 0
  #rows = new Uint32Array(0)
  /** filled anew for each message, then copied at its length */
  #figures: Figures = new Float64Array(0)

  /** null: nothing changed */
  changes(table: SymbolTable): PackedTable | null {
    const count = table.symbols.length
    if (table.changes === this.#told && count === this.#symbols) return null
    const added = count === this.#symbols ? [] : table.symbols.slice(this.#symbols)
    this.#makeRoom(count, table.columns.length)
    const packed = this.#pack(table)
    this.#symbols = count
    this.#told = table.changes
    return { symbols_added: added, packed }
  }

  #makeRoom(count: number, columns: number): void {
    if (count <= this.#rows.length) return
    const room = 2 * count
    this.#rows = new Uint32Array(room)
    this.#figures = new Float64Array(1 + room + columns * (1 + room))
  }

  #pack(table: SymbolTable): Figures {
    const figures = this.#figures
    const told = this.#told
    const count = table.symbols.length
    const rows = this.#changedRows(table.rowChanges, count)
    const columns = table.columnChanges.reduce((sum, change) => (change > told ? sum + 1 : sum), 0)
    // naming the rows costs as much as one more column
    const isAll = rows * (columns + 1) >= count * columns && count > 0
    figures[0] = isAll ? ALL_ROWS : rows
    let at = 1
    if (!isAll) for (let index = 0; index < rows; index++) figures[at++] = this.#rows[index] as number
    for (let index = 0; index < table.columns.length; index++) {
      const column = table.columns[index] as Column
      const isNew = (table.columnChanges[index] as number) > told
      if (!isNew) figures[at++] = NOTHING_NEW
      else at = isAll ? this.#packAll(column, count, at) : this.#packRows(column, rows, at)
    }
    return figures.slice(0, at)
  }

  #changedRows(rowChanges: Float64Array, count: number): number {
    const told = this.#told
    const named = this.#rows
    let rows = 0
    for (let row = 0; row < count; row++) if ((rowChanges[row] as number) > told) named[rows++] = row
    return rows
  }

  /** Where the next column begins. */
  #packAll(column: Column, count: number, from: number): number {
    const first = column[0] as number
    let same = 1
    while (same < count && isSame(column[same] as number, first)) same++
    if (same === count) return this.#packOne(first, from)
    this.#placeFor(column, count, from).set(column.subarray(0, count))
    return this.#after(column, count, from)
  }

  #packRows(column: Column, rows: number, from: number): number {
    const place = this.#placeFor(column, rows, from)
    const first = column[this.#rows[0] as number] as number
    let isOne = true
    for (let index = 0; index < rows; index++) {
      const figure = column[this.#rows[index] as number] as number
      place[index] = figure
      isOne &&= isSame(figure, first)
    }
    return isOne ? this.#packOne(first, from) : this.#after(column, rows, from)
  }

  /** Where the figures of a column go, as they are kept: two of single precision take the place of one. */
  #placeFor(column: Column, count: number, from: number): Column {
    const figures = this.#figures
    figures[from] = column instanceof Float32Array ? SINGLE_FOR_EACH : ONE_FOR_EACH
    if (column instanceof Float64Array) return figures.subarray(from + 1, from + 1 + count)
    return new Float32Array(figures.buffer, (from + 1) * figures.BYTES_PER_ELEMENT, count)
  }

  #after(column: Column, count: number, from: number): number {
    return from + 1 + (column instanceof Float32Array ? Math.ceil(count / 2) : count)
  }

  #packOne(figure: number, from: number): number {
    this.#figures[from] = ONE_FOR_ALL
    this.#figures[from + 1] = figure
    return from + 2
  }
}

/** NaN equals nothing, itself included; here it is one value. */
const isSame = (figure: number, other: number): boolean =>
  figure === other || (Number.isNaN(figure) && Number.isNaN(other))
