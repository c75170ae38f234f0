/** Matching where the touch is seen: takers take it and walk on, limits rest until it crosses them (SPEC §10: the book). */
import { exact, floorToStep, minOf, ZERO, type Exact } from '../../core/model/decimal.ts'
import { closingSide } from '../../core/model/order.ts'
import { adverse, better, impact, quantityWithin, worsened } from './costs.ts'
import { endIfNothingToReduce, fillable, isOpen, trigger } from './execution.ts'
import { liquidateIfReached, touchOf } from './liquidation.ts'
import { isWaiting, triggersOnFall, type OpenOrder } from './open-order.ts'
import { rulesOf, type PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'
import { trailingLevel } from './watch.ts'

/** What a new touch and last price do: liquidation, conditional orders, then resting limits. */
export function matchTicker(books: PaperBooks, book: SymbolBook): void {
  if (book.rules === null) return
  if (book.holding !== null && !book.hasFreshMark(book.tickerAt, books.settings.markFreshMs)) {
    liquidateIfReached(books, book, exact(book.last), touchOf(book, closingSide(book.holding.side)))
  }
  for (const order of book.orders) if (order.isTriggered) workMarket(books, book, order)
  for (const order of book.orders) {
    if (isWaiting(order) && isReached(books, book, order) && trigger(books, book, order)) workMarket(books, book, order)
  }
  for (const order of book.orders) if (isOpen(books, order) && !isWaiting(order)) fillResting(books, book, order)
}

/** How much a FOK or IOC order could take now. */
export function takeableOnBook(books: PaperBooks, book: SymbolBook, order: OpenOrder): Exact {
  const { atTouch, beyond } = split(books, book, order)
  return atTouch.plus(beyond)
}

/** Takes what the touch shows at its price, the rest beyond it with square-root impact, all within the order's limit. */
export function takeOnBook(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  const { side, price: limit } = order.request
  const { atTouch, beyond } = split(books, book, order)
  const touch = touchOf(book, side)
  if (atTouch.gt(0)) {
    takeFromTouch(book, order, atTouch)
    books.fill(book, order, touch, atTouch, 'TAKER')
  }
  if (beyond.lte(0)) return
  const slip = impact(books, book, touch.times(beyond).toNumber())
  const price = worsened(books, rulesOf(book), side, touch, slip)
  books.fill(book, order, limit === null ? price : better(side, price, limit), beyond, 'TAKER')
}

function split(books: PaperBooks, book: SymbolBook, order: OpenOrder): { atTouch: Exact; beyond: Exact } {
  const { side, price: limit } = order.request
  const touch = touchOf(book, side).toNumber()
  const room = limit === null ? Number.POSITIVE_INFINITY : (order.limit / touch - 1) * adverse(side)
  if (room < 0) return { atTouch: ZERO, beyond: ZERO }
  const wanted = fillable(book, order)
  const atTouch = shown(book, order, wanted)
  const bound = quantityWithin(books, book, room, touch)
  const rest = wanted.minus(atTouch)
  const beyond = bound >= rest.toNumber() ? rest : floorToStep(exact(bound), rulesOf(book).step)
  return { atTouch, beyond: minOf(beyond, rest) }
}

/** What the opposite touch still shows of `wanted`, in whole steps; nothing where sizes are unknown. */
function shown(book: SymbolBook, order: OpenOrder, wanted: Exact): Exact {
  const left = order.request.side === 'BUY' ? book.askLeft : book.bidLeft
  if (Number.isNaN(left)) return ZERO
  return left >= wanted.toNumber() ? wanted : floorToStep(exact(Math.max(left, 0)), rulesOf(book).step)
}

function takeFromTouch(book: SymbolBook, order: OpenOrder, quantity: Exact): void {
  if (order.request.side === 'BUY') book.askLeft -= quantity.toNumber()
  else book.bidLeft -= quantity.toNumber()
}

/** A triggered order is a market order: it walks on until nothing is left. */
function workMarket(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  takeOnBook(books, book, order)
  endIfNothingToReduce(books, book, order)
}

function isReached(books: PaperBooks, book: SymbolBook, order: OpenOrder): boolean {
  const falls = triggersOnFall(order.request)
  if (order.request.type !== 'TRAILING_STOP_MARKET')
    return falls ? book.last <= order.trigger : book.last >= order.trigger
  follow(books, book, order, falls)
  if (order.best === null) return false
  const level = trailingLevel(order, order.best)
  return falls ? book.last <= level : book.last >= level
}

/** A trailing order's best price, once active, moves with the last price. */
function follow(books: PaperBooks, book: SymbolBook, order: OpenOrder, falls: boolean): void {
  const from = order.best ?? order.activation
  if (falls ? book.last < from : book.last > from) return
  if (book.last === order.best) return
  order.best = book.last
  order.updatedAt = books.now()
  books.touch(book)
}

/** At its price: as much as the crossing touch shows, or whole when the market has traded through it. */
function fillResting(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  const { side, price } = order.request
  if (price === null) return
  const buys = side === 'BUY'
  const wanted = fillable(book, order)
  const isThrough = book.hasTraded && (buys ? book.last < order.limit : book.last > order.limit)
  const isCrossed = buys ? book.ask <= order.limit : book.bid >= order.limit
  const isUnsized = Number.isNaN(buys ? book.askLeft : book.bidLeft)
  if (!isThrough && !isCrossed) return
  const quantity = isThrough || isUnsized ? wanted : shown(book, order, wanted)
  if (quantity.lte(0)) return
  if (isCrossed && !isUnsized) takeFromTouch(book, order, quantity)
  books.fill(book, order, price, quantity, 'MAKER')
}
