/** The latest price of every symbol, kept in columns; whoever shows one symbol is told when that one changed. */
import type { PackedQuotes } from '../../contract/live.ts'
import { unpackQuotes } from '../../contract/unpack-quotes.ts'

export interface Quote {
  readonly symbol: string
  /** epoch ms of the station's clock */
  readonly at: number
  readonly last: number
  /** NaN: not known */
  readonly bid: number
  readonly ask: number
  readonly mark: number
}

type Listener = () => void

export class QuoteBoard {
  symbols: readonly string[] = []
  /** counts up with each batch: something on the board is new */
  version = 0
  #at: number[] = []
  #last: number[] = []
  #bid: number[] = []
  #ask: number[] = []
  #mark: number[] = []
  #indexOf = new Map<string, number>()
  #shown = new Map<string, Quote>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #boardListeners = new Set<Listener>()

  /** Prices of a new snapshot: what was known before is forgotten. */
  restart(quotes: PackedQuotes | undefined): void {
    this.symbols = []
    this.#indexOf = new Map()
    this.#shown = new Map()
    if (quotes) this.take(quotes)
    for (const listeners of this.#listeners.values()) for (const tell of listeners) tell()
  }

  take({ symbols_added, rows }: PackedQuotes): void {
    if (symbols_added.length > 0) {
      symbols_added.forEach((symbol, offset) => this.#indexOf.set(symbol, this.symbols.length + offset))
      this.symbols = [...this.symbols, ...symbols_added]
    }
    const { index, at_ms, last, bid, ask, mark } = unpackQuotes(rows)
    for (let row = 0; row < index.length; row++) {
      const slot = index[row] ?? 0
      this.#at[slot] = at_ms[row] ?? Number.NaN
      this.#last[slot] = last[row] ?? Number.NaN
      this.#bid[slot] = bid[row] ?? Number.NaN
      this.#ask[slot] = ask[row] ?? Number.NaN
      this.#mark[slot] = mark[row] ?? Number.NaN
      const symbol = this.symbols[slot] ?? ''
      this.#shown.delete(symbol)
      const listeners = this.#listeners.get(symbol)
      if (listeners) for (const tell of listeners) tell()
    }
    this.version++
    for (const tell of this.#boardListeners) tell()
  }

  /** The same object until its symbol ticks again; null: no price yet. */
  of(symbol: string): Quote | null {
    const shown = this.#shown.get(symbol)
    if (shown) return shown
    const slot = this.#indexOf.get(symbol)
    const last = slot === undefined ? undefined : this.#last[slot]
    if (slot === undefined || last === undefined) return null
    const figure = (column: readonly number[]): number => column[slot] ?? Number.NaN
    const quote = {
      symbol,
      at: figure(this.#at),
      last,
      bid: figure(this.#bid),
      ask: figure(this.#ask),
      mark: figure(this.#mark),
    }
    this.#shown.set(symbol, quote)
    return quote
  }

  /** The last price, NaN when there is none; builds nothing. */
  lastOf(symbol: string): number {
    const slot = this.#indexOf.get(symbol)
    return slot === undefined ? Number.NaN : (this.#last[slot] ?? Number.NaN)
  }

  onQuote(symbol: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(symbol) ?? new Set()
    this.#listeners.set(symbol, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  /** Told after each batch. */
  onBoard(listener: Listener): () => void {
    this.#boardListeners.add(listener)
    return () => this.#boardListeners.delete(listener)
  }
}
