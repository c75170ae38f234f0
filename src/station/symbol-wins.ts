/** How often own trades on a symbol won, over the last of them (SPEC §7). */
import type { Trade } from '../core/model/position.ts'
import type { Records } from '../core/ports/records.ts'
import { FOREIGN } from './books.ts'

interface Outcomes {
  /** oldest first */
  readonly wins: boolean[]
  won: number
}

export class SymbolWins {
  readonly #most: number
  readonly #bySymbol = new Map<string, Outcomes>()

  /** `most`: trades of a symbol that count */
  constructor(most: number) {
    this.#most = most
  }

  /** At a start: what the journal knows of each symbol. */
  load(symbols: Iterable<string>, records: Pick<Records, 'trades'>): void {
    for (const symbol of symbols) {
      const { items } = records.trades({ symbol, limit: this.#most })
      for (const trade of items.toReversed()) this.remember(trade)
    }
  }

  /** A closed trade, in order of time; a position that no order of ours opened is not our trade. Break-even is no win. */
  remember({ symbol, strategyId, profit }: Pick<Trade, 'symbol' | 'strategyId' | 'profit'>): void {
    if (strategyId === FOREIGN) return
    const outcomes = this.#bySymbol.get(symbol) ?? { wins: [], won: 0 }
    this.#bySymbol.set(symbol, outcomes)
    const isWin = profit.greaterThan(0)
    outcomes.wins.push(isWin)
    if (isWin) outcomes.won += 1
    if (outcomes.wins.length > this.#most && outcomes.wins.shift() === true) outcomes.won -= 1
  }

  /** Wins ÷ trades; null with no trade. */
  rateOf(symbol: string): number | null {
    const outcomes = this.#bySymbol.get(symbol)
    return outcomes === undefined ? null : outcomes.won / outcomes.wins.length
  }
}
