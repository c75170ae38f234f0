/** What people decide while the station runs: kill switch, another mode, money in and out, orders by hand, flatten (SPEC §2, §3, §20). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { ManualOrder } from '../../../src/station/station-values.ts'
import { MADE_UP_START, madeUpRecording } from '../../fixtures/candle-files.ts'
import { countOf, rowsOf } from '../../fixtures/journal-reader.ts'
import {
  DAY_MS,
  goOnTo,
  goOnUntil,
  HOUR_MS,
  openStation,
  pausedAt,
  runToEnd,
  toTheEnd,
  type WholeStation,
} from '../../fixtures/whole-station.ts'
import { expectWithin } from './limits-by-hand.ts'
import { expectSound } from './sound.ts'

const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT', 'EEEUSDT']
const replay = madeUpRecording({ symbols: SYMBOLS, days: 4, seed: 41 })
/** there and back, and the answer booked */
const ANSWERED_MS = 300

const restingEntries = ({ facade }: WholeStation) => facade.openOrders().filter(({ purpose }) => purpose === 'ENTRY')
const goOn = async (station: WholeStation, ms: number): Promise<void> => goOnTo(station, station.rooms.clock.now() + ms)
const unprotected = ({ facade }: WholeStation) => facade.positions().filter(({ isProtected }) => !isProtected)

async function openOver(flags: Record<string, string>): Promise<WholeStation> {
  const station = await openStation({ replay, ...flags })
  await pausedAt(station, MADE_UP_START + DAY_MS)
  return station
}

/** Decisions on closes that no signal asked for, oldest first. */
const whyClosed = ({ folder }: WholeStation) =>
  rowsOf(folder, 'decisions').filter(({ steps }) => steps[0]?.step === 'asked_by')

async function runOn(station: WholeStation): Promise<WholeStation> {
  station.facade.setPaused(false)
  return toTheEnd(station)
}

describe('the kill switch', () => {
  it('cancels resting entries at once, opens nothing, keeps stops and exits, and goes only by the word', async () => {
    const station = await openOver({ 'policy.risk_mode': 'DEFENSIVE' })
    const { facade, rooms } = station
    await goOnUntil(station, () => restingEntries(station).length > 0 && facade.positions().length > 0)
    const engagedAt = rooms.clock.now()
    const rested = restingEntries(station).map(({ clientOrderId }) => clientOrderId)
    const { id } = facade.engageEmergency('user', 'drill', false)
    expect(facade.policy.current.emergency?.id).toBe(id)
    expect(facade.status().entriesOff).toContain('drill')
    await goOn(station, ANSWERED_MS)
    expect(restingEntries(station)).toEqual([])
    expect(facade.positions().length).toBeGreaterThan(0)
    expect(unprotected(station)).toEqual([])

    await goOn(station, DAY_MS)
    for (const word of ['release', 'RELEASE ', '', 'yes']) {
      expect(facade.releaseEmergency('user', id, word).outcome).toBe('refused')
    }
    expect(facade.releaseEmergency('user', 'another', 'RELEASE').outcome).toBe('refused')
    expect(facade.releaseEmergency('msc', id, 'RELEASE').outcome).toBe('refused')
    expect(facade.policy.change({ riskMode: 'NORMAL' }, { actor: 'user', reason: 'try' }).outcome).toBe('accepted')
    expect(facade.policy.current.emergency?.id).toBe(id)
    const releasedAt = rooms.clock.now()
    expect(facade.releaseEmergency('user', id, 'RELEASE')).toEqual({ outcome: 'released' })
    await runOn(station)

    const orders = rowsOf(station.folder, 'orders')
    const sent = orders.filter(({ purpose }) => purpose === 'ENTRY').map(({ createdAt }) => createdAt)
    expect(sent.filter((at) => at >= engagedAt && at < releasedAt)).toEqual([])
    expect(sent.filter((at) => at >= releasedAt).length).toBeGreaterThan(0)
    for (const orderId of rested) {
      expect(orders.find(({ clientOrderId }) => clientOrderId === orderId)?.state).toMatch(/CANCELLED|FILLED/)
    }
    const during = (at: number): boolean => at > engagedAt && at < releasedAt
    const exits = rowsOf(station.folder, 'trades').filter(({ closedAt }) => during(closedAt))
    expect(exits.length).toBeGreaterThan(0)
    const decided = rowsOf(station.folder, 'decisions').filter(({ at, kind }) => during(at) && kind === 'ENTRY')
    expect(decided.some(({ code }) => code === 'emergency')).toBe(true)
    await expectSound(station)
  })

  it('with flatten proves that nothing is left', async () => {
    const station = await openOver({ 'policy.risk_mode': 'AGGRESSIVE' })
    const { facade } = station
    await goOnUntil(station, () => facade.positions().length > 1)
    const held = facade.positions().map(({ symbol }) => symbol)
    facade.engageEmergency('user', 'out', true)
    await goOn(station, 10_000)
    const report = facade.lastFlatten()
    expect(report).toMatchObject({ proven: true, remaining: [] })
    expect(report?.closed.map(({ symbol }) => symbol).sort()).toEqual([...held].sort())
    expect(report?.flatAfterMs ?? Infinity).toBeLessThanOrEqual(10_000)
    expect(facade.positions()).toEqual([])
    expect(facade.openOrders()).toEqual([])
    await runOn(station)
    expect(countOf(station.folder, `SELECT count(*) FROM trades WHERE exit_reason = 'FLATTEN'`)).toBe(held.length)
    await expectSound(station)
  })
})

