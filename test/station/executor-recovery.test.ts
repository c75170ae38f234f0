/** Start-up is recovery: a process killed at any instant goes on where the journal ends, and asks the venue (DESIGN, crash-only). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

/** The same station in a new process, at the same instant of the same world. */
function restarted(stage: Stage): Stage {
  const next = new Stage({ journal: stage.journal.afterCrash(), clock: stage.clock })
  next.mark = stage.mark
  return next
}

describe('killed', () => {
  it('right after sending an entry: the venue has it, it fills, it is protected with the stop of its plan', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter({ restMs: 60_000 })
    const next = restarted(stage)
    next.executor.start()
    next.snapshot({ balance: exact(10_000), openOrders: [next.venueOrder(clientOrderId, 'OPEN', exact(0))] })
    expect(next.order(clientOrderId).state).toBe('OPEN')
    expect(next.executor.entriesOff).toBeNull()
    expect(next.executor.isBusy(SYMBOL)).toBe(true)
    next.fill(clientOrderId, 10)
    expect(next.only('STOP').triggerPrice?.toString()).toBe('95')
    expect(next.scripted.submitted.filter((request) => !request.reduceOnly)).toEqual([])
  })

  it('right before the venue got it: FAILED after the grace, and its intent is never used again', () => {
    const stage = new Stage().ready()
    const { clientOrderId, intentId } = stage.enter()
    const next = restarted(stage)
    next.executor.start()
    next.snapshot({ balance: exact(10_000), openOrders: [] })
    expect(next.executor.entriesOff).not.toBeNull()
    next.status(clientOrderId, null)
    next.wait(10_000)
    next.status(clientOrderId, null)
    expect(next.order(clientOrderId)).toMatchObject({ state: 'FAILED', intentId })
    expect(next.executor.entriesOff).toBeNull()
    expect(() => next.enter()).toThrow('not sent')
  })

  it('with an entry resting: it is cancelled when its time is over', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter({ restMs: 30_000 })
    const next = restarted(stage)
    next.executor.start()
    next.status(clientOrderId, 'OPEN')
    next.wait(30_000)
    expect(next.scripted.cancelled).toEqual([clientOrderId])
  })

  it('between fill and stop: the fill is told again by the venue, booked once, and protected', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.accept(clientOrderId)
    stage.journal.flush(stage.now)
    const next = restarted(stage)
    next.executor.start()
    next.fill(clientOrderId, 10, 100, 'f1')
    next.fill(clientOrderId, 10, 100, 'f1')
    expect(next.books.positions.get(SYMBOL)?.quantity.toString()).toBe('10')
    expect(next.working('STOP')).toHaveLength(1)
  })

  it('with a position and its stop: both are found again, nothing is placed twice', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ trailing: { activationPrice: null, callback: 0.01 } })
    stage.journal.flush(stage.now)
    const next = restarted(stage)
    next.executor.start()
    next.snapshot()
    next.wait(20_000)
    expect(next.scripted.submitted).toEqual([])
    expect(next.executor.protection.isProtected(SYMBOL)).toBe(true)
    expect(next.books.balance.toString()).toBe(stage.books.balance.toString())
    expect(next.books.account(next.now, () => 100)).toEqual(stage.books.account(stage.now, () => 100))
  })

  it('with a position whose stop is gone: a new one is placed under a new id', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.journal.flush(stage.now)
    const stop = stage.only('STOP')
    const next = restarted(stage)
    next.executor.start()
    next.snapshot({ openOrders: [next.venueOrder(next.only('TAKE_PROFIT').clientOrderId, 'OPEN', exact(0))] })
    next.status(stop.clientOrderId, 'CANCELLED')
    expect(next.only('STOP').clientOrderId).not.toBe(stop.clientOrderId)
    expect(next.only('STOP').triggerPrice?.toString()).toBe('95')
  })

  it('with a stop on its way: it may have been lost, so another one goes at once, and the position is never closed for it', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.journal.flush(stage.now)
    const lost = stage.only('STOP')
    expect(lost.state).toBe('SUBMITTED')
    const next = restarted(stage)
    next.executor.start()
    expect(next.order(lost.clientOrderId).state).toBe('UNKNOWN')
    expect(next.scripted.asked).toContain(lost.clientOrderId)
    expect(next.working('STOP')).toHaveLength(2)
    for (const { clientOrderId } of next.scripted.submitted) next.accept(clientOrderId)
    next.wait(20_000)
    expect(next.alarms()).toEqual([])
    expect(next.scripted.submitted.some(({ type }) => type === 'MARKET')).toBe(false)
  })

  it('with a stop on its way that did arrive: only one of both stays', () => {
    const stage = new Stage().ready()
    stage.hold()
    stage.journal.flush(stage.now)
    const first = stage.only('STOP')
    const next = restarted(stage)
    next.executor.start()
    const again = next.working('STOP').find(({ clientOrderId }) => clientOrderId !== first.clientOrderId)
    if (again === undefined) throw new Error('no second stop')
    next.accept(again.clientOrderId)
    next.status(first.clientOrderId, 'OPEN')
    expect(next.scripted.cancelled).toEqual([first.clientOrderId])
  })

  it('between a close and the cancels of its stop and target: they are cancelled within 5 s, the symbol is free again', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.executor.closePosition(SYMBOL, 'MANUAL', 'user')
    const close = stage.only('CLOSE')
    stage.accept(close.clientOrderId)
    stage.fill(close.clientOrderId, close.quantity)
    stage.journal.flush(stage.now)
    const next = restarted(stage)
    next.executor.start()
    const orphans = next.working('STOP', 'TAKE_PROFIT').map(({ clientOrderId }) => clientOrderId)
    expect(orphans).toHaveLength(2)
    next.snapshot()
    next.wait(5_000)
    expect(next.scripted.cancelled).toEqual(orphans)
    for (const id of orphans) next.cancelled(id)
    expect(next.executor.isBusy(SYMBOL)).toBe(false)
  })

  it('counts the entries of the day again', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.journal.flush(stage.now)
    const next = restarted(stage)
    expect(next.books.memory.entriesFilledToday(next.now).size).toBe(1)
  })
})
