/** The line to the venue as it is on bad days: wrong clocks, lost connections, a laptop that sleeps. */
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

const outcomeOf = (symbol: string): string => {
  const answer = world.enter(symbol)
  return answer.outcome === 'denied' ? `${answer.code}: ${answer.sentence}` : answer.outcome
}

/** The safety governor loosens by and by. */
async function untilEntriesGo(): Promise<void> {
  await world.until(() => world.isReady() && world.facade.governor().allowNewPositions, 12 * MINUTE)
}

/** minutes of which the station has the closed candle, of the last so many */
async function candlesOf(symbol: string, minutes: number): Promise<number[]> {
  const candles = await world.facade.candles(symbol, '1m', minutes)
  const from = Math.floor(world.now() / MINUTE) - minutes
  return candles.map(({ openAt }) => openAt / MINUTE - from)
}

it.each([
  ['ahead by 3 s', 3 * SECOND],
  ['behind by 3 s', -3 * SECOND],
])('a clock that is %s trades all the same', async (_name, skewMs) => {
  world = await startStationOnVenue({ symbols: contracts(2), skewMs })
  await world.open(A)
  await world.advance(2 * MINUTE)
  world.price(A, 96)
  await world.until(() => world.held(A) === undefined, 10 * SECOND)
  await world.advance(MINUTE)
})

it('a clock that is a minute ahead takes no entries, and says why; what reduces risk goes through', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.open(A)
  world.clock.skewMs = MINUTE
  await world.advance(2 * SECOND)
  expect(outcomeOf(B)).toMatch(/^price_stale: the last price is 60 s old/u)
  await world.advance(6 * MINUTE)
  expect(world.facade.health.now().components.find(({ component }) => component === 'clock')?.status).toBe('CRITICAL')
  expect(world.facade.closePosition(A, 'user')).toMatchObject({ outcome: 'closing' })
  await world.until(() => world.heldAtVenue(A) === 0, 2 * SECOND)
  await world.advance(MINUTE)
})

it('the venue’s clock jumps while the station runs: the next order goes through', async () => {
  world = await startStationOnVenue({ symbols: contracts(3) })
  await world.open(A)
  world.venue.inject({ name: 'skew', fields: { ms: -2 * SECOND } })
  await world.open(B)
  world.venue.inject({ name: 'skew', fields: { ms: 20 * SECOND } })
  await world.open(C)
  expect(world.heldAtVenue(C)).toBeGreaterThan(0)
})

it('a lost connection: entries are off until books and venue are reconciled, missing candles come after', async () => {
  world = await startStationOnVenue({ symbols: contracts(3) })
  await world.open(A)
  await world.advance(5 * MINUTE)
  world.venue.inject({ name: 'ws-drop' })
  world.venue.inject({ name: 'outage', fields: { ms: 3 * MINUTE } })
  await world.advance(2 * SECOND)
  expect(world.facade.status().venueUp).toBe(false)
  expect(outcomeOf(B)).toMatch(/^new_positions_disabled/u)
  const lastReconciled = world.facade.status().reconciledAt
  expect(lastReconciled).toBeNull()
  await world.advance(3 * MINUTE)
  await world.until(() => world.facade.status().venueUp, MINUTE)
  await world.until(() => world.isReady(), MINUTE)
  expect(world.facade.status().reconciledAt).toBeGreaterThan(world.now() - MINUTE)
  await untilEntriesGo()
  await world.open(B)
  await world.advance(MINUTE)
  expect(await candlesOf(A, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

it('what was filled while nobody listened is booked before entries are allowed', async () => {
  world = await startStationOnVenue({ symbols: contracts(3) })
  await world.open(A)
  world.venue.inject({ name: 'ws-silent', fields: { category: 'private' } })
  world.price(A, 95)
  await world.advance(100)
  expect(world.heldAtVenue(A)).toBe(0)
  expect(world.held(A)).toBeDefined()
  world.venue.inject({ name: 'ws-drop', fields: { category: 'private' } })
  await world.settle()
  let sawEntriesAllowedTooEarly = false
  await world.until(() => {
    if (world.facade.status().entriesOff === null && world.held(A) !== undefined) sawEntriesAllowedTooEarly = true
    return world.isReady()
  }, MINUTE)
  expect(sawEntriesAllowedTooEarly).toBe(false)
  expect(world.held(A)).toBeUndefined()
  expect(world.facade.records.trades({ limit: 1 }).items).toMatchObject([{ symbol: A, exitReason: 'STOP' }])
})

it('a silent socket is opened anew, and no candle is missing', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.advance(2 * MINUTE)
  world.venue.inject({ name: 'ws-silent', fields: { category: 'market' } })
  await world.advance(4 * MINUTE)
  expect(await candlesOf(A, 6)).toEqual([0, 1, 2, 3, 4, 5])
  await world.open(A)
})

it('the listen key expires: the fills of before and after are all told', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.open(A)
  world.venue.inject({ name: 'listen-key-expired' })
  await world.advance(5 * SECOND)
  await untilEntriesGo()
  await world.open(B)
  world.price(B, 96)
  await world.until(() => world.held(B) === undefined, 10 * SECOND)
})

it.each([
  ['announced', true],
  ['not announced', false],
])('three hours asleep, %s: a stop filled meanwhile, funding was paid; nothing is lost', async (_name, isAnnounced) => {
  world = await startStationOnVenue({ symbols: contracts(3), quoteEveryMs: 3000, startAt: Date.UTC(2026, 0, 5, 6, 55) })
  await world.open(A)
  await world.open(B, { side: 'SHORT' })
  await world.advance(10 * SECOND)
  world.time.at(world.now() + HOUR / 2, () => world.price(A, 96))
  if (isAnnounced) world.facade.systemEvent('suspended')
  await world.sleep(3 * HOUR)
  if (isAnnounced) world.facade.systemEvent('resumed')
  expect(world.heldAtVenue(A)).toBe(0)
  expect(outcomeOf(C)).not.toBe('approved')
  await world.until(() => world.isReady(), 2 * MINUTE)
  expect(world.held(A)).toBeUndefined()
  expect(world.held(B)?.isProtected).toBe(true)
  await world.advance(MINUTE)
  expect(world.facade.records.trades({ limit: 1 }).items).toMatchObject([{ symbol: A, exitReason: 'STOP' }])
  expect(world.books().venue.income['FUNDING']).toBeDefined()
  expect(await candlesOf(C, 185)).toEqual(Array.from({ length: 185 }, (_, index) => index))
})
