/** Whether the exchange takes an order at all: the checks of BINANCE §7 in its order, first failure wins. */
import { exact, type Exact } from '../../core/model/decimal.ts'
import { bracketOf } from '../../core/model/leverage.ts'
import { closingSide, isConditional, type OrderRequest } from '../../core/model/order.ts'
import type { RejectionCode } from '../../core/ports/venue.ts'
import { adverse, halfSpread } from './costs.ts'
import { filterFault, shapeFault } from './filters.ts'
import type { InstrumentRules } from './instrument-rules.ts'
import { orderMargin, signedNotional } from './margin.ts'
import { triggersOnFall } from './open-order.ts'
import type { PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'

export interface Rejection {
  readonly code: RejectionCode
  readonly message: string
}

/** Null when the order may be accepted; `isOwed`: a stop that may trigger at once, in the bar of its entry. */
export function refusal(books: PaperBooks, book: SymbolBook, request: OrderRequest, isOwed: boolean): Rejection | null {
  const { rules } = book
  if (books.orders.has(request.clientOrderId)) {
    return { code: 'DUPLICATE_CLIENT_ID', message: `an order ${request.clientOrderId} is open` }
  }
  if (rules?.instrument.status !== 'TRADING') return closed(request.symbol, rules)
  const fault = shapeFault(request, books.settings)
  if (fault !== null) return { code: 'OTHER', message: fault }
  if (book.last === 0) return { code: 'OTHER', message: `no price of ${request.symbol} is known yet` }
  const filtered = filterFault(request, rules, exact(book.last), books.markOf(book))
  if (filtered !== null) return { code: 'FILTER', message: filtered }
  if (book.orders.length >= books.settings.maxOpenOrders) {
    return { code: 'OTHER', message: `at most ${books.settings.maxOpenOrders} open orders per symbol` }
  }
  if (isConditional(request.type))
    return (isOwed ? null : wouldTrigger(book, request)) ?? leverageFault(book, request, null)
  return postOnlyFault(books, book, rules, request) ?? exposureFault(books, book, request)
}

function closed(symbol: string, rules: InstrumentRules | null): Rejection {
  return { code: 'SYMBOL_CLOSED', message: rules === null ? `unknown symbol ${symbol}` : `${symbol} is not trading` }
}

/** BINANCE §7: no order may trigger at once (−2021). A trailing stop begins at the last price and cannot. */
function wouldTrigger(book: SymbolBook, request: OrderRequest): Rejection | null {
  const trigger = request.triggerPrice?.toNumber()
  if (request.type === 'TRAILING_STOP_MARKET' || trigger === undefined) return null
  const isReached = triggersOnFall(request) ? book.last <= trigger : book.last >= trigger
  if (!isReached) return null
  return { code: 'WOULD_TRIGGER', message: `trigger ${trigger} is reached already: the last price is ${book.last}` }
}

function postOnlyFault(
  books: PaperBooks,
  book: SymbolBook,
  rules: InstrumentRules,
  request: OrderRequest,
): Rejection | null {
  if (request.timeInForce !== 'GTX' || !isMarketable(books, book, rules, request)) return null
  return { code: 'POST_ONLY', message: 'the order would have taken' }
}

/** Whether a limit reaches the opposite touch, seen or estimated. */
function isMarketable(books: PaperBooks, book: SymbolBook, rules: InstrumentRules, request: OrderRequest): boolean {
  if (request.price === null) return true
  const limit = request.price.toNumber()
  const buys = request.side === 'BUY'
  if (book.hasBook) return buys ? limit >= book.ask : limit <= book.bid
  const half = halfSpread(books, book, rules, book.last)
  const touch = book.last * (1 + adverse(request.side) * half)
  return buys ? limit >= touch : limit <= touch
}

/** Reduce-only orders need something to reduce; all others need leverage and margin. */
function exposureFault(books: PaperBooks, book: SymbolBook, request: OrderRequest): Rejection | null {
  if (!request.reduceOnly) return leverageFault(book, request, books) ?? marginFault(books, book, request)
  const { holding } = book
  if (holding === null || closingSide(holding.side) !== request.side) {
    return { code: 'REDUCE_ONLY', message: 'there is no position this order would reduce' }
  }
  const rests = request.timeInForce === 'GTC' || request.timeInForce === 'GTX'
  if (rests && request.quantity.gt(holding.quantity)) {
    return { code: 'REDUCE_ONLY', message: `the position is ${holding.quantity.toFixed()}` }
  }
  return null
}

/** `books` null: the notional is not looked at, as for orders that wait for a trigger. */
function leverageFault(book: SymbolBook, request: OrderRequest, books: PaperBooks | null): Rejection | null {
  const leverage = request.leverage ?? book.leverage
  if (!Number.isInteger(leverage) || leverage < 1) {
    return { code: 'LEVERAGE', message: `leverage must be a whole number of at least 1, was ${leverage}` }
  }
  if (book.holding !== null && leverage < book.leverage) {
    return { code: 'LEVERAGE', message: `the position has leverage ${book.leverage}; it cannot be lowered under it` }
  }
  if (books === null || book.rules === null) return null
  const mark = books.markOf(book)
  const added = openingPrice(books, book, request).times(request.quantity).times(adverse(request.side))
  const notional = signedNotional(book.holding, mark).plus(added).abs().toNumber()
  const { brackets } = book.rules.instrument
  const maxLeverage = bracketOf(brackets, notional)?.maxLeverage ?? 0
  if (brackets.length === 0 || leverage <= maxLeverage) return null
  const message = `a notional of ${Math.round(notional)} allows leverage ${maxLeverage} at most, was ${leverage}`
  return { code: 'LEVERAGE', message }
}

/** Order cost: the initial margin it adds and the loss it would open with must be free. */
export function marginFault(books: PaperBooks, book: SymbolBook, request: OrderRequest): Rejection | null {
  const mark = books.markOf(book)
  const leverage = request.leverage ?? book.leverage
  const { side, quantity } = request
  const more = { side, quantity, price: openingPrice(books, book, request) }
  const cost = orderMargin(book, mark, leverage, more).minus(orderMargin(book, mark, leverage))
  const free = books.available()
  if (cost.lte(free)) return null
  return { code: 'INSUFFICIENT_MARGIN', message: `needs ${cost.toFixed(2)} USDT, free are ${free.toFixed(2)}` }
}

/** Its limit; for a market order the assumed price: the touch, for a buy with a reserve. */
function openingPrice(books: PaperBooks, book: SymbolBook, request: OrderRequest): Exact {
  if (request.price !== null) return request.price
  if (request.side === 'SELL') return exact(book.hasBook ? book.bid : book.last)
  return exact(book.hasBook ? book.ask : book.last).times(exact(1).plus(books.settings.marketPriceReserve))
}
