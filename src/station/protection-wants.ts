/** What a position should have at the venue, and whether an order is that. */
import type { Exact } from '../core/model/decimal.ts'
import { exact } from '../core/model/decimal.ts'
import type { ProtectIntent } from '../core/model/intent.ts'
import type { Instrument } from '../core/model/market.ts'
import { closingSide, type Order, type OrderPurpose } from '../core/model/order.ts'
import type { Position } from '../core/model/position.ts'
import type { Trailing } from '../core/model/signal.ts'

/** One protective order as it should be. */
export interface Want {
  readonly type: ProtectIntent['type']
  readonly purpose: OrderPurpose
  readonly triggerPrice: Exact | null
  readonly trailing: Trailing | null
}

/** `trailsAtOnce`: the activation price of the trailing stop has been passed. */
export function wantsOf(position: Position, trailsAtOnce: boolean): readonly Want[] {
  const { stopPrice, takeProfitPrice, trailing } = position
  const wants: Want[] = []
  if (stopPrice.gt(0)) wants.push({ type: 'STOP_MARKET', purpose: 'STOP', triggerPrice: stopPrice, trailing: null })
  if (takeProfitPrice !== null) {
    wants.push({
      type: 'TAKE_PROFIT_MARKET',
      purpose: 'TAKE_PROFIT',
      triggerPrice: takeProfitPrice,
      trailing: null,
    })
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

const within = (a: Exact, b: Exact, text: string | undefined): boolean =>
  text === undefined ? a.eq(b) : a.minus(b).abs().lt(exact(text))

/** The same trigger to the tick, what is left of it the same quantity to the step. */
export function matches(order: Order, position: Position, want: Want, instrument: Instrument | null): boolean {
  if (order.side !== closingSide(position.side)) return false
  const rest = order.quantity.minus(order.filledQuantity)
  if (!within(rest, position.quantity, instrument?.stepSize)) return false
  if (want.triggerPrice === null || order.triggerPrice === null) return want.triggerPrice === order.triggerPrice
  return within(order.triggerPrice, want.triggerPrice, instrument?.tickSize)
}

/** A live stop on the right side of at least the position's quantity. */
export function stopCovers(order: Order, position: Position, instrument: Instrument | null): boolean {
  if (order.purpose !== 'STOP' || !isLive(order) || order.side !== closingSide(position.side)) return false
  const rest = order.quantity.minus(order.filledQuantity)
  return rest.gte(position.quantity) || within(rest, position.quantity, instrument?.stepSize)
}
