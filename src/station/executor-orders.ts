/** Orders as they are sent, made from what the risk guard approved. */
import { ZERO, exact, type Exact } from '../core/model/decimal.ts'
import { clientOrderIdOf, type ClientOrderId } from '../core/model/ids.ts'
import type { CloseIntent, EntryIntent, ProtectIntent } from '../core/model/intent.ts'
import { closingSide, openingSide, type Order, type OrderPurpose } from '../core/model/order.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'

type OpeningOrReducing = EntryIntent | CloseIntent | ProtectIntent

/** The fields that every order takes over from its intent. */
function baseOf(approved: Approved<OpeningOrReducing>, clientOrderId: ClientOrderId, now: number) {
  const { intent } = approved
  return {
    clientOrderId,
    symbol: intent.symbol,
    quantity: approved.quantity,
    activationPrice: null,
    callback: null,
    intentId: intent.id,
    traceId: intent.traceId,
    strategyId: intent.strategyId,
    positionSide: intent.side,
    state: 'INTENT' as const,
    filledQuantity: ZERO,
    averagePrice: ZERO,
    venueOrderId: null,
    reason: null,
    policyVersion: approved.policyVersion,
    createdAt: now,
    updatedAt: now,
  }
}

/** One intent has the order that rests, the IOC, and one more (`replacement` from 2) each time a person moves it. */
export const entryIdOf = (intent: EntryIntent, replacement = 1): ClientOrderId => {
  const role = intent.timeInForce === 'IOC' ? 'ioc' : 'entry'
  return clientOrderIdOf(intent.id, replacement === 1 ? role : `${role}-${replacement}`)
}

export function entryOrder(approved: Approved<EntryIntent>, clientOrderId: ClientOrderId, now: number): Order {
  const { intent, price, leverage } = approved
  const rests = intent.timeInForce !== 'IOC'
  const { stopPrice, takeProfitPrice, trailing } = intent
  return {
    ...baseOf(approved, clientOrderId, now),
    side: openingSide(intent.side),
    type: 'LIMIT',
    timeInForce: intent.timeInForce,
    price,
    triggerPrice: null,
    reduceOnly: false,
    leverage,
    purpose: 'ENTRY',
    entryPlan: { stopPrice, takeProfitPrice, trailing, restUntil: rests ? now + intent.restMs : null },
    exitReason: null,
  }
}

export function closeOrder(
  approved: Approved<CloseIntent>,
  clientOrderId: ClientOrderId,
  quantity: Exact,
  now: number,
): Order {
  return {
    ...baseOf(approved, clientOrderId, now),
    quantity,
    side: closingSide(approved.intent.side),
    type: 'MARKET',
    timeInForce: null,
    price: null,
    triggerPrice: null,
    reduceOnly: true,
    leverage: null,
    purpose: 'CLOSE',
    entryPlan: null,
    exitReason: approved.intent.reason,
  }
}

const PURPOSES: Readonly<Record<ProtectIntent['type'], OrderPurpose>> = {
  STOP_MARKET: 'STOP',
  TAKE_PROFIT_MARKET: 'TAKE_PROFIT',
  TRAILING_STOP_MARKET: 'TRAILING',
}

export function protectiveOrder(
  approved: Approved<ProtectIntent>,
  clientOrderId: ClientOrderId,
  quantity: Exact,
  now: number,
): Order {
  const { type, side, trailing } = approved.intent
  const activation = trailing?.activationPrice ?? null
  return {
    ...baseOf(approved, clientOrderId, now),
    quantity,
    side: closingSide(side),
    type,
    timeInForce: null,
    price: null,
    triggerPrice: approved.triggerPrice,
    activationPrice: activation === null ? null : exact(activation),
    callback: trailing?.callback ?? null,
    reduceOnly: true,
    leverage: null,
    purpose: PURPOSES[type],
    entryPlan: null,
    exitReason: null,
  }
}
