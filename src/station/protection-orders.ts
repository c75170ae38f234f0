/** Sends protection through the guard: one order, or more where the exchange takes no larger market lot. */
import { exact, toTick } from '../core/model/decimal.ts'
import { clientOrderIdOf, type ClientOrderId, type IntentId } from '../core/model/ids.ts'
import type { ProtectIntent } from '../core/model/intent.ts'
import type { Instrument } from '../core/model/market.ts'
import type { Position } from '../core/model/position.ts'
import type { Trailing } from '../core/model/signal.ts'
import { checked, type ExecutorDeps } from './executor-deps.ts'
import type { OrderDesk } from './executor-desk.ts'
import { protectiveOrder } from './executor-orders.ts'
import type { Want } from './protection-wants.ts'

const ROLES: Readonly<Record<Want['type'], string>> = {
  STOP_MARKET: 'stop',
  TAKE_PROFIT_MARKET: 'target',
  TRAILING_STOP_MARKET: 'trail',
}

/** Null when it was sent, else the guard's sentence: it refuses only what is no protective order at all. `sent` hears each id first. */
export function sendProtective(
  deps: ExecutorDeps,
  desk: OrderDesk,
  position: Position,
  { type, triggerPrice, trailing }: Want,
  sent: (id: ClientOrderId) => void,
): string | null {
  const { intentId: id, traceId, strategyId, symbol, side, quantity } = position
  const base = { id, traceId, strategyId, symbol, side, actor: 'executor', createdAt: deps.clock.now() }
  const begun = trailing === null ? null : onTick(trailing, deps.instrumentOf(symbol))
  const intent: ProtectIntent = { kind: 'PROTECT', ...base, type, quantity, triggerPrice, trailing: begun }
  const verdict = checked(deps, intent)
  if (verdict.outcome === 'denied') return verdict.sentence
  for (const slice of verdict.slices) {
    const order = protectiveOrder(verdict, freeId(deps, id, ROLES[type]), slice, deps.clock.now())
    sent(order.clientOrderId)
    desk.send(order, order.triggerPrice?.toNumber() ?? null)
  }
  return null
}

/** `stop-1`, `stop-2`, …: the first no order has taken, before a restart neither. */
function freeId(deps: ExecutorDeps, intentId: IntentId, role: string): ClientOrderId {
  for (let number = 1; ; number++) {
    const id = clientOrderIdOf(intentId, `${role}-${number}`)
    if (deps.books.orders.find(id) === null) return id
  }
}

function onTick(trailing: Trailing, instrument: Instrument | null): Trailing {
  if (trailing.activationPrice === null || instrument === null) return trailing
  const price = toTick(exact(trailing.activationPrice), exact(instrument.tickSize), 'nearest')
  return { ...trailing, activationPrice: price.toNumber() }
}
