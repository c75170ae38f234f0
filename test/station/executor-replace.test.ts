/** A person moves a resting entry: cancel-replace, and never two of them in the market (SPEC §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import type { EntryIntent } from '../../src/core/model/intent.ts'
import type { Order } from '../../src/core/model/order.ts'
import { entryReplacement } from '../../src/station/entry-replacement.ts'
import type { EntryChange } from '../../src/station/station-values.ts'
import { Stage, type StageOptions } from './stage/stage.ts'

const WORLD = { now: 0, confidence: 1, expectedHoldMs: 1 }

function resting(options: StageOptions = {}, fields: Partial<EntryIntent> = {}): { stage: Stage; order: Order } {
  const stage = new Stage(options).ready()
  const { clientOrderId } = stage.enter({ restMs: 60_000, ...fields })
  stage.accept(clientOrderId)
  return { stage, order: stage.order(clientOrderId) }
}

function move(stage: Stage, order: Order, change: Partial<EntryChange>): boolean {
  const next = entryReplacement(order, { price: null, quantity: null, ...change }, 'user', { ...WORLD, now: stage.now })
  if (next === null) throw new Error('it does not rest')
  return stage.executor.replaceEntry(order.clientOrderId, next)
}

/** The venue confirms the cancel, and then that nothing more has filled. */
function confirm(stage: Stage, id: ClientOrderId): void {
  stage.cancelled(id)
  stage.status(id, 'CANCELLED')
}

describe('a resting entry that is moved', () => {
  it('is cancelled first; the new one is sent once its end is confirmed, under an id of its own', () => {
    const { stage, order } = resting()
    expect(move(stage, order, { price: exact(99) })).toBe(true)
    expect(stage.scripted.cancelled).toEqual([order.clientOrderId])
    stage.cancelled(order.clientOrderId)
    expect(stage.working('ENTRY')).toEqual([])
    stage.wait(20_000)
    stage.status(order.clientOrderId, 'CANCELLED')
    const moved = stage.only('ENTRY')
    expect(moved).toMatchObject({ price: exact(99), quantity: exact(10), intentId: order.intentId, state: 'SUBMITTED' })
    expect(moved.clientOrderId).not.toBe(order.clientOrderId)
    expect(moved.entryPlan?.restUntil).toBe(order.entryPlan?.restUntil)
    expect(stage.checked.filter(({ kind }) => kind === 'ENTRY')).toMatchObject([{ price: exact(99), restMs: 40_000 }])
    expect(stage.reservations.totals.claims).toHaveLength(1)
  })

  it('asks for no more than what has not filled, the last fill included', () => {
    const { stage, order } = resting()
    stage.fill(order.clientOrderId, 3, 100)
    move(stage, stage.order(order.clientOrderId), { quantity: exact(8) })
    stage.fill(order.clientOrderId, 2, 100)
    confirm(stage, order.clientOrderId)
    expect(stage.only('ENTRY').quantity.toString()).toBe('3')
    expect(stage.books.positions.get(order.symbol)?.quantity.toString()).toBe('5')
  })

  it('that fills instead is not sent again, and gives back what it had reserved', () => {
    const { stage, order } = resting()
    move(stage, order, { price: exact(99) })
    stage.fill(order.clientOrderId, 10, 100)
    stage.tell({ kind: 'cancelRefused', clientOrderId: order.clientOrderId, at: stage.now })
    stage.status(order.clientOrderId, 'FILLED')
    expect(stage.working('ENTRY')).toEqual([])
    expect(stage.reservations.totals.claims).toEqual([])
  })

  it('that the guard denies meanwhile is gone', () => {
    const { stage, order } = resting({ approvesSecondStep: false })
    move(stage, order, { price: exact(99) })
    confirm(stage, order.clientOrderId)
    expect(stage.working('ENTRY')).toEqual([])
    expect(stage.executor.isBusy(order.symbol)).toBe(false)
    expect(stage.reservations.totals.claims).toEqual([])
  })

  it('is given up by a kill switch in between', () => {
    const { stage, order } = resting()
    move(stage, order, { price: exact(99) })
    stage.executor.cancelEntries(() => true, 'emergency')
    confirm(stage, order.clientOrderId)
    expect(stage.working('ENTRY')).toEqual([])
  })

  it('is moved once at a time, twice in a row, and also one found resting after a restart', () => {
    const { stage, order } = resting()
    expect(move(stage, order, { price: exact(99) })).toBe(true)
    expect(move(stage, order, { price: exact(98) })).toBe(false)
    confirm(stage, order.clientOrderId)
    const second = stage.only('ENTRY')
    stage.accept(second.clientOrderId)
    expect(move(stage, second, { price: exact(98) })).toBe(true)
    confirm(stage, second.clientOrderId)
    const third = stage.only('ENTRY')
    stage.accept(third.clientOrderId)

    const after = new Stage({ clock: stage.clock, journal: stage.journal.afterCrash() }).ready()
    expect(move(after, after.only('ENTRY'), { price: exact(97) })).toBe(true)
    confirm(after, third.clientOrderId)
    expect(after.only('ENTRY').price?.toString()).toBe('97')
    expect(new Set(after.journal.now.orders.keys()).size).toBe(4)
  })
})

it('only what rests can be moved', () => {
  const stage = new Stage().ready()
  const ioc = stage.enter({ timeInForce: 'IOC', restMs: 0 })
  expect(entryReplacement(ioc, { price: exact(1), quantity: null }, 'user', WORLD)).toBeNull()
  stage.fill(ioc.clientOrderId, 10, 100)
  expect(entryReplacement(stage.only('STOP'), { price: exact(1), quantity: null }, 'user', WORLD)).toBeNull()
})
