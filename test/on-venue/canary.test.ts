/** The exchange changes under a running station: nothing is opened, a person is told what, and it ends when it is well again. */
import { afterEach, expect, it } from 'vitest'

import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const A = 'AAAUSDT'
const B = 'BBBUSDT'
const C = 'CCCUSDT'

let world: StationOnVenue

afterEach(() => world.end())

const findings = (): string[] =>
  world.station.rooms.alerts.standing.filter(({ code }) => code === 'exchange_contract').map(({ about }) => about)

it('an account set up otherwise: entries are off, what is open is protected and closed all the same', async () => {
  world = await startStationOnVenue({ symbols: contracts(3) })
  await world.open(A)
  await world.advance(2 * MINUTE)
  expect(world.facade.status().entriesOff).toBeNull()
  const { account } = world.venue.exchange
  account.isMultiAsset = true
  world.venue.inject({ name: 'not-executed', on: 'POST /fapi/v1/order', fields: { code: -2010 } })
  world.enter(C)
  await world.until(() => world.facade.status().entriesOff !== null, 10 * SECOND)
  expect(world.facade.status().entriesOff).toContain('the exchange is not as the station relies on')
  expect(findings()).toEqual(['account mode'])
  expect(world.enter(B)).toMatchObject({ outcome: 'denied', code: 'new_positions_disabled' })
  world.price(A, 95)
  await world.until(() => world.held(A) === undefined, MINUTE)
  account.isMultiAsset = false
  await world.until(() => world.facade.status().entriesOff === null, 6 * MINUTE)
  expect(findings()).toEqual([])
})

it('an order refused for the account’s sake has the canary look at once', async () => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.advance(2 * MINUTE)
  world.venue.inject({ name: 'not-executed', on: 'POST /fapi/v1/order', fields: { code: -4400 } })
  world.enter(A)
  await world.until(() => world.facade.status().entriesOff !== null, 10 * SECOND)
  expect(world.facade.status().entriesOff).toContain('the exchange refuses orders')
  expect(findings()).toEqual(['refused orders'])
  await world.until(() => world.facade.status().entriesOff === null, 16 * MINUTE)
  await world.open(B)
})
