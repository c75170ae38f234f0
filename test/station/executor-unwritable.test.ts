/** Fail closed on opening risk, always open on reducing it: what leaves while the journal cannot be written. */
import { describe, expect, it } from 'vitest'

import { approvedEntry, entryIntent } from './stage/intents.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

describe('while the journal cannot be written', () => {
  it('no entry leaves: it has FAILED with the reason and gives back what it had reserved', () => {
    const stage = new Stage().ready()
    stage.isDiskFull = true
    const approved = approvedEntry(entryIntent())
    stage.reservations.hold(approved)
    expect(stage.executor.execute(approved)).toBeNull()
    expect(stage.scripted.submitted).toEqual([])
    const order = stage.journal.rows.orders.at(-1)
    expect(order).toMatchObject({ state: 'FAILED', reason: 'not sent: the journal could not be written' })
    expect(stage.reservations.totals.claims).toEqual([])
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
    stage.wait(60_000)
    expect(stage.scripted.asked).toEqual([])
  })

  it('the IOC that follows a resting entry does not leave either, and the whole entry ends', () => {
    const stage = new Stage({ followUp: (intent, rest) => ({ ...intent, timeInForce: 'IOC', quantity: rest }) }).ready()
    const order = stage.enter({ restMs: 2_000 })
    stage.accept(order.clientOrderId)
    stage.isDiskFull = true
    stage.wait(2_000)
    stage.cancelled(order.clientOrderId)
    stage.status(order.clientOrderId, 'CANCELLED')
    expect(stage.scripted.submitted).toHaveLength(1)
    expect(stage.reservations.totals.claims).toEqual([])
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
  })

  it('the stop and the target of a position do leave', () => {
    const stage = new Stage().ready()
    const order = stage.enter()
    stage.accept(order.clientOrderId)
    stage.isDiskFull = true
    stage.fill(order.clientOrderId, order.quantity)
    const types = stage.scripted.submitted.slice(1).map(({ type, reduceOnly }) => ({ type, reduceOnly }))
    expect(types).toEqual([
      { type: 'STOP_MARKET', reduceOnly: true },
      { type: 'TAKE_PROFIT_MARKET', reduceOnly: true },
    ])
  })

  it('a close leaves', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    stage.isDiskFull = true
    stage.executor.closePosition(SYMBOL, 'MANUAL', 'user')
    expect(stage.scripted.submitted.at(-1)).toMatchObject({ type: 'MARKET', reduceOnly: true })
  })

  it('once it can be written again entries leave again, and what happened meanwhile is journaled', () => {
    const stage = new Stage().ready()
    stage.isDiskFull = true
    const refused = approvedEntry(entryIntent())
    stage.executor.execute(refused)
    stage.isDiskFull = false
    stage.enter({ bar: 1 })
    expect(stage.scripted.submitted).toHaveLength(1)
    const { orders } = stage.journal.afterCrash().rows
    expect(orders.map(({ state }) => state)).toEqual(['SUBMITTED', 'FAILED', 'SUBMITTED'])
  })
})
