/** What a closed bar does to a symbol's orders and position where no book is seen, worst case first (SPEC §10). */
import { exact, type Exact } from '../../core/model/decimal.ts'
import { closingSide } from '../../core/model/order.ts'
import type { Bar } from './bar.ts'
import { worse, worsened } from './costs.ts'
import { endIfNothingToReduce, fillable, trigger, withinVolume } from './execution.ts'
import { liquidate, liquidateIfReached, thresholdOf } from './liquidation.ts'
import { isWaiting, triggersOnFall, type OpenOrder } from './open-order.ts'
import { rulesOf, type PaperBooks } from './paper-books.ts'
import { extremeAgainst, hitStops } from './stops-in-bar.ts'
import type { SymbolBook } from './symbol-book.ts'
import { takingCost } from './taking-on-candles.ts'

/**
 * The order of events inside the bar: liquidation at the open; what earlier triggers left; limits that may open; stops;
 * targets; reduce-only limits; liquidation at the adverse extreme. So entry and stop, or stop and target, in one bar are the stop.
 */
export function matchBar(books: PaperBooks, book: SymbolBook, bar: Bar): void {
  const canLiquidate = !book.hasFreshMark(bar.closeAt, books.settings.markFreshMs)
  const { volumeLeft } = book
  if (book.entryBar !== null) books.touch(book)
  book.entryBar = null
  if (book.rules === null) return
  if (canLiquidate) liquidateIfReached(books, book, exact(bar.open), exact(bar.open))
  finishTriggered(books, book, bar)
  fillLimits(books, book, bar, false)
  hitStops(books, book, bar, canLiquidate)
  hitTargets(books, book, bar)
  fillLimits(books, book, bar, true)
  if (canLiquidate) liquidateAtExtreme(books, book, bar)
  book.volumeLeft = volumeLeft
}

function liquidateAtExtreme(books: PaperBooks, book: SymbolBook, bar: Bar): void {
  const threshold = thresholdOf(books, book)
  if (threshold === null || book.holding === null) return
  const extreme = exact(extremeAgainst(closingSide(book.holding.side), bar))
  const isReached = book.holding.side === 'LONG' ? extreme.lte(threshold) : extreme.gte(threshold)
  if (isReached) liquidate(books, book, threshold)
}

/** Triggered orders that a bar's volume could not fill go on as market orders: at the worse of open and close. */
function finishTriggered(books: PaperBooks, book: SymbolBook, bar: Bar): void {
  for (const order of book.orders.filter((order) => order.isTriggered)) {
    const { side } = order.request
    fillAt(books, book, order, worse(side, exact(bar.open), exact(bar.close)))
    endIfNothingToReduce(books, book, order)
  }
}

/** Limits fill at their price, and only if the bar trades one tick through it. */
function fillLimits(books: PaperBooks, book: SymbolBook, bar: Bar, reduceOnly: boolean): void {
  const limits = book.orders.filter(({ request }) => request.type === 'LIMIT' && request.reduceOnly === reduceOnly)
  for (const order of limits) {
    const { price, side } = order.request
    if (price === null || !sees(books, order, bar) || !book.orders.includes(order)) continue
    const { tick } = rulesOf(book)
    const isThrough = side === 'BUY' ? price.minus(tick).gte(bar.low) : price.plus(tick).lte(bar.high)
    const quantity = isThrough ? withinVolume(book, fillable(book, order)) : exact(0)
    if (quantity.lte(0)) continue
    book.volumeLeft -= quantity.toNumber()
    books.fill(book, order, price, quantity, 'MAKER')
    if (opens(book, order)) book.entryBar = bar
  }
}

/** Targets fill at their trigger less half the spread and impact. */
function hitTargets(books: PaperBooks, book: SymbolBook, bar: Bar): void {
  for (const order of book.orders.filter((order) => isWaiting(order) && order.request.type === 'TAKE_PROFIT_MARKET')) {
    const { triggerPrice } = order.request
    if (triggerPrice === null || !sees(books, order, bar)) continue
    const isReached = triggersOnFall(order.request) ? triggerPrice.gte(bar.low) : triggerPrice.lte(bar.high)
    if (!isReached || !trigger(books, book, order)) continue
    fillAt(books, book, order, triggerPrice)
    if (opens(book, order)) book.entryBar = bar
    endIfNothingToReduce(books, book, order)
  }
}

/** Fills what the bar's volume allows at `price` less half the spread and impact. */
function fillAt(books: PaperBooks, book: SymbolBook, order: OpenOrder, price: Exact): void {
  const quantity = withinVolume(book, fillable(book, order))
  if (quantity.lte(0)) return
  const cost = takingCost(books, book, price.toNumber(), quantity)
  book.volumeLeft -= quantity.toNumber()
  books.fill(book, order, worsened(books, rulesOf(book), order.request.side, price, cost), quantity, 'TAKER')
}

/** Whether the order was there for the bar's favourable extreme. */
function sees(books: PaperBooks, order: OpenOrder, bar: Bar): boolean {
  return order.acceptedAt < bar.closeAt && order.acceptedAt <= bar.openAt + books.settings.barGraceMs
}

/** Whether the order's fill has just opened or enlarged the position. */
function opens(book: SymbolBook, order: OpenOrder): boolean {
  return book.holding !== null && closingSide(book.holding.side) !== order.request.side
}
