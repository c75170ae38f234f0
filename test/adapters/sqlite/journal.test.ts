import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openDatabase, openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { SQLITE_SETTINGS } from '../../../src/adapters/sqlite/settings.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import { JOURNAL_SHAPES } from '../../../src/adapters/sqlite/tables.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId, IntentId } from '../../../src/core/model/ids.ts'
import { JournalUnwritable, type JournalTables } from '../../../src/core/ports/journal.ts'
import { ARBITRARY_ROWS, JOURNAL_TABLES, money } from './arbitrary-rows.ts'
import { dataFolders } from './data-folder.ts'
import { account, candle, decision, event, fill, ledgerEntry, order, position, trade } from './rows.ts'

const folder = dataFolders()

const fast = { ...SQLITE_SETTINGS, openTimeoutMs: 1_000 }
const timeOf = { fills: 'at', ledger: 'at', trades: 'closed_at', decisions: 'at', events: 'at' } as const

describe('what is written reads back equal', () => {
  it.each(JOURNAL_TABLES)('%s: any row, decimals to the last digit', (table) => {
    const anyRow = ARBITRARY_ROWS[table] as fc.Arbitrary<JournalTables[typeof table]>
    fc.assert(
      fc.property(anyRow, (row) => {
        const { journal, database } = storeOf(openInMemory())
        journal.write(table, row)
        journal.flush(1)
        const stored = database.sql.prepare(`SELECT * FROM ${table}`).all()
        expect(stored.map((found) => JOURNAL_SHAPES[table].codec.decode(found))).toEqual([row])
        journal.close()
      }),
      { numRuns: 40 },
    )
  })

  it('money is stored as plain decimal text, never with an exponent', () => {
    fc.assert(
      fc.property(money, (amount) => {
        const text = JOURNAL_SHAPES.ledger.codec.encode(ledgerEntry({ amount }))[2]
        expect(text).toMatch(/^-?\d+(\.\d+)?$/)
        expect(exact(String(text)).eq(amount)).toBe(true)
      }),
    )
  })

  it('a candle, an order, a position, an alert are kept by key: the last one stands', () => {
    const { journal, records, candles, database } = storeOf(openInMemory())
    journal.write('orders', order({ state: 'SUBMITTED' }))
    journal.write('orders', order({ state: 'PARTIALLY_FILLED', filledQuantity: exact('0.2'), updatedAt: 2_000 }))
    journal.write('candles', candle({ close: 1 }))
    journal.write('candles', candle({ close: 2 }))
    journal.write('positions', position())
    journal.write('positions', position({ stopPrice: exact('59500') }))
    journal.flush(1)
    expect(records.orders({ limit: 9 }).items).toEqual([
      order({ state: 'PARTIALLY_FILLED', filledQuantity: exact('0.2'), updatedAt: 2_000 }),
    ])
    expect(candles.history('BTCUSDT', '1m', 1, 9)).toEqual([candle({ close: 2 })])
    expect(journal.recover(0).positions).toEqual([position({ stopPrice: exact('59500') })])
    database.close()
  })

  it('a fill, a trade, a ledger entry told again is the same one', () => {
    const { journal, records } = storeOf(openInMemory())
    for (let time = 0; time < 3; time++) {
      journal.write('fills', fill())
      journal.write('trades', trade())
      journal.write('ledger', ledgerEntry())
      journal.write('decisions', decision())
      journal.write('events', event())
      journal.flush(time)
    }
    expect(records.counts()).toMatchObject({ fills: 1, trades: 1, ledger: 1, decisions: 1, events: 1 })
    journal.close()
  })
})

