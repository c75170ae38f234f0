/** A resting entry as the wish it would be now, with what a person changes of it. */
import type { EntryIntent } from '../core/model/intent.ts'
import type { EntryPlan, Order } from '../core/model/order.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { EntryChange } from './station-values.ts'

interface ReplacementWorld {
  readonly now: number
  /** as the entry was approved with */
  readonly confidence: number
  readonly expectedHoldMs: number
}

/** Null: it does not rest. */
export function entryReplacement(
  order: Order,
  change: EntryChange,
  actor: Actor,
  { now, confidence, expectedHoldMs }: ReplacementWorld,
): EntryIntent | null {
  const { intentId: id, traceId, strategyId, symbol, positionSide: side, timeInForce, leverage, entryPlan } = order
  const price = change.price ?? order.price
  const rests = timeInForce === 'GTC' || timeInForce === 'GTX'
  if (order.purpose !== 'ENTRY' || !rests || !isResting(entryPlan) || price === null) return null
  const { stopPrice, takeProfitPrice, trailing, restUntil } = entryPlan
  const what = { id, traceId, strategyId, symbol, side, actor, confidence, price, timeInForce, leverage }
  return {
    kind: 'ENTRY',
    ...what,
    expectedHoldMs,
    createdAt: now,
    signalId: null,
    quantity: change.quantity ?? order.quantity,
    restMs: Math.max(0, restUntil - now),
    stopPrice,
    takeProfitPrice,
    trailing,
    followUpPrice: null,
    bar: now,
  }
}

const isResting = (plan: EntryPlan | null): plan is EntryPlan & { readonly restUntil: number } =>
  plan !== null && plan.restUntil !== null
