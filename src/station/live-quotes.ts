/** Prices of many symbols as packed columns: symbols are named once, then pointed to by their index. */
import type { PackedQuotes } from '../contract/live.ts'
import { QUOTE_COLUMNS } from '../contract/live.ts'
import type { Quote } from './facade.ts'

const BYTES = Float64Array.BYTES_PER_ELEMENT

export class LiveQuotes {
  readonly #indexes = new Map<string, number>()
  /** filled anew for each message: allocating it costs more than all the rest */
  #columns = new Float64Array(0)

  packedAll(quotes: readonly Quote[]): PackedQuotes {
    return this.#pack(quotes)
  }

  /** null when none of the named symbols has a price */
  packed(quotes: readonly Quote[], symbols: ReadonlySet<string>): PackedQuotes | null {
    if (symbols.size === 0) return null
    const changed = quotes.filter((quote) => symbols.has(quote.ticker.symbol))
    return changed.length === 0 ? null : this.#pack(changed)
  }

  #pack(quotes: readonly Quote[]): PackedQuotes {
    const added: string[] = []
    const count = quotes.length
    const length = count * QUOTE_COLUMNS.length
    if (this.#columns.length < length) this.#columns = new Float64Array(length)
    const columns = this.#columns
    quotes.forEach(({ ticker, mark }, row) => {
      columns[row] = this.#indexOf(ticker.symbol, added)
      columns[count + row] = ticker.at
      columns[2 * count + row] = ticker.last
      columns[3 * count + row] = ticker.bid ?? Number.NaN
      columns[4 * count + row] = ticker.ask ?? Number.NaN
      columns[5 * count + row] = mark?.mark ?? Number.NaN
    })
    return { symbols_added: added, rows: Buffer.from(columns.buffer, 0, length * BYTES).toString('base64') }
  }

  #indexOf(symbol: string, added: string[]): number {
    const known = this.#indexes.get(symbol)
    if (known !== undefined) return known
    const index = this.#indexes.size
    this.#indexes.set(symbol, index)
    added.push(symbol)
    return index
  }
}
