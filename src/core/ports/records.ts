/** Questions to the journal, for screens, doors and reports. Newest first unless said otherwise. */
import type { Order } from '../model/order.ts'
import type { AccountState, LedgerEntry, Trade } from '../model/position.ts'
import type { Signal } from '../model/signal.ts'
import type { AlertRow, DecisionRow, EventRow, JournalTables, MscPolicyRow } from './journal.ts'

/** `next` is the cursor of the following page, null on the last. */
export interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

/** Thrown for a cursor that no page ever gave. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor'

  constructor(cursor: string) {
    super(`cursor must be the "next" of an earlier page, was ${JSON.stringify(cursor)}`)
  }
}

/** A filter on a field that the rows do not have matches none of them. Every filter is optional; `cursor` is a `next` of before. Times are epoch ms. */
export interface RecordQuery {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly symbol?: string | undefined
  readonly strategyId?: string | undefined
  readonly traceId?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** One hour of the equity curve. */
export interface EquityHour {
  /** epoch ms of its last sample */
  readonly at: number
  readonly nav: number
  readonly navHigh: number
}

/** How many decisions of a time came to this. */
export interface DecisionCount {
  readonly outcome: string
  readonly code: string | null
  readonly count: number
}

export interface Records {
  signals(query: RecordQuery): Page<Signal>
  decisions(
    query: RecordQuery & { readonly outcome?: string | undefined; readonly code?: string | undefined },
  ): Page<DecisionRow>
  decision(id: string): DecisionRow | null
  orders(query: RecordQuery & { readonly state?: string | undefined }): Page<Order>
  fills(query: RecordQuery): Page<JournalTables['fills']>
  trades(query: RecordQuery): Page<Trade>
  ledger(query: RecordQuery): Page<LedgerEntry>
  events(query: RecordQuery & { readonly type?: string | undefined }): Page<EventRow>
  alerts(query: RecordQuery): Page<AlertRow>
  /** runs of the Meta Strategy Controller */
  mscPolicies(query: RecordQuery): Page<MscPolicyRow>
  /** oldest first, at most `points`: the first and the last of [from, to] and evenly between them; one point: the last */
  equity(query: {
    readonly from?: number | undefined
    readonly to?: number | undefined
    readonly points: number
  }): readonly AccountState[]
  /** oldest first: of each hour since `from` its last sample, and the highest NAV of the hour */
  equityByHour(from: number): readonly EquityHour[]
  /** decisions of [from, to] by what became of them, most frequent first */
  decisionCounts(query: { readonly from: number; readonly to: number }): readonly DecisionCount[]
  /** rows of each table */
  counts(): Readonly<Record<string, number>>
}
