/** One decision with the signal it came from and what came of it, read from the journal. */
import type { Decision, Fill, Hindsight, Order, Signal, Trade } from '../../../../contract/trading-shapes.ts'
import { station } from '../../../link/client.ts'
import { useAnswer, type Answer } from '../../../state/use-answer.ts'

export interface DecisionStory {
  readonly decision: Decision
  /** null: a person's wish, or the signal is not in the journal any more */
  readonly signal: Signal | null
  readonly orders: readonly Order[]
  readonly fills: readonly Fill[]
  readonly trades: readonly Trade[]
  /** what it would have made; null: it was taken, or nothing can be said */
  readonly hindsight: Hindsight | null
}

export function useDecision(id: string): Answer<DecisionStory> {
  return useAnswer(`decision ${id}`, async (signal) => {
    const decision = await station.records.decision({ id }, { signal })
    const ofTrace = { trace_id: decision.trace_id, limit: 100 }
    const [signals, orders, fills, trades, { hindsight }] = await Promise.all([
      station.records.signals(ofTrace, { signal }),
      station.orders.list(ofTrace, { signal }),
      station.orders.fills(ofTrace, { signal }),
      station.positions.trades(ofTrace, { signal }),
      station.records.hindsight({ id }, { signal }),
    ])
    return {
      decision,
      signal: signals.items.find(({ id }) => id === decision.signal_id) ?? null,
      orders: orders.items,
      fills: fills.items,
      trades: trades.items,
      hindsight,
    }
  })
}
