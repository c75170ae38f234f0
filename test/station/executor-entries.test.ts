/** Entries: journaled before sent, resting for their time, the second step of NORMAL, cancelled on a policy change (SPEC §8, §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { clientOrderIdOf } from '../../src/core/model/ids.ts'
import type { EntryIntent } from '../../src/core/model/intent.ts'
import { approvedEntry, entryIntent } from './stage/intents.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

/** NORMAL: what is left after 2 s goes as IOC, no worse than the signal's price and a little. */
const asIoc = (intent: EntryIntent, rest: EntryIntent['quantity']): EntryIntent => ({
  ...intent,
  quantity: rest,
  price: intent.price.plus('0.05'),
  timeInForce: 'IOC',
  restMs: 0,
})
const NORMAL = { restMs: 2_000 } as const

describe('an entry', () => {
  it('is journaled and made durable before the venue hears of it', () => {
    const stage = new Stage().ready()
    let seen: string | undefined
    stage.scripted.onSubmit = (request) => {
      seen = stage.journal.afterCrash().order(request.clientOrderId)?.state
    }
    stage.enter()
    expect(seen).toBe('SUBMITTED')
  })

  it('has a client id that depends on nothing but its intent, and is sent once, ever', () => {
    const stage = new Stage().ready()
    const order = stage.enter()
    expect(order.clientOrderId).toBe(clientOrderIdOf(entryIntent().id, 'entry'))
    expect(stage.executor.execute(approvedEntry(entryIntent()))).toBeNull()
    stage.status(order.clientOrderId, 'CANCELLED')
    const again = approvedEntry(entryIntent())
    stage.reservations.hold(again)
    expect(stage.executor.execute(again)).toBeNull()
    expect(stage.scripted.submitted).toHaveLength(1)
    expect(stage.reservations.totals.claims).toEqual([])
  })

  it('carries limit, leverage and the version of the policy that allowed it', () => {
    const stage = new Stage().ready()
    expect(stage.enter({ timeInForce: 'GTX' })).toMatchObject({
      type: 'LIMIT',
      timeInForce: 'GTX',
      side: 'BUY',
      leverage: 3,
      reduceOnly: false,
      policyVersion: 7,
    })
  })

  it('is not sent before the first reconciliation', () => {
    const stage = new Stage()
    stage.executor.start()
    const approved = approvedEntry(entryIntent())
    stage.reservations.hold(approved)
    expect(stage.executor.execute(approved)).toBeNull()
    expect(stage.executor.entriesOff).toContain('not reconciled')
    expect(stage.reservations.totals.claims).toEqual([])
  })

  it('makes its symbol busy and reserves until the venue has confirmed its end: a fill may have been lost', () => {
    const stage = new Stage().ready()
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
    const order = stage.enter()
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    stage.accept(order.clientOrderId)
    expect(stage.reservations.totals.claims).toHaveLength(1)
    stage.cancelled(order.clientOrderId)
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    // an answer made before the end tells nothing
    stage.status(order.clientOrderId, 'OPEN')
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    stage.status(order.clientOrderId, 'CANCELLED')
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
    expect(stage.reservations.totals.claims).toEqual([])
  })

  it('filled in part keeps reserved what is left', () => {
    const stage = new Stage().ready()
    const order = stage.enter()
    stage.accept(order.clientOrderId)
    stage.fill(order.clientOrderId, 4)
    expect(stage.reservations.totals.gross).toBeCloseTo(600, 9)
    stage.fill(order.clientOrderId, 6)
    expect(stage.reservations.totals.claims).toEqual([])
  })

  it('rests for its time and is cancelled then', () => {
    const stage = new Stage().ready()
    const order = stage.enter({ restMs: 30_000 })
    stage.accept(order.clientOrderId)
    stage.wait(29_999)
    expect(stage.scripted.cancelled).toEqual([])
    stage.wait(1)
    expect(stage.scripted.cancelled).toEqual([order.clientOrderId])
    stage.cancelled(order.clientOrderId)
    expect(stage.order(order.clientOrderId).state).toBe('CANCELLED')
  })

  it('is cancelled where a new policy would deny it, also before it is acknowledged', () => {
    const stage = new Stage({ followUp: asIoc }).ready()
    const order = stage.enter(NORMAL)
    stage.executor.cancelEntries((entry) => entry.symbol === 'OTHER', 'policy 8')
    expect(stage.scripted.cancelled).toEqual([])
    stage.executor.cancelEntries((entry) => entry.symbol === SYMBOL, 'policy 8')
    expect(stage.scripted.cancelled).toEqual([])
    stage.accept(order.clientOrderId)
    expect(stage.scripted.cancelled).toEqual([order.clientOrderId])
    stage.cancelled(order.clientOrderId)
    stage.status(order.clientOrderId, 'CANCELLED')
    stage.wait(10_000)
    expect(stage.scripted.submitted).toHaveLength(1)
    expect(stage.reservations.totals.claims).toEqual([])
  })
})

