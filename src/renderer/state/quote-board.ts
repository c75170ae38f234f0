/** The latest price of every symbol, kept in columns; whoever shows one symbol is told when that one changed. */
import { QUOTE_COLUMNS, type PackedTable } from '../../contract/live.ts'
import { SymbolTable } from './symbol-table.ts'

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

const AT = QUOTE_COLUMNS.indexOf('at_ms')
const LAST = QUOTE_COLUMNS.indexOf('last')
const BID = QUOTE_COLUMNS.indexOf('bid')
const ASK = QUOTE_COLUMNS.indexOf('ask')
const MARK = QUOTE_COLUMNS.indexOf('mark')

export class QuoteBoard {
  #table = new SymbolTable(QUOTE_COLUMNS.length)
  readonly #shown = new Map<string, { readonly version: number; readonly quote: Quote }>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #boardListeners = new Set<Listener>()

  get symbols(): readonly string[] {
    return this.#table.symbols
  }

  /** Prices of a new snapshot: what was known before is forgotten. */
  restart(quotes: PackedTable | undefined): void {
    this.#table = new SymbolTable(QUOTE_COLUMNS.length)
    this.#shown.clear()
    if (quotes) this.#table.take(quotes)
    for (const listeners of this.#listeners.values()) for (const tell of listeners) tell()
    for (const tell of this.#boardListeners) tell()
  }

  take(quotes: PackedTable): void {
    const table = this.#table
    table.take(quotes)
    for (const [symbol, listeners] of this.#listeners) {
      const row = table.rowOf(symbol)
      if (row !== undefined && table.changedIn(row) === table.version) for (const tell of listeners) tell()
    }
    for (const tell of this.#boardListeners) tell()
  }

  /** The same object until its symbol ticks again; null: no price yet. */
  of(symbol: string): Quote | null {
    const row = this.#table.rowOf(symbol)
    if (row === undefined || Number.isNaN(this.#table.figure(LAST, row))) return null
    const version = this.#table.changedIn(row)
    const shown = this.#shown.get(symbol)
    if (shown?.version === version) return shown.quote
    const figure = (column: number): number => this.#table.figure(column, row)
    const quote = { symbol, at: figure(AT), last: figure(LAST), bid: figure(BID), ask: figure(ASK), mark: figure(MARK) }
    this.#shown.set(symbol, { version, quote })
    return quote
  }

  /** The last price, NaN when there is none; builds nothing. */
  lastOf(symbol: string): number {
    const row = this.#table.rowOf(symbol)
    return row === undefined ? Number.NaN : this.#table.figure(LAST, row)
  }

  onQuote(symbol: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(symbol) ?? new Set()
    this.#listeners.set(symbol, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(symbol) === listeners) this.#listeners.delete(symbol)
    }
  }

  /** Told after each batch. */
  onBoard(listener: Listener): () => void {
    this.#boardListeners.add(listener)
    return () => this.#boardListeners.delete(listener)
  }
}
