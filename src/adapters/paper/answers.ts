/** What the exchange answers when it is asked: one order, or everything. */
import type { ClientOrderId } from '../../core/model/ids.ts'
import type { VenuePosition, VenueReport } from '../../core/ports/venue.ts'
import { readClosed, readFill, readIncome } from './documents.ts'
import { thresholdOf } from './liquidation.ts'
import { venueOrder } from './open-order.ts'
import type { PaperBooks } from './paper-books.ts'

/** An open order, else the last one of this id that has ended; null: never accepted. */
export function answerStatus(books: PaperBooks, clientOrderId: ClientOrderId): VenueReport {
  const open = books.orders.get(clientOrderId)
  const closed = open === undefined ? books.shelf.find('closed', clientOrderId) : null
  const order = open === undefined ? (closed === null ? null : readClosed(closed)) : venueOrder(open, null)
  return { kind: 'status', clientOrderId, order, at: books.now() }
}

/** Balances, positions and working orders now; fills and income later than `since`. */
export function snapshot(books: PaperBooks, since: number): VenueReport {
  const at = books.now()
  const active = books.activeBooks()
  return {
    kind: 'snapshot',
    at,
    snapshot: {
      at,
      balance: books.wallet,
      availableBalance: books.available(),
      positions: active.flatMap((book) => positionOf(books, book)),
      openOrders: active.flatMap((book) => book.orders.map((order) => venueOrder(order, null))),
      fills: books.fills.since(since) ?? books.shelf.since('fill', since).map(readFill),
      income: books.income.since(since) ?? books.shelf.since('income', since).map(readIncome),
    },
  }
}

function positionOf(books: PaperBooks, book: Parameters<typeof thresholdOf>[1]): VenuePosition[] {
  const { holding } = book
  if (holding === null) return []
  const { side, quantity, entryPrice, margin } = holding
  const shared = { symbol: book.symbol, side, quantity, entryPrice, leverage: book.leverage, isolatedMargin: margin }
  return [{ ...shared, markPrice: books.markOf(book), liquidationPrice: thresholdOf(books, book) }]
}
