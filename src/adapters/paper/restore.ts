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
  const { volumeLeft, bidLeft, askLeft, ...rest } = stored
  Object.assign(book, rest)
  book.volumeLeft = volumeLeft ?? Number.POSITIVE_INFINITY
  book.bidLeft = bidLeft ?? Number.NaN
  book.askLeft = askLeft ?? Number.NaN
  book.restoredAt = stored.tickerAt
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What of a symbol must outlive the process: its position, and the market as far as it was seen. */
export function symbolDocument(book: SymbolBook): SymbolDocument {
  const { leverage, holding, last, hasTraded, bid, ask, mark, markAt, candleAt, tickerAt, fundingAt, entryBar } = book
  const left = { volumeLeft: finite(book.volumeLeft), bidLeft: finite(book.bidLeft), askLeft: finite(book.askLeft) }
  return {
    leverage,
    holding,
    last,
    hasTraded,
    bid,
    ask,
    mark,
    markAt,
    candleAt,
    tickerAt,
    fundingAt,
    entryBar,
    ...left,
  }
}
