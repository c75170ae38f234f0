/** What a report makes of an order: its next state, nothing new, or a named refusal. Duplicates and reordering change nothing. */
import type { Exact } from '../model/decimal.ts'
import type { Fill, Order, OrderState } from '../model/order.ts'
import { canMove, isWorking, move, type OrderChange, type OrderIn } from './transitions.ts'

/** The reports of a venue that concern one order. */
export type OrderReport =
  | { readonly kind: 'accepted'; readonly venueOrderId: string; readonly at: number }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string; readonly at: number }
  /** told once per fill: the caller knows fills by their id */
  | { readonly kind: 'filled'; readonly fill: Pick<Fill, 'price' | 'quantity'>; readonly at: number }
  | { readonly kind: 'cancelled' | 'expired'; readonly reason: string; readonly at: number }
  | {
      readonly kind: 'undelivered'
      readonly outcome: 'failed' | 'unknown'
      readonly message: string
      readonly at: number
    }
  /** the venue's answer; null: it has no such order, and the grace in which it might still arrive is over */
  | { readonly kind: 'status'; readonly order: OrderStanding | null; readonly at: number }
  /** nobody answered in time */
  | { readonly kind: 'unanswered'; readonly at: number }

/** An order as the venue holds it. */
export interface OrderStanding {
  readonly venueOrderId: string
  readonly state: 'OPEN' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELLED' | 'EXPIRED' | 'REJECTED'
  readonly filledQuantity: Exact
}

export type LifeRefusal =
  /** more was filled than the order asked for */
  | 'overfill'
  /** a fill of an order that was denied, rejected or had failed */
  | 'fill_of_dead_order'
  /** the venue works on an order that our books have as denied, rejected or failed */
  | 'alive_after_end'
  | 'impossible_move'

export type LifeResult =
  /** `corrected`: a late fill corrected an ended order */
  | { readonly outcome: 'changed'; readonly order: Order; readonly corrected: boolean }
  | { readonly outcome: 'same' }
  /** the venue filled more than was told: its fills must be asked for before the order can be settled */
  | { readonly outcome: 'incomplete'; readonly missing: Exact }
  | { readonly outcome: 'refused'; readonly refusal: LifeRefusal }

const SAME: LifeResult = { outcome: 'same' }
const refused = (refusal: LifeRefusal): LifeResult => ({ outcome: 'refused', refusal })

export function afterReport(order: Order, report: OrderReport): LifeResult {
  switch (report.kind) {
    case 'accepted':
      return afterAccepted(order, report.venueOrderId, report.at)
    case 'filled':
      return afterFill(order, report.fill, report.at)
    case 'cancelled':
      return afterEnd(order, 'CANCELLED', report.reason, report.at)
    case 'expired':
      return afterEnd(order, 'EXPIRED', report.reason, report.at)
    case 'rejected':
      return afterRejection(order, report.code, report.message, report.at)
    case 'undelivered':
      return afterSilence(order, report.outcome === 'failed', report.message, report.at)
    case 'unanswered':
      return isWorking(order.state) && order.state !== 'UNKNOWN' ? to(order, 'UNKNOWN', report.at) : SAME
    case 'status':
      return report.order === null ? afterAbsence(order, report.at) : afterStatus(order, report.order, report.at)
  }
}

function to(order: Order, state: OrderState, at: number, change: OrderChange = {}, corrected = false): LifeResult {
  if (!canMove(order.state, state)) return refused('impossible_move')
  return { outcome: 'changed', order: move(order as OrderIn<'UNKNOWN'>, state as 'OPEN', at, change), corrected }
}

const isDead = (state: OrderState): boolean =>
  state === 'INTENT' || state === 'DENIED' || state === 'REJECTED' || state === 'FAILED'

const openState = (order: Order): OrderState => (order.filledQuantity.gt(0) ? 'PARTIALLY_FILLED' : 'OPEN')

