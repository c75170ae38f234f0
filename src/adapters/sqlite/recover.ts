/** What a restart reads to go on where the journal ends. */
import type Database from 'better-sqlite3'

import { exact, ZERO, type Exact } from '../../core/model/decimal.ts'
import type { IntentId } from '../../core/model/ids.ts'
import type { Recovered } from '../../core/ports/journal.ts'
import { UnreadableRow } from './errors.ts'
import { FEED_POSITION } from './settings-shelf.ts'
import { JOURNAL_SHAPES } from './tables.ts'

/** Orders in these states have not ended; the same as of the index `orders_open`. */
const OPEN_STATES = `state IN ('INTENT', 'SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN')`

/** Σ of the ledger, entry by entry: the amounts are decimals that SQL would round. */
function ledgerBalance(sql: Database.Database): Exact {
  let balance: Exact = ZERO
  for (const amount of sql.prepare<[], string>('SELECT amount FROM ledger ORDER BY row').pluck().iterate()) {
    try {
      balance = balance.plus(amount)
    } catch {
      throw new UnreadableRow('ledger', 'amount', `a decimal expected, found ${JSON.stringify(amount)}`)
    }
  }
  return exact(balance)
}

function intentsSince(sql: Database.Database, since: number): readonly IntentId[] {
  const statement = sql.prepare<[number, number], IntentId>(`
    SELECT intent_id FROM decisions WHERE at >= ? AND intent_id IS NOT NULL
    UNION
    SELECT intent_id FROM orders WHERE created_at >= ?
    ORDER BY intent_id`)
  return statement.pluck().all(since, since)
}

/** Reads the journal's end: `since` (epoch ms) bounds the intents. */
export function recover(sql: Database.Database, since: number): Recovered {
  const { orders, positions, equity } = JOURNAL_SHAPES
  const number = (query: string): number => (sql.prepare(query).pluck().get() as number | null) ?? 0
  const lastEquity = sql.prepare('SELECT * FROM equity ORDER BY at DESC LIMIT 1').get()
  const account = lastEquity === undefined ? null : equity.codec.decode(lastEquity)
  const feedPosition = sql
    .prepare<[string], string>('SELECT value FROM settings WHERE name = ?')
    .pluck()
    .get(FEED_POSITION)
  const lastFillAt = number('SELECT max(at) FROM fills')
  const openOrders = sql.prepare(`SELECT * FROM orders WHERE ${OPEN_STATES} ORDER BY created_at, row`).all()
  return {
    openOrders: openOrders.map((stored) => orders.codec.decode(stored)),
    positions: sql
      .prepare('SELECT * FROM positions ORDER BY symbol')
      .all()
      .map((stored) => positions.codec.decode(stored)),
    balance: ledgerBalance(sql),
    units: account?.units ?? ZERO,
    navHighs:
      account === null ? null : { today: account.navHighToday, last24h: account.navHigh24h, ever: account.navHighEver },
    lastEquityAt: account?.at ?? null,
    lastFillAt,
    beganAt: sql.prepare<[], number | null>('SELECT min(at) FROM ledger').pluck().get() ?? null,
    lastAt: Math.max(lastFillAt, account?.at ?? 0, number('SELECT at FROM events ORDER BY seq DESC LIMIT 1')),
    intentIds: intentsSince(sql, since),
    lastEventSeq: number('SELECT max(seq) FROM events'),
    feedPosition: feedPosition === undefined ? null : Number(feedPosition),
  }
}
