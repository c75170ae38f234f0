/** What a fill makes of a position and of the wallet: average entry, partial closes, realised profit, fees, flips. */
import { ZERO, booked, minOf, type Exact } from '../model/decimal.ts'
import type { IntentId, TraceId } from '../model/ids.ts'
import type { Fill } from '../model/order.ts'
import type { LedgerEntry, Position } from '../model/position.ts'
import { signOf, type Side, type Trailing } from '../model/signal.ts'

/** What the order of a fill knows about the position it would open. */
export interface Opening {
  readonly strategyId: string
  readonly intentId: IntentId
  readonly traceId: TraceId
  readonly policyVersion: number
  readonly leverage: number
  readonly stopPrice: Exact
  readonly takeProfitPrice: Exact | null
  readonly trailing: Trailing | null
}

export interface FillEffect {
  /** the position after the fill; null: flat */
  readonly position: Position | null
  /** the position this fill ended, with nothing left of it */
  readonly closed: Position | null
  readonly ledger: readonly LedgerEntry[]
}

const sideOfFill = (fill: Fill): Side => (fill.side === 'BUY' ? 'LONG' : 'SHORT')

/** Price gain of `quantity` from `entry` to `exit`, USDT, not rounded. */
export function gainOf(side: Side, entry: Exact, exit: Exact, quantity: Exact): Exact {
  return exit.minus(entry).times(quantity).times(signOf(side))
}

export function applyFill(position: Position | null, fill: Fill, opening: Opening): FillEffect {
  const fee = booked(fill.fee)
  const ledger = fee.isZero() ? [] : [ledgerOf(fill, 'FEE', fee.neg(), opening.traceId)]
  const side = sideOfFill(fill)
  if (position === null) return { position: opened(fill, side, fill.quantity, fee, opening), closed: null, ledger }
  if (position.side === side) return { position: increased(position, fill, fee), closed: null, ledger }
  return reduced(position, fill, fee, opening, ledger)
}

/** A settlement of funding: received (+) or paid (−), already booked to 8 decimals. */
export function applyFunding(position: Position, amount: Exact): Position {
  return { ...position, funding: position.funding.plus(amount) }
}

function opened(fill: Fill, side: Side, quantity: Exact, fees: Exact, opening: Opening): Position {
  return {
    symbol: fill.symbol,
    side,
    quantity,
    entryPrice: fill.price,
    leverage: opening.leverage,
    strategyId: opening.strategyId,
    intentId: opening.intentId,
    traceId: opening.traceId,
    policyVersion: opening.policyVersion,
    openedAt: fill.at,
    enteredQuantity: quantity,
    enteredCost: fill.price.times(quantity),
    initialStopPrice: opening.stopPrice,
    stopPrice: opening.stopPrice,
    takeProfitPrice: opening.takeProfitPrice,
    trailing: opening.trailing,
    realised: ZERO,
    fees,
    funding: ZERO,
  }
}

function increased(position: Position, fill: Fill, fee: Exact): Position {
  const quantity = position.quantity.plus(fill.quantity)
  const paid = fill.price.times(fill.quantity)
  return {
    ...position,
    quantity,
    entryPrice: position.entryPrice.times(position.quantity).plus(paid).div(quantity),
    enteredQuantity: position.enteredQuantity.plus(fill.quantity),
    enteredCost: position.enteredCost.plus(paid),
    fees: position.fees.plus(fee),
  }
}

/** Reduce-only orders never reach beyond flat; a foreign fill may, and then what is left of it opens the other side. */
function reduced(
  position: Position,
  fill: Fill,
  fee: Exact,
  opening: Opening,
  ledger: readonly LedgerEntry[],
): FillEffect {
  const quantity = minOf(position.quantity, fill.quantity)
  const beyond = fill.quantity.minus(quantity)
  const gain = booked(gainOf(position.side, position.entryPrice, fill.price, quantity))
  const feeHere = beyond.isZero() ? fee : booked(fee.times(quantity).div(fill.quantity))
  const rest: Position = {
    ...position,
    quantity: position.quantity.minus(quantity),
    realised: position.realised.plus(gain),
    fees: position.fees.plus(feeHere),
  }
  const moved = gain.isZero() ? ledger : [ledgerOf(fill, 'REALISED', gain, position.traceId), ...ledger]
  if (rest.quantity.gt(0)) return { position: rest, closed: null, ledger: moved }
  const next = beyond.isZero() ? null : opened(fill, sideOfFill(fill), beyond, fee.minus(feeHere), opening)
  return { position: next, closed: rest, ledger: moved }
}

function ledgerOf(fill: Fill, kind: 'REALISED' | 'FEE', amount: Exact, traceId: TraceId): LedgerEntry {
  return { id: `${kind.toLowerCase()}:${fill.id}`, kind, amount, symbol: fill.symbol, at: fill.at, traceId }
}