function afterAccepted(order: Order, venueOrderId: string, at: number): LifeResult {
  if (isDead(order.state)) return refused('alive_after_end')
  if (order.state === 'SUBMITTED' || order.state === 'UNKNOWN') return to(order, openState(order), at, { venueOrderId })
  return SAME
}

function afterFill(order: Order, fill: Pick<Fill, 'price' | 'quantity'>, at: number): LifeResult {
  if (isDead(order.state)) return refused('fill_of_dead_order')
  if (order.state === 'FILLED') return refused('overfill')
  const filledQuantity = order.filledQuantity.plus(fill.quantity)
  const paid = order.averagePrice.times(order.filledQuantity).plus(fill.price.times(fill.quantity))
  const change = { filledQuantity, averagePrice: paid.div(filledQuantity) }
  const corrected = !isWorking(order.state)
  if (filledQuantity.gte(order.quantity)) return to(order, 'FILLED', at, change, corrected)
  return to(order, corrected ? order.state : 'PARTIALLY_FILLED', at, change, corrected)
}

function afterEnd(order: Order, end: 'CANCELLED' | 'EXPIRED', reason: string, at: number): LifeResult {
  if (isDead(order.state)) return refused('impossible_move')
  return isWorking(order.state) ? to(order, end, at, { reason }) : SAME
}

/** A venue that knows the id already must be asked; one that rejects what it had accepted has let it expire. */
function afterRejection(order: Order, code: string, message: string, at: number): LifeResult {
  if (order.state === 'REJECTED') return SAME
  if (!isWorking(order.state)) return refused('impossible_move')
  if (code === 'DUPLICATE_CLIENT_ID') return order.state === 'UNKNOWN' ? SAME : to(order, 'UNKNOWN', at)
  const reason = `${code}: ${message}`
  const wasHeld = order.venueOrderId !== null || order.filledQuantity.gt(0)
  return wasHeld ? to(order, 'EXPIRED', at, { reason }) : to(order, 'REJECTED', at, { reason })
}

/** Only the sending itself can fail: once the order is held or asked for, the message that was lost was another one. */
function afterSilence(order: Order, failed: boolean, message: string, at: number): LifeResult {
  if (order.state !== 'SUBMITTED') return SAME
  const unknown = to(order, 'UNKNOWN', at, { reason: message })
  return failed && unknown.outcome === 'changed' ? to(unknown.order, 'FAILED', at, { reason: message }) : unknown
}

function afterAbsence(order: Order, at: number): LifeResult {
  if (!isWorking(order.state)) return SAME
  const unknown = order.state === 'UNKNOWN' ? order : move(order as OrderIn<'OPEN'>, 'UNKNOWN', at)
  const wasHeld = order.venueOrderId !== null || order.filledQuantity.gt(0)
  return wasHeld
    ? to(unknown, 'EXPIRED', at, { reason: 'the venue no longer has it' })
    : to(unknown, 'FAILED', at, { reason: 'the venue never had it' })
}

function afterStatus(order: Order, standing: OrderStanding, at: number): LifeResult {
  const isHeld = standing.state === 'OPEN' || standing.state === 'PARTIALLY_FILLED'
  if (isDead(order.state)) return isHeld || standing.filledQuantity.gt(0) ? refused('alive_after_end') : SAME
  if (standing.filledQuantity.gt(order.filledQuantity)) {
    return { outcome: 'incomplete', missing: standing.filledQuantity.minus(order.filledQuantity) }
  }
  if (!isWorking(order.state)) return SAME
  const { venueOrderId } = standing
  if (isHeld) {
    const waiting = order.state === 'SUBMITTED' || order.state === 'UNKNOWN'
    return waiting ? to(order, openState(order), at, { venueOrderId }) : SAME
  }
  if (standing.state === 'REJECTED') return afterRejection(order, 'OTHER', 'as the venue says when asked', at)
  // a reduce-only order may end filled by less than it asked for: the position was smaller
  const end = standing.state === 'CANCELLED' ? 'CANCELLED' : 'EXPIRED'
  return to(order, end, at, { venueOrderId, reason: 'as the venue says when asked' })
}
