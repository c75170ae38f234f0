/** What a new policy does to what is under way: entries it would now deny are cancelled, before the writer's call returns. */
import type { ClientOrderId, TraceId } from '../core/model/ids.ts'
import type { Order } from '../core/model/order.ts'
import type { AccountState } from '../core/model/position.ts'
import { deniedEntries, type PreviewEntry, type PreviewPosition } from '../core/policy/preview.ts'
import type { Announcer } from './announcer.ts'
import type { Books } from './books.ts'
import type { Executor } from './executor.ts'
import type { GuardDesk } from './guard-desk.ts'
import type { MarketBoard } from './market-board.ts'
import type { PolicyStore } from './policy-store.ts'

interface EffectsDeps {
  readonly policy: PolicyStore
  readonly guard: GuardDesk
  readonly books: Books
  readonly market: MarketBoard
  readonly executor: Executor
  readonly announcer: Announcer
  readonly account: () => AccountState | null
}

export function watchPolicy(deps: EffectsDeps): () => void {
  const { policy, guard, announcer } = deps
  return policy.onUpdated((version) => {
    guard.refresh()
    announcer.publish('policy.updated', version.traceId as TraceId, version)
    announcer.touch('policy')
    announcer.touch('effective')
    announcer.touch('usage')
    if (!version.rankingOnly) cancelDenied(deps)
  })
}

/** Cancels what the policy in force denies; at a start, too: a cancel may have died with the station. */
export function cancelDenied(deps: EffectsDeps): void {
  const denied = entriesDenied(deps)
  const reason = `denied by policy ${String(deps.policy.current.version)}`
  deps.executor.cancelEntries((order) => denied.has(order.clientOrderId), reason)
}

function entriesDenied(deps: EffectsDeps): ReadonlySet<ClientOrderId> {
  const { policy, guard, account } = deps
  const equity = account()?.equity.toNumber() ?? 0
  const under = { positions: heldPositions(deps), restingEntries: restingEntries(deps), equity }
  const denied = deniedEntries(policy.current, guard.limits(), under)
  return new Set(denied.map(({ clientOrderId }) => clientOrderId as ClientOrderId))
}

/** Open positions as a policy looks at them. */
export function heldPositions({ books, market }: Pick<EffectsDeps, 'books' | 'market'>): PreviewPosition[] {
  return [...books.positions.values()].map((position) => {
    const mark = market.markOf(position.symbol) ?? position.entryPrice.toNumber()
    const { symbol, strategyId, leverage, openedAt } = position
    return { symbol, strategyId, leverage, openedAt, notional: position.quantity.toNumber() * mark }
  })
}

/** Resting entries as a policy looks at them, oldest first. */
export function restingEntries({ books, guard }: Pick<EffectsDeps, 'books' | 'guard'>): PreviewEntry[] {
  return books.restingEntries().map((order) => ({
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    strategyId: order.strategyId,
    notional: notionalOf(order),
    leverage: order.leverage ?? 1,
    ...guard.approvalOf(order.intentId),
  }))
}

const notionalOf = (order: Order): number => (order.price === null ? 0 : order.price.times(order.quantity).toNumber())
