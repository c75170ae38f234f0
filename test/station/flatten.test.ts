/** A flatten proves itself: everything cancelled, everything closed, and the venue asked until it shows zero (SPEC §3). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import { EXECUTOR_SETTINGS } from '../../src/station/executor-settings.ts'
import { flattenDrill } from '../../src/station/flatten-drill.ts'
import type { FlattenDrill, FlattenReport } from '../../src/station/station-values.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

const TRACE = traceIdOf('flatten')

function begun(stage: Stage): { report: FlattenReport | null } {
  const told: { report: FlattenReport | null } = { report: null }
  expect(stage.executor.flatten(TRACE, 'user', (report) => (told.report = report))).toBe(true)
  return told
}

describe('a flatten', () => {
  it('cancels entries, closes, then cancels stops and targets, and is proven only by the venue', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(6) })
    const resting = stage.enter({ symbol: 'OTHERUSDT', bar: 2 })
    stage.accept(resting.clientOrderId)
    const [stop, target] = [stage.only('STOP'), stage.only('TAKE_PROFIT')]
    const told = begun(stage)
    expect(stage.executor.entriesOff).toContain('flatten')
    expect(stage.scripted.cancelled).toEqual([resting.clientOrderId])
    stage.wait(300)
    stage.cancelled(resting.clientOrderId)
    stage.fill(stage.only('CLOSE').clientOrderId, 6, 99)
    // until then they stood, for a close may take a while to get through
    expect(stage.scripted.cancelled.slice(1)).toEqual([stop.clientOrderId, target.clientOrderId])
    for (const id of [stop, target]) stage.cancelled(id.clientOrderId)
    stage.snapshot({ positions: [stage.venuePosition({ ...emptyPosition, quantity: exact(6) })] })
    expect(told.report).toBeNull()
    stage.wait(1_000)
    expect(stage.scripted.calls.findLast(({ kind }) => kind === 'askSnapshot')).toMatchObject({ isAwaited: true })
    stage.snapshot()
    expect(told.report).toMatchObject({ proven: true, flatAfterMs: 1_300, remaining: [] })
    expect(told.report?.closed).toMatchObject([{ symbol: SYMBOL }])
    expect(told.report?.cancelled).toHaveLength(3)
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'FLATTEN' }])
    expect(stage.executor.entriesOff).toBeNull()
    expect(stage.executor.lastFlatten).toEqual(told.report)
  })

  it('tells line by line: orders, average price, how long, how often it was tried again, and the venue’s last word', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(6) })
    const told = begun(stage)
    stage.wait(200)
    const first = stage.only('CLOSE').clientOrderId
    stage.fill(first, 2, 99)
    stage.tell({ kind: 'expired', clientOrderId: first, reason: 'no more was there', at: stage.now })
    stage.wait(500)
    const second = stage.only('CLOSE').clientOrderId
    expect(second).not.toBe(first)
    stage.fill(second, 4, 96)
    for (const { clientOrderId } of stage.working('STOP', 'TAKE_PROFIT')) stage.cancelled(clientOrderId)
    stage.wait(300)
    stage.snapshot()
    expect(told.report).toMatchObject({
      retries: 1,
      proof: { at: stage.now, positions: 0, openOrders: 0 },
      untouched: [],
      closed: [
        {
          symbol: SYMBOL,
          side: 'LONG',
          quantity: exact(6),
          clientOrderIds: [first, second],
          filledQuantity: exact(6),
          fillPrice: exact(97),
          closedAfterMs: 700,
        },
      ],
    })
  })

  it('is not proven while an order of ours is still at the venue', () => {
    const stage = new Stage().ready()
    const { clientOrderId } = stage.enter()
    stage.accept(clientOrderId)
    const told = begun(stage)
    stage.snapshot({ openOrders: [stage.venueOrder(clientOrderId, 'OPEN', exact(0))] })
    expect(told.report).toBeNull()
    expect(stage.executor.lastFlatten?.proof).toEqual({ at: stage.now, positions: 0, openOrders: 1 })
    stage.cancelled(clientOrderId)
    stage.wait(1_000)
    stage.snapshot()
    expect(told.report).toMatchObject({ proven: true })
  })

  it('of a flat account is proven by the first look', () => {
    const stage = new Stage().ready()
    const told = begun(stage)
    stage.snapshot()
    expect(told.report).toMatchObject({ proven: true, flatAfterMs: 0, closed: [], cancelled: [] })
  })

  it('places no new stops while it closes, closes again what is rejected, and catches what fills late', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(5) })
    const resting = stage.enter({ symbol: 'OTHERUSDT', bar: 2 })
    stage.accept(resting.clientOrderId)
    begun(stage)
    const sent = stage.scripted.submitted.filter((request) => request.type === 'STOP_MARKET').length
    for (let tries = 0; tries < 3; tries++) stage.reject(stage.only('CLOSE').clientOrderId, 'OTHER')
    stage.fill(resting.clientOrderId, 10, 100)
    stage.wait(1_000)
    const closing = new Set(stage.working('CLOSE').map((order) => order.symbol))
    expect(closing).toEqual(new Set([SYMBOL, 'OTHERUSDT']))
    const stops = stage.scripted.submitted.filter((request) => request.type === 'STOP_MARKET')
    expect(stops.slice(sent).every((request) => request.symbol === 'OTHERUSDT')).toBe(true)
  })

  it('one at a time', () => {
    const stage = new Stage().ready()
    begun(stage)
    expect(stage.executor.flatten(TRACE, 'user', () => undefined)).toBe(false)
  })

  it('that the venue never confirms is reported as not proven, and what is left is protected again', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(5) })
    const told = begun(stage)
    for (const id of stage.scripted.cancelled) stage.cancelled(id)
    stage.snapshot()
    stage.wait(60_000)
    expect(told.report).toMatchObject({ proven: false, flatAfterMs: null, remaining: [{ symbol: SYMBOL }] })
    expect(stage.alarms()).toContain('flatten_not_proven')
    expect(stage.working('STOP').length).toBeGreaterThan(0)
  })
})

describe('a drill', () => {
  const drill = (stage: Stage, fields: Partial<Parameters<typeof flattenDrill>[0]> = {}): FlattenDrill =>
    flattenDrill({
      now: stage.now,
      books: stage.books,
      settings: EXECUTOR_SETTINGS,
      withForeign: false,
      markOf: () => 102,
      slicesOf: ({ quantity }) => [quantity.div(2), quantity.div(2)],
      answerMs: 120,
      obstacle: null,
      ...fields,
    })

  it('tells the orders, the closes in their parts, the weight and the time, and does nothing', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(20) })
    const calls = stage.scripted.calls.length
    const found = drill(stage)
    expect(found.cancels.map(({ purpose }) => purpose)).toEqual(['STOP', 'STOP', 'TAKE_PROFIT', 'TAKE_PROFIT'])
    expect(found.closes).toEqual([
      { symbol: SYMBOL, side: 'LONG', quantity: exact(20), mark: 102, orders: [exact(10), exact(10)] },
    ])
    // 4 cancels, 2 closes, 2 looks of 7 requests and a weight of 130
    expect(found).toMatchObject({ requests: 20, weight: 264, expectedMs: 1_120, obstacle: null, untouched: [] })
    expect(stage.scripted.calls).toHaveLength(calls)
  })

  it('of a flat account is one look', () => {
    const found = drill(new Stage().ready(), { answerMs: null })
    expect(found).toMatchObject({ cancels: [], closes: [], requests: 7, weight: 130, expectedMs: 500 })
  })

  it('says what stands against it', () => {
    const stage = new Stage().ready()
    stage.holdProtected()
    expect(drill(stage, { slicesOf: () => 'no such symbol' })).toMatchObject({ obstacle: 'no such symbol' })
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    expect(stage.executor.flattenObstacle).toContain('not connected')
    stage.tell({ kind: 'connection', up: true, at: stage.now })
    begun(stage)
    expect(stage.executor.flattenObstacle).toContain('under way')
  })
})

const emptyPosition = { symbol: SYMBOL, side: 'LONG', entryPrice: exact(100), leverage: 3 } as Parameters<
  Stage['venuePosition']
>[0]
