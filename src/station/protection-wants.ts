/** What a position should have at the venue, and which orders are that. */
import { ZERO, exact, type Exact } from '../core/model/decimal.ts'
import type { ProtectIntent } from '../core/model/intent.ts'
import type { Instrument } from '../core/model/market.ts'
import { closingSide, type Order, type OrderPurpose } from '../core/model/order.ts'
import type { Position } from '../core/model/position.ts'
import type { Trailing } from '../core/model/signal.ts'

/** One kind of protection as it should be: one order, or more where the exchange takes no larger market lot. */
export interface Want {
  readonly type: ProtectIntent['type']
  readonly purpose: OrderPurpose
  readonly triggerPrice: Exact | null
  readonly trailing: Trailing | null
}

/** `trailsAtOnce`: the activation price of the trailing stop has been passed. */
export function wantsOf(position: Position, trailsAtOnce: boolean): readonly Want[] {
  const { stopPrice, takeProfitPrice: target, trailing } = position
  const wants: Want[] = []
  if (stopPrice.gt(0)) wants.push({ type: 'STOP_MARKET', purpose: 'STOP', triggerPrice: stopPrice, trailing: null })
  if (target !== null) {
    wants.push({ type: 'TAKE_PROFIT_MARKET', purpose: 'TAKE_PROFIT', triggerPrice: target, trailing: null })
  }
  if (trailing !== null) {
    const begun = trailsAtOnce ? { ...trailing, activationPrice: null } : trailing
    wants.push({ type: 'TRAILING_STOP_MARKET', purpose: 'TRAILING', triggerPrice: null, trailing: begun })
  }
  return wants
}

export const isProtective = ({ purpose }: Order): boolean => purpose !== 'ENTRY' && purpose !== 'CLOSE'

/** The venue holds it: acknowledged, not ended. */
export const isLive = ({ state }: Order): boolean => state === 'OPEN' || state === 'PARTIALLY_FILLED'

const restOf = (order: Order): Exact => order.quantity.minus(order.filledQuantity)

const within = (a: Exact, b: Exact, text: string | undefined): boolean =>
  text === undefined ? a.eq(b) : a.minus(b).abs().lt(exact(text))

/** On the right side, with the same trigger to the tick. */
export function matches(order: Order, position: Position, want: Want, instrument: Instrument | null): boolean {
  if (order.side !== closingSide(position.side)) return false
  if (want.triggerPrice === null || order.triggerPrice === null) return want.triggerPrice === order.triggerPrice
  return within(order.triggerPrice, want.triggerPrice, instrument?.tickSize)
}

/** The newest of `orders` (oldest first) that together are left with exactly `quantity`, to the step; null: none are. */
export function setOf(
  orders: readonly Order[],
  quantity: Exact,
  instrument: Instrument | null,
): readonly Order[] | null {
  let sum = ZERO
  for (let from = orders.length - 1; from >= 0; from--) {
    const order = orders[from]
    if (order !== undefined) sum = sum.plus(restOf(order))
    if (within(sum, quantity, instrument?.stepSize)) return orders.slice(from)
    if (sum.gt(quantity)) return null
  }
  return null
}

/** Live stops on the right side of together at least the position's quantity. */
export function stopsCover(stops: readonly Order[], position: Position, instrument: Instrument | null): boolean {
  let sum = ZERO
  for (const stop of stops) {
    if (stop.purpose === 'STOP' && isLive(stop) && stop.side === closingSide(position.side))
      sum = sum.plus(restOf(stop))
  }
  return sum.gte(position.quantity) || within(sum, position.quantity, instrument?.stepSize)
}
