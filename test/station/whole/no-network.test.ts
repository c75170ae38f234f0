/** Live prices were wanted and there is no network: the simulator stands in, in a folder of its own, until a person goes back. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { databaseFile } from '../../../src/adapters/sqlite/open-database.ts'
import { RealClock } from '../../../src/adapters/system/real-clock.ts'
import { type Company, Home, type Journey, type StationAtPlace } from '../../../src/station/compose-home.ts'
import type { PlaceName } from '../../../src/station/place-facade.ts'
import type { ManualOrder } from '../../../src/station/station-values.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import { temporaryFolder } from '../../fixtures/whole-station.ts'
import { type RunningVenue, startVenue } from '../../venue/start-venue.ts'

const PATIENCE_MS = 15_000
/** symbols of the exchange, and of the market that stands in for it */
const LISTED = 3
const MADE_UP = 4

let folder: string
let home: Home
let port: number
let venue: RunningVenue | null = null
let clock: RealClock
let station: StationAtPlace
const journeys: Journey[] = []

const silence = (): void => undefined
const company: Company = {
  log: { debug: silence, info: silence, warn: silence, error: silence },
  vault: {
    read: () => Promise.resolve(null),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(false),
    list: () => Promise.resolve([]),
  },
  depart: (journey) => {
    journeys.push(journey)
  },
}

/** The network is there from now on: a venue stands for the exchange. */
async function openNetwork(): Promise<void> {
  venue = await startVenue({ port, clock, simulator: { symbols: LISTED, tickSeconds: 1 } })
  port = venue.port
}

async function closeNetwork(): Promise<void> {
  await venue?.close()
  venue = null
}

function newHome(): Home {
  const base = `127.0.0.1:${port}`
  const flags = {
    data: folder,
    'exchange.rest': `http://${base}`,
    'exchange.stream': `ws://${base}`,
    'market.source': 'binance',
    'binance.reach_again_ms': 30,
    'simulator.symbols': MADE_UP,
    'msc.enabled': false,
    'ranker.enabled': false,
  }
  return new Home({ flags, environment: {}, defaultFolder: folder, version: 'test', now: Date.now })
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (what()) return
    await pause(10)
  }
  throw new Error(`never happened: ${String(what)}`)
}

async function go(place: PlaceName, leaveOpen = false): Promise<string> {
  const limits = { maxOrderNotionalUsd: null, maxDailyLossUsd: null }
  const answer = await station.facade.places.go({ place, reason: null, words: null, leaveOpen, limits }, 'user')
  if (answer.outcome === 'refused') return answer.reason
  await until(() => journeys.length > 0)
  await station.stop()
  for (const journey of journeys.splice(0)) station = await home.arrive(journey, company)
  return answer.outcome
}

function anEntry(): ManualOrder {
  const [quote] = station.facade.quotes()
  const { symbol = '', last = 0 } = quote?.ticker ?? {}
  const rest = { quantity: null, limitPrice: null, takeProfitPrice: null, leverage: null }
  return { ...rest, symbol, side: 'LONG', notionalUsd: 500, stopPrice: last * 0.97 }
}

const madeUp = () => station.facade.connections.view().simulatedPrices
const notices = (): string[] => station.rooms.alerts.standing.map(({ code }) => code)
const lastMove = async () => (await station.facade.places.view()).lastMove

beforeAll(async () => {
  folder = temporaryFolder()
  clock = new RealClock(silence)
  port = 0
  await openNetwork()
  await closeNetwork()
  home = newHome()
  station = await home.start(company)
})
afterAll(async () => {
  await station.stop()
  await closeNetwork()
  clock.close()
})

test('without a network the station starts on made-up prices, marked, in a folder of its own', () => {
  expect(station.place).toBe('simulated')
  expect(station.facade.status()).toMatchObject({ environment: 'SIMULATED', phase: 'running' })
  expect(station.facade.status().feed).toMatch(/^simulated market/)
  expect(madeUp()).toMatchObject({ reason: `127.0.0.1:${port} refuses connections`, answersSince: null })
  expect(notices()).toContain('simulated_prices')
  expect(notices()).not.toContain('exchange_answers')
  expect(existsSync(databaseFile(join(folder, 'places', 'simulated')))).toBe(true)
})

test('when the exchange answers it is told; nothing is switched, least of all under an open position', async () => {
  await until(() => station.facade.status().entriesOff === null && station.facade.quotes().length > 0)
  expect(station.facade.placeManual(anEntry(), 'user', false).outcome).toBe('approved')
  await until(() => station.facade.positions().length === 1)

  await openNetwork()
  await until(() => madeUp()?.answersSince !== null)
  expect(notices()).toEqual(expect.arrayContaining(['simulated_prices', 'exchange_answers']))
  expect([station.place, station.facade.positions().length]).toEqual(['simulated', 1])
  expect(await go('paper')).toMatch(/^One position is open/)
  expect(station.place).toBe('simulated')
})

test('a person goes back to live prices: another journal, and the notices are over', async () => {
  expect(await go('paper', true)).toBe('going')
  expect(station.place).toBe('paper')
  expect(station.facade.status().feed).toMatch(/a venue on this machine/)
  expect([madeUp(), notices(), station.facade.positions()]).toEqual([null, [], []])
  expect(station.facade.instruments()).toHaveLength(LISTED)
  const symbols = (of: string): string[] => rowsOf(of, 'orders').map(({ symbol }) => symbol)
  expect(symbols(join(folder, 'places', 'simulated')).length).toBeGreaterThan(0)
  expect(symbols(folder)).toEqual([])
})

test('when the network goes away later, nothing is made up: prices grow old and entries are off', async () => {
  await until(() => station.facade.quotes().length === LISTED)
  await closeNetwork()
  await until(() => station.facade.connections.view().streams.every(({ isUp }) => !isUp))
  expect([station.place, madeUp()]).toEqual(['paper', null])
  await until(() => {
    const answer = station.facade.placeManual(anEntry(), 'user', true)
    return answer.outcome === 'denied' && answer.code === 'price_stale'
  })
})

test('a way to live prices that is barred leads back, and says why', async () => {
  expect(await go('simulated')).toBe('going')
  expect([station.place, madeUp()]).toEqual(['simulated', null])
  expect(await go('paper', true)).toBe('going')
  expect([station.place, madeUp()?.reason]).toEqual(['simulated', `127.0.0.1:${port} refuses connections`])
  expect(await lastMove()).toMatchObject({ to: 'paper', outcome: 'came_back', problem: madeUp()?.reason })
  expect(notices()).toContain('simulated_prices')
})
