/** Depth updates of one symbol: what changed in the book since the last one, in an unbroken chain. */
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { priceText, quantityText } from '../market/symbol-rules.ts'

type Side = ReadonlyMap<string, string>

export class DepthDifferences {
  private readonly market: Market
  private bids: Side
  private asks: Side
  private lastId: number

  constructor(market: Market) {
    this.market = market
    this.bids = levelsOf(market, 'SELL')
    this.asks = levelsOf(market, 'BUY')
    this.lastId = market.book.updateId
  }

  /** null: nothing changed */
  next(exchange: Exchange): Readonly<Record<string, unknown>> | null {
    const { market } = this
    const u = market.book.updateId
    if (u === this.lastId) return null
    const bids = levelsOf(market, 'SELL')
    const asks = levelsOf(market, 'BUY')
    const isBroken = exchange.faults.strikes('depth-break', market.symbol) !== null
    const ids = { U: this.lastId + 1, u, pu: isBroken ? this.lastId - 1 : this.lastId }
    const changed = { b: difference(this.bids, bids), a: difference(this.asks, asks) }
    this.bids = bids
    this.asks = asks
    this.lastId = u
    const now = exchange.clock.shown()
    return { e: 'depthUpdate', E: now, T: now, s: market.symbol, ...ids, ...changed }
  }
}

function levelsOf({ rules, book }: Market, side: 'BUY' | 'SELL'): Side {
  return new Map(
    book.levels(rules, side).map(({ price, quantity }) => [priceText(rules, price), quantityText(rules, quantity)]),
  )
}

/** Absolute quantities; "0" deletes. */
function difference(before: Side, after: Side): [string, string][] {
  const rows: [string, string][] = []
  for (const price of before.keys()) if (!after.has(price)) rows.push([price, '0'])
  for (const [price, quantity] of after) if (before.get(price) !== quantity) rows.push([price, quantity])
  return rows
}
