/** The last public trades of one symbol, for aggTrades and the trade streams. */

export interface PublicTrade {
  readonly id: number
  readonly at: number
  readonly price: number
  readonly quantity: number
  /** the aggressor sold */
  readonly isBuyerMaker: boolean
}

const KEPT = 1000

export class TradeTape {
  private readonly trades: PublicTrade[] = []
  private nextId = 1

  print(at: number, price: number, quantity: number, isBuyerMaker: boolean): PublicTrade {
    const trade = { id: this.nextId++, at, price, quantity, isBuyerMaker }
    this.trades.push(trade)
    if (this.trades.length > 2 * KEPT) this.trades.splice(0, this.trades.length - KEPT)
    return trade
  }

  /** oldest first */
  recent(limit: number): readonly PublicTrade[] {
    return this.trades.slice(-limit)
  }

  get last(): PublicTrade | undefined {
    return this.trades.at(-1)
  }
}
