import { describe, expect, it } from 'vitest'

import { openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import type { ClientOrderId, TradeId, TraceId } from '../../../src/core/model/ids.ts'
import type { Page } from '../../../src/core/ports/records.ts'
import { BadCursor } from '../../../src/core/ports/records.ts'
import { seeded } from '../../fixtures/candles.ts'
import { account, decision, event, fill, ledgerEntry, order, trade } from './rows.ts'

/** All pages; `between` happens after each. */
function everyPage<Row>(page: (cursor: string | undefined) => Page<Row>, between: () => void = () => {}): Row[] {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const { items, next } = page(cursor)
    rows.push(...items)
    cursor = next ?? undefined
    between()
  } while (cursor !== undefined)
  return rows
}

describe('pages', () => {
  it('tell every row exactly once, newest first, while newer rows are being added', () => {
    const { journal, records } = storeOf(openInMemory())
    const random = seeded(3)
    let seq = 0
    const add = (count: number) => {
      // many rows share one time
      for (let index = 0; index < count; index++) {
        seq += 1
        journal.write(
          'decisions',
          decision({ id: `d${seq}`, at: 1_000 + Math.floor(seq / 7), traceId: `t${seq}` as TraceId }),
        )
      }
      journal.flush(seq)
    }
    add(500)
    const rows = everyPage(
      (cursor) => records.decisions({ limit: 1 + Math.floor(random() * 40), cursor }),
      () => add(13),
    )
    const wanted = Array.from({ length: 500 }, (_row, index) => `d${500 - index}`)
    expect(rows.map(({ id }) => id)).toEqual(wanted)
    journal.close()
  })

  it('keep their place when an order changes between them', () => {
    const { journal, records } = storeOf(openInMemory())
    const id = (index: number) => `sb-${index}` as ClientOrderId
    for (let index = 0; index < 20; index++)
      journal.write('orders', order({ clientOrderId: id(index), createdAt: index }))
    journal.flush(1)
    let changed = 0
    const rows = everyPage(
      (cursor) => records.orders({ limit: 3, cursor }),
      () => {
        journal.write(
          'orders',
          order({ clientOrderId: id(changed), createdAt: changed, state: 'FILLED', updatedAt: 99 }),
        )
        journal.flush(1)
        changed += 1
      },
    )
    expect(rows.map((row) => row.createdAt)).toEqual(Array.from({ length: 20 }, (_row, index) => 19 - index))
    journal.close()
  })

  it('have the next cursor only when there is a next row', () => {
    const { journal, records } = storeOf(openInMemory())
    expect(records.events({ limit: 5 })).toEqual({ items: [], next: null })
    for (let seq = 1; seq <= 4; seq++) journal.write('events', event({ seq, at: seq }))
    journal.flush(1)
    expect(records.events({ limit: 4 }).next).toBeNull()
    const { items, next } = records.events({ limit: 3 })
    expect(items.map((row) => row.seq)).toEqual([4, 3, 2])
    expect(records.events({ limit: 3, cursor: next ?? '' })).toEqual({ items: [event({ seq: 1, at: 1 })], next: null })
    journal.close()
  })

  it('refuse a cursor that no page gave, and never give more than the configured rows', () => {
    const { journal, records } = storeOf(openInMemory())
    for (let seq = 1; seq <= 1_200; seq++) journal.write('events', event({ seq, at: seq }))
    journal.flush(1)
    for (const cursor of ['', 'x', '1', '1.2.3', '1.-2', "1.2' OR 1=1", '9'.repeat(40)]) {
      expect(() => records.events({ limit: 1, cursor })).toThrow(BadCursor)
    }
    expect(records.events({ limit: 1e9 }).items).toHaveLength(1_000)
    expect(records.events({ limit: 0 }).items).toHaveLength(1)
    journal.close()
  })
})