describe('a switch to DEFENSIVE', () => {
  it('holds for every entry from the moment it was written', async () => {
    const station = await openOver({ 'policy.risk_mode': 'AGGRESSIVE' })
    const { facade, rooms } = station
    await goOnUntil(station, () => facade.positions().length > 2)
    const held = facade.positions().map(({ symbol }) => symbol)
    const at = rooms.clock.now()
    const result = facade.policy.change({ riskMode: 'DEFENSIVE' }, { actor: 'user', reason: 'storm' })
    expect(result.outcome).toBe('accepted')
    expect(facade.effective()).toMatchObject({
      riskMode: 'DEFENSIVE',
      maxPositions: { value: 4 },
      maxRiskPerTrade: { value: 0.003 },
    })
    await goOn(station, ANSWERED_MS)
    expect(facade.positions().map(({ symbol }) => symbol)).toEqual(held)
    expect(unprotected(station)).toEqual([])
    await runOn(station)
    expect(expectWithin('AGGRESSIVE', station.folder, 0, at)).toBeGreaterThan(3)
    expect(expectWithin('DEFENSIVE', station.folder, at)).toBeGreaterThan(3)
    const later = rowsOf(station.folder, 'orders').filter((order) => order.purpose === 'ENTRY' && order.createdAt >= at)
    expect(new Set(later.map(({ policyVersion }) => policyVersion))).toEqual(new Set([2]))
    await expectSound(station)
  })

  it('cancels what rests and would now be denied, before the writer has its answer', async () => {
    const station = await openOver({ 'policy.risk_mode': 'DEFENSIVE' })
    const { facade } = station
    await goOnUntil(station, () => restingEntries(station).length > 0)
    const [entry] = restingEntries(station)
    facade.policy.change({ blockedStrategies: [entry?.strategyId ?? ''] }, { actor: 'user', reason: 'not that one' })
    await goOn(station, ANSWERED_MS)
    expect(restingEntries(station).filter(({ strategyId }) => strategyId === entry?.strategyId)).toEqual([])
    await runOn(station)
    const after = rowsOf(station.folder, 'orders').filter(
      ({ strategyId, purpose, policyVersion }) =>
        strategyId === entry?.strategyId && purpose === 'ENTRY' && policyVersion > 1,
    )
    expect(after).toEqual([])
    await expectSound(station)
  })
})

