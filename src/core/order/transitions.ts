/** The life of an order, on one page (SPEC §9). What is not in this table cannot happen. */
import type { Order, OrderState } from '../model/order.ts'

export const TRANSITIONS = {
  INTENT: ['DENIED', 'SUBMITTED'],
  DENIED: [],
  SUBMITTED: ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'UNKNOWN'],
  OPEN: ['PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'UNKNOWN'],
  PARTIALLY_FILLED: ['PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'UNKNOWN'],
  // nobody answered: the venue is asked, and whatever it says may follow
  UNKNOWN: ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'FAILED'],
  FILLED: [],
  // a fill may be told after the end of its order: it is booked and corrects it
  CANCELLED: ['CANCELLED', 'FILLED'],
  EXPIRED: ['EXPIRED', 'FILLED'],
  REJECTED: [],
  FAILED: [],
} as const satisfies Record<OrderState, readonly OrderState[]>

/** The states that may follow `From`. */
export type NextState<From extends OrderState> = (typeof TRANSITIONS)[From][number]

export type OrderIn<State extends OrderState> = Order & { readonly state: State }

export function canMove(from: OrderState, to: OrderState): boolean {
  const next: readonly OrderState[] = TRANSITIONS[from]
  return next.includes(to)
}

/** What may change along with the state. */
export type OrderChange = Partial<Pick<Order, 'filledQuantity' | 'averagePrice' | 'venueOrderId' | 'reason'>>

/** The order in its next state; impossible moves do not compile where the state is known, and throw where it is not. */
export function move<From extends OrderState>(
  order: OrderIn<From>,
  to: NextState<From>,
  at: number,
  change: OrderChange = {},
): Order {
  if (!canMove(order.state, to)) {
    throw new RangeError(`order ${order.clientOrderId}: ${order.state} cannot become ${to}`)
  }
  return { ...order, ...change, state: to, updatedAt: Math.max(order.updatedAt, at) }
}

/** States in which the venue holds the order or may hold it. */
const WORKING: ReadonlySet<OrderState> = new Set(['SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'])

export const isWorking = (state: OrderState): boolean => WORKING.has(state)