describe('filters', () => {
  const store = storeOf(openInMemory())
  const { journal, records } = store
  for (let index = 0; index < 60; index++) {
    const symbol = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'][index % 3] ?? ''
    const strategyId = ['trend_following', 'mean_reversion'][index % 2] ?? ''
    const outcome = (['approved', 'dropped', 'denied'] as const)[index % 3] ?? 'denied'
    const traceId = `t${index}` as TraceId
    const code = index % 10 === 0 ? 'rare' : 'heat'
    journal.write(
      'decisions',
      decision({ id: `d${index}`, at: index * 10, symbol, strategyId, outcome, code, traceId }),
    )
    journal.write('trades', trade({ id: `t${index}` as TradeId, closedAt: index * 10, symbol, strategyId, traceId }))
    journal.write('ledger', ledgerEntry({ id: `l${index}`, at: index * 10, symbol, traceId }))
    journal.write(
      'events',
      event({ seq: index, at: index * 10, type: index % 4 === 0 ? 'policy.updated' : 'order.changed' }),
    )
  }
  journal.flush(1)
  const ids = (page: Page<{ readonly id: string }>) => page.items.map(({ id }) => Number(id.slice(1)))
  const indexes = (keep: (index: number) => boolean) =>
    Array.from({ length: 60 }, (_row, index) => 59 - index).filter(keep)

  it('each and all together find just what they say', () => {
    expect(ids(records.decisions({ limit: 99, symbol: 'ETHUSDT' }))).toEqual(indexes((index) => index % 3 === 1))
    expect(ids(records.decisions({ limit: 99, code: 'rare' }))).toEqual(indexes((index) => index % 10 === 0))
    expect(ids(records.decisions({ limit: 99, outcome: 'approved' }))).toEqual(indexes((index) => index % 3 === 0))
    expect(ids(records.decisions({ limit: 99, traceId: 't7' }))).toEqual([7])
    expect(ids(records.decisions({ limit: 99, from: 100, to: 130 }))).toEqual([13, 12, 11, 10])
    const all = {
      symbol: 'BTCUSDT',
      strategyId: 'trend_following',
      code: 'heat',
      outcome: 'approved',
      from: 60,
      to: 400,
    }
    expect(ids(records.decisions({ limit: 99, ...all }))).toEqual(
      indexes((index) => index % 6 === 0 && index % 10 !== 0 && index >= 6 && index <= 40),
    )
    const bySymbol = { symbol: 'SOLUSDT', from: 300 }
    expect(ids(records.trades({ limit: 99, ...bySymbol }))).toEqual(indexes((index) => index % 3 === 2 && index >= 30))
    expect(ids(records.ledger({ limit: 2, symbol: 'SOLUSDT' }))).toEqual([59, 56])
    expect(records.events({ limit: 99, type: 'policy.updated' }).items).toHaveLength(15)
  })

  it('page as well as everything does', () => {
    const filter = { symbol: 'ETHUSDT', from: 50 }
    const rows = everyPage((cursor) => records.decisions({ limit: 4, cursor, ...filter }))
    expect(rows).toEqual(records.decisions({ limit: 99, ...filter }).items)
    expect(rows.length).toBeGreaterThan(10)
  })

  it('on a field that the rows do not have match none', () => {
    expect(records.ledger({ limit: 9, strategyId: 'trend_following' })).toEqual({ items: [], next: null })
    expect(records.alerts({ limit: 9, symbol: 'BTCUSDT' })).toEqual({ items: [], next: null })
  })

  it('a decision is found by its id', () => {
    expect(records.decision('d7')).toMatchObject({ id: 'd7', symbol: 'ETHUSDT' })
    expect(records.decision('nothing')).toBeNull()
  })
})

describe('decisions', () => {
  it('are counted by what became of them, most frequent first, within the time asked for', () => {
    const { journal, records } = storeOf(openInMemory())
    const denied = { outcome: 'denied', gate: 'guard' } as const
    const codes = ['heat', 'max_positions', 'heat', 'heat', 'order_rate']
    codes.forEach((code, index) =>
      journal.write('decisions', decision({ id: `d${index}`, at: index, ...denied, code })),
    )
    journal.write('decisions', decision({ id: 'passed', at: 3, outcome: 'approved', gate: null, code: null }))
    journal.flush(1)
    expect(records.decisionCounts({ from: 1, to: 3 })).toEqual([
      { outcome: 'denied', code: 'heat', count: 2 },
      { outcome: 'approved', code: null, count: 1 },
      { outcome: 'denied', code: 'max_positions', count: 1 },
    ])
    expect(records.decisionCounts({ from: 9, to: 99 })).toEqual([])
    journal.close()
  })
})

describe('equity', () => {
  it('is told oldest first in at most so many points, evenly, the newest always among them', () => {
    const { journal, records } = storeOf(openInMemory())
    for (let at = 0; at <= 10_000; at += 10) journal.write('equity', account({ at, nav: 1 + at / 1e6 }))
    journal.flush(1)
    const times = (query: Parameters<typeof records.equity>[0]) => records.equity(query).map(({ at }) => at)
    expect(times({ points: 5, from: 1 })).toEqual([10, 2_500, 5_000, 7_500, 10_000])
    expect(times({ points: 7 }).at(-1)).toBe(10_000)
    expect(times({ points: 2_000 })).toHaveLength(1_001)
    expect(times({ points: 100, from: 95, to: 145 })).toEqual([100, 110, 120, 130, 140])
    expect(times({ points: 3, from: 20_000 })).toEqual([])
    expect(times({ points: 0 })).toEqual([])
    journal.close()
  })

  it('with nothing written is nothing', () => {
    const { records, database } = storeOf(openInMemory())
    expect(records.equity({ points: 10 })).toEqual([])
    expect(records.counts()).toMatchObject({ equity: 0, fills: 0, policy_history: 0 })
    database.close()
  })
})

it('a trace leads to everything that followed from it', () => {
  const { journal, records } = storeOf(openInMemory())
  const traceId = 'from-candle-to-profit' as TraceId
  journal.write('decisions', decision({ traceId }))
  journal.write('orders', order({ traceId }))
  journal.write('fills', fill({ traceId }))
  journal.write('trades', trade({ traceId }))
  journal.write('orders', order({ clientOrderId: 'other' as ClientOrderId, traceId: 'other' as TraceId }))
  journal.flush(1)
  const query = { limit: 9, traceId }
  const { decisions, orders, fills, trades } = {
    decisions: records.decisions(query),
    orders: records.orders(query),
    fills: records.fills(query),
    trades: records.trades(query),
  }
  const found = [decisions, orders, fills, trades].map(({ items }) => items.length)
  expect(found).toEqual([1, 1, 1, 1])
  expect(records.fills(query).items).toEqual([fill({ traceId })])
  journal.close()
})
