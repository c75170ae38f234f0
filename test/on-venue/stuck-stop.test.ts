/** A stop whose price is reached and that does not fill: seen, alarmed, and the position closed at market (SPEC §9). */
import { afterEach, expect, it } from 'vitest'

import type { FaultRule } from '../venue/faults/fault-names.ts'
import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const A = 'AAAUSDT'

let world: StationOnVenue

afterEach(() => world.end())

const STUCK: FaultRule = { name: 'stuck-triggering', probability: 1, fields: { ms: 60 * MINUTE } }
const alarms = (): string[] => world.station.rooms.alerts.standing.map(({ code }) => code)

it.each<[string, readonly FaultRule[], number]>([
  ['told', [], 10 * SECOND],
  ['of which every event is lost', [{ name: 'lose-event', probability: 1 }], 80 * SECOND],
])('a trigger %s is closed at market', async (_name, faults, withinMs) => {
  world = await startStationOnVenue({ symbols: contracts(2) })
  await world.open(A, { stop: 0.02 })
  await world.advance(10 * SECOND)
  for (const rule of [STUCK, ...faults]) world.venue.inject(rule)
  world.price(A, 97.5)
  await world.until(() => world.heldAtVenue(A) === 0, withinMs, 'it is closed')
  expect(alarms()).toContain('stop_stuck')
  world.venue.exchange.faults.clear()
  world.venue.inject({ name: 'release-trigger' })
  await world.advance(3 * MINUTE)
  expect(world.books().station).toEqual(world.books().venue)
  expect(world.books().venue).toMatchObject({ positions: {}, openOrders: [] })
})
