/** Mends the books where the venue knows better. */
import { exact } from '../core/model/decimal.ts'
import { stableId, traceIdOf } from '../core/model/ids.ts'
import type { Position, Trade } from '../core/model/position.ts'
import type { VenuePosition, VenueSnapshot } from '../core/ports/venue.ts'
import { FOREIGN, foreignIntent, type Books } from './books.ts'
import type { ExecutorDeps } from './executor-deps.ts'
import { standingFact } from './executor-facts.ts'
import type { Difference } from './reconciler-differences.ts'

/** Code of the alert that stands as long as a symbol is frozen. */
export const SYMBOL_FROZEN = 'symbol_frozen'

type Correcting = Pick<ExecutorDeps, 'books' | 'markOf' | 'announce'>

/** What closed by it, if anything did. */
export function correct(deps: Correcting, difference: Difference, snapshot: VenueSnapshot): Trade | null {
  if (difference.kind === 'balance') correctBalance(deps, snapshot)
  else if (difference.symbol !== null) return correctPosition(deps, difference, difference.symbol, snapshot)
  return null
}

/** Money that nothing explains: a gain counts as paid in, a loss as lost. In new books it is what they open with. */
function correctBalance({ books, markOf }: Correcting, snapshot: VenueSnapshot): void {
  const { at, balance } = snapshot
  const amount = balance.minus(books.balance)
  const kind = books.isNew ? 'DEPOSIT' : 'ADJUSTMENT'
  const id = `reconciled:${stableId('balance', at, balance.toFixed())}`
  books.bookMovement({ id, kind, amount, symbol: null, at, traceId: null }, markOf, amount.lt(0))
}

function correctPosition(
  deps: Correcting,
  difference: Difference,
  symbol: string,
  snapshot: VenueSnapshot,
): Trade | null {
  const { books, markOf } = deps
  const ours = books.positions.get(symbol) ?? null
  const theirs = snapshot.positions.find((position) => position.symbol === symbol && position.quantity.gt(0)) ?? null
  const isOwn = ours !== null && ours.strategyId !== FOREIGN
  if (isOwn) freeze(deps, symbol, difference, snapshot.at)
  if (isOwn && theirs !== null && theirs.side === ours.side) {
    books.setPosition(symbol, corrected(ours, theirs))
    return null
  }
  const trade = isOwn ? closeGone(books, ours, markOf(symbol), snapshot.at) : null
  books.setPosition(symbol, theirs === null ? null : foreign(theirs, snapshot.at))
  return trade
}

/** Until a person accepts the change (`unfreeze`), a restart included: the alert that stands brings it back. */
function freeze({ books, announce }: Correcting, symbol: string, { booked, venue }: Difference, at: number): void {
  const message = `somebody else changed our position on ${symbol} from ${booked} to ${venue}`
  books.freeze(symbol, message, at)
  announce(standingFact(at, { severity: 'critical', code: SYMBOL_FROZEN, message, about: symbol }))
}

function closeGone(books: Books, ours: Position, mark: number | null, at: number): Trade {
  return books.closeForeign(ours, mark === null ? ours.entryPrice : exact(mark), at)
}

/** What was added counts as entered at the venue's average; what is gone is gone. */
function corrected(ours: Position, theirs: VenuePosition): Position {
  const { quantity, entryPrice, leverage } = theirs
  const added = quantity.minus(ours.quantity)
  if (added.lte(0)) return { ...ours, quantity, leverage }
  const enteredCost = ours.enteredCost.plus(entryPrice.times(quantity).minus(ours.entryPrice.times(ours.quantity)))
  return { ...ours, quantity, entryPrice, leverage, enteredQuantity: ours.enteredQuantity.plus(added), enteredCost }
}

function foreign(theirs: VenuePosition, at: number): Position {
  const { symbol, side, quantity, entryPrice, leverage } = theirs
  const zero = exact(0)
  return {
    symbol,
    side,
    quantity,
    entryPrice,
    leverage,
    strategyId: FOREIGN,
    intentId: foreignIntent(symbol, at),
    traceId: traceIdOf(FOREIGN, symbol, at),
    policyVersion: 0,
    openedAt: at,
    enteredQuantity: quantity,
    enteredCost: entryPrice.times(quantity),
    initialStopPrice: zero,
    stopPrice: zero,
    takeProfitPrice: null,
    trailing: null,
    realised: zero,
    fees: zero,
    funding: zero,
  }
}
