/** The prices of all symbols as columns (`QUOTE_COLUMNS`), in arrays that are filled anew each time they are asked for. */
import type { SymbolTable } from './facade.ts'
import type { SymbolDesk } from './symbol-desk.ts'

const COLUMNS = 5

export class PriceTable {
  readonly #symbols: string[] = []
  #columns: Float64Array[] = []

  /** Desks come in the order in which they were made. */
  of(desks: Iterable<SymbolDesk>, count: number): SymbolTable {
    if (count > (this.#columns[0]?.length ?? 0)) {
      this.#columns = Array.from({ length: COLUMNS }, () => new Float64Array(2 * count))
    }
    const [at, last, bid, ask, mark] = this.#columns as [Column, Column, Column, Column, Column]
    let row = 0
    for (const desk of desks) {
      if (row === this.#symbols.length) this.#symbols.push(desk.symbol)
      const { ticker } = desk
      const isPriced = !Number.isNaN(desk.last)
      at[row] = isPriced ? desk.lastAt : Number.NaN
      last[row] = desk.last
      bid[row] = ticker?.bid ?? Number.NaN
      ask[row] = ticker?.ask ?? Number.NaN
      mark[row] = desk.mark
      row++
    }
    return { symbols: this.#symbols, columns: this.#columns }
  }
}

type Column = Float64Array
