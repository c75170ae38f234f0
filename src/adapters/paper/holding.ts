/** A position at the exchange and what one trade does to it: isolated margin, one-way mode. */
import { booked, ZERO, type Exact } from '../../core/model/decimal.ts'
import { openingSide, type OrderSide } from '../../core/model/order.ts'
import { signOf, type Side } from '../../core/model/signal.ts'

export interface Holding {
  readonly side: Side
  /** > 0, base asset */
  readonly quantity: Exact
  /** volume-weighted average, not rounded; unchanged by reductions */
  readonly entryPrice: Exact
  /** isolated wallet, USDT */
  readonly margin: Exact
}

export interface TradeEffect {
  readonly holding: Holding | null
  /** price gain of what was closed, booked; zero when nothing was */
  readonly realised: Exact
}

/** What trading `quantity` at `price` makes of a holding; more than it holds closes it, then opens the other side. */
export function applyTrade(
  holding: Holding | null,
  trade: { readonly side: OrderSide; readonly price: Exact; readonly quantity: Exact; readonly leverage: number },
): TradeEffect {
  if (holding === null || openingSide(holding.side) === trade.side) {
    return { holding: opened(holding, trade), realised: ZERO }
  }
  const closed = trade.quantity.lt(holding.quantity) ? trade.quantity : holding.quantity
  const realised = booked(gain(holding, trade.price, closed))
  const rest = trade.quantity.minus(closed)
  if (rest.gt(0)) return { holding: opened(null, { ...trade, quantity: rest }), realised }
  return { holding: reduced(holding, closed), realised }
}

/** Price gain of `quantity` of the holding at `price`, USDT, not rounded. */
export function gain(holding: Holding, price: Exact, quantity: Exact = holding.quantity): Exact {
  return price.minus(holding.entryPrice).times(quantity).times(signOf(holding.side))
}

function opened(
  holding: Holding | null,
  trade: { readonly side: OrderSide; readonly price: Exact; readonly quantity: Exact; readonly leverage: number },
): Holding {
  const added = booked(trade.price.times(trade.quantity).div(trade.leverage))
  if (holding === null) {
    const side = trade.side === 'BUY' ? 'LONG' : 'SHORT'
    return { side, quantity: trade.quantity, entryPrice: trade.price, margin: added }
  }
  const quantity = holding.quantity.plus(trade.quantity)
  const cost = holding.entryPrice.times(holding.quantity).plus(trade.price.times(trade.quantity))
  return { side: holding.side, quantity, entryPrice: cost.div(quantity), margin: holding.margin.plus(added) }
}

function reduced(holding: Holding, closed: Exact): Holding | null {
  const quantity = holding.quantity.minus(closed)
  if (quantity.isZero()) return null
  return { ...holding, quantity, margin: booked(holding.margin.times(quantity).div(holding.quantity)) }
}
