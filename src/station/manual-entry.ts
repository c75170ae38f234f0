/** A person's wish to open a position, as an intent like any other: strategy `manual`, confidence 1 (SPEC §3). */
import { exact } from '../core/model/decimal.ts'
import { intentIdOf, traceIdOf } from '../core/model/ids.ts'
import type { EntryIntent } from '../core/model/intent.ts'
import { worstPrice } from '../core/orchestrator/entry-style.ts'
import type { OrchestratorSettings } from '../core/orchestrator/settings.ts'
import type { Actor, GuardRules } from '../core/policy/policy.ts'
import type { ManualOrder } from './station-values.ts'

export const MANUAL = 'manual'

interface ManualWorld {
  readonly now: number
  /** tells wishes of one instant apart */
  readonly serial: number
  readonly last: number
  readonly mark: number
  readonly rules: GuardRules
  readonly settings: OrchestratorSettings
  /** how long a manual limit order rests, ms */
  readonly restMs: number
  readonly expectedHoldMs: number
}

/** Without a limit price it takes what the market offers, no worse than an entry of a strategy may. */
export function manualEntry(order: ManualOrder, actor: Actor, world: ManualWorld): EntryIntent {
  const { symbol, side, stopPrice, takeProfitPrice, leverage, limitPrice } = order
  const { now, serial, last, mark, rules, settings } = world
  const price = limitPrice ?? worstPrice({ side, price: last, stopPrice }, mark, rules, settings)
  const id = intentIdOf(MANUAL, symbol, `${side} ${String(serial)}`, now)
  return {
    kind: 'ENTRY',
    id,
    traceId: traceIdOf(MANUAL, id),
    strategyId: MANUAL,
    symbol,
    side,
    actor,
    createdAt: now,
    signalId: null,
    confidence: 1,
    quantity: order.quantity ?? exact((order.notionalUsd ?? 0) / price),
    price: exact(price),
    timeInForce: limitPrice === null ? 'IOC' : 'GTC',
    restMs: limitPrice === null ? 0 : world.restMs,
    followUpPrice: null,
    stopPrice: exact(stopPrice),
    takeProfitPrice: takeProfitPrice === null ? null : exact(takeProfitPrice),
    trailing: null,
    leverage,
    expectedHoldMs: world.expectedHoldMs,
    bar: now,
  }
}
