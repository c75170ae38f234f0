/** A market that falls minute by minute through every drawdown of SPEC §4: what the governor does, blocks, and never blocks. */
import { describe, expect, it } from 'vitest'

import { MADE_UP_START } from '../../fixtures/candle-files.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import { goOnTo, HOUR_MS, MINUTE_MS, openStation, toTheEnd, type WholeStation } from '../../fixtures/whole-station.ts'
import {
  buy,
  BY_HAND_ONLY,
  FALL_AT,
  fallByHand,
  fullOfLongs,
  goOnUntilLevel,
  HELD,
  priceAt,
  replay,
  unpaused,
} from './falling-market.ts'
import { expectSound } from './sound.ts'

const LEVELS = ['NORMAL', 'ELEVATED', 'CAUTIOUS', 'DEFENSIVE']

interface Seen {
  readonly at: number
  readonly level: string
  readonly allowsNew: boolean
  /** the guard's word on a new order: so much is held that its heat is full already */
  readonly dryRun: string
  readonly size: number
}

/** Each level as it comes, and what the guard then says to a new order. */
function watchLevels(station: WholeStation): readonly Seen[] {
  const { rooms, facade } = station
  const seen: Seen[] = []
  rooms.bus.subscribe('governor.changed', ({ state, from }) => {
    if (state.level === from) return
    const at = rooms.clock.now()
    rooms.clock.at(at, () => {
      const tried = facade.placeManual(
        buy('FFFUSDT', priceAt(Math.floor((at - MADE_UP_START) / MINUTE_MS) - 1), 100),
        'user',
        true,
      )
      const dryRun = tried.outcome === 'approved' ? 'approved' : tried.code
      const { allowNewPositions, sizeMultiplier: size } = facade.effective()
      seen.push({ at, level: state.level, allowsNew: allowNewPositions.value, dryRun, size })
    })
  })
  return seen
}

describe('a market that falls through every limit', () => {
  it('tightens the governor level by level, each at exactly its drawdown', async () => {
    const station = await fullOfLongs()
    const seen = watchLevels(station)
    const fall = fallByHand(station)
    await goOnTo(station, FALL_AT + 7 * HOUR_MS)
    expect(seen.map(({ level, allowsNew, dryRun, size }) => [level, allowsNew, dryRun, size])).toEqual([
      ['ELEVATED', true, 'heat', 0.85],
      ['CAUTIOUS', true, 'heat', 0.75],
      ['DEFENSIVE', false, 'new_positions_disabled', 0.5],
      ['EMERGENCY', false, 'emergency', 0],
    ])
    const thresholds = [0.035, 0.0425, 0.05, 0.08]
    for (const [index, { at }] of seen.entries()) {
      const threshold = thresholds[index] ?? Number.NaN
      expect(fall(at)).toBeGreaterThanOrEqual(threshold)
      expect(fall(at - MINUTE_MS)).toBeLessThan(threshold)
    }
    const { emergency } = station.facade.policy.current
    expect(emergency?.by).toBe('governor')
    expect(emergency?.reason).toMatch(/^down 8(\.\d+)? % from the day’s high, limit 8 % \(1\.6 × 5 %\)$/)
    expect(station.facade.positions()).toHaveLength(5)
    expect(station.facade.governor().exit).toBe('DEFENSIVE when a person releases it with the word RELEASE')
    for (const symbol of HELD) expect(station.facade.closePosition(symbol, 'user').outcome).toBe('closing')
    await goOnTo(station, station.rooms.clock.now() + 2000)
    expect(station.facade.positions()).toEqual([])
    await toTheEnd(unpaused(station))
    await expectSound(station)
  })

  it('never blocks an exit: at every level a position is closed', async () => {
    const station = await fullOfLongs()
    const { facade, rooms } = station
    const levels: string[] = []
    for (const [index, symbol] of HELD.entries()) {
      await goOnUntilLevel(station, LEVELS[index] ?? 'DEFENSIVE')
      levels.push(facade.governor().level)
      expect(facade.closePosition(symbol, 'user').outcome).toBe('closing')
      await goOnTo(station, rooms.clock.now() + 2000)
      expect(facade.positions().map((position) => position.symbol)).not.toContain(symbol)
    }
    expect(levels).toEqual(['NORMAL', 'ELEVATED', 'CAUTIOUS', 'DEFENSIVE', 'DEFENSIVE'])
    expect(facade.positions()).toEqual([])
    const denied = facade.records.decisions({ limit: 1000, outcome: 'denied' }).items
    expect(denied.filter(({ kind }) => kind !== 'ENTRY')).toEqual([])
    await toTheEnd(unpaused(station))
    await expectSound(station)
  })

  it('released under its cause it stays DEFENSIVE, and engages again only a further quarter of the limit down', async () => {
    const station = await fullOfLongs()
    const { facade } = station
    const fall = fallByHand(station)
    await goOnUntilLevel(station, 'EMERGENCY')
    const releasedAt = station.rooms.clock.now()
    const { id } = facade.policy.current.emergency ?? { id: '' }
    expect(facade.releaseEmergency('governor', id, 'RELEASE').outcome).toBe('refused')
    expect(facade.releaseEmergency('user', id, 'release').outcome).toBe('refused')
    expect(facade.releaseEmergency('user', id, 'RELEASE').outcome).toBe('released')
    expect(facade.governor()).toMatchObject({ level: 'DEFENSIVE', allowNewPositions: false })
    await goOnUntilLevel(station, 'EMERGENCY')
    const again = station.rooms.clock.now()
    expect(fall(again)).toBeGreaterThanOrEqual(fall(releasedAt) + 0.25 * 0.05)
    expect(fall(again - MINUTE_MS)).toBeLessThan(fall(releasedAt) + 0.25 * 0.05)
    await toTheEnd(unpaused(station))
    await expectSound(station)
  })

  it('closes everything by itself when the policy says so, and proves it', async () => {
    const station = await fullOfLongs({ flattenOnEmergency: true })
    const { facade, rooms } = station
    await goOnUntilLevel(station, 'EMERGENCY')
    await goOnTo(station, rooms.clock.now() + 10_000)
    expect(facade.positions()).toEqual([])
    expect(facade.lastFlatten()).toMatchObject({ proven: true, remaining: [] })
    expect(facade.lastFlatten()?.flatAfterMs).toBeLessThanOrEqual(10_000)
    await toTheEnd(unpaused(station))
    await expectSound(station)
  })

  it('keeps its level, its cause and its count over a restart', async () => {
    const station = await fullOfLongs()
    await goOnUntilLevel(station, 'DEFENSIVE')
    const before = station.facade.governor()
    await station.stop()
    const after = await openStation({ replay, ...BY_HAND_ONLY }, station.folder)
    expect(after.facade.governor()).toMatchObject({ level: 'DEFENSIVE', since: before.since, allowNewPositions: false })
    expect(after.facade.effective().allowNewPositions).toMatchObject({ value: false, source: { kind: 'governor' } })
    await goOnUntilLevel(after, 'EMERGENCY')
    expect(after.facade.policy.current.emergency?.by).toBe('governor')
    await toTheEnd(unpaused(after))
    const changes = rowsOf(after.folder, 'events').filter(({ type }) => type === 'governor.changed')
    const levels = changes.map(({ data }) => (data as { level: string }).level)
    expect(levels.slice(0, 4)).toEqual(['ELEVATED', 'CAUTIOUS', 'DEFENSIVE', 'EMERGENCY'])
    await expectSound(after)
  })
})
