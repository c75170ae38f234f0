/** The venue is the truth: books are held against it at start, after every reconnect and every minute (SPEC §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId, FillId } from '../../src/core/model/ids.ts'
import type { Position } from '../../src/core/model/position.ts'
import type { VenueOrder } from '../../src/core/ports/venue.ts'
import { FOREIGN } from '../../src/station/books.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

const held = (stage: Stage): Position => {
  const position = stage.books.positions.get(SYMBOL)
  if (position === undefined) throw new Error('nothing is held')
  return position
}

describe('the first reconciliation', () => {
  it('asks for everything and opens new books with what the venue has', () => {
    const stage = new Stage()
    stage.executor.start()
    expect(stage.scripted.calls).toMatchObject([{ kind: 'askSnapshot', since: 0 }])
    expect(stage.executor.entriesOff).not.toBeNull()
    stage.snapshot({ balance: exact(2_500) })
    expect(stage.executor.entriesOff).toBeNull()
    expect(stage.journal.rows.ledger).toMatchObject([{ kind: 'DEPOSIT', amount: exact(2_500) }])
    expect(stage.reconciled).toMatchObject([{ ok: true, differences: [] }])
    expect(stage.books.account(stage.now, () => null)).toMatchObject({ nav: 1, drawdown: 0 })
  })

  it('does not book twice what came as income', () => {
    const stage = new Stage()
    stage.executor.start()
    const deposit = { id: 'd1', kind: 'DEPOSIT', symbol: null, amount: exact(10_000), at: stage.now } as const
    stage.snapshot({ income: [deposit] })
    stage.wait(60_000)
    stage.snapshot({ income: [deposit] })
    expect(stage.books.balance.toString()).toBe('10000')
    expect(stage.reconciled.map((result) => result.ok)).toEqual([true, true])
  })

  it('opens with the balance of now: what moved it before is in it, and never booked on top', () => {
    const stage = new Stage()
    stage.executor.start()
    const old = { id: 'f0', kind: 'FUNDING', symbol: SYMBOL, amount: exact(-3), at: stage.now - 60_000 } as const
    const liquidated = {
      id: 'old' as FillId,
      clientOrderId: 'autoclose-1' as ClientOrderId,
      symbol: SYMBOL,
      side: 'SELL',
      price: exact(90),
      quantity: exact(4),
      fee: exact('0.1'),
      liquidity: 'TAKER',
      at: stage.now - 60_000,
    } as const
    stage.snapshot({ balance: exact(2_500), income: [old], fills: [liquidated] })
    expect(stage.journal.rows.ledger).toMatchObject([{ kind: 'DEPOSIT', amount: exact(2_500) }])
    expect(stage.books.positions.size).toBe(0)
    stage.tell({ kind: 'income', income: old, at: stage.now })
    expect(stage.books.balance.toString()).toBe('2500')

    stage.journal.flush(stage.now)
    const after = new Stage({ clock: stage.clock, journal: stage.journal.afterCrash() })
    after.wait(3_600_000)
    after.executor.start()
    after.snapshot({ income: [old], fills: [liquidated] })
    expect(after.books.balance.toString()).toBe('2500')
    expect(after.reconciled).toMatchObject([{ ok: true }])
  })

  it('is waited for, that of every minute is not, and that after a new line is again', () => {
    const stage = new Stage()
    const looks = (): boolean[] =>
      stage.scripted.calls.flatMap((call) => (call.kind === 'askSnapshot' ? [call.isAwaited] : []))
    stage.executor.start()
    stage.snapshot()
    stage.wait(60_000)
    stage.snapshot()
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    stage.tell({ kind: 'connection', up: true, at: stage.now })
    expect(looks()).toEqual([true, false, true])
  })

  it('that gets no answer is begun anew', () => {
    const stage = new Stage()
    stage.executor.start()
    stage.wait(15_000)
    expect(stage.scripted.snapshots).toBe(2)
    stage.snapshot()
    expect(stage.executor.entriesOff).toBeNull()
  })
})

describe('every minute', () => {
  it('the venue is asked again, from a little before the last fill', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.wait(59_999)
    expect(stage.scripted.snapshots).toBe(1)
    stage.wait(1)
    const calls = stage.scripted.calls.filter((call) => call.kind === 'askSnapshot')
    expect(calls.at(-1)).toMatchObject({ since: stage.books.lastFillAt - 600_000 })
    stage.snapshot()
    expect(stage.reconciled.at(-1)).toMatchObject({ ok: true })
  })

  it('and not from longer ago than it last agreed: what is asked for does not grow with the days', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    for (let minute = 0; minute < 60; minute++) {
      stage.wait(60_000)
      stage.snapshot()
    }
    stage.wait(60_000)
    const asked = stage.scripted.calls.findLast((call) => call.kind === 'askSnapshot')
    expect(asked).toMatchObject({ since: stage.now - 60_000 - 600_000 })
  })

  it('a fill that was never told is booked and protected', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.accept(clientOrderId)
    stage.wait(59_000)
    const fill = {
      id: 'lost' as FillId,
      clientOrderId,
      symbol: SYMBOL,
      side: 'BUY',
      price: exact(100),
      quantity: exact(10),
      fee: exact('0.5'),
      liquidity: 'MAKER',
      at: stage.now,
    } as const
    stage.wait(1_000)
    const position = {
      symbol: SYMBOL,
      side: 'LONG',
      quantity: exact(10),
      entryPrice: exact(100),
      leverage: 3,
    } as Position
    stage.snapshot({
      fills: [fill],
      positions: [stage.venuePosition(position)],
      balance: exact('9999.5'),
      openOrders: [],
    })
    expect(stage.order(clientOrderId).state).toBe('FILLED')
    expect(stage.only('STOP').quantity.toString()).toBe('10')
    expect(stage.reconciled.at(-1)).toMatchObject({ ok: true })
  })

  it('an order the venue no longer works on is settled by asking', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter({ restMs: 600_000 })
    stage.accept(clientOrderId)
    stage.wait(60_000)
    stage.snapshot({ openOrders: [] })
    expect(stage.scripted.asked).toEqual([clientOrderId])
    expect(stage.reconciled).toHaveLength(1)
    stage.status(clientOrderId, 'CANCELLED')
    expect(stage.order(clientOrderId).state).toBe('CANCELLED')
    expect(stage.reconciled).toHaveLength(2)
  })

  it('an order of ours that lives on after its end is cancelled', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.accept(clientOrderId)
    stage.cancelled(clientOrderId)
    stage.wait(60_000)
    stage.snapshot({ openOrders: [stage.venueOrder(clientOrderId, 'OPEN', exact(0))] })
    expect(stage.scripted.cancelled).toEqual([clientOrderId])
    expect(stage.reconciled.at(-1)?.differences).toMatchObject([{ kind: 'order', booked: 'CANCELLED', venue: 'OPEN' }])
  })
})

describe('positions', () => {
  it('that differ in two looks are corrected to the venue’s, the stop follows, the symbol is frozen', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.wait(60_000)
    const positions = [stage.venuePosition({ ...held(stage), quantity: exact(6) })]
    stage.snapshot({ positions })
    expect(held(stage).quantity.toString()).toBe('10')
    stage.wait(1_000)
    stage.snapshot({ positions })
    expect(held(stage).quantity.toString()).toBe('6')
    expect(stage.working('STOP').at(-1)?.quantity.toString()).toBe('6')
    expect(stage.reconciled.at(-1)?.differences).toMatchObject([
      { kind: 'position', booked: 'LONG 10', venue: 'LONG 6' },
    ])
    expect(stage.books.frozen.has(SYMBOL)).toBe(true)
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    expect(stage.journal.now.positions.get(SYMBOL)?.quantity.toString()).toBe('6')
  })

  it('that differ in one look only were a race, and nothing is done', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.wait(60_000)
    stage.snapshot({ positions: [] })
    stage.wait(1_000)
    stage.snapshot()
    expect(held(stage).quantity.toString()).toBe('10')
    expect(stage.reconciled.at(-1)).toMatchObject({ ok: true })
  })

  it('that are gone at the venue become a trade, and their stops are cancelled', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.wait(60_000)
    stage.mark = 98
    stage.snapshot({ positions: [] })
    stage.wait(1_000)
    stage.snapshot({ positions: [] })
    expect(stage.books.positions.size).toBe(0)
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'FOREIGN', realised: exact(-20) }])
    expect(stage.scripted.cancelled).toHaveLength(2)
  })

  it('of others are shown and alarmed, never protected nor closed', () => {
    const stage = new Stage().ready()
    const foreign = {
      symbol: SYMBOL,
      side: 'SHORT',
      quantity: exact(3),
      entryPrice: exact(101),
      leverage: 5,
    } as Position
    stage.wait(60_000)
    stage.snapshot({ positions: [stage.venuePosition(foreign)] })
    stage.wait(1_000)
    stage.snapshot({ positions: [stage.venuePosition(foreign)] })
    expect(held(stage)).toMatchObject({ strategyId: FOREIGN, side: 'SHORT', stopPrice: exact(0) })
    expect(stage.alarms()).toEqual(['reconcile_foreign_position', 'foreign_unprotected'])
    stage.wait(20_000)
    expect(stage.scripted.submitted).toEqual([])
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    stage.wait(60_000)
    stage.snapshot({ positions: [] })
    stage.wait(1_000)
    stage.snapshot({ positions: [] })
    expect(stage.books.positions.size).toBe(0)
    expect(stage.journal.rows.trades).toEqual([])
  })

  it('orders of others are shown once and left alone', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    const theirs: VenueOrder = {
      ...stage.venueOrder(clientOrderId, 'OPEN', exact(0)),
      clientOrderId: 'web-1' as ClientOrderId,
    }
    stage.accept(clientOrderId)
    for (let look = 0; look < 2; look++) {
      stage.wait(60_000)
      stage.snapshot({ openOrders: [theirs, stage.venueOrder(clientOrderId, 'OPEN', exact(0))] })
    }
    expect(stage.executor.reconciler.foreignOrders).toHaveLength(1)
    expect(stage.alarms()).toEqual(['reconcile_foreign_order'])
    expect(stage.scripted.cancelled).not.toContain('web-1')
  })
})

describe('the balance', () => {
  it('a difference nothing explains is booked: a loss lowers the unit price, a gain does not raise it', () => {
    const stage = new Stage().ready()
    const settle = (balance: number): void => {
      stage.wait(60_000)
      stage.snapshot({ balance: exact(balance) })
      stage.wait(1_000)
      stage.snapshot({ balance: exact(balance) })
    }
    settle(10_500)
    expect(stage.books.account(stage.now, () => null).nav).toBe(1)
    settle(9_450)
    expect(stage.books.account(stage.now, () => null).nav).toBeCloseTo(0.9, 12)
    expect(stage.reconciled.slice(1).map((result) => result.ok)).toEqual([false, false])
    const said = stage.facts.flatMap((fact) => (fact.type === 'alert.raised' ? [fact.data.message] : []))
    expect(said).toEqual([
      expect.stringContaining('explains +500 USDT, which counts as paid in'),
      expect.stringContaining('explains -1050 USDT, which counts as lost'),
    ])
    expect(stage.books.balance.toString()).toBe('9450')
  })

  it('dust of rounding is left alone', () => {
    const stage = new Stage().ready()
    stage.wait(60_000)
    stage.snapshot({ balance: exact('9999.995') })
    expect(stage.reconciled.at(-1)).toMatchObject({ ok: true })
    expect(stage.books.balance.toString()).toBe('10000')
  })
})

describe('after a break of the link', () => {
  it('no entry until the books have been held against the venue', () => {
    const stage = new Stage().ready()
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    stage.wait(5_000)
    stage.tell({ kind: 'connection', up: true, at: stage.now })
    expect(stage.executor.entriesOff).toContain('not reconciled')
    stage.snapshot()
    expect(stage.executor.entriesOff).toBeNull()
  })
})
