/** Float levels that tell in two comparisons whether a price can matter to a symbol's orders or position. */
import { liquidationPrice } from './margin.ts'
import { isWaiting, triggersOnFall, type OpenOrder } from './open-order.ts'
import type { PaperSettings } from './settings.ts'
import type { SymbolBook } from './symbol-book.ts'

/** Sets the levels anew from orders and position. */
export function watch(book: SymbolBook, settings: PaperSettings): void {
  book.watchLow = Number.NEGATIVE_INFINITY
  book.watchHigh = Number.POSITIVE_INFINITY
  for (const order of book.orders) watchOrder(book, order)
  watchLiquidation(book, settings)
}

function watchOrder(book: SymbolBook, order: OpenOrder): void {
  const { type, side } = order.request
  if (order.isTriggered) below(book, Number.POSITIVE_INFINITY)
  else if (type === 'TRAILING_STOP_MARKET') watchTrailing(book, order)
  else if (isWaiting(order) ? triggersOnFall(order.request) : side === 'BUY') below(book, priceOf(order))
  else above(book, priceOf(order))
}

const priceOf = (order: OpenOrder): number => (isWaiting(order) ? order.trigger : order.limit)

/** Not active: its activation. Active: a better best, and the retrace from it. */
function watchTrailing(book: SymbolBook, order: OpenOrder): void {
  const isSell = order.request.side === 'SELL'
  const gains = isSell ? above : below
  const falls = isSell ? below : above
  if (order.best === null) {
    gains(book, order.activation)
    return
  }
  gains(book, order.best)
  falls(book, trailingLevel(order, order.best))
}

/** Where a trailing order with this best price triggers. */
export function trailingLevel(order: OpenOrder, best: number): number {
  const callback = order.request.callback ?? 0
  return order.request.side === 'SELL' ? best * (1 - callback) : best * (1 + callback)
}

function watchLiquidation(book: SymbolBook, settings: PaperSettings): void {
  book.liquidationLow = Number.NEGATIVE_INFINITY
  book.liquidationHigh = Number.POSITIVE_INFINITY
  if (book.holding === null) return
  const price = liquidationPrice(book.holding, book.rules?.instrument.brackets ?? [], settings)
  if (price === null) return
  if (book.holding.side === 'LONG') book.liquidationLow = price.toNumber()
  else book.liquidationHigh = price.toNumber()
  below(book, book.liquidationLow)
  above(book, book.liquidationHigh)
}

function below(book: SymbolBook, price: number): void {
  if (price > book.watchLow) book.watchLow = price
}

function above(book: SymbolBook, price: number): void {
  if (price < book.watchHigh) book.watchHigh = price
}
