/** A market that falls minute by minute through every drawdown of SPEC §4: what the governor does, blocks, and never blocks. */
import { describe, expect, it } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import type { PolicyRules } from '../../../src/core/policy/policy.ts'
import type { ManualOrder } from '../../../src/station/facade.ts'
import { MADE_UP_START, writeMinutes } from '../../fixtures/candle-files.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import {
  DAY_MS,
  goOnTo,
  HOUR_MS,
  MINUTE_MS,
  openStation,
  pausedAt,
  temporaryFolder,
  toTheEnd,
  type WholeStation,
} from '../../fixtures/whole-station.ts'
import { expectSound } from './sound.ts'

const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT', 'EEEUSDT', 'FFFUSDT']
/** held; the last symbol is what new orders are tried on */
const HELD = SYMBOLS.slice(0, 5)
/** more than a day before the fall: what it cost to open is in no high of 24 h */
const OPENED_AT = MADE_UP_START + 3 * HOUR_MS
const MIDNIGHT = MADE_UP_START + DAY_MS
const FALL_AT = MIDNIGHT + 6 * HOUR_MS
const FALL_MINUTES = 420
const MINUTES = 2 * 1440
const PRICE = 400
/** a minute, from 06:00 of the second day */
const STEP = 0.08
const STOP_DISTANCE = 0.14

/** Restless for two hours, then still until it falls. */
function priceAt(minute: number): number {
  const at = MADE_UP_START + minute * MINUTE_MS
  if (at < MADE_UP_START + 2 * HOUR_MS) return PRICE + (minute % 2 === 0 ? 0.1 : -0.1)
  const fallen = Math.floor((at - FALL_AT) / MINUTE_MS) + 1
  return Number((PRICE - STEP * Math.min(FALL_MINUTES, Math.max(0, fallen))).toFixed(2))
}

function fallingMarket(): string {
  const folder = temporaryFolder()
  for (const symbol of SYMBOLS) {
    const candles = Array.from({ length: MINUTES }, (_none, minute): Candle => {
      const [open, close] = [priceAt(Math.max(0, minute - 1)), priceAt(minute)]
      const prices = { open, close, high: Math.max(open, close), low: Math.min(open, close) }
      const openAt = MADE_UP_START + minute * MINUTE_MS
      return { symbol, interval: '1m', openAt, ...prices, volume: 20_000, quoteVolume: 20_000 * close }
    })
    writeMinutes(folder, symbol, candles)
  }
  return folder
}

const replay = fallingMarket()
const BY_HAND_ONLY = {
  'policy.blocked_strategies': 'trend_following,momentum_scalping,breakout_hunter,mean_reversion',
  'msc.enabled': 'false',
  'ranker.enabled': 'false',
}

const buy = (symbol: string, price: number, notionalUsd: number): ManualOrder => ({
  symbol,
  side: 'LONG',
  quantity: null,
  notionalUsd,
  limitPrice: null,
  stopPrice: price * (1 - STOP_DISTANCE),
  takeProfitPrice: null,
  leverage: null,
})

/** What a person would have to allow to hold so much at once. */
function allowMuch({ facade }: WholeStation): PolicyRules {
  const { policy } = facade
  const before = policy.current.rules
  const roomy = { maxDailyDrawdown: 0.5, maxRiskPerTrade: 0.05, positionSizeCapFraction: 0.3 }
  const profiles = { NORMAL: roomy, AGGRESSIVE: roomy }
  const write = { actor: 'user', reason: 'to hold much' } as const
  expect(policy.changeRules({ profiles, guard: { maxHeat: 1, maxHeatOneDirection: 1 } }, write).outcome).toBe(
    'accepted',
  )
  expect(policy.change({ maxRiskPerTrade: 0.05 }, write).outcome).toBe('accepted')
  return before
}

/** Five longs of a quarter of the account each, opened the day before under wide limits; then NORMAL's own are back. */
async function fullOfLongs(rules: Record<string, unknown> = {}): Promise<WholeStation> {
  const station = await openStation({ replay, ...BY_HAND_ONLY })
  await pausedAt(station, OPENED_AT)
  const { facade } = station
  const before = allowMuch(station)
  for (const symbol of HELD) {
    expect(facade.placeManual(buy(symbol, PRICE, 2500), 'user', false)).toMatchObject({ outcome: 'approved' })
  }
  await goOnTo(station, OPENED_AT + MINUTE_MS)
  expect(facade.positions().map(({ isProtected }) => isProtected)).toEqual(HELD.map(() => true))
  const { profiles } = before
  const write = { actor: 'user', reason: 'as before' } as const
  const back = { profiles: { NORMAL: profiles.NORMAL, AGGRESSIVE: profiles.AGGRESSIVE }, governor: rules }
  expect(facade.policy.changeRules(back, write).outcome).toBe('accepted')
  await goOnTo(station, MIDNIGHT + HOUR_MS)
  return station
}

/** The account's fall from its high of the second day, from prices and positions alone. */
function fallByHand({ facade }: WholeStation): (at: number) => number {
  const balance = facade.account()?.balance.toNumber() ?? Number.NaN
  const held = facade
    .positions()
    .map(({ quantity, entryPrice }) => [quantity.toNumber(), entryPrice.toNumber()] as const)
  const equityAt = (price: number): number =>
    held.reduce((sum, [quantity, entry]) => sum + quantity * (price - entry), balance)
  const high = equityAt(PRICE)
  return (at) => {
    const lastClosed = Math.floor((at - MADE_UP_START) / MINUTE_MS) - 1
    return 1 - equityAt(priceAt(lastClosed)) / high
  }
}

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

const LEVELS = ['NORMAL', 'ELEVATED', 'CAUTIOUS', 'DEFENSIVE']

function unpaused(station: WholeStation): WholeStation {
  station.facade.setPaused(false)
  return station
}

/** Stands still once the governor has taken the level. */
function goOnUntilLevel(station: WholeStation, level: string): Promise<void> {
  const { rooms, facade } = station
  if (facade.governor().level === level) return Promise.resolve()
  return new Promise((resolve) => {
    const leave = rooms.bus.subscribe('governor.changed', ({ state }) => {
      if (state.level !== level) return
      leave()
      rooms.clock.at(rooms.clock.now(), () => {
        facade.setPaused(true)
        resolve()
      })
    })
    facade.setPaused(false)
  })
}
