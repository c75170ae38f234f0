/** Ambiguity is a state: unanswered orders are asked for, never sent again; late fills are booked; closes are sliced (SPEC §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { FillId } from '../../src/core/model/ids.ts'
import { check } from '../../src/core/risk-guard/risk-guard.ts'
import type { Fact } from '../../src/station/executor-facts.ts'
import { closeIntent } from './stage/intents.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

describe('an order nobody answers for', () => {
  it('is UNKNOWN after its time and asked for until there is an answer; never sent again', () => {
    const stage = new Stage().ready()
    const order = stage.enter()
    stage.wait(5_000)
    expect(stage.order(order.clientOrderId).state).toBe('UNKNOWN')
    expect(stage.books.hasUnknownOrder(SYMBOL)).toBe(true)
    stage.wait(3_000)
    expect(stage.scripted.asked.length).toBeGreaterThanOrEqual(4)
    stage.status(order.clientOrderId, 'OPEN')
    const asked = stage.scripted.asked.length
    stage.wait(10_000)
    expect(stage.scripted.asked).toHaveLength(asked)
    expect(stage.scripted.submitted).toHaveLength(1)
  })

  it('that the venue does not know may still arrive; after the grace it has FAILED', () => {
    const stage = new Stage().ready()
    const order = stage.enter()
    stage.tell({
      kind: 'undelivered',
      clientOrderId: order.clientOrderId,
      outcome: 'unknown',
      message: 'timeout',
      at: stage.now,
    })
    expect(stage.order(order.clientOrderId).state).toBe('UNKNOWN')
    stage.status(order.clientOrderId, null)
    expect(stage.order(order.clientOrderId).state).toBe('UNKNOWN')
    stage.wait(10_000)
    stage.status(order.clientOrderId, null)
    expect(stage.order(order.clientOrderId).state).toBe('FAILED')
    expect(stage.reservations.totals.claims).toEqual([])
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
  })

  it('that failed for certain has FAILED at once', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.tell({ kind: 'undelivered', clientOrderId, outcome: 'failed', message: 'refused', at: stage.now })
    expect(stage.order(clientOrderId).state).toBe('FAILED')
  })

  it('that lives after it was given up is cancelled, and a person is told', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.tell({ kind: 'undelivered', clientOrderId, outcome: 'failed', message: 'refused', at: stage.now })
    stage.accept(clientOrderId)
    expect(stage.scripted.cancelled).toEqual([clientOrderId])
    expect(stage.alarms()).toEqual(['alive_after_end'])
  })

  it('a cancel nobody answers for is asked about and repeated', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter({ restMs: 1_000 })
    stage.accept(clientOrderId)
    stage.wait(1_000)
    stage.wait(3_000)
    expect(stage.scripted.asked).toEqual([clientOrderId])
    stage.status(clientOrderId, 'OPEN')
    expect(stage.scripted.cancelled).toEqual([clientOrderId, clientOrderId])
  })

  it('a cancel the venue refuses, because there is nothing to cancel, is asked about', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter({ restMs: 1_000 })
    stage.accept(clientOrderId)
    stage.wait(1_000)
    stage.tell({ kind: 'cancelRefused', clientOrderId, at: stage.now })
    stage.status(clientOrderId, 'FILLED', exact(10))
    stage.fill(clientOrderId, 10)
    expect(stage.order(clientOrderId).state).toBe('FILLED')
    expect(stage.working('STOP')).toHaveLength(1)
  })

  it('a cancel the venue refuses, though the order stands, is sent again once a second and not at once', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter({ restMs: 1_000 })
    stage.accept(clientOrderId)
    stage.wait(1_000)
    for (let second = 1; second <= 3; second++) {
      expect(stage.scripted.cancelled).toHaveLength(second)
      stage.tell({ kind: 'cancelRefused', clientOrderId, at: stage.now })
      stage.status(clientOrderId, 'OPEN')
      stage.wait(999)
      expect(stage.scripted.cancelled).toHaveLength(second)
      stage.wait(1)
    }
  })
})

describe('fills', () => {
  it('told twice are booked once', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.fill(clientOrderId, 4, 100, 'once')
    stage.fill(clientOrderId, 4, 100, 'once')
    expect(stage.books.positions.get(SYMBOL)?.quantity.toString()).toBe('4')
    expect(stage.journal.rows.fills).toHaveLength(1)
  })

  it('told late are booked, correct the order, and are protected', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.accept(clientOrderId)
    stage.cancelled(clientOrderId)
    stage.fill(clientOrderId, 10)
    expect(stage.order(clientOrderId).state).toBe('FILLED')
    expect(stage.only('STOP').quantity.toString()).toBe('10')
  })

  it('are booked whatever the venue’s clock says, also before the books began', () => {
    const stage = new Stage().ready()
    const { clientOrderId, symbol, side, quantity } = stage.enter()
    stage.accept(clientOrderId)
    const at = stage.now - 3_000
    const what = { clientOrderId, symbol, side, quantity, price: exact(100), fee: exact('0.5'), at }
    const fill = { id: 'f-behind' as FillId, ...what, liquidity: 'MAKER' } as const
    stage.tell({ kind: 'filled', fill, done: true, at })
    expect(stage.books.positions.get(symbol)?.quantity.toString()).toBe('10')
  })

  it('of an order that had failed are booked and protected all the same', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.tell({ kind: 'undelivered', clientOrderId, outcome: 'failed', message: 'refused', at: stage.now })
    stage.fill(clientOrderId, 10)
    expect(stage.books.positions.get(SYMBOL)?.quantity.toString()).toBe('10')
    expect(stage.working('STOP')).toHaveLength(1)
    expect(stage.alarms()).toEqual(['fill_of_dead_order'])
  })

  it('move the wallet to the last decimal', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.fill(stage.only('STOP').clientOrderId, 10, 94.5)
    // 10 000 − 0.5 (fee) − 55 (loss) − 0.4725 (fee)
    expect(stage.books.balance.toString()).toBe('9944.0275')
    const account = stage.books.account(stage.now, () => null)
    expect(account.equity.toString()).toBe('9944.0275')
    expect(account.nav).toBeCloseTo(0.99440275, 14)
    const sum = stage.journal.rows.ledger.reduce((total, entry) => total.plus(entry.amount), exact(0))
    expect(sum.toString()).toBe('9944.0275')
  })
})

describe('closing', () => {
  it('is market, reduce-only, in parts no larger than the exchange takes', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(20) })
    expect(stage.executor.closePosition(SYMBOL, 'MANUAL', 'user')).toBe(true)
    const closes = stage.working('CLOSE')
    expect(closes.map((order) => order.quantity.toString())).toEqual(['12', '8'])
    expect(closes.every((order) => order.type === 'MARKET' && order.reduceOnly)).toBe(true)
    for (const close of closes) stage.fill(close.clientOrderId, close.quantity, 101)
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'MANUAL' }])
    expect(stage.scripted.cancelled).toHaveLength(4)
  })

  it('keeps the stop until the position is gone', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.executor.closePosition(SYMBOL, 'SIGNAL', 'strategy:test')
    stage.wait(10_000)
    expect(stage.scripted.cancelled).toEqual([])
    expect(stage.working('STOP')).toHaveLength(1)
  })

  it('cancels what of the entry still rests, so that nothing fills behind it', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.accept(clientOrderId)
    stage.fill(clientOrderId, 4)
    stage.executor.closePosition(SYMBOL, 'SIGNAL', 'strategy:test')
    expect(stage.scripted.cancelled).toEqual([clientOrderId])
  })

  it('in part leaves the rest under a stop of its size', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const approved = check(closeIntent(exact(4)), {})
    if (approved.outcome === 'approved') stage.executor.execute(approved)
    stage.fill(stage.only('CLOSE').clientOrderId, 4, 101)
    expect(stage.books.positions.get(SYMBOL)?.quantity.toString()).toBe('6')
    expect(stage.working('STOP')[1]?.quantity.toString()).toBe('6')
    stage.wait(20_000)
    expect(stage.working('CLOSE')).toEqual([])
  })

  it('the same close twice is one', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const approved = check(closeIntent(exact(4)), {})
    if (approved.outcome !== 'approved') throw new Error('denied')
    expect(stage.executor.execute(approved)).not.toBeNull()
    expect(stage.executor.execute(approved)).toBeNull()
    expect(stage.working('CLOSE')).toHaveLength(1)
  })
})

describe('what the venue does by itself', () => {
  it('a liquidation is booked, told, and leaves nothing behind', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const fill = {
      id: 'l1',
      clientOrderId: 'autoclose-1',
      symbol: SYMBOL,
      side: 'SELL',
      price: exact(70),
      quantity: exact(10),
      fee: exact('0.35'),
      liquidity: 'TAKER',
      at: stage.now,
    }
    stage.tell({ kind: 'filled', fill, done: true, at: stage.now } as Parameters<Stage['tell']>[0])
    stage.tell({ kind: 'liquidated', symbol: SYMBOL, at: stage.now })
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'LIQUIDATION' }])
    expect(stage.books.memory.lastLiquidation(SYMBOL)).toBe(stage.now)
    expect(stage.scripted.cancelled).toHaveLength(2)
    expect(stage.alarms()).toContain('liquidated')
  })

  it('funding moves wallet and position, a deposit moves units and nothing else', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const before = stage.books.account(stage.now, () => 104)
    const income = (id: string, kind: 'FUNDING' | 'DEPOSIT', amount: string, symbol: string | null): void => {
      const entry = { id, kind, symbol, amount: exact(amount), at: stage.now }
      stage.tell({ kind: 'income', income: entry, at: stage.now })
    }
    stage.mark = 104
    income('d1', 'DEPOSIT', '5000', null)
    income('d1', 'DEPOSIT', '5000', null)
    const after = stage.books.account(stage.now, () => 104)
    expect(after.balance.minus(before.balance).toString()).toBe('5000')
    expect(after.nav).toBeCloseTo(before.nav, 14)
    expect(after.drawdown).toBe(before.drawdown)
    income('f1', 'FUNDING', '-0.104', SYMBOL)
    expect(stage.books.positions.get(SYMBOL)?.funding.toString()).toBe('-0.104')
    expect(stage.books.balance.minus(after.balance).toString()).toBe('-0.104')
  })
})

describe('what is announced', () => {
  it('is data: each order, position and trade, in the order it happened', () => {
    const stage = new Stage().ready()
    stage.facts.length = 0
    stage.holdProtected()
    stage.fill(stage.only('STOP').clientOrderId, 10)
    const said = (fact: Fact): string =>
      fact.type === 'order.changed' ? `${fact.data.purpose} ${fact.data.state}` : fact.type
    expect(stage.facts.map(said)).toEqual([
      'ENTRY SUBMITTED',
      'ENTRY OPEN',
      'ENTRY FILLED',
      'position.changed',
      'STOP SUBMITTED',
      'TAKE_PROFIT SUBMITTED',
      'STOP OPEN',
      'TAKE_PROFIT OPEN',
      'STOP FILLED',
      'position.changed',
      'trade.executed',
    ])
    expect(new Set(stage.facts.map((fact) => fact.traceId)).size).toBe(1)
  })
})
