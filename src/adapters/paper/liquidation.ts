/** The exchange closes a position whose isolated margin no longer covers its maintenance (BINANCE §7), whole. */
import { booked, exact, maxOf, minOf, toTick, ZERO, type Exact } from '../../core/model/decimal.ts'
import { closingSide, isConditional, type OrderSide } from '../../core/model/order.ts'
import { better, halfSpread, impact, worse, worsened } from './costs.ts'
import { gain, type Holding } from './holding.ts'
import type { InstrumentRules } from './instrument-rules.ts'
import { bankruptcyPrice, liquidationPrice } from './margin.ts'
import { rulesOf, tradeFee, type PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'

/** Price at which the symbol's position is liquidated; null without one. */
export function thresholdOf(books: PaperBooks, book: SymbolBook): Exact | null {
  if (book.holding === null) return null
  return liquidationPrice(book.holding, rulesOf(book).instrument.brackets, books.settings)
}

/** Whether `price` is at or beyond `threshold` for the position. */
export function isBeyond(book: SymbolBook, price: Exact, threshold: Exact): boolean {
  return book.holding?.side === 'LONG' ? price.lte(threshold) : price.gte(threshold)
}

/** Liquidates when `mark` has reached the threshold; the market is then at `market`. True when it did. */
export function liquidateIfReached(books: PaperBooks, book: SymbolBook, mark: Exact, market: Exact): boolean {
  const threshold = thresholdOf(books, book)
  if (threshold === null || !isBeyond(book, mark, threshold)) return false
  liquidate(books, book, market)
  return true
}

/** After a mark price: the market is where its touch is, or the worse of mark and last price. */
export function liquidateAtMark(books: PaperBooks, book: SymbolBook): void {
  if (book.holding === null || book.rules === null) return
  const mark = exact(book.mark)
  const side = closingSide(book.holding.side)
  liquidateIfReached(books, book, mark, book.hasBook ? touchOf(book, side) : worse(side, mark, exact(book.last)))
}

export const touchOf = (book: SymbolBook, side: OrderSide): Exact => exact(side === 'BUY' ? book.ask : book.bid)

/** Cancels the symbol's regular orders, closes at `market` less costs but no worse than bankruptcy, takes the fee from what is left. */
export function liquidate(books: PaperBooks, book: SymbolBook, market: Exact): void {
  const { holding } = book
  if (holding === null) return
  for (const order of book.orders) {
    if (!isConditional(order.request.type)) books.end(book, order, 'CANCELLED', 'liquidation')
  }
  const rules = rulesOf(book)
  const side = closingSide(holding.side)
  const price = closingPrice(books, book, holding, rules, market)
  const left = maxOf(holding.margin.plus(booked(gain(holding, price))), ZERO)
  const fee = minOf(tradeFee(rules, price, holding.quantity, 'TAKER'), left)
  const liquidationFee = minOf(booked(price.times(holding.quantity).times(rules.liquidationFee)), left.minus(fee))
  const clientOrderId = books.liquidationOrderId()
  books.trade(book, { clientOrderId, side, price, quantity: holding.quantity, liquidity: 'TAKER', fee }, true)
  if (liquidationFee.gt(0)) books.book('LIQUIDATION_FEE', book.symbol, liquidationFee.neg())
  books.report({ kind: 'liquidated', symbol: book.symbol, at: books.now() })
}

function closingPrice(
  books: PaperBooks,
  book: SymbolBook,
  holding: Holding,
  rules: InstrumentRules,
  market: Exact,
): Exact {
  const side = closingSide(holding.side)
  const price = market.toNumber()
  const spread = book.hasBook ? 0 : halfSpread(books, book, rules, price)
  const slip = impact(books, book, price * holding.quantity.toNumber())
  const grid = rules.tick.div(books.settings.tickParts)
  const bankrupt = toTick(bankruptcyPrice(holding), grid, side === 'SELL' ? 'up' : 'down')
  return better(side, worsened(books, rules, side, market, spread + slip), bankrupt)
}
