/** The worst margin ratio of the open positions, at the marks of this instant and with the margins the venue last showed. */
import { marginRatio } from '../core/governor/margin-ratio.ts'
import type { Position } from '../core/model/position.ts'
import type { VenueSnapshot } from '../core/ports/venue.ts'
import type { Books } from './books.ts'
import type { MarketBoard } from './market-board.ts'

/** What the venue kept for a position of that size. */
interface Kept {
  readonly quantity: string
  readonly margin: number
}

export interface WorstMargin {
  readonly symbol: string
  readonly ratio: number
}

export class MarginWatch {
  readonly #books: Pick<Books, 'positions'>
  readonly #market: Pick<MarketBoard, 'desk' | 'markOf'>
  #kept: ReadonlyMap<string, Kept> = new Map()

  constructor(books: Pick<Books, 'positions'>, market: Pick<MarketBoard, 'desk' | 'markOf'>) {
    this.#books = books
    this.#market = market
  }

  onSnapshot({ positions }: VenueSnapshot): void {
    this.#kept = new Map(
      positions.map(({ symbol, quantity, isolatedMargin }) => [
        symbol,
        { quantity: quantity.toFixed(), margin: isolatedMargin.toNumber() },
      ]),
    )
  }

  /** Null: nothing is held. */
  worst(): WorstMargin | null {
    let worst: WorstMargin | null = null
    for (const position of this.#books.positions.values()) {
      const ratio = this.#ratioOf(position)
      if (worst === null || ratio > worst.ratio) worst = { symbol: position.symbol, ratio }
    }
    return worst
  }

  #ratioOf({ symbol, side, quantity, entryPrice, leverage }: Position): number {
    const [size, entry] = [quantity.toNumber(), entryPrice.toNumber()]
    const kept = this.#kept.get(symbol)
    const isSame = kept !== undefined && kept.margin > 0 && kept.quantity === quantity.toFixed()
    return marginRatio({
      side,
      quantity: size,
      entry,
      mark: this.#market.markOf(symbol) ?? entry,
      // what isolated margin begins with, until the venue shows what it has become
      margin: isSame ? kept.margin : (entry * size) / leverage,
      brackets: this.#market.desk(symbol)?.instrument.brackets ?? [],
    })
  }
}