describe('a flush', () => {
  it('commits rows and feed position together, or nothing: a failure midway leaves neither, and the buffer is kept', () => {
    const { journal, records, database } = storeOf(openInMemory())
    journal.write('ledger', ledgerEntry())
    journal.flush(10)
    database.sql.exec(`CREATE TRIGGER stuck BEFORE INSERT ON trades BEGIN SELECT RAISE(ABORT, 'stuck'); END`)
    journal.write('fills', fill())
    journal.write('trades', trade())
    journal.write('equity', account())
    expect(() => journal.flush(20)).toThrow('stuck')
    expect(records.counts()).toMatchObject({ fills: 0, trades: 0, equity: 0, ledger: 1 })
    expect(journal.recover(0).feedPosition).toBe(10)
    expect(journal.pending).toBe(3)

    database.sql.exec('DROP TRIGGER stuck')
    journal.flush(20)
    expect(records.counts()).toMatchObject({ fills: 1, trades: 1, equity: 1 })
    expect(journal.recover(0).feedPosition).toBe(20)
    expect(journal.pending).toBe(0)
    journal.close()
  })

  it('says that the disk is full, loses nothing, and goes on when there is room', () => {
    const { journal, records, database } = storeOf(openDatabase(folder()))
    const pages = database.sql.pragma('page_count', { simple: true }) as number
    database.sql.pragma(`max_page_count = ${pages + 5}`)
    for (let seq = 1; seq <= 200; seq++) journal.write('events', event({ seq, data: 'x'.repeat(1_000) }))
    expect(() => journal.flush(1)).toThrow(JournalUnwritable)
    expect(() => journal.flush(1)).toThrow(/the disk is full/)
    expect(records.counts()['events']).toBe(0)
    expect(journal.pending).toBe(200)
    database.sql.pragma(`max_page_count = ${pages + 5_000}`)
    journal.flush(1)
    expect(records.counts()['events']).toBe(200)
    journal.close()
  })

  it('says that another process holds the database, or that it may only be read', () => {
    const data = folder()
    const { journal, database, settings } = storeOf(openDatabase(data, { settings: { ...fast, busyTimeoutMs: 0 } }))
    const other = new Database(database.file, { timeout: 0 })
    other.exec('BEGIN IMMEDIATE')
    journal.write('ledger', ledgerEntry())
    expect(() => journal.flush(1)).toThrow(/another process holds it/)
    expect(() => settings.set('a', 'b')).toThrow(expect.objectContaining({ reason: 'locked' }))
    other.exec('ROLLBACK')
    other.close()
    journal.flush(1)
    database.sql.pragma('query_only = ON')
    journal.write('ledger', ledgerEntry({ id: 'ledger-2' }))
    expect(() => journal.flush(1)).toThrow(expect.objectContaining({ reason: 'read_only' }))
    journal.close()
  })

  it('refuses a row that cannot be stored where it is written, naming the field, and keeps the others', () => {
    const { journal, records } = storeOf(openInMemory())
    journal.write('ledger', ledgerEntry())
    expect(() => journal.write('equity', account({ nav: Number.NaN }))).toThrow(
      'equity.nav must be a finite number, was NaN',
    )
    expect(() => journal.write('ledger', ledgerEntry({ amount: exact('Infinity') }))).toThrow('ledger.amount')
    expect(() => journal.write('fills', fill({ at: 1.5 }))).toThrow('fills.at must be a whole number, was 1.5')
    expect(() => journal.write('events', event({ data: undefined }))).toThrow('events.data')
    journal.flush(1)
    expect(records.counts()).toMatchObject({ ledger: 1, equity: 0, fills: 0, events: 0 })
    journal.close()
  })
})

