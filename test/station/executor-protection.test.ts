/** A filled entry is never unprotected (SPEC §9): stop and target at once, resized, moved, replaced, and closed when nothing helps. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ProtectIntent } from '../../src/core/model/intent.ts'
import { check } from '../../src/core/risk-guard/risk-guard.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

describe('stop and target', () => {
  it('are placed at once, conditional, reduce-only, of the filled quantity', () => {
    const stage = new Stage().ready()
    stage.hold()
    const [stop, target] = [stage.only('STOP'), stage.only('TAKE_PROFIT')]
    expect(stop).toMatchObject({ type: 'STOP_MARKET', side: 'SELL', reduceOnly: true, state: 'SUBMITTED' })
    expect(target).toMatchObject({ type: 'TAKE_PROFIT_MARKET', side: 'SELL', reduceOnly: true })
    expect(stop.quantity.toString()).toBe('10')
    expect(stop.triggerPrice?.toString()).toBe('95')
    expect(target.triggerPrice?.toString()).toBe('110')
    expect(stage.checked.map((intent) => intent.kind)).toEqual(['PROTECT', 'PROTECT'])
  })

  it('are several orders where the exchange takes no larger market lot, and count as one', () => {
    const stage = new Stage().ready()
    stage.hold({ quantity: exact(30) })
    const stops = stage.working('STOP')
    expect(stops.map((order) => order.quantity.toString())).toEqual(['12', '12', '6'])
    const [first, second, third] = stops
    if (!first || !second || !third) throw new Error('three were expected')
    for (const stop of [first, second]) stage.accept(stop.clientOrderId)
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(false)
    stage.accept(third.clientOrderId)
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(true)
    stage.fill(first.clientOrderId, 12)
    stage.fill(second.clientOrderId, 5)
    stage.wait(500)
    expect(stage.working('STOP').map((order) => order.clientOrderId)).toEqual([
      second.clientOrderId,
      third.clientOrderId,
    ])
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(true)
  })

  it('one failed part replaces the whole, and the whole counts as one failure', () => {
    const stage = new Stage().ready()
    stage.hold({ quantity: exact(30) })
    for (const stop of stage.working('STOP')) stage.reject(stop.clientOrderId, 'OTHER')
    expect(stage.working('CLOSE')).toEqual([])
    expect(stage.working('STOP').map((order) => order.quantity.toString())).toEqual(['12', '12', '6'])
  })

  it('mirror for a short', () => {
    const stage = new Stage().ready()
    stage.hold({ side: 'SHORT' })
    expect(stage.only('STOP')).toMatchObject({ side: 'BUY', triggerPrice: exact(105) })
  })

  it('a trailing stop is the venue’s own, beside the fixed one', () => {
    const stage = new Stage().ready()
    stage.hold({ trailing: { activationPrice: 103.004, callback: 0.01 } })
    const trailing = stage.only('TRAILING')
    expect(trailing).toMatchObject({ type: 'TRAILING_STOP_MARKET', callback: 0.01, triggerPrice: null })
    expect(trailing.activationPrice?.toString()).toBe('103')
    expect(stage.working('STOP')).toHaveLength(1)
  })

  it('follow partial fills within 2 s: the new one is live before the old one is cancelled', () => {
    const stage = new Stage().ready()
    const entry = stage.enter()
    stage.accept(entry.clientOrderId)
    stage.fill(entry.clientOrderId, 3)
    const first = stage.only('STOP')
    stage.accept(first.clientOrderId)
    stage.accept(stage.only('TAKE_PROFIT').clientOrderId)
    stage.fill(entry.clientOrderId, 2)
    stage.fill(entry.clientOrderId, 1)
    stage.wait(2_000)
    const second = stage.working('STOP')[1]
    expect(second?.quantity.toString()).toBe('6')
    expect(stage.scripted.cancelled).toEqual([])
    if (second) stage.accept(second.clientOrderId)
    expect(stage.scripted.cancelled).toEqual([first.clientOrderId])
  })

  it('one cancels the other: a filled stop takes the target with it', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const [stop, target] = [stage.only('STOP'), stage.only('TAKE_PROFIT')]
    stage.fill(stop.clientOrderId, 10)
    expect(stage.books.positions.size).toBe(0)
    expect(stage.scripted.cancelled).toEqual([target.clientOrderId])
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'STOP', riskMode: 'NORMAL', policyVersion: 7 }])
  })

  it('and a filled target the stop', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const [stop, target] = [stage.only('STOP'), stage.only('TAKE_PROFIT')]
    stage.fill(target.clientOrderId, 10)
    expect(stage.scripted.cancelled).toEqual([stop.clientOrderId])
    const trade = stage.journal.rows.trades[0]
    expect(trade?.exitReason).toBe('TAKE_PROFIT')
    // 10 × 10 gained, fees 0.05 % of 1000 and of 1100, risk 5 × 10
    expect(trade?.rMultiple).toBeCloseTo((100 - 0.5 - 0.55) / 50, 12)
  })

  it('a target filled in part leaves a stop of what is left', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.fill(stage.only('TAKE_PROFIT').clientOrderId, 4)
    const stops = stage.working('STOP')
    expect(stops[1]?.quantity.toString()).toBe('6')
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(true)
  })

  it('a moved stop is placed before the old one is cancelled', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const old = stage.only('STOP')
    const { intentId: id, traceId, strategyId } = old
    const base = { id, traceId, strategyId, symbol: SYMBOL, side: 'LONG', actor: 'user', createdAt: stage.now } as const
    const move: ProtectIntent = {
      ...base,
      kind: 'PROTECT',
      type: 'STOP_MARKET',
      quantity: exact(10),
      triggerPrice: exact(97),
      trailing: null,
    }
    const approved = check(move, {})
    if (approved.outcome === 'approved') stage.executor.execute(approved)
    const moved = stage.working('STOP')[1]
    expect(moved?.triggerPrice?.toString()).toBe('97')
    expect(stage.scripted.cancelled).toEqual([])
    if (moved) stage.accept(moved.clientOrderId)
    expect(stage.scripted.cancelled).toEqual([old.clientOrderId])
    expect(stage.books.positions.get(SYMBOL)).toMatchObject({ stopPrice: exact(97), initialStopPrice: exact(95) })
  })
})

describe('when a stop cannot be placed', () => {
  it('would trigger at once: closed now, as stopped out', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.reject(stage.only('STOP').clientOrderId, 'WOULD_TRIGGER')
    const closes = stage.working('CLOSE')
    expect(closes.map((order) => order.quantity.toString())).toEqual(['10'])
    expect(stage.closes).toMatchObject([{ intent: { reason: 'STOP', actor: 'executor' }, attempt: 1 }])
    for (const close of closes) stage.fill(close.clientOrderId, close.quantity, 94)
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'STOP' }])
    expect(stage.books.memory.lastStopOut(SYMBOL, 'LONG')).toBe(stage.now)
  })

  it('a target beyond which the price is already closes now too', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.reject(stage.only('TAKE_PROFIT').clientOrderId, 'WOULD_TRIGGER')
    expect(stage.working('CLOSE')[0]).toMatchObject({ exitReason: 'TAKE_PROFIT', type: 'MARKET', reduceOnly: true })
  })

  it('a trailing stop past its activation starts at once instead', () => {
    const stage = new Stage().ready()
    stage.hold({ trailing: { activationPrice: 101, callback: 0.02 } })
    stage.reject(stage.only('TRAILING').clientOrderId, 'WOULD_TRIGGER')
    expect(stage.only('TRAILING').activationPrice).toBeNull()
    expect(stage.working('CLOSE')).toEqual([])
  })

  it('is tried three times, then the position is closed and an alarm raised', () => {
    const stage = new Stage().ready()
    stage.hold()
    for (let tries = 1; tries <= 3; tries++) {
      expect(stage.working('CLOSE')).toEqual([])
      stage.reject(stage.only('STOP').clientOrderId, 'OTHER')
    }
    expect(stage.working('CLOSE')[0]).toMatchObject({ exitReason: 'UNPROTECTED' })
    expect(stage.alarms()).toContain('position_unprotected')
  })

  it('without a live stop for 5 s the position is closed, and the time is counted', () => {
    const stage = new Stage({ settings: { protectAnswerTimeoutMs: 2_000 } }).ready()
    stage.hold()
    stage.wait(4_999)
    expect(stage.working('CLOSE')).toEqual([])
    expect(stage.executor.protection.naked.secondsOf(SYMBOL, stage.now)).toBeCloseTo(4.999, 9)
    stage.wait(1)
    expect(stage.working('CLOSE')).toHaveLength(1)
    expect(stage.alarms()).toContain('position_unprotected')
  })

  it('a stop nobody answers for is replaced, not trusted; both turning up leaves one', () => {
    const stage = new Stage().ready()
    stage.hold()
    const first = stage.only('STOP')
    stage.wait(1_500)
    expect(stage.order(first.clientOrderId).state).toBe('UNKNOWN')
    const second = stage.working('STOP')[1]
    expect(second?.state).toBe('SUBMITTED')
    if (second) stage.accept(second.clientOrderId)
    stage.status(first.clientOrderId, 'OPEN')
    expect(stage.scripted.cancelled).toEqual([first.clientOrderId])
    expect(stage.executor.protection.naked.totalSeconds(stage.now)).toBeCloseTo(1.5, 9)
  })

  it('one that nobody answers for three times is closed sooner', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.wait(4_500)
    expect(stage.working('STOP').map((order) => order.state)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN'])
    expect(stage.working('CLOSE')[0]).toMatchObject({ exitReason: 'UNPROTECTED' })
  })

  it('a stop that is larger than what is left still protects: nothing is closed when it cannot be resized', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.fill(stage.only('TAKE_PROFIT').clientOrderId, 4)
    for (let tries = 1; tries <= 3; tries++) {
      const resized = stage.working('STOP').find((order) => order.state === 'SUBMITTED')
      if (resized) stage.reject(resized.clientOrderId, 'OTHER')
    }
    stage.wait(30_000)
    expect(stage.working('CLOSE')).toEqual([])
    expect(stage.working('STOP')).toHaveLength(1)
    expect(stage.alarms()).toContain('protection_failed')
  })

  it('a close that is rejected is tried again until the position is gone', () => {
    const stage = new Stage({ settings: { protectAttempts: 1 } }).ready()
    stage.hold({ quantity: exact(5) })
    stage.reject(stage.only('STOP').clientOrderId, 'OTHER')
    stage.reject(stage.only('CLOSE').clientOrderId, 'OTHER')
    expect(stage.working('CLOSE')).toEqual([])
    stage.wait(5_000)
    const again = stage.only('CLOSE')
    stage.fill(again.clientOrderId, 5)
    expect(stage.books.positions.size).toBe(0)
    stage.wait(20_000)
    expect(stage.working('CLOSE')).toEqual([])
  })

  it('a target that keeps failing is given up with a warning; the stop stays', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.accept(stage.only('STOP').clientOrderId)
    for (let tries = 1; tries <= 3; tries++) stage.reject(stage.only('TAKE_PROFIT').clientOrderId, 'OTHER')
    stage.wait(30_000)
    expect(stage.working('TAKE_PROFIT')).toEqual([])
    expect(stage.working('STOP')).toHaveLength(1)
    expect(stage.working('CLOSE')).toEqual([])
    expect(stage.alarms()).toEqual(['protection_failed'])
  })
})

describe('the sweep', () => {
  it('puts a stop where the venue let one expire', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const lost = stage.only('STOP')
    stage.tell({ kind: 'expired', clientOrderId: lost.clientOrderId, reason: 'knocked out', at: stage.now })
    const next = stage.only('STOP')
    expect(next.clientOrderId).not.toBe(lost.clientOrderId)
    expect(next.quantity.toString()).toBe('10')
  })

  it('cancels an orphan within 5 s, and its symbol takes no entry meanwhile', () => {
    const stage = new Stage().ready()
    stage.hold()
    const [stop, target] = [stage.only('STOP'), stage.only('TAKE_PROFIT')]
    stage.accept(target.clientOrderId)
    stage.fill(target.clientOrderId, 10)
    stage.wait(1_000)
    // the stop is acknowledged only after its position is gone
    stage.accept(stop.clientOrderId)
    expect(stage.scripted.cancelled).toContain(stop.clientOrderId)
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    stage.cancelled(stop.clientOrderId)
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
  })

  it('does nothing while everything is in order, and stops when nothing is open', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const before = stage.scripted.calls.length
    stage.wait(50_000)
    expect(stage.scripted.calls).toHaveLength(before)
  })

  it('a stop stuck in triggering raises an alarm and is replaced', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const stop = stage.only('STOP')
    stage.tell({ kind: 'triggered', clientOrderId: stop.clientOrderId, at: stage.now })
    stage.wait(4_999)
    expect(stage.alarms()).toEqual([])
    stage.wait(1)
    expect(stage.alarms()).toEqual(['stop_stuck'])
    expect(stage.working('STOP')).toHaveLength(2)
    expect(stage.scripted.asked).toContain(stop.clientOrderId)
  })
})

describe('without a link', () => {
  it('a stop that may have arrived is not sent again; the time to be protected starts anew with the link', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    expect(stage.executor.entriesOff).toContain('not connected')
    const sent = stage.scripted.submitted.length
    stage.wait(30_000)
    expect(stage.scripted.submitted).toHaveLength(sent)
    stage.tell({ kind: 'connection', up: true, at: stage.now })
    expect(stage.working('CLOSE')).toEqual([])
    const fresh = stage.working('STOP').find((order) => order.state === 'SUBMITTED')
    if (fresh) stage.accept(fresh.clientOrderId)
    stage.wait(6_000)
    expect(stage.working('CLOSE')).toEqual([])
    expect(stage.executor.entriesOff).toContain('not reconciled')
  })

  it('one that surely did not arrive is tried again with every sweep, and none of them counts as a failure', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    for (let sweep = 0; sweep < 5; sweep++) {
      const { clientOrderId } = stage.only('STOP')
      stage.tell({ kind: 'undelivered', clientOrderId, outcome: 'failed', message: 'no way', at: stage.now })
      expect(stage.working('STOP')).toEqual([])
      stage.wait(5_000)
    }
    expect(stage.working('CLOSE')).toEqual([])
    stage.accept(stage.only('STOP').clientOrderId)
    expect(stage.executor.protection.isProtected(SYMBOL)).toBe(true)
  })
})
