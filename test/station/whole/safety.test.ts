/** What stands around the governor in a whole station: money that moves, alerts a person sees, the word, the report. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { Actor } from '../../../src/core/policy/policy.ts'
import { MADE_UP_START } from '../../fixtures/candle-files.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import { DAY_MS, goOnTo, HOUR_MS, openStation, toTheEnd, type WholeStation } from '../../fixtures/whole-station.ts'
import { BY_HAND_ONLY, fullOfLongs, goOnUntilLevel, HELD, replay, unpaused } from './falling-market.ts'
import { expectSound } from './sound.ts'

const ANSWERED_MS = 2000
const SECOND_MIDNIGHT = MADE_UP_START + 2 * DAY_MS
const goOn = (station: WholeStation, ms: number): Promise<void> => goOnTo(station, station.rooms.clock.now() + ms)

describe('money that comes and goes', () => {
  it.each([0.5, -0.5])('moves no level and no drawdown: %d of the account (SPEC §20.3)', async (share) => {
    const station = await fullOfLongs()
    const { facade } = station
    await goOnUntilLevel(station, 'CAUTIOUS')
    const before = facade.account()
    const level = facade.governor()
    const amount = exact((before?.equity.toNumber() ?? 0) * share).toDecimalPlaces(2)
    // half of it is margin: what is free goes
    const moved = share < 0 ? exact(-(before?.freeMargin ?? 0) * 0.9).toDecimalPlaces(2) : amount
    expect(facade.deposit(moved, 'user').outcome).toBe('booked')
    await goOn(station, 30_000)
    const after = facade.account()
    expect(after?.drawdown).toBeCloseTo(before?.drawdown ?? 1, 3)
    expect(facade.governor().level).toBe(level.level)
    expect(facade.policy.current.emergency).toBeNull()
    await toTheEnd(unpaused(station))
    await expectSound(station)
  })
})

describe('the alert of a blocking level', () => {
  it('stands, is seen by a person, outlives a restart, and ends with the level', async () => {
    const first = await fullOfLongs()
    await goOnUntilLevel(first, 'DEFENSIVE')
    const [alert] = first.facade.health.standingAlerts()
    expect(alert).toMatchObject({ code: 'safety_governor', severity: 'warning', acknowledgedAt: null })
    expect(alert?.message).toMatch(
      /^governor DEFENSIVE: down 5(\.\d+)? % from the day’s high.*CAUTIOUS when the drawdown/,
    )
    const seen = first.facade.health.acknowledgeAlert(alert?.id ?? '', 'user')
    expect(seen).toMatchObject({ acknowledgedAt: first.rooms.clock.now(), clearedAt: null })
    for (const symbol of HELD) first.facade.closePosition(symbol, 'user')
    await goOn(first, ANSWERED_MS)
    await first.stop()

    const second = await openStation({ replay, ...BY_HAND_ONLY }, first.folder)
    expect(second.facade.health.standingAlerts()).toMatchObject([
      { id: alert?.id, acknowledgedAt: seen?.acknowledgedAt },
    ])
    await goOnUntilLevel(second, 'CAUTIOUS')
    const now = second.rooms.clock.now()
    expect(now).toBeGreaterThanOrEqual(SECOND_MIDNIGHT)
    expect(now).toBeLessThan(SECOND_MIDNIGHT + HOUR_MS / 2)
    expect(second.facade.health.standingAlerts()).toEqual([])
    await toTheEnd(unpaused(second))
    const row = rowsOf(second.folder, 'alerts').find(({ id }) => id === alert?.id)
    expect(row).toMatchObject({ acknowledgedAt: seen?.acknowledgedAt, clearedAt: now, ends: 'cause' })
    const told = rowsOf(second.folder, 'events').filter(({ type }) => type.startsWith('alert.'))
    const ofIt = told.filter(({ data }) => (data as { id: string }).id === alert?.id).map(({ type }) => type)
    expect(ofIt).toEqual(['alert.raised', 'alert.acknowledged', 'alert.cleared'])
    await expectSound(second)
  })
})

describe('the word', () => {
  const OTHERS: readonly Actor[] = ['msc', 'ranker', 'clm', 'governor', 'env', 'rule:night']

  it('alone releases, from a person alone, and a drilled flatten is proven within 10 s (SPEC §20.2)', async () => {
    const station = await fullOfLongs()
    const { facade } = station
    const { id } = facade.engageEmergency('user', 'drill', false)
    for (const actor of OTHERS) expect(facade.releaseEmergency(actor, id, 'RELEASE').outcome).toBe('refused')
    for (const word of ['', 'release', 'RELEASE ', 'YES'])
      expect(facade.releaseEmergency('user', id, word).outcome).toBe('refused')
    expect(facade.releaseEmergency('user', 'another', 'RELEASE').outcome).toBe('refused')
    facade.policy.reset({ actor: 'user' })
    facade.policy.rollback(1, { actor: 'user' })
    facade.policy.switchMode('AGGRESSIVE', { actor: 'user' })
    await goOn(station, HOUR_MS)
    expect(facade.policy.current.emergency?.id).toBe(id)
    const report = facade.flatten('user', 'drill')
    await goOn(station, 10_000)
    expect(await report).toMatchObject({ proven: true, remaining: [] })
    expect(facade.lastFlatten()?.flatAfterMs).toBeLessThanOrEqual(10_000)
    expect(facade.releaseEmergency('api:phone', id, 'RELEASE').outcome).toBe('released')
    await toTheEnd(unpaused(station))
    await expectSound(station)
  })
})

describe('the report', () => {
  it('has every component, what steers on a made-up clock, and figures of the process', async () => {
    const station = await fullOfLongs()
    const report = station.facade.health.report()
    expect(report.components.map(({ component, steers }) => [component, steers])).toEqual([
      ['feed', true],
      ['venue', true],
      ['database', false],
      ['events', false],
      ['clock', false],
      ['disk', false],
      ['memory', false],
    ])
    expect(report.components[0]?.value).toBeLessThanOrEqual(60_000)
    expect(report.latencies.find(({ name }) => name === 'database_write')?.count).toBeGreaterThan(10)
    expect(report.latencies.find(({ name }) => name === 'order_answer')?.count).toBeGreaterThanOrEqual(10)
    expect(report.machine.residentBytes).toBeGreaterThan(1e6)
    const events = rowsOf(station.folder, 'events')
    expect(events.filter(({ type }) => type === 'health.status_changed')).toEqual([])
    await toTheEnd(unpaused(station))
  })
})
