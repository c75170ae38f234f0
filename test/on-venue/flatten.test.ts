/** SPEC §20, 2: nothing but the word releases the emergency; a flatten is proven within 10 s, whatever happens meanwhile. */
import { afterEach, expect, it } from 'vitest'

import type { Actor } from '../../src/core/policy/policy.ts'
import type { FaultRule } from '../venue/faults/fault-names.ts'
import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const POSITIONS = 10

let world: StationOnVenue

afterEach(() => world.endInAgreement())

/** Ten positions, longs and shorts, and two entries that rest. Every request takes 30 ms. */
async function holdTen(): Promise<void> {
  const symbols = contracts(POSITIONS + 2)
  world = await startStationOnVenue({ symbols })
  world.facade.policy.change({ maxPositions: 30, maxDailyTrades: 1000 }, { actor: 'user', reason: 'a test' })
  const names = symbols.map(({ instrument }) => instrument.symbol)
  for (const [index, symbol] of names.slice(0, POSITIONS).entries()) {
    await world.open(symbol, { side: index % 2 === 0 ? 'LONG' : 'SHORT', notionalUsd: 150 })
    await world.advance(6 * SECOND)
  }
  for (const symbol of names.slice(POSITIONS)) {
    expect(world.enter(symbol, { limitPrice: 99.5, notionalUsd: 150 }).outcome).toBe('approved')
    await world.advance(6 * SECOND)
  }
  expect(Object.keys(world.books().venue.positions)).toHaveLength(POSITIONS)
  expect(world.books().venue.openOrders).toHaveLength(POSITIONS + 2)
  world.venue.inject({ name: 'slow', probability: 1, fields: { ms: 30 } })
}

it.each<[string, readonly FaultRule[]]>([
  ['on a calm day', []],
  ['with a 429 in the middle', [{ name: 'rate-limited', on: 'POST /fapi/v1/order', after: 4, fields: { seconds: 3 } }]],
  ['with a 418 in the middle', [{ name: 'banned', on: 'POST /fapi/v1/order', after: 4, fields: { seconds: 4 } }]],
  ['with all sockets cut in the middle', [{ name: 'ws-drop', atMs: 40 }]],
  [
    'with a 429 and all sockets cut in the middle',
    [
      { name: 'rate-limited', on: 'POST /fapi/v1/order', after: 4, fields: { seconds: 3 } },
      { name: 'ws-drop', atMs: 40 },
    ],
  ],
  ['with every third answer lost', [{ name: 'response-lost', on: 'POST /fapi/v1/order', probability: 0.33 }]],
  ['with an exchange too busy for every second order', [{ name: 'not-executed', on: 'POST', probability: 0.5 }]],
])('ten positions are flat and proven within 10 s %s', async (_name, faults) => {
  await holdTen()
  for (const rule of faults) world.venue.inject(rule)
  const { id } = world.facade.engageEmergency('user', 'a test', true)
  const begun = world.now()
  await world.until(() => world.facade.lastFlatten()?.proven === true, 10 * SECOND, 'the flatten is proven')
  const took = world.now() - begun
  expect(world.venue.exchange.account.held()).toEqual([])
  const report = world.facade.lastFlatten()
  expect(report).toMatchObject({ remaining: [], untouched: [], proof: { positions: 0, openOrders: 0 } })
  expect(report?.closed).toHaveLength(POSITIONS)
  expect(report?.flatAfterMs).toBe(took)
  expect(took).toBeLessThanOrEqual(10 * SECOND)
  world.venue.exchange.faults.clear()
  await world.advance(2 * MINUTE)
  expect(world.facade.policy.current.emergency?.id).toBe(id)
  expect(world.books().venue).toMatchObject({ positions: {}, openOrders: [] })
})

it('nothing but the word of a person releases the emergency: not time, a new day, a restart, a crash, MSC, rules or undo', async () => {
  world = await startStationOnVenue({
    symbols: contracts(3),
    quoteEveryMs: 3 * SECOND,
    startAt: Date.UTC(2026, 0, 5, 23, 40),
    settings: { 'msc.enabled': true, 'msc.interval_minutes': 5 },
  })
  await world.open('AAAUSDT')
  const { facade } = world
  const { version } = facade.policy.current
  const { id } = facade.engageEmergency('user', 'a test', false)
  const isEngaged = (): boolean => world.facade.policy.current.emergency?.id === id
  const write = { actor: 'user', reason: 'a test' } as const

  facade.policy.rollback(version, write)
  facade.policy.reset(write)
  facade.policy.undo(facade.policy.current.version, write)
  facade.policy.switchMode('AGGRESSIVE', write)
  facade.policy.change({ emergency: null } as never, write)
  facade.msc.evaluate()
  expect(isEngaged()).toBe(true)

  const actors: readonly Actor[] = ['msc', 'ranker', 'clm', 'governor', 'rule:night', 'env']
  for (const actor of actors) expect(facade.releaseEmergency(actor, id, 'RELEASE').outcome).toBe('refused')
  for (const word of ['', 'release', 'Release', ' RELEASE', 'RELEASE!', id])
    expect(facade.releaseEmergency('user', id, word).outcome).toBe('refused')

  await world.advance(25 * MINUTE)
  expect(isEngaged()).toBe(true)
  await world.restart({ 'policy.risk_mode': 'AGGRESSIVE' })
  expect(isEngaged()).toBe(true)
  await world.crash()
  await world.start()
  expect(isEngaged()).toBe(true)
  const entry = world.enter('BBBUSDT')
  expect(entry).toMatchObject({ outcome: 'denied', code: 'emergency' })
  expect(world.held('AAAUSDT')?.isProtected).toBe(true)

  expect(world.facade.releaseEmergency('api:another-door', id, 'RELEASE').outcome).toBe('released')
  expect(world.facade.policy.current.emergency).toBeNull()
})
