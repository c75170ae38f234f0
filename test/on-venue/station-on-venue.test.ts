/** The bench of all tests beside it: one made-up time for station and venue, and books that agree in it. */
import { afterEach, expect, it } from 'vitest'

import { hashed } from '../../src/adapters/market-simulator/random.ts'
import { contracts } from './contracts.ts'
import { scriptedStrategy, setup } from './scripted-strategy.ts'
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

it('a busy half hour with every room at work: ranking, MSC, governor, a strategy that signals often, a slow venue, a cut line', async () => {
  const wishes = (symbol: string, openAt: number, close: number) => {
    const draw = hashed(openAt / 300_000, symbol.length + symbol.charCodeAt(0), 3)
    if (draw > 0.3) return null
    return setup(draw < 0.15 ? 'LONG' : 'SHORT', close, { stop: 0.006, target: 0.006 })
  }
  world = await startStationOnVenue({
    simulator: { symbols: 8, tickSeconds: 4 },
    seed: 11,
    strategies: [scriptedStrategy(wishes)],
    settings: { 'msc.enabled': true, 'msc.interval_minutes': 5, 'ranker.enabled': true },
    faults: [
      { name: 'slow', probability: 1, fields: { ms: 5, upToMs: 60 } },
      { name: 'partial-take', probability: 0.2, fields: { share: 0.5 } },
      { name: 'ws-drop', atMs: 700_000 },
    ],
  })
  await world.advance(1_800_000)
  const { station, venue } = world.books()
  expect(station).toEqual(venue)
  const { trades, msc_policies: runs } = world.facade.records.counts()
  expect(trades).toBeGreaterThan(3)
  expect(runs).toBeGreaterThanOrEqual(4)
  expect(world.station.rooms.ranking.isRanked).toBe(true)
  for (const position of world.facade.positions())
    expect([position.symbol, position.isProtected]).toEqual([position.symbol, true])
  expect(world.station.rooms.executor.protection.naked.totalSeconds(world.now())).toBeLessThan(5)
  expect(errors()).toEqual([])
})
