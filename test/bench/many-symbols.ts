/** A station of many symbols whose prices all move, and whose ranking is made anew, when a bench says so. */
import { RANKING_COLUMNS } from '../../src/contract/live.ts'
import type { SymbolTable } from '../../src/station/station-values.ts'
import { SymbolDesk } from '../../src/station/symbol-desk.ts'
import { quoteFigures, rankingFigures } from '../../src/station/symbol-figures.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { BTC, NOON } from '../fixtures/guard.ts'

const TICK_MS = 100
const FIRST_COMPONENT = RANKING_COLUMNS.indexOf('score') + 1
const AFTER_COMPONENTS = RANKING_COLUMNS.length - 1

/** What a message tells of, and what changes before it beside all prices. */
export interface Told {
  readonly name: string
  readonly topic: 'quotes' | 'rankings' | 'decisions'
  readonly ranked: 'all' | 'some' | 'none'
}

export const NOTHING: Told = { name: 'nothing', topic: 'decisions', ranked: 'none' }
export const TELLING: readonly Told[] = [
  { name: '500 prices', topic: 'quotes', ranked: 'none' },
  { name: 'ranking, all 500 rows anew', topic: 'rankings', ranked: 'all' },
  { name: 'ranking, 50 rows, 2 columns', topic: 'rankings', ranked: 'some' },
]

export class ManySymbols extends FakeStation {
  readonly #desks: readonly SymbolDesk[]
  readonly #prices = quoteFigures()
  readonly #ranking = rankingFigures()
  #at = NOON

  constructor(count: number) {
    super()
    const deskOf = (symbol: string): SymbolDesk =>
      new SymbolDesk({
        instrument: { ...BTC, symbol },
        baseInterval: '1m',
        higherIntervals: [],
        keptBars: 1,
        onBar: () => undefined,
        prices: this.#prices,
      })
    const symbols = Array.from({ length: count }, (_, index) => `COIN${index}USDT`)
    this.#desks = symbols.map(deskOf)
    for (const symbol of symbols) this.#ranking.rowOf(symbol)
  }

  /** Every symbol gets another last, bid and ask; the mark is the last. */
  moveAll(): void {
    this.#at += TICK_MS
    this.#desks.forEach((desk, index) => {
      const last = 100 + index / 8 + ((this.#at / TICK_MS) % 50) / 16
      const quantity = { bidQuantity: null, askQuantity: null }
      desk.onTicker({ symbol: desk.symbol, at: this.#at, last, bid: last - 0.0625, ask: last + 0.0625, ...quantity })
    })
  }

  /** Each symbol has other components, score and place. */
  rankAll(): void {
    this.#at += TICK_MS
    RANKING_COLUMNS.forEach((_, index) => {
      const isPart = index >= FIRST_COMPONENT && index < AFTER_COMPONENTS
      for (let row = 0; row < this.#ranking.symbols.length; row++) {
        const figure = index === 0 ? this.#at : isPart ? ((this.#at + row * index) % 997) / 997 : row + (this.#at % 7)
        this.#ranking.put(row, index, figure)
      }
    })
  }

  /** A tenth of the symbols have one other component and score, as after one candle of a few. */
  rankSome(): void {
    this.#at += TICK_MS
    const [score, part] = [FIRST_COMPONENT - 1, FIRST_COMPONENT]
    for (let row = 0; row < this.#ranking.symbols.length; row += 10) {
      for (const column of [score, part]) this.#ranking.put(row, column, Math.sin(this.#at + row))
    }
  }

  change({ ranked }: Told): void {
    this.moveAll()
    if (ranked === 'all') this.rankAll()
    if (ranked === 'some') this.rankSome()
  }

  tell(told: Told): void {
    this.change(told)
    this.announce([{ topic: told.topic, key: '' }])
  }

  override priceTable(): SymbolTable {
    return this.#prices
  }

  override rankingTable(): SymbolTable {
    return this.#ranking
  }
}