describe.each(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'])('mode %s', (mode) => {
  it('is kept by every entry of a run', async () => {
    const station = await runToEnd({ replay, 'policy.risk_mode': mode })
    expect(expectWithin(mode, station.folder)).toBeGreaterThan(10)
  })
})

describe('money in and out', () => {
  const untouchedRun = runToEnd({ replay, 'policy.risk_mode': 'NORMAL' })
  const tradesOf = (folder: string): string[] =>
    rowsOf(folder, 'trades').map(({ strategyId, symbol, side, openedAt, closedAt, exitReason }) =>
      [strategyId, symbol, side, openedAt, closedAt, exitReason].join(' '),
    )

  it.each([
    ['half as much again', 0.5],
    ['half of it out', -0.5],
  ])('%s changes no percentage', async (_what, share) => {
    const station = await openOver({ 'policy.risk_mode': 'NORMAL' })
    const { facade } = station
    await goOnUntil(station, () => facade.positions().length === 0 && facade.openOrders().length === 0)
    const before = facade.account()
    const amount = exact((before?.equity.toNumber() ?? 0) * share).toDecimalPlaces(2)
    const limits = facade.effective()
    expect(facade.deposit(amount, 'user')).toEqual({ outcome: 'booked' })
    await goOn(station, ANSWERED_MS)
    const after = facade.account()
    expect(after?.balance.toFixed()).toBe(before?.balance.plus(amount).toFixed())
    expect(after?.nav).toBeCloseTo(before?.nav ?? 0, 12)
    expect(after?.drawdown).toBeCloseTo(before?.drawdown ?? 0, 12)
    for (const high of ['navHighToday', 'navHigh24h', 'navHighEver'] as const)
      expect(after?.[high]).toBeCloseTo(before?.[high] ?? 0, 12)
    expect(facade.effective()).toEqual(limits)
    await runOn(station)
    await expectSound(station)

    const untouched = await untouchedRun
    expect(tradesOf(station.folder)).toEqual(tradesOf(untouched.folder))
    const [nav, plainNav] = [station.facade.account()?.nav, untouched.facade.account()?.nav]
    expect(Math.abs((nav ?? 0) - (plainNav ?? 0))).toBeLessThan(5e-4)
    expect(Math.abs((plainNav ?? 1) - 1)).toBeGreaterThan(5e-4)
  })

  it('with positions open changes no percentage either', async () => {
    const station = await openOver({ 'policy.risk_mode': 'AGGRESSIVE' })
    const { facade } = station
    await goOnUntil(station, () => facade.positions().length > 1)
    await goOn(station, ANSWERED_MS)
    for (const share of [0.5, -0.5]) {
      const before = facade.account()
      facade.deposit(exact((before?.equity.toNumber() ?? 0) * share).toDecimalPlaces(2), 'user')
      await goOn(station, ANSWERED_MS)
      const after = facade.account()
      expect(after?.nav).toBeCloseTo(before?.nav ?? 0, 9)
      expect(after?.drawdown).toBeCloseTo(before?.drawdown ?? 0, 9)
      expect(after?.units.div(before?.units ?? 1).toNumber()).toBeCloseTo(1 + share, 4)
    }
    expect(unprotected(station)).toEqual([])
    await runOn(station)
    await expectSound(station)
  })

  it('that is not there, or is margin, does not go out', async () => {
    const station = await openOver({})
    const { facade } = station
    const all = facade.account()?.balance ?? exact(0)
    expect(facade.deposit(all.plus(1).neg(), 'user').outcome).toBe('refused')
    await goOn(station, ANSWERED_MS)
    expect(facade.account()?.balance.toFixed()).toBe(all.toFixed())
    await station.stop()
  })
})

const BY_HAND_ONLY = {
  'policy.blocked_strategies': 'trend_following,momentum_scalping,breakout_hunter,mean_reversion',
}

