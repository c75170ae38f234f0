/** What people see of a position's protection, and what happens to stops that trigger and do not fill (SPEC §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import type { Position } from '../../src/core/model/position.ts'
import type { ProtectionLeg } from '../../src/station/station-values.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

const held = (stage: Stage): Position => {
  const position = stage.books.positions.get(SYMBOL)
  if (position === undefined) throw new Error('nothing is held')
  return position
}
const legs = (stage: Stage): readonly ProtectionLeg[] => stage.executor.protection.legs(held(stage))
const states = (stage: Stage): string[] => legs(stage).map(({ role, state }) => `${role} ${state}`)
const trigger = (stage: Stage, clientOrderId: ClientOrderId): void =>
  stage.tell({ kind: 'triggered', clientOrderId, at: stage.now })

describe('protection as it is shown', () => {
  it('is being placed, then live; since when, where, and by which orders', () => {
    const stage = new Stage().ready()
    stage.hold()
    expect(states(stage)).toEqual(['STOP placing', 'TAKE_PROFIT placing'])
    stage.wait(300)
    for (const { clientOrderId } of stage.working('STOP', 'TAKE_PROFIT')) stage.accept(clientOrderId)
    const [stop, target] = legs(stage)
    const id = stage.only('STOP').clientOrderId
    expect(stop).toEqual({ role: 'STOP', state: 'live', since: stage.now, price: exact(95), clientOrderIds: [id] })
    expect(target).toMatchObject({ role: 'TAKE_PROFIT', state: 'live', price: exact(110) })
    expect(stage.executor.protection.naked.secondsOf(SYMBOL, stage.now)).toBe(0.3)
  })

  it('is moving while the old stop stands and the new one is on its way', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const position = held(stage)
    stage.books.setPosition(SYMBOL, { ...position, stopPrice: exact(97) })
    stage.executor.protection.refresh(SYMBOL)
    expect(legs(stage)[0]).toMatchObject({ state: 'moving', price: exact(97) })
    expect(legs(stage)[0]?.clientOrderIds).toHaveLength(2)
    for (const { clientOrderId, state } of stage.working('STOP')) if (state === 'SUBMITTED') stage.accept(clientOrderId)
    expect(states(stage)[0]).toBe('STOP live')
  })

  it('is missing since the stop went, and triggering since its price was reached', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    const goneAt = stage.now
    stage.tell({ kind: 'expired', clientOrderId: stage.only('STOP').clientOrderId, reason: 'gone', at: stage.now })
    stage.wait(2_000)
    expect(legs(stage)[0]).toMatchObject({ state: 'missing', since: goneAt, clientOrderIds: [] })
    trigger(stage, stage.only('TAKE_PROFIT').clientOrderId)
    expect(legs(stage)[1]).toMatchObject({ state: 'triggering', since: stage.now })
  })

  it('is verified by the venue’s own list, and not before', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    expect(stage.executor.protection.verifiedAt(SYMBOL)).toBeNull()
    stage.wait(60_000)
    stage.snapshot()
    expect(stage.executor.protection.verifiedAt(SYMBOL)).toBe(stage.now)
  })
})

describe('a stop that triggers and does not fill', () => {
  it('alarms after its bound; the stop in its place would trigger at once, so the position is closed at market', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    trigger(stage, stage.only('STOP').clientOrderId)
    stage.wait(5_000)
    expect(stage.alarms()).toEqual(['stop_stuck'])
    const fresh = stage.working('STOP').find(({ state }) => state === 'SUBMITTED')
    expect(stage.working('CLOSE')).toEqual([])
    stage.reject(fresh?.clientOrderId as ClientOrderId, 'WOULD_TRIGGER')
    expect(stage.only('CLOSE')).toMatchObject({ type: 'MARKET', reduceOnly: true, quantity: exact(10) })
  })

  it('and nobody answers for the stop in its place either: closed at market 5 s later', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    trigger(stage, stage.only('STOP').clientOrderId)
    stage.wait(9_000)
    expect(stage.working('CLOSE')).toEqual([])
    stage.wait(1_000)
    expect(stage.only('CLOSE').exitReason).toBe('UNPROTECTED')
    expect(stage.alarms()).toEqual(['stop_stuck', 'position_unprotected'])
  })

  it('alarms also when its event was lost: the venue’s list shows it, at the next reconciliation or when it is asked for', () => {
    for (const shown of ['list', 'answer']) {
      const stage = new Stage().ready()
      stage.holdProtected()
      const { clientOrderId } = stage.only('STOP')
      const order = { ...stage.venueOrder(clientOrderId, 'OPEN', exact(0)), isTriggered: true }
      const target = stage.venueOrder(stage.only('TAKE_PROFIT').clientOrderId, 'OPEN', exact(0))
      stage.wait(60_000)
      if (shown === 'list') stage.snapshot({ openOrders: [order, target] })
      else stage.tell({ kind: 'status', clientOrderId, order, at: stage.now })
      expect(legs(stage)[0]).toMatchObject({ state: 'triggering', since: stage.now })
      stage.wait(5_000)
      expect(stage.alarms()).toEqual(['stop_stuck'])
    }
  })

  it('but fills in parts is not stuck', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const { clientOrderId } = stage.only('STOP')
    trigger(stage, clientOrderId)
    stage.wait(1_000)
    stage.fill(clientOrderId, 4, 94)
    for (const order of stage.working('TAKE_PROFIT')) if (order.state === 'SUBMITTED') stage.accept(order.clientOrderId)
    stage.wait(20_000)
    expect(stage.alarms()).toEqual([])
    expect(stage.working('CLOSE')).toEqual([])
  })

  it('told after it had filled it leaves nothing behind', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const { clientOrderId } = stage.only('STOP')
    stage.fill(clientOrderId, 10, 95)
    trigger(stage, clientOrderId)
    stage.wait(60_000)
    expect(stage.alarms()).toEqual([])
  })
})

describe('an orphan', () => {
  it('keeps its symbol from every entry, a person’s too, until the venue has let go of it', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    const target = stage.only('TAKE_PROFIT').clientOrderId
    stage.fill(stage.only('STOP').clientOrderId, 10, 95)
    expect(stage.scripted.cancelled).toEqual([target])
    expect(stage.executor.entriesOffOn(SYMBOL)).toContain('still being cancelled')
    expect(stage.executor.entriesOffOn('OTHERUSDT')).toBeNull()
    stage.cancelled(target)
    expect(stage.executor.entriesOffOn(SYMBOL)).toBeNull()
  })
})
