/** The foreign part of the facade: what a person decides about what is not ours, through the guard and journaled. */
import { stableId, traceIdOf, type IntentId } from '../core/model/ids.ts'
import type { CancelIntent, ProtectIntent } from '../core/model/intent.ts'
import type { Position } from '../core/model/position.ts'
import { signOf } from '../core/model/signal.ts'
import type { Actor } from '../core/policy/policy.ts'
import { FOREIGN } from './books.ts'
import type { DecisionCause } from './decision-row.ts'
import { SYMBOL_FROZEN } from './executor-corrections.ts'
import type { AdoptionPlan, AdoptResult, ForeignFacade } from './foreign-facade.ts'
import { MANUAL } from './manual-entry.ts'
import type { Rooms } from './rooms.ts'
import type { NotThere } from './station-values.ts'

type ForeignRooms = Pick<
  Rooms,
  'alerts' | 'announcer' | 'books' | 'clock' | 'equity' | 'executor' | 'guard' | 'market' | 'pipeline'
>

const notThere = (what: string): NotThere => ({ outcome: 'not_there', what })

/** `settle`: what was done by hand is told at once. */
export function foreignFront(rooms: ForeignRooms, settle: () => void): ForeignFacade {
  const { alerts, announcer, books, clock, executor, pipeline } = rooms
  const settled = <Result>(result: Result): Result => {
    settle()
    return result
  }
  return {
    adopt: (symbol, plan, actor) => settled(adopt(rooms, symbol, plan, actor)),
    close: (symbol, actor) => {
      const position = foreignOn(rooms, symbol)
      if (position === null) return notThere(`foreign position on ${symbol}`)
      executor.closePosition(symbol, 'MANUAL', actor)
      return settled({ outcome: 'closing', traceId: position.traceId })
    },
    cancel: (symbol, id, actor) => {
      const order = executor.foreign.find(id)
      if (order === null || order.symbol !== symbol) return notThere(`foreign order ${id} on ${symbol}`)
      const { traceId, strategyId, positionSide: side } = order
      const intent: CancelIntent = {
        kind: 'CANCEL',
        ...madeNow(clock.now(), id),
        traceId,
        strategyId,
        symbol,
        side,
        actor,
        clientOrderId: id,
      }
      pipeline.submit(intent, askedBy(actor))
      return settled({ outcome: 'cancelling' })
    },
    frozen: () => [...books.frozen].map(([symbol, { reason, since }]) => ({ symbol, reason, since })),
    unfreeze: (symbol, actor) => {
      if (!books.unfreeze(symbol)) return notThere(`frozen symbol ${symbol}`)
      alerts.clear(SYMBOL_FROZEN, symbol)
      announcer.publish('symbol.unfrozen', null, { symbol, by: actor })
      announcer.touch('positions', symbol)
      return settled({ outcome: 'released' })
    },
  }
}

const foreignOn = ({ books }: ForeignRooms, symbol: string): Position | null => {
  const position = books.positions.get(symbol)
  return position?.strategyId === FOREIGN ? position : null
}

/** The stop first: with it the position is ours. The target follows as any change of a target does. */
function adopt(rooms: ForeignRooms, symbol: string, plan: AdoptionPlan, actor: Actor): AdoptResult {
  const { clock, guard, equity, market, pipeline } = rooms
  const position = foreignOn(rooms, symbol)
  if (position === null) return notThere(`foreign position on ${symbol}`)
  const reason = misplaced(position, plan, market.markOf(symbol))
  if (reason !== null) return { outcome: 'refused', reason }
  const { side, quantity } = position
  const made = madeNow(clock.now(), `${symbol} ${position.intentId}`)
  const traceId = traceIdOf('adopt', made.id)
  const base = {
    kind: 'PROTECT',
    ...made,
    traceId,
    strategyId: MANUAL,
    symbol,
    side,
    actor,
    quantity,
    trailing: null,
  } as const
  const stop: ProtectIntent = { ...base, type: 'STOP_MARKET', triggerPrice: plan.stopPrice }
  const verdict = pipeline.submit(stop, askedBy(actor, 'stop'))
  if (verdict.outcome === 'denied') return verdict
  if (plan.takeProfitPrice !== null) {
    const target: ProtectIntent = { ...base, type: 'TAKE_PROFIT_MARKET', triggerPrice: plan.takeProfitPrice }
    pipeline.submit(target, askedBy(actor, 'target'))
  }
  guard.refresh()
  equity.refresh()
  return { outcome: 'adopted', traceId }
}

/** A stop beyond the mark would close at once what a person wants to keep. */
function misplaced(
  { symbol, side }: Position,
  { stopPrice, takeProfitPrice }: AdoptionPlan,
  mark: number | null,
): string | null {
  if (mark === null) return `there is no price of ${symbol} to hold a stop against`
  const sign = signOf(side)
  const [losing, winning] = side === 'LONG' ? ['below', 'above'] : ['above', 'below']
  const ahead = (price: number): number => sign * (price - mark)
  if (ahead(stopPrice.toNumber()) >= 0)
    return `stop_price of a ${side} must be ${losing} the mark ${mark}, was ${stopPrice.toFixed()}`
  if (takeProfitPrice === null || ahead(takeProfitPrice.toNumber()) > 0) return null
  return `take_profit_price of a ${side} must be ${winning} the mark ${mark}, was ${takeProfitPrice.toFixed()}`
}

const madeNow = (now: number, about: string): { readonly id: IntentId; readonly createdAt: number } => ({
  id: stableId('by-hand', about, now) as IntentId,
  createdAt: now,
})

const askedBy = (actor: Actor, part = ''): DecisionCause => {
  const asked = { step: 'asked_by', passed: true, actual: actor, limit: null, source: 'user' }
  return { kind: 'MANUAL', part, ranking: null, steps: [asked] }
}
