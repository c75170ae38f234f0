/** The account at one instant: balance, what open positions would bring, equity, unit price, free margin. */
import { ZERO, booked, exact, type Exact } from '../model/decimal.ts'
import type { Order } from '../model/order.ts'
import type { AccountState, Position } from '../model/position.ts'
import { gainOf } from './apply-fill.ts'
import { drawdownOf, type Nav } from './nav.ts'

/** Mark price of a symbol; null: none is known, and the position counts at its entry. */
export type MarkOf = (symbol: string) => number | null

export interface AccountInputs {
  readonly at: number
  readonly balance: Exact
  readonly positions: Iterable<Position>
  /** entries that may still fill */
  readonly entries: Iterable<Order>
  readonly markOf: MarkOf
}

/** What a position would bring at mark, booked to 8 decimals. */
export function unrealisedOf(position: Position, mark: number | null): Exact {
  if (mark === null) return ZERO
  return booked(gainOf(position.side, position.entryPrice, exact(mark), position.quantity))
}

export function unrealisedOfAll(positions: Iterable<Position>, markOf: MarkOf): Exact {
  let sum = ZERO
  for (const position of positions) sum = sum.plus(unrealisedOf(position, markOf(position.symbol)))
  return sum
}

/** Takes nothing into the highs of `nav`: whoever looks changes nothing. */
export function accountOf(inputs: AccountInputs, nav: Nav): AccountState {
  const { at, balance } = inputs
  const unrealised = unrealisedOfAll(inputs.positions, inputs.markOf)
  const equity = balance.plus(unrealised)
  const { price, highs } = nav.look(at, equity)
  return {
    at,
    balance,
    unrealised,
    equity,
    units: nav.units,
    nav: price,
    navHighToday: highs.today,
    navHigh24h: highs.last24h,
    navHighEver: highs.ever,
    drawdown: drawdownOf(price, highs.today),
    freeMargin: freeMarginOf(inputs, equity.toNumber()),
  }
}

/** The smaller of balance and equity, less initial margin of positions and of entries that may still fill. */
function freeMarginOf(inputs: AccountInputs, equity: number): number {
  let bound = 0
  for (const position of inputs.positions) {
    const price = inputs.markOf(position.symbol) ?? position.entryPrice.toNumber()
    bound += (position.quantity.toNumber() * price) / position.leverage
  }
  for (const order of inputs.entries) {
    const rest = order.quantity.minus(order.filledQuantity).toNumber()
    bound += (rest * (order.price?.toNumber() ?? 0)) / (order.leverage ?? 1)
  }
  return Math.max(0, Math.min(inputs.balance.toNumber(), equity) - bound)
}
