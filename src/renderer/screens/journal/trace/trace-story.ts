/** Everything of one trace on one line of time: signal, decision, order, fills, trade, and the money. Pure. */
import type { Event } from '../../../../contract/events.ts'
import type { Decision, Fill, LedgerEntry, Order, Signal, Trade } from '../../../../contract/trading-shapes.ts'

export interface TraceRows {
  readonly signals: readonly Signal[]
  readonly decisions: readonly Decision[]
  readonly orders: readonly Order[]
  readonly fills: readonly Fill[]
  readonly trades: readonly Trade[]
  readonly ledger: readonly LedgerEntry[]
  readonly events: readonly Event[]
}

export type Moment = { readonly at: string; readonly key: string } & (
  | { readonly kind: 'signal'; readonly row: Signal }
  | { readonly kind: 'decision'; readonly row: Decision }
  | { readonly kind: 'order'; readonly row: Order }
  | { readonly kind: 'fill'; readonly row: Fill }
  | { readonly kind: 'trade'; readonly row: Trade }
  | { readonly kind: 'ledger'; readonly row: LedgerEntry }
  | { readonly kind: 'event'; readonly row: Event }
)

/** Of one instant, what leads to what. */
const ORDER: readonly Moment['kind'][] = ['signal', 'decision', 'order', 'fill', 'ledger', 'trade', 'event']

/** Oldest first. */
export function momentsOf(rows: TraceRows): readonly Moment[] {
  const moments: Moment[] = [
    ...rows.signals.map((row) => ({ kind: 'signal', at: row.created_at, key: `signal ${row.id}`, row }) as const),
    ...rows.decisions.map((row) => ({ kind: 'decision', at: row.at, key: `decision ${row.id}`, row }) as const),
    ...rows.orders.map(
      (row) => ({ kind: 'order', at: row.created_at, key: `order ${row.client_order_id}`, row }) as const,
    ),
    ...rows.fills.map((row) => ({ kind: 'fill', at: row.at, key: `fill ${row.id}`, row }) as const),
    ...rows.ledger.map((row) => ({ kind: 'ledger', at: row.at, key: `ledger ${row.id}`, row }) as const),
    ...rows.trades.map((row) => ({ kind: 'trade', at: row.closed_at, key: `trade ${row.id}`, row }) as const),
    ...rows.events.map((row) => ({ kind: 'event', at: row.at, key: `event ${row.seq}`, row }) as const),
  ]
  return moments.toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  )
}
