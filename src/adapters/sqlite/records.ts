/** Answers questions to the journal, a page at a time. */
import type Database from 'better-sqlite3'

import type { Order } from '../../core/model/order.ts'
import type { AccountState, LedgerEntry, Trade } from '../../core/model/position.ts'
import type { Signal } from '../../core/model/signal.ts'
import type {
  AlertRow,
  DecisionRow,
  EventRow,
  JournalTable,
  JournalTables,
  MscPolicyRow,
} from '../../core/ports/journal.ts'
import type { DecisionCount, EquityHour, Page, RecordQuery, Records } from '../../core/ports/records.ts'
import type { SqliteDatabase } from './database.ts'
import { equityByHour } from './equity-hours.ts'
import { sampleEquity } from './equity-sample.ts'
import { Pages, type Paging } from './pages.ts'
import { SQLITE_SETTINGS, type SqliteSettings } from './settings.ts'
import { JOURNAL_SHAPES } from './tables.ts'

const SYMBOL = { symbol: 'symbol' }
const TRACE = { traceId: 'trace_id' }
const OF_STRATEGY = { ...SYMBOL, ...TRACE, strategyId: 'strategy_id' }

const PAGING = {
  signals: { time: 'created_at', tie: 'row', filters: OF_STRATEGY },
  decisions: { time: 'at', tie: 'row', filters: { ...OF_STRATEGY, outcome: 'outcome', code: 'code' } },
  orders: { time: 'created_at', tie: 'row', filters: { ...OF_STRATEGY, state: 'state' } },
  fills: { time: 'at', tie: 'row', filters: OF_STRATEGY },
  trades: { time: 'closed_at', tie: 'row', filters: OF_STRATEGY },
  ledger: { time: 'at', tie: 'row', filters: { ...SYMBOL, ...TRACE } },
  events: { time: 'at', tie: 'seq', filters: { ...TRACE, type: 'type' } },
  alerts: { time: 'raised_at', tie: 'row', filters: {} },
  msc_policies: { time: 'created_at', tie: 'row', filters: TRACE },
} satisfies Partial<Record<JournalTable, Paging>>

const COUNTED = [...Object.keys(JOURNAL_SHAPES), 'policy_history', 'rankings', 'strategies', 'models']

const COUNT_DECISIONS = `
SELECT outcome, code, count(*) AS count FROM decisions WHERE at BETWEEN ? AND ?
GROUP BY outcome, code ORDER BY count DESC, outcome, code`

export class SqliteRecords implements Records {
  readonly #sql: Database.Database
  readonly #countDecisions: Database.Statement<[number, number], DecisionCount>
  readonly #findDecision: Database.Statement<[string]>
  readonly #pages: { readonly [Table in keyof typeof PAGING]: Pages<JournalTables[Table]> }

  constructor({ sql }: SqliteDatabase, { maxPageRows }: SqliteSettings = SQLITE_SETTINGS) {
    const pages = <Table extends keyof typeof PAGING>(table: Table): Pages<JournalTables[Table]> =>
      new Pages(sql, JOURNAL_SHAPES[table].codec, PAGING[table], maxPageRows)
    this.#sql = sql
    this.#countDecisions = sql.prepare(COUNT_DECISIONS)
    this.#findDecision = sql.prepare('SELECT * FROM decisions WHERE id = ?')
    this.#pages = {
      signals: pages('signals'),
      decisions: pages('decisions'),
      orders: pages('orders'),
      fills: pages('fills'),
      trades: pages('trades'),
      ledger: pages('ledger'),
      events: pages('events'),
      alerts: pages('alerts'),
      msc_policies: pages('msc_policies'),
    }
  }

  signals(query: RecordQuery): Page<Signal> {
    return this.#pages.signals.page(query)
  }

  decisions(query: Parameters<Records['decisions']>[0]): Page<DecisionRow> {
    return this.#pages.decisions.page(query)
  }

  decision(id: string): DecisionRow | null {
    const stored = this.#findDecision.get(id)
    return stored === undefined ? null : JOURNAL_SHAPES.decisions.codec.decode(stored)
  }

  orders(query: Parameters<Records['orders']>[0]): Page<Order> {
    return this.#pages.orders.page(query)
  }

  fills(query: RecordQuery): Page<JournalTables['fills']> {
    return this.#pages.fills.page(query)
  }

  trades(query: RecordQuery): Page<Trade> {
    return this.#pages.trades.page(query)
  }

  ledger(query: RecordQuery): Page<LedgerEntry> {
    return this.#pages.ledger.page(query)
  }

  events(query: Parameters<Records['events']>[0]): Page<EventRow> {
    return this.#pages.events.page(query)
  }

  alerts(query: RecordQuery): Page<AlertRow> {
    return this.#pages.alerts.page(query)
  }

  mscPolicies(query: RecordQuery): Page<MscPolicyRow> {
    return this.#pages.msc_policies.page(query)
  }

  equityByHour(from: number): readonly EquityHour[] {
    return equityByHour(this.#sql, from)
  }

  equity(query: Parameters<Records['equity']>[0]): readonly AccountState[] {
    return sampleEquity(this.#sql, query)
  }

  decisionCounts({ from, to }: { readonly from: number; readonly to: number }): readonly DecisionCount[] {
    return this.#countDecisions.all(from, to)
  }

  /** Reads an index of every table to its end: for reports, not for every tick. */
  counts(): Readonly<Record<string, number>> {
    const count = (table: string): number => this.#sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
    return Object.fromEntries(COUNTED.map((table) => [table, count(table)]))
  }
}
