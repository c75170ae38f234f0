/** What it costs to take: half the spread where no book is seen, and square-root impact (SPEC §10). */
import type { MarketSettings } from '../../core/market/settings.ts'
import { estimateSpread } from '../../core/market/spread.ts'
import { exact, maxOf, minOf, toTick, type Exact } from '../../core/model/decimal.ts'
import type { OrderSide } from '../../core/model/order.ts'
import type { InstrumentRules } from './instrument-rules.ts'
import type { PaperSettings } from './settings.ts'
import type { SymbolBook } from './symbol-book.ts'

/** The numbers that costs depend on; the exchange's books carry them. */
export interface CostTerms {
  readonly settings: PaperSettings
  /** the estimate of a spread is the market model's */
  readonly market: MarketSettings
}

/** +1 for a buyer, who pays more; −1 for a seller, who gets less. */
export const adverse = (side: OrderSide): 1 | -1 => (side === 'BUY' ? 1 : -1)

/** Half of the estimated spread, as a fraction of `price`. */
export function halfSpread(terms: CostTerms, book: SymbolBook, rules: InstrumentRules, price: number): number {
  return estimateSpread(quoteVolume24h(terms, book), price, rules.tickSize, terms.market) / 2
}

/** coefficient·√(notional ÷ 24 h quote volume), a fraction of the price. */
export function impact(terms: CostTerms, book: SymbolBook, notional: number): number {
  return terms.settings.impactCoefficient * Math.sqrt(notional / quoteVolume24h(terms, book))
}

/** The largest quantity whose impact stays within `room` (a fraction of `price`). */
export function quantityWithin(terms: CostTerms, book: SymbolBook, room: number, price: number): number {
  if (room < 0) return 0
  return (quoteVolume24h(terms, book) * (room / terms.settings.impactCoefficient) ** 2) / price
}

/** `price` moved against `side` by a fraction, on the fine grid of fill prices, rounded against us. */
export function worsened(
  terms: CostTerms,
  rules: InstrumentRules,
  side: OrderSide,
  price: Exact,
  fraction: number,
): Exact {
  return onGrid(terms, rules, side, price.times(exact(1).plus(exact(fraction).times(adverse(side)))))
}

/** Rounded against us to a part of a tick; a price stays above zero. */
export function onGrid(terms: CostTerms, rules: InstrumentRules, side: OrderSide, price: Exact): Exact {
  const grid = rules.tick.div(terms.settings.tickParts)
  return maxOf(toTick(price, grid, side === 'BUY' ? 'up' : 'down'), grid)
}

/** The worse of two prices for `side`. */
export const worse = (side: OrderSide, one: Exact, other: Exact): Exact =>
  side === 'BUY' ? maxOf(one, other) : minOf(one, other)

/** The better of two prices for `side`. */
export const better = (side: OrderSide, one: Exact, other: Exact): Exact =>
  side === 'BUY' ? minOf(one, other) : maxOf(one, other)

function quoteVolume24h(terms: CostTerms, book: SymbolBook): number {
  const volume = book.volume.estimate() ?? 0
  return volume > 0 ? volume : terms.settings.unknownQuoteVolume24h
}
