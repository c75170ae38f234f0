/** Start-up is recovery: the books as the shelf has them. */
import type { PaperShelf } from '../../core/ports/paper-shelf.ts'
import { readAccount, readOrder, readSymbol, type AccountDocument, type SymbolDocument } from './documents.ts'
import { openOrder, type OpenOrder } from './open-order.ts'
import type { SymbolBook } from './symbol-book.ts'

/** Fills the books of every stored symbol; null when the exchange is new. */
export function restore(
  shelf: PaperShelf,
  bookOf: (symbol: string) => SymbolBook,
): { readonly account: AccountDocument; readonly orders: readonly OpenOrder[] } | null {
  const [account] = shelf.load('account')
  if (account === undefined) return null
  for (const row of shelf.load('symbol')) restoreSymbol(bookOf(row.key), readSymbol(row))
  const orders = shelf.load('order').map((row) => {
    const { request, venueOrderId, acceptedAt, ...progress } = readOrder(row)
    return Object.assign(openOrder(request, venueOrderId, acceptedAt), progress)
  })
  orders.sort((one, other) => Number(one.venueOrderId) - Number(other.venueOrderId))
  for (const order of orders) {
    const book = bookOf(order.request.symbol)
    book.orders = [...book.orders, order]
  }
  return { account: readAccount(account), orders }
}

function restoreSymbol(book: SymbolBook, stored: SymbolDocument): void {
  const { volumeLeft, ...rest } = stored
  Object.assign(book, rest)
  book.volumeLeft = volumeLeft ?? Number.POSITIVE_INFINITY
  book.restoredAt = stored.tickerAt
}

export function symbolDocument(book: SymbolBook): SymbolDocument {
  const { leverage, holding, last, mark, markAt, candleAt, tickerAt, fundingAt, entryBar } = book
  const volumeLeft = Number.isFinite(book.volumeLeft) ? book.volumeLeft : null
  return { leverage, holding, last, mark, markAt, candleAt, tickerAt, fundingAt, volumeLeft, entryBar }
}
