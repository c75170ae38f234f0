/** Stops and trailing stops inside a closed bar: the worst order of events that its four prices allow (SPEC §10). */
import { exact, type Exact } from '../../core/model/decimal.ts'
import { closingSide, type OrderRequest, type OrderSide } from '../../core/model/order.ts'
import type { Bar } from './bar.ts'
import { adverse, better, halfSpread, onGrid, worse } from './costs.ts'
import { endIfNothingToReduce, fillable, reduces, trigger, withinVolume } from './execution.ts'
import { isBeyond, liquidate, thresholdOf } from './liquidation.ts'
import { isWaiting, type OpenOrder } from './open-order.ts'
import { rulesOf, type PaperBooks } from './paper-books.ts'
import type { SymbolBook } from './symbol-book.ts'
import { trailingLevel } from './watch.ts'

/** The bar's extreme against an order of this side: a sell stop falls to the low. */
export const extremeAgainst = (side: OrderSide, bar: Bar): number => (side === 'SELL' ? bar.low : bar.high)
const extremeFor = (side: OrderSide, bar: Bar): number => (side === 'SELL' ? bar.high : bar.low)
const isReached = (side: OrderSide, price: number, level: Exact): boolean =>
  side === 'SELL' ? level.gte(price) : level.lte(price)

/** Every stop the bar reaches, nearest to its open first. */
export function hitStops(books: PaperBooks, book: SymbolBook, bar: Bar, canLiquidate: boolean): void {
  const stops = book.orders.filter((order) => isStop(order) && order.acceptedAt < bar.closeAt)
  const distance = (order: OpenOrder): number => Math.abs((levelOf(order)?.toNumber() ?? bar.open) - bar.open)
  for (const order of stops.sort((one, other) => distance(one) - distance(other))) {
    const level = levelOf(order)
    const { side } = order.request
    const extreme = extremeAgainst(side, bar)
    if (level !== null && isReached(side, extreme, level)) {
      triggerStop(books, book, order, { level, extreme, open: bar.open, canLiquidate })
    } else if (order.request.type === 'TRAILING_STOP_MARKET') {
      trail(books, book, order, bar, canLiquidate)
    }
  }
}

/** A stop placed after its entry was filled inside the last bar is owed a look at that bar: entry and stop in one bar = stop. */
export function isOwedStop(book: SymbolBook, request: OrderRequest): boolean {
  const { entryBar, holding } = book
  if (entryBar === null || holding === null || request.type !== 'STOP_MARKET' || request.triggerPrice === null)
    return false
  if (!request.reduceOnly || request.side !== closingSide(holding.side)) return false
  return isReached(request.side, extremeAgainst(request.side, entryBar), request.triggerPrice)
}

/** Triggers an owed stop as it would have been inside the bar of its entry. */
export function hitOwedStop(books: PaperBooks, book: SymbolBook, order: OpenOrder): void {
  const { entryBar: bar } = book
  const level = order.request.triggerPrice
  if (bar === null || level === null) return
  const canLiquidate = !book.hasFreshMark(bar.closeAt, books.settings.markFreshMs)
  const extreme = extremeAgainst(order.request.side, bar)
  triggerStop(books, book, order, { level, extreme, open: bar.open, canLiquidate })
}

const isStop = (order: OpenOrder): boolean => isWaiting(order) && order.request.type !== 'TAKE_PROFIT_MARKET'

/** Null for a trailing stop that is not active yet. */
function levelOf(order: OpenOrder): Exact | null {
  if (order.request.type === 'STOP_MARKET') return order.request.triggerPrice
  return order.best === null ? null : exact(trailingLevel(order, order.best))
}

interface StopHit {
  readonly level: Exact
  /** how far the price went beyond the level */
  readonly extreme: number
  readonly open: number
  readonly canLiquidate: boolean
}

/** Fills at the stop's price; a fill beyond the liquidation price is a liquidation, and so is every stop that lies behind it. */
function triggerStop(books: PaperBooks, book: SymbolBook, order: OpenOrder, hit: StopHit): void {
  if (!trigger(books, book, order)) return
  const price = stopPrice(books, book, order.request.side, hit)
  const threshold = hit.canLiquidate && reduces(book, order) ? thresholdOf(books, book) : null
  if (threshold !== null && isBeyond(book, price, threshold)) liquidate(books, book, threshold)
  else {
    const quantity = withinVolume(book, fillable(book, order))
    book.volumeLeft -= quantity.toNumber()
    if (quantity.gt(0)) books.fill(book, order, price, quantity, 'TAKER')
  }
  endIfNothingToReduce(books, book, order)
}

/** The worse of stop and open, less half the spread and a share of (stop to extreme), but no worse than extreme less half the spread. */
function stopPrice(books: PaperBooks, book: SymbolBook, side: OrderSide, hit: StopHit): Exact {
  const rules = rulesOf(book)
  const base = worse(side, hit.level, exact(hit.open))
  const half = halfSpread(books, book, rules, base.toNumber())
  const lessSpread = exact(1).plus(exact(half).times(adverse(side)))
  const extreme = exact(hit.extreme)
  const slip = hit.level.minus(extreme).abs().times(books.settings.stopSlipShare).times(adverse(side))
  const floor = extreme.times(lessSpread)
  return onGrid(books, rules, side, better(side, base.times(lessSpread).plus(slip), floor))
}

/** After the adverse extreme left it standing: the best price moves with the bar, and the close may have come back from it. */
function trail(books: PaperBooks, book: SymbolBook, order: OpenOrder, bar: Bar, canLiquidate: boolean): void {
  if (order.acceptedAt > bar.openAt + books.settings.barGraceMs) return
  const { side } = order.request
  const sign = -adverse(side)
  const favourable = extremeFor(side, bar)
  const from = order.best ?? order.activation
  if ((favourable - from) * sign < 0 || favourable === order.best) return
  order.best = favourable
  order.updatedAt = books.now()
  books.touch(book)
  const level = exact(trailingLevel(order, favourable))
  if (!isReached(side, bar.close, level)) return
  triggerStop(books, book, order, { level, extreme: bar.close, open: level.toNumber(), canLiquidate })
}
