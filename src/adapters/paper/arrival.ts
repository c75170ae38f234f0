/** An order reaches the exchange: refused, or accepted and, if it can be, executed at once. */
import type { OrderRequest } from '../../core/model/order.ts'
import { isConditional } from '../../core/model/order.ts'
import { refusal } from './admission.ts'
import { fillable, isOpen } from './execution.ts'
import { takeableOnBook, takeOnBook } from './matching-on-book.ts'
import type { OpenOrder } from './open-order.ts'
import type { PaperBooks } from './paper-books.ts'
import { hitOwedStop, isOwedStop } from './stops-in-bar.ts'
import type { SymbolBook } from './symbol-book.ts'
import { takeableOnCandles, takeOnCandles } from './taking-on-candles.ts'

export function arrive(books: PaperBooks, request: OrderRequest): void {
  const book = books.symbol(request.symbol)
  const isOwed = isOwedStop(book, request)
  const refused = refusal(books, book, request, isOwed)
  if (refused !== null) {
    books.report({ kind: 'rejected', clientOrderId: request.clientOrderId, ...refused, at: books.now() })
    return
  }
  if (request.leverage !== null) book.leverage = request.leverage
  const order = books.accept(book, request)
  if (isOwed) hitOwedStop(books, book, order)
  else if (isConditional(request.type)) startTrailing(book, order)
  else execute(books, book, order)
}

/** A trailing stop without activation, or past it, begins at the last price. */
function startTrailing(book: SymbolBook, order: OpenOrder): void {
  const { type, side, activationPrice } = order.request
  if (type !== 'TRAILING_STOP_MARKET') return
  const isPast = side === 'SELL' ? book.last >= order.activation : book.last <= order.activation
  if (activationPrice === null || isPast) order.best = book.last
}

/** Takes what can be taken now; GTC and GTX rest with what is left, all others end. */
function execute(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  const { timeInForce } = order.request
  if (timeInForce === 'FOK' && takeable(books, book, order).lt(order.request.quantity)) {
    books.end(book, order, 'EXPIRED', 'fill or kill: not the whole quantity could be filled at once')
    return
  }
  if (book.hasBook) takeOnBook(books, book, order)
  else takeOnCandles(books, book, order)
  if (!isOpen(books, order) || timeInForce === 'GTC' || timeInForce === 'GTX') return
  const isShrunk = order.request.reduceOnly && fillable(book, order).isZero()
  books.end(
    book,
    order,
    'EXPIRED',
    isShrunk ? 'reduce-only: nothing is left to reduce' : 'what could not be filled at once',
  )
}

const takeable = (books: PaperBooks, book: SymbolBook, order: OpenOrder) =>
  book.hasBook ? takeableOnBook(books, book, order) : takeableOnCandles(books, book, order)
