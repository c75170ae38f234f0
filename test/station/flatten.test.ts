/** A flatten proves itself: everything cancelled, everything closed, and the venue asked until it shows zero (SPEC §3). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import type { FlattenReport } from '../../src/station/station-values.ts'
import { Stage, SYMBOL } from './stage/stage.ts'

const TRACE = traceIdOf('flatten')

function begun(stage: Stage): { report: FlattenReport | null } {
  const told: { report: FlattenReport | null } = { report: null }
  expect(stage.executor.flatten(TRACE, 'user', (report) => (told.report = report))).toBe(true)
  return told
}

describe('a flatten', () => {
  it('cancels regular and conditional orders, closes, and is proven only by the venue', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(6) })
    const resting = stage.enter({ symbol: 'OTHERUSDT', bar: 2 })
    stage.accept(resting.clientOrderId)
    const [stop, target] = [stage.only('STOP'), stage.only('TAKE_PROFIT')]
    const told = begun(stage)
    expect(stage.executor.entriesOff).toContain('flatten')
    expect(new Set(stage.scripted.cancelled)).toEqual(
      new Set([resting.clientOrderId, stop.clientOrderId, target.clientOrderId]),
    )
    stage.wait(300)
    for (const id of stage.scripted.cancelled) stage.cancelled(id)
    stage.fill(stage.only('CLOSE').clientOrderId, 6, 99)
    stage.snapshot({ positions: [stage.venuePosition({ ...emptyPosition, quantity: exact(6) })] })
    expect(told.report).toBeNull()
    stage.wait(1_000)
    stage.snapshot()
    expect(told.report).toMatchObject({ proven: true, flatAfterMs: 1_300, remaining: [] })
    expect(told.report?.closed).toMatchObject([{ symbol: SYMBOL }])
    expect(told.report?.cancelled).toHaveLength(3)
    expect(stage.journal.rows.trades).toMatchObject([{ exitReason: 'FLATTEN' }])
    expect(stage.executor.entriesOff).toBeNull()
    expect(stage.executor.lastFlatten).toEqual(told.report)
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

const emptyPosition = { symbol: SYMBOL, side: 'LONG', entryPrice: exact(100), leverage: 3 } as Parameters<
  Stage['venuePosition']
>[0]
