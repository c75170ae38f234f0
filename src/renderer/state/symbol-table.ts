/** Figures of many symbols in columns, as the live state tells them: each symbol keeps its row. */
import type { PackedTable } from '../../contract/live.ts'
import { unpackTable } from '../../contract/unpack-table.ts'

export class SymbolTable {
  readonly symbols: string[] = []
  /** counts the tables taken */
  version = 0
  #columns: Float64Array<ArrayBuffer>[]
  /** the version in which each row changed last */
  #changedIn = new Float64Array(0)
  readonly #rows = new Map<string, number>()

  constructor(columns: number) {
    this.#columns = Array.from({ length: columns }, () => new Float64Array(0))
  }

  take(table: PackedTable): void {
    for (const symbol of table.symbols_added) this.#rows.set(symbol, this.symbols.push(symbol) - 1)
    const count = this.symbols.length
    this.#makeRoom(count)
    const { rows, columns } = unpackTable(table, count, this.#columns.length)
    this.version++
    put(this.#changedIn, rows, this.version, count)
    columns.forEach((told, index) => {
      if (told !== null) put(this.#columns[index] as Float64Array, rows, told, count)
    })
  }

  rowOf(symbol: string): number | undefined {
    return this.#rows.get(symbol)
  }

  /** NaN: there is none */
  figure(column: number, row: number): number {
    return this.#columns[column]?.[row] ?? Number.NaN
  }

  /** The version in which something of this row was told last; 0: never. */
  changedIn(row: number): number {
    return this.#changedIn[row] ?? 0
  }

  #makeRoom(count: number): void {
    if (count <= this.#changedIn.length) return
    const roomier = (column: Float64Array<ArrayBuffer>, empty: number): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(2 * count).fill(empty)
      grown.set(column)
      return grown
    }
    this.#changedIn = roomier(this.#changedIn, 0)
    this.#columns = this.#columns.map((column) => roomier(column, Number.NaN))
  }
}

/** `rows` null: the first `count`. */
function put(
  column: Float64Array,
  rows: Float64Array | null,
  told: number | Float64Array | Float32Array,
  count: number,
): void {
  if (rows === null) {
    if (typeof told === 'number') column.fill(told, 0, count)
    else column.set(told)
    return
  }
  for (let at = 0; at < rows.length; at++) {
    column[rows[at] as number] = typeof told === 'number' ? told : (told[at] as number)
  }
}