describe('append-only tables', () => {
  it.each(['fills', 'ledger', 'trades', 'decisions', 'events'] as const)(
    '%s refuse to change or to lose a row',
    (table) => {
      const { journal, database } = storeOf(openInMemory())
      const rows = { fills: fill(), ledger: ledgerEntry(), trades: trade(), decisions: decision(), events: event() }
      journal.write(table, rows[table])
      journal.flush(1)
      const refusal = `${table} only grows`
      expect(() => database.sql.exec(`UPDATE ${table} SET at_ = 1`.replace('at_', timeOf[table]))).toThrow(refusal)
      expect(() => database.sql.exec(`DELETE FROM ${table}`)).toThrow(refusal)
      expect(() => database.sql.exec(`REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(refusal)
      journal.close()
    },
  )
})

describe('recovery', () => {
  it('of an empty journal has nothing and a balance of zero', () => {
    const { journal } = storeOf(openInMemory())
    const found = journal.recover(0)
    expect(found).toMatchObject({
      openOrders: [],
      positions: [],
      navHighs: null,
      lastEquityAt: null,
      lastFillAt: 0,
      lastAt: 0,
    })
    expect(found).toMatchObject({ intentIds: [], lastEventSeq: 0, feedPosition: null })
    expect(found.balance.toFixed()).toBe('0')
    journal.close()
  })

  it('after a restart has the open orders, positions, balance, highs, intents, and where the feed was', () => {
    const data = folder()
    const first = storeOf(openDatabase(data))
    const id = (name: string) => name as ClientOrderId
    first.journal.write('orders', order({ clientOrderId: id('sb-open') }))
    first.journal.write('orders', order({ clientOrderId: id('sb-done'), state: 'FILLED', intentId: 'i2' as IntentId }))
    first.journal.write('orders', order({ clientOrderId: id('sb-unknown'), state: 'UNKNOWN', createdAt: 900 }))
    first.journal.write('decisions', decision({ id: 'd-old', at: 10, intentId: 'i-old' as IntentId }))
    first.journal.write('decisions', decision({ intentId: 'i3' as IntentId }))
    first.journal.write('positions', position())
    first.journal.write('positions', position({ symbol: 'ETHUSDT' }))
    first.journal.write('ledger', ledgerEntry({ id: 'a', amount: exact('10000.00000001') }))
    first.journal.write('ledger', ledgerEntry({ id: 'b', amount: exact('-0.00000002') }))
    first.journal.write('fills', fill({ at: 5_000 }))
    first.journal.write('equity', account({ at: 1_000, units: exact('9000') }))
    first.journal.write('equity', account({ at: 2_000, units: exact('9999.5'), navHighToday: 1.1, navHighEver: 1.3 }))
    first.journal.write('events', event({ seq: 41 }))
    first.journal.removePosition('ETHUSDT')
    first.journal.flush(6_000)
    first.journal.write('events', event({ seq: 42 }))
    first.journal.close()

    const second = storeOf(openDatabase(data))
    const found = second.journal.recover(500)
    expect(found.openOrders.map((open) => open.clientOrderId)).toEqual(['sb-unknown', 'sb-open'])
    expect(found.positions).toEqual([position()])
    expect(found.balance.toFixed()).toBe('9999.99999999')
    expect(found.units.toFixed()).toBe('9999.5')
    expect(found.navHighs).toEqual({ today: 1.1, last24h: 1, ever: 1.3 })
    expect(found).toMatchObject({
      lastEquityAt: 2_000,
      lastFillAt: 5_000,
      lastAt: 5_000,
      lastEventSeq: 41,
      feedPosition: 6_000,
    })
    expect(found.intentIds).toEqual(['i2', 'i3', 'intent-1'])
    second.journal.close()
  })

  it('orders, fills and ledger entries are found by key, still waiting or stored', () => {
    const { journal } = storeOf(openInMemory())
    const known = () => [
      journal.order('sb-1' as ClientOrderId),
      journal.hasFill('fill-1'),
      journal.hasLedgerEntry('ledger-1'),
    ]
    expect(known()).toEqual([null, false, false])
    journal.write('orders', order())
    journal.write('fills', fill({ id: 'fill-1' as FillId }))
    journal.write('ledger', ledgerEntry())
    expect(known()).toEqual([order(), true, true])
    journal.flush(1)
    expect(known()).toEqual([order(), true, true])
    journal.close()
  })

  it('a row that was damaged in the file is named', () => {
    const { journal, database, records } = storeOf(openInMemory())
    journal.write('orders', order())
    journal.write('equity', account())
    journal.flush(1)
    database.sql.exec(`UPDATE orders SET entry_plan = '{"stopPr'`)
    expect(() => journal.recover(0)).toThrow(/^orders\.entry_plan cannot be read/)
    expect(() => records.orders({ limit: 1 })).toThrow(/^orders\.entry_plan cannot be read/)
    database.sql.exec(`UPDATE equity SET units = 'many'`)
    expect(() => records.equity({ points: 10 })).toThrow(/^equity\.units cannot be read/)
    journal.close()
  })
})