describe('by hand', () => {
  const wish = (station: WholeStation, fields: Partial<ManualOrder> = {}): ManualOrder => {
    const last = station.facade.quotes().find(({ ticker }) => ticker.symbol === 'EEEUSDT')?.ticker.last ?? Number.NaN
    const order = { symbol: 'EEEUSDT', side: 'LONG', quantity: null, notionalUsd: 500, limitPrice: null } as const
    return { ...order, stopPrice: last * 0.98, takeProfitPrice: last * 1.04, leverage: null, ...fields }
  }

  it('an order is tried out without a trace, placed, protected, closed', async () => {
    const station = await openOver(BY_HAND_ONLY)
    const { facade } = station
    const decided = facade.records.counts()['decisions']
    const tried = facade.placeManual(wish(station), 'user', true)
    expect(tried).toMatchObject({ outcome: 'approved', dryRun: true, clientOrderId: null })
    expect(facade.openOrders()).toEqual([])
    expect(facade.records.counts()['decisions']).toBe(decided)
    expect(facade.placeManual(wish(station), 'user', true)).toMatchObject({ outcome: 'approved' })

    const placed = facade.placeManual(wish(station), 'user', false)
    expect(placed).toMatchObject({ outcome: 'approved', dryRun: false })
    await goOn(station, 2 * ANSWERED_MS)
    expect(facade.positions()).toMatchObject([
      { symbol: 'EEEUSDT', side: 'LONG', strategyId: 'manual', isProtected: true },
    ])
    expect(facade.placeManual(wish(station), 'user', false)).toMatchObject({ outcome: 'denied', code: 'max_positions' })

    expect(facade.closePosition('EEEUSDT', 'user').outcome).toBe('closing')
    await goOn(station, 2 * ANSWERED_MS)
    expect(facade.positions()).toEqual([])
    expect(facade.openOrders()).toEqual([])
    expect(facade.closePosition('EEEUSDT', 'user').outcome).toBe('not_there')
    await runOn(station)
    const [trade] = rowsOf(station.folder, 'trades')
    expect(trade).toMatchObject({ strategyId: 'manual', exitReason: 'MANUAL' })
    expect(whyClosed(station)).toMatchObject([
      {
        kind: 'MANUAL',
        outcome: 'approved',
        symbol: 'EEEUSDT',
        traceId: trade?.traceId,
        intentId: trade?.intentId,
        sentence: `closes ${trade?.quantity.toFixed() ?? ''}: asked for by hand`,
      },
    ])
    await expectSound(station)
  })

  it('an order goes through the same guard, and its no has numbers', async () => {
    const station = await openOver({})
    const { facade } = station
    const place = (fields: Partial<ManualOrder>) => facade.placeManual(wish(station, fields), 'api:hand', false)
    const last = wish(station).stopPrice / 0.98
    expect(place({ stopPrice: last * 1.02 })).toMatchObject({ outcome: 'denied', code: 'stop_invalid' })
    expect(place({ stopPrice: last * 0.5 })).toMatchObject({ outcome: 'denied', code: 'stop_invalid' })
    expect(place({ notionalUsd: 9000 })).toMatchObject({ outcome: 'denied', code: 'max_risk_per_trade', limit: 0.0075 })
    expect(place({ notionalUsd: 2500, stopPrice: last * 0.99 })).toMatchObject({
      outcome: 'denied',
      code: 'position_cap',
    })
    expect(place({ notionalUsd: 1 })).toMatchObject({ outcome: 'denied', code: 'below_minimum' })
    expect(place({ symbol: 'NONEUSDT' })).toMatchObject({ outcome: 'denied' })
    expect(place({ limitPrice: last * 1.2 })).toMatchObject({ outcome: 'denied', code: 'entry_too_far' })
    facade.engageEmergency('user', 'stop', false)
    expect(place({})).toMatchObject({ outcome: 'denied', code: 'emergency' })
    await runOn(station)
    const denials = rowsOf(station.folder, 'decisions').filter(({ kind }) => kind === 'MANUAL')
    expect(denials).toHaveLength(8)
    await expectSound(station)
  })

  it('a limit waits, and is taken back', async () => {
    const station = await openOver(BY_HAND_ONLY)
    const { facade } = station
    const last = wish(station).stopPrice / 0.98
    const placed = facade.placeManual(
      wish(station, { limitPrice: Number((last * 0.993).toFixed(2)), stopPrice: last * 0.97 }),
      'user',
      false,
    )
    const id = placed.outcome === 'approved' ? placed.clientOrderId : null
    await goOn(station, ANSWERED_MS)
    expect(restingEntries(station)).toMatchObject([{ clientOrderId: id, state: 'OPEN' }])
    expect(facade.cancelOrder(id as never, 'user').outcome).toBe('cancelling')
    await goOn(station, ANSWERED_MS)
    expect(facade.openOrders()).toEqual([])
    expect(facade.cancelOrder(id as never, 'user').outcome).toBe('not_there')
    await runOn(station)
    await expectSound(station)
  })

  it('a flatten is drilled: proven flat, and trading goes on', async () => {
    const station = await openOver({ 'policy.risk_mode': 'DEFENSIVE' })
    const { facade, rooms } = station
    await goOnUntil(station, () => facade.positions().length > 0 && restingEntries(station).length > 0)
    const at = rooms.clock.now()
    const [one, other] = [facade.flatten('user', 'drill'), facade.flatten('user', 'again')]
    expect(facade.status().entriesOff).toContain('flatten')
    expect(facade.placeManual(wish(station, { symbol: 'AAAUSDT' }), 'user', true).outcome).toBe('denied')
    station.facade.setPaused(false)
    const report = await one
    expect(await other).toBe(report)
    expect(report).toMatchObject({ proven: true, remaining: [], startedAt: at })
    expect(report.flatAfterMs ?? Infinity).toBeLessThanOrEqual(10_000)
    expect(report.cancelled.length).toBeGreaterThan(0)
    await station.ended
    await station.stop()
    const { folder } = station
    expect(rowsOf(folder, 'trades').filter(({ exitReason }) => exitReason === 'FLATTEN').length).toBe(
      report.closed.length,
    )
    const why = whyClosed(station)
    expect(why.map(({ symbol }) => symbol).toSorted()).toEqual(report.closed.map(({ symbol }) => symbol).toSorted())
    for (const row of why) {
      expect(row).toMatchObject({ kind: 'FLATTEN', outcome: 'approved' })
      expect(row.steps.map(({ step }) => step)).toEqual(['asked_by', 'reduce_only', 'exchange_filter'])
      expect(row.steps[0]?.actual).toBe('user')
    }
    expect(
      rowsOf(folder, 'orders').some(({ purpose, createdAt }) => purpose === 'ENTRY' && createdAt > at + HOUR_MS),
    ).toBe(true)
    await expectSound(station)
  })
})

describe('after the last bar', () => {
  it('time goes on at its real pace, and a person still gets out', async () => {
    const station = await openStation({ replay, exitAtEnd: false, 'policy.risk_mode': 'AGGRESSIVE' })
    const { facade } = station
    await station.ended
    expect(facade.status()).toMatchObject({ phase: 'finished', speed: 1, paused: false })
    expect(facade.placeManual(MANUAL_AFTER_END, 'user', true)).toMatchObject({ outcome: 'denied' })
    expect(facade.positions().length).toBeGreaterThan(0)
    expect(await facade.flatten('user', 'over')).toMatchObject({ proven: true, remaining: [] })
    await station.stop()
    await expectSound(station)
  })
})

const MANUAL_AFTER_END: ManualOrder = {
  symbol: 'AAAUSDT',
  side: 'LONG',
  quantity: exact('0.5'),
  notionalUsd: null,
  limitPrice: null,
  stopPrice: 1,
  takeProfitPrice: null,
  leverage: null,
}
