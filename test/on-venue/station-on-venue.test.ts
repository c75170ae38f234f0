/** The bench of all tests beside it: one made-up time for station and venue, and books that agree in it. */
import { afterEach, expect, it } from 'vitest'

import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

let world: StationOnVenue

afterEach(() => world.end())

const errors = (): unknown[] => world.log.filter(({ level }) => level === 'error')

it('opens by hand and is stopped out, over a crash and a restart, and the books are the same to the last decimal', async () => {
  world = await startStationOnVenue({ symbols: contracts(5) })
  const { quantity } = await world.open('AAAUSDT', { stop: 0.03 })
  expect(world.heldAtVenue('AAAUSDT')).toBe(quantity.toNumber())
  const before = world.books()
  expect(before.station).toEqual(before.venue)
  expect(before.venue.openOrders).toHaveLength(1)

  await world.crash()
  await world.start()
  expect(world.books().station).toEqual(before.venue)

  await world.restart()
  world.price('AAAUSDT', 90)
  await world.advance(5_000)
  const after = world.books()
  expect(after.station).toEqual(after.venue)
  expect(after.venue).toMatchObject({ positions: {}, openOrders: [] })
  expect(after.venue.fills).toHaveLength(2)
  expect(errors()).toEqual([])
})

it('tells the same twice', async () => {
  const told = async (): Promise<string> => {
    world = await startStationOnVenue({ simulator: { symbols: 5, tickSeconds: 2 }, seed: 7 })
    const [symbol = ''] = world.facade.instruments().map((instrument) => instrument.symbol)
    await world.open(symbol, { stop: 0.008 })
    await world.advance(1_800_000)
    const { station, venue } = world.books()
    expect(station).toEqual(venue)
    const { items } = world.station.rooms.records.events({ limit: 100_000 })
    return JSON.stringify(items)
  }
  const first = await told()
  await world.end()
  expect(await told()).toBe(first)
})
