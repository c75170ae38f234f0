/** Funding settlements: longs pay shorts the rate on their notional at mark (the reverse when it is negative). */
import { booked, exact } from '../../core/model/decimal.ts'
import type { Funding } from '../../core/model/market.ts'
import { signedNotional } from './margin.ts'
import type { PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'

/** Settles once per symbol and time, from the isolated margin; true when money moved. */
export function settleFunding(books: PaperBooks, book: SymbolBook, funding: Funding): boolean {
  if (funding.at <= book.fundingAt) return false
  book.fundingAt = funding.at
  if (book.holding === null) return false
  const mark = funding.mark === null ? books.markOf(book) : exact(funding.mark)
  const amount = booked(signedNotional(book.holding, mark).times(exact(funding.rate)).neg())
  books.touch(book)
  if (amount.isZero()) return true
  books.book('FUNDING', book.symbol, amount, `funding-${book.symbol}-${funding.at}`)
  book.holding = { ...book.holding, margin: book.holding.margin.plus(amount) }
  return true
}
