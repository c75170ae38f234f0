/** Orders that take where no book is seen: at the last price, which is the bar's open, ± half spread ± impact (SPEC §10). */
import { exact, floorToStep, minOf, type Exact } from '../../core/model/decimal.ts'
import { adverse, better, halfSpread, impact, quantityWithin, worsened } from './costs.ts'
import { fillable, withinVolume } from './execution.ts'
import type { OpenOrder } from './open-order.ts'
import { rulesOf, type PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'

/** Half spread and impact of taking `quantity` at `price`, a fraction. */
export function takingCost(books: PaperBooks, book: SymbolBook, price: number, quantity: Exact): number {
  const slip = impact(books, book, price * quantity.toNumber())
  return halfSpread(books, book, rulesOf(book), price) + slip
}

/** How much the order can take at once, within its limit and the bar's volume. */
export function takeableOnCandles(books: PaperBooks, book: SymbolBook, order: OpenOrder): Exact {
  const wanted = withinVolume(book, fillable(book, order))
  if (order.request.price === null) return wanted
  const rules = rulesOf(book)
  const distance = (order.limit / book.last - 1) * adverse(order.request.side)
  const room = distance - halfSpread(books, book, rules, book.last)
  const bound = quantityWithin(books, book, room, book.last)
  return bound >= wanted.toNumber() ? wanted : minOf(wanted, floorToStep(exact(bound), rules.step))
}

/** Fills what can be taken now; the caller decides on the rest. */
export function takeOnCandles(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  const quantity = takeableOnCandles(books, book, order)
  if (quantity.lte(0)) return
  const { side, price: limit } = order.request
  const cost = takingCost(books, book, book.last, quantity)
  const price = worsened(books, rulesOf(book), side, exact(book.last), cost)
  book.volumeLeft -= quantity.toNumber()
  books.fill(book, order, limit === null ? price : better(side, price, limit), quantity, 'TAKER')
}
