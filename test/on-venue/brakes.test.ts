/** What stops the station on the venue: liquidation, a tighter mode, the kill switch. */
import { afterEach, expect, it } from 'vitest'

import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const A = 'AAAUSDT'
const B = 'BBBUSDT'
const C = 'CCCUSDT'

let world: StationOnVenue

afterEach(() => world.endInAgreement())

const regularAt = (symbol: string): readonly string[] =>
  world.venue.exchange.orders.openOf(symbol).map(({ clientId }) => clientId)
const stopsAt = (symbol: string): readonly string[] =>
  world.venue.exchange.algos.liveOf(symbol).map(({ type, quantity }) => `${type} ${quantity.toFixed()}`)
const codeOf = (symbol: string): string => {
  const answer = world.enter(symbol)
  return answer.outcome === 'denied' ? answer.code : answer.outcome
}

it.each([
  ['to the liquidation price', -0.195],
  ['beyond all margin', -0.3],
])('a fall through the stop %s: the exchange closes, the books say so, nothing is left', async (_name, share) => {
  world = await startStationOnVenue({ symbols: contracts(3) })
  await world.open(A, { stop: 0.05, leverage: 5, notionalUsd: 600 })
  world.venue.inject({ name: 'gap', fields: { symbol: A, share } })
  await world.until(() => world.held(A) === undefined, 10 * SECOND)
  await world.advance(2 * MINUTE)
  expect(world.facade.records.trades({ limit: 1 }).items).toMatchObject([{ symbol: A, exitReason: 'LIQUIDATION' }])
  expect(world.facade.records.alerts({ limit: 10 }).items.map(({ code }) => code)).toContain('liquidated')
  expect(stopsAt(A)).toEqual([])
  const lost = world.facade.records.trades({ limit: 1 }).items[0]?.profit.toNumber() ?? 0
  // the margin of the position, and the fee it was opened with
  expect(lost).toBeLessThan(-115)
  expect(lost).toBeGreaterThan(-121)
  expect(codeOf(A)).not.toBe('approved')
})

it('mode DEFENSIVE while entries rest: those it denies are cancelled at the venue before time goes on, stops stay', async () => {
  world = await startStationOnVenue({ symbols: contracts(4) })
  await world.open(A)
  expect(world.enter(B, { limitPrice: 99.5, notionalUsd: 1500, leverage: 3 }).outcome).toBe('approved')
  expect(world.enter(C, { limitPrice: 99.5, notionalUsd: 400, leverage: 3 }).outcome).toBe('approved')
  await world.advance(SECOND)
  expect([regularAt(B).length, regularAt(C).length]).toEqual([1, 1])
  const before = stopsAt(A)
  const switchedAt = world.now()
  world.facade.policy.switchMode('DEFENSIVE', { actor: 'user', reason: 'a test' })
  await world.settle()
  expect([regularAt(B).length, regularAt(C).length]).toEqual([0, 1])
  expect(world.now()).toBe(switchedAt)
  expect(stopsAt(A)).toEqual(before)
  await world.advance(MINUTE)
  expect(world.facade.openOrders().filter(({ purpose }) => purpose === 'ENTRY')).toHaveLength(1)
})

it('the kill switch cancels what rests, keeps the stops, survives a crash, and only the word releases it', async () => {
  world = await startStationOnVenue({ symbols: contracts(4) })
  await world.open(A)
  expect(world.enter(B, { limitPrice: 99.5, notionalUsd: 500 }).outcome).toBe('approved')
  await world.advance(SECOND)
  const stops = stopsAt(A)
  const { id } = world.facade.engageEmergency('user', 'a test', false)
  await world.settle()
  expect(regularAt(B)).toEqual([])
  expect(stopsAt(A)).toEqual(stops)
  expect(codeOf(C)).toBe('emergency')

  await world.crash()
  await world.start()
  expect(world.facade.policy.current.emergency?.id).toBe(id)
  expect(codeOf(C)).toBe('emergency')
  expect(stopsAt(A)).toEqual(stops)
  expect(world.held(A)?.isProtected).toBe(true)

  for (const word of ['release', 'RELEASE ', '', 'YES']) {
    expect(world.facade.releaseEmergency('user', id, word).outcome).toBe('refused')
  }
  expect(world.facade.releaseEmergency('user', 'another', 'RELEASE').outcome).toBe('refused')
  for (const actor of ['msc', 'governor', 'ranker', 'clm', 'env', 'rule:night'] as const) {
    expect(world.facade.releaseEmergency(actor, id, 'RELEASE').outcome).toBe('refused')
  }
  expect(codeOf(C)).toBe('emergency')
  await world.advance(HOUR / 4)
  expect(world.facade.policy.current.emergency?.id).toBe(id)
  expect(world.facade.releaseEmergency('user', id, 'RELEASE').outcome).toBe('released')
  expect(world.facade.policy.current.emergency).toBeNull()
  await world.advance(SECOND)
  expect(codeOf(C)).toBe('approved')
  await world.advance(SECOND)
})

it('the kill switch with a flatten proves that nothing is left, with its time', async () => {
  world = await startStationOnVenue({ symbols: contracts(4) })
  await world.open(A)
  await world.open(B, { side: 'SHORT' })
  expect(world.enter(C, { limitPrice: 99.5, notionalUsd: 500 }).outcome).toBe('approved')
  await world.advance(SECOND)
  world.facade.engageEmergency('user', 'a test', true)
  await world.until(() => world.facade.lastFlatten()?.proven === true, 10 * SECOND)
  expect(world.books().venue).toMatchObject({ positions: {}, openOrders: [] })
  expect(world.facade.lastFlatten()).toMatchObject({ remaining: [], untouched: [], proven: true })
  expect(world.facade.lastFlatten()?.flatAfterMs).toBeLessThanOrEqual(10 * SECOND)
})
