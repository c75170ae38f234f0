/** An entry fills while its answer does not come and the account's stream says nothing: it has its stop before 5 s. */
import { afterEach, expect, it } from 'vitest'

import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
/** two looks at the holdings, and what then is asked and sent */
const WITHIN_MS = 4.5 * SECOND
const A = 'AAAUSDT'
const B = 'BBBUSDT'

let world: StationOnVenue

afterEach(() => world.endInAgreement())

const hasStop = (symbol: string): boolean =>
  world.venue.exchange.algos.liveOf(symbol).some(({ type }) => type === 'STOP_MARKET')

it.each([
  ['the first of all', []],
  ['beside another', [B]],
])('its position is found by looking: %s', async (_name, others) => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  for (const symbol of others) await world.open(symbol)
  world.venue.inject({ name: 'ws-silent', fields: { category: 'private', ms: 20 * SECOND } })
  world.venue.inject({ name: 'response-lost', on: 'POST /fapi/v1/order', fields: { mode: 'hang' } })
  expect(world.enter(A).outcome).toBe('approved')
  await world.until(() => world.heldAtVenue(A) !== 0, SECOND, 'it has filled')
  await world.until(() => hasStop(A), WITHIN_MS, 'it has its stop')
  await world.advance(60 * SECOND)
  expect(world.held(A)?.isProtected).toBe(true)
})

it('an entry that rests, of which only a question told, is found when it fills', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  world.venue.inject({ name: 'ws-silent', fields: { category: 'private', ms: 30 * SECOND } })
  world.venue.inject({ name: 'response-lost', on: 'POST /fapi/v1/order', fields: { mode: '503' } })
  expect(world.enter(A, { limitPrice: 99.5 }).outcome).toBe('approved')
  await world.until(() => world.facade.openOrders().some(({ state }) => state === 'OPEN'), 3 * SECOND, 'it rests')
  await world.advance(SECOND)
  world.price(A, 99.4)
  await world.until(() => world.heldAtVenue(A) !== 0, SECOND, 'it has filled')
  await world.until(() => hasStop(A), WITHIN_MS, 'it has its stop')
  await world.advance(60 * SECOND)
  expect(world.held(A)?.isProtected).toBe(true)
})
