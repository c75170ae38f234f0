/** Isolated margin: what orders hold, what a position must keep, and the price at which it is liquidated. */
import { exact, maxOf, ZERO, type Exact } from '../../core/model/decimal.ts'
import type { LeverageBracket } from '../../core/model/market.ts'
import type { OrderSide } from '../../core/model/order.ts'
import { signOf } from '../../core/model/signal.ts'
import type { Holding } from './holding.ts'
import { remaining } from './open-order.ts'
import type { PaperSettings } from './settings.ts'
import type { SymbolBook } from './symbol-book.ts'

interface Opening {
  readonly side: OrderSide
  readonly price: Exact
  readonly quantity: Exact
}

/**
 * USDT held by the symbol's orders that may open, plus `more` if given:
 * (max(|position + buys|, |position − sells|) − |position|) ÷ leverage + the loss they would open with at `mark`.
 */
export function orderMargin(book: SymbolBook, mark: Exact, leverage: number, more?: Opening): Exact {
  const openings = openingsOf(book)
  if (more !== undefined) openings.push(more)
  let buys = ZERO
  let sells = ZERO
  let openLoss = ZERO
  for (const { side, price, quantity } of openings) {
    if (side === 'BUY') buys = buys.plus(price.times(quantity))
    else sells = sells.plus(price.times(quantity))
    const loss = side === 'BUY' ? price.minus(mark) : mark.minus(price)
    if (loss.gt(0)) openLoss = openLoss.plus(loss.times(quantity))
  }
  const position = signedNotional(book.holding, mark)
  const exposure = maxOf(position.plus(buys).abs(), position.minus(sells).abs())
  return exposure.minus(position.abs()).div(leverage).plus(openLoss)
}

function openingsOf(book: SymbolBook): Opening[] {
  const openings: Opening[] = []
  for (const order of book.orders) {
    const { side, price, reduceOnly } = order.request
    if (price !== null && !reduceOnly) openings.push({ side, price, quantity: remaining(order) })
  }
  return openings
}

export function signedNotional(holding: Holding | null, mark: Exact): Exact {
  return holding === null ? ZERO : mark.times(holding.quantity).times(signOf(holding.side))
}

/** Price at which isolated margin + gain = maintenance margin (BINANCE §7); null where no price above zero does it. */
export function liquidationPrice(
  holding: Holding,
  brackets: readonly LeverageBracket[],
  settings: PaperSettings,
): Exact | null {
  let price = ZERO
  for (const bracket of brackets.length === 0 ? [wholeRange(settings)] : brackets) {
    price = priceInBracket(holding, bracket)
    if (price.times(holding.quantity).lte(bracket.notionalCap)) break
  }
  return price.gt(0) ? price : null
}

/** Long: (q·entry − margin − cum) ÷ (q·(1 − rate)); short: (q·entry + margin + cum) ÷ (q·(1 + rate)). */
function priceInBracket(holding: Holding, bracket: LeverageBracket): Exact {
  const sign = signOf(holding.side)
  const kept = holding.margin.plus(bracket.cum)
  const numerator = holding.quantity.times(holding.entryPrice).minus(kept.times(sign))
  return numerator.div(holding.quantity.times(exact(1).minus(exact(bracket.maintenanceRate).times(sign))))
}

/** Price at which the isolated margin is gone; may be ≤ 0 for a long with more margin than notional. */
export function bankruptcyPrice(holding: Holding): Exact {
  return holding.entryPrice.minus(holding.margin.div(holding.quantity).times(signOf(holding.side)))
}

function wholeRange(settings: PaperSettings): LeverageBracket {
  return {
    notionalFloor: 0,
    notionalCap: Number.MAX_VALUE,
    maintenanceRate: settings.fallbackMaintenanceRate,
    cum: 0,
    maxLeverage: 125,
  }
}
