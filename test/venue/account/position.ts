/** One net position and what the account has chosen for its symbol. */
import { ZERO, type Exact } from '../../../src/core/model/decimal.ts'

export interface Position {
  readonly symbol: string
  /** base asset, negative for a short */
  amount: Exact
  entryPrice: Exact
  /** USDT set aside when isolated, else zero */
  isolatedWallet: Exact
  isIsolated: boolean
  leverage: number
  /** profit and loss realised so far, before fees */
  realized: Exact
  updatedAt: number
}

export function emptyPosition(symbol: string, leverage: number, isIsolated: boolean): Position {
  return {
    symbol,
    amount: ZERO,
    entryPrice: ZERO,
    isolatedWallet: ZERO,
    isIsolated,
    leverage,
    realized: ZERO,
    updatedAt: 0,
  }
}

export const signOf = (position: Position): 1 | -1 | 0 =>
  position.amount.isZero() ? 0 : position.amount.gt(0) ? 1 : -1
export const unrealized = (position: Position, mark: Exact): Exact =>
  position.amount.times(mark.minus(position.entryPrice))

export interface PositionChange {
  readonly realized: Exact
  /** quantity that closed something, and that opened something */
  readonly closed: Exact
  readonly opened: Exact
}

/**
 * What a trade of `amount` (signed) at `price` does: what closes realises against the entry price, which stays; what
 * opens is averaged into it. The isolated wallet gives back its share of what closes and takes cost ÷ leverage of what opens.
 */
export function applyTrade(
  position: Position,
  amount: Exact,
  price: Exact,
): PositionChange & { readonly moved: Exact } {
  const isSame = position.amount.isZero() || position.amount.gt(0) === amount.gt(0)
  const closed = isSame ? ZERO : amount.abs().lte(position.amount.abs()) ? amount.abs() : position.amount.abs()
  const opened = amount.abs().minus(closed)
  const sign = signOf(position)
  const realized = closed.times(price.minus(position.entryPrice)).times(sign)
  let moved = ZERO
  if (closed.gt(0)) moved = moved.minus(release(position, closed))
  const before = position.amount.abs().minus(closed)
  position.amount = position.amount.plus(amount)
  if (opened.gt(0)) {
    position.entryPrice = position.entryPrice.times(before).plus(price.times(opened)).div(before.plus(opened))
    const added = position.isIsolated ? price.times(opened).div(position.leverage) : ZERO
    position.isolatedWallet = position.isolatedWallet.plus(added)
    moved = moved.plus(added)
  } else if (position.amount.isZero()) position.entryPrice = ZERO
  position.realized = position.realized.plus(realized)
  return { realized, closed, opened, moved }
}

function release(position: Position, closed: Exact): Exact {
  const held = position.amount.abs()
  const released = closed.eq(held) ? position.isolatedWallet : position.isolatedWallet.times(closed).div(held)
  position.isolatedWallet = position.isolatedWallet.minus(released)
  return released
}