describe('the second step', () => {
  it('sends what is left as IOC, once the venue has confirmed what the first step filled', () => {
    const stage = new Stage({ followUp: asIoc }).ready()
    const order = stage.enter(NORMAL)
    stage.accept(order.clientOrderId)
    stage.fill(order.clientOrderId, 4)
    stage.wait(2_000)
    expect(stage.scripted.cancelled).toEqual([order.clientOrderId])
    stage.cancelled(order.clientOrderId)
    expect(stage.scripted.asked.at(-1)).toBe(order.clientOrderId)
    expect(stage.executor.isBusy(SYMBOL)).toBe(true)
    stage.status(order.clientOrderId, 'CANCELLED', exact(4))
    const ioc = stage.order(clientOrderIdOf(order.intentId, 'ioc'))
    expect(ioc).toMatchObject({ timeInForce: 'IOC', state: 'SUBMITTED' })
    expect(ioc.quantity.toString()).toBe('6')
    expect(stage.reservations.totals.gross).toBeCloseTo(6 * 100.05, 9)
  })

  it('never counts a fill that is still on its way as left over', () => {
    const stage = new Stage({ followUp: asIoc }).ready()
    const order = stage.enter(NORMAL)
    stage.accept(order.clientOrderId)
    stage.wait(2_000)
    stage.cancelled(order.clientOrderId)
    const looks = stage.scripted.snapshots
    stage.status(order.clientOrderId, 'CANCELLED', exact(7))
    expect(stage.scripted.snapshots).toBe(looks + 1)
    expect(stage.scripted.submitted).toHaveLength(1)
    stage.fill(order.clientOrderId, 7)
    stage.wait(1_000)
    stage.status(order.clientOrderId, 'CANCELLED', exact(7))
    const ioc = stage.order(clientOrderIdOf(order.intentId, 'ioc'))
    expect(ioc.quantity.toString()).toBe('3')
  })

  it('is dropped when the guard denies it, and nothing stays reserved', () => {
    const stage = new Stage({ followUp: asIoc, approvesSecondStep: false }).ready()
    const order = stage.enter(NORMAL)
    stage.accept(order.clientOrderId)
    stage.wait(2_000)
    stage.cancelled(order.clientOrderId)
    stage.status(order.clientOrderId, 'CANCELLED', exact(0))
    expect(stage.checked.map((intent) => intent.kind)).toEqual(['ENTRY'])
    expect(stage.scripted.submitted).toHaveLength(1)
    expect(stage.reservations.totals.claims).toEqual([])
    expect(stage.executor.isBusy(SYMBOL)).toBe(false)
  })

  it('follows at once where the venue would not let the first step rest', () => {
    const stage = new Stage({ followUp: asIoc }).ready()
    const order = stage.enter({ ...NORMAL, timeInForce: 'GTX' })
    stage.reject(order.clientOrderId, 'POST_ONLY')
    stage.status(order.clientOrderId, 'REJECTED', exact(0))
    expect(stage.order(clientOrderIdOf(order.intentId, 'ioc')).quantity.toString()).toBe('10')
  })

  it('does not follow once the position was stopped out in between', () => {
    const stage = new Stage({ followUp: asIoc }).ready()
    const order = stage.enter(NORMAL)
    stage.accept(order.clientOrderId)
    stage.fill(order.clientOrderId, 4)
    const stop = stage.only('STOP')
    stage.accept(stop.clientOrderId)
    stage.fill(stop.clientOrderId, 4)
    expect(stage.scripted.cancelled).toContain(order.clientOrderId)
    stage.cancelled(order.clientOrderId)
    stage.wait(5_000)
    expect(stage.scripted.submitted.filter((request) => !request.reduceOnly)).toHaveLength(1)
  })
})

describe('what the guard and the sizing want to know', () => {
  it('entries filled today, rejections in a row, slippage of the last fills', () => {
    const stage = new Stage().ready()
    stage.mark = 100
    const first = stage.enter({ bar: 1, timeInForce: 'IOC', restMs: 0 })
    stage.reject(first.clientOrderId, 'INSUFFICIENT_MARGIN')
    const second = stage.enter({ bar: 2, timeInForce: 'IOC', restMs: 0 })
    stage.reject(second.clientOrderId, 'INSUFFICIENT_MARGIN')
    const { memory } = stage.books
    expect(memory.rejectionsOf(SYMBOL)).toEqual({ inARow: 2, lastAt: stage.now })
    expect(memory.rejectionTimes).toHaveLength(2)
    const third = stage.enter({ bar: 3, timeInForce: 'IOC', restMs: 0 })
    stage.accept(third.clientOrderId)
    expect(memory.rejectionsOf(SYMBOL)).toBeNull()
    stage.fill(third.clientOrderId, 10, 100.1)
    expect(memory.meanSlippage(SYMBOL)).toBeCloseTo(0.001, 12)
    expect([...memory.entriesFilledToday(stage.now)]).toEqual([third.intentId])
    expect(memory.entriesFilledToday(stage.now + 86_400_000).size).toBe(0)
  })
})
