/** What is common to all ways of filling: how much may be filled, and what becomes of a trigger and of a rest. */
import { exact, floorToStep, minOf, ZERO, type Exact } from '../../core/model/decimal.ts'
import { closingSide } from '../../core/model/order.ts'
import { marginFault } from './admission.ts'
import { remaining, type OpenOrder } from './open-order.ts'
import { rulesOf, type PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'

/** Whether the order would make the position smaller. */
export function reduces(book: SymbolBook, order: OpenOrder): boolean {
  return book.holding !== null && closingSide(book.holding.side) === order.request.side
}

/** What is left of the order; for reduce-only never more than the position it reduces. */
export function fillable(book: SymbolBook, order: OpenOrder): Exact {
  if (!order.request.reduceOnly) return remaining(order)
  if (book.holding === null || !reduces(book, order)) return ZERO
  return minOf(remaining(order), book.holding.quantity)
}

/** At most what the bar's volume still gives us, in whole steps. */
export function withinVolume(book: SymbolBook, quantity: Exact): Exact {
  if (book.volumeLeft >= quantity.toNumber()) return quantity
  return floorToStep(exact(Math.max(book.volumeLeft, 0)), rulesOf(book).step)
}

/** Reports the trigger; false when the market order it becomes is refused at once: nothing to reduce, no margin. */
export function trigger(books: PaperBooks, book: SymbolBook, order: OpenOrder): boolean {
  order.isTriggered = true
  order.updatedAt = books.now()
  books.touch(book)
  books.report({ kind: 'triggered', clientOrderId: order.request.clientOrderId, at: books.now() })
  if (order.request.reduceOnly) {
    if (fillable(book, order).gt(0)) return true
    books.end(book, order, 'EXPIRED', 'reduce-only rejected at its trigger: there is no position it would reduce')
    return false
  }
  const fault = marginFault(books, book, order.request)
  if (fault !== null) books.end(book, order, 'EXPIRED', `rejected at its trigger: ${fault.message}`)
  return fault === null
}

export const isOpen = (books: PaperBooks, order: OpenOrder): boolean =>
  books.orders.get(order.request.clientOrderId) === order

/** A reduce-only order that still works with nothing left to reduce has ended. */
export function endIfNothingToReduce(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  if (!isOpen(books, order) || !order.request.reduceOnly || fillable(book, order).gt(0)) return
  books.end(book, order, 'EXPIRED', 'reduce-only: nothing is left to reduce')
}
