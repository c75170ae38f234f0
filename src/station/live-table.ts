/** What one watcher was told of a table of many symbols: packs the rows and columns that have changed since. */
import type { PackedTable } from '../contract/live.ts'
import { ALL_ROWS, NOTHING_NEW, ONE_FOR_ALL, ONE_FOR_EACH, SINGLE_FOR_EACH } from '../contract/unpack-table.ts'
import type { SymbolTable } from './station-values.ts'

type Figures = Float64Array<ArrayBuffer>
type Column = SymbolTable['columns'][number]

export class LiveTable {
  #symbols = 0
  /** number of the last change told */
  #told = 0
  #rows = new Uint32Array(0)

  /** null: nothing changed */
  changes(table: SymbolTable): PackedTable | null {
    const count = table.symbols.length
    if (table.changes === this.#told && count === this.#symbols) return null
    if (count > this.#rows.length) this.#rows = new Uint32Array(2 * count)
    const added = count === this.#symbols ? [] : table.symbols.slice(this.#symbols)
    const packed = this.#pack(table, count)
    this.#symbols = count
    this.#told = table.changes
    return { symbols_added: added, packed }
  }

  #pack({ columns, rowChanges, columnChanges }: SymbolTable, count: number): Figures {
    const rows = this.#changedRows(rowChanges, count)
    const news = columnChanges.reduce((sum, change) => (change > this.#told ? sum + 1 : sum), 0)
    // naming the rows costs as much as one more column
    const isAll = rows * (news + 1) >= count * news && count > 0
    const told = isAll ? count : rows
    const named = isAll ? null : this.#rows
    const forms = columns.map((column, index) =>
      (columnChanges[index] as number) > this.#told ? formOf(column, named, told) : NOTHING_NEW,
    )
    const names = isAll ? 0 : rows
    const figures = new Float64Array(forms.reduce((sum, form) => sum + 1 + placesOf(form, told), 1 + names))
    figures[0] = isAll ? ALL_ROWS : rows
    for (let row = 0; row < names; row++) figures[1 + row] = this.#rows[row] as number
    let at = 1 + names
    forms.forEach((form, index) => {
      figures[at] = form
      if (form !== NOTHING_NEW) put(placeIn(figures, at + 1, form, told), columns[index] as Column, named)
      at += 1 + placesOf(form, told)
    })
    return figures
  }

  #changedRows(rowChanges: Float64Array, count: number): number {
    const told = this.#told
    const named = this.#rows
    let rows = 0
    for (let row = 0; row < count; row++) if ((rowChanges[row] as number) > told) named[rows++] = row
    return rows
  }
}

/** `rows` null: the first `count`. */
function formOf(column: Column, rows: Uint32Array | null, count: number): number {
  const at = (index: number): number => column[rows === null ? index : (rows[index] as number)] as number
  const first = at(0)
  for (let index = 1; index < count; index++) {
    const figure = at(index)
    // NaN equals nothing, itself included
    if (figure !== first && !(Number.isNaN(figure) && Number.isNaN(first)))
      return column instanceof Float32Array ? SINGLE_FOR_EACH : ONE_FOR_EACH
  }
  return ONE_FOR_ALL
}

/** How many float64 the figures of a column take: two of single precision take the place of one. */
function placesOf(form: number, count: number): number {
  if (form === ONE_FOR_EACH) return count
  if (form === SINGLE_FOR_EACH) return Math.ceil(count / 2)
  return form === ONE_FOR_ALL ? 1 : 0
}

function placeIn(figures: Figures, from: number, form: number, count: number): Column {
  if (form !== SINGLE_FOR_EACH) return figures.subarray(from, from + placesOf(form, count))
  return new Float32Array(figures.buffer, from * figures.BYTES_PER_ELEMENT, count)
}

function put(place: Column, column: Column, rows: Uint32Array | null): void {
  if (rows === null) place.set(column.subarray(0, place.length))
  else for (let index = 0; index < place.length; index++) place[index] = column[rows[index] as number] as number
}
