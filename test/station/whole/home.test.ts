/** The home of a program: which place a start goes to, whose data folder it uses, and what happens when it cannot. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { ExchangeKeys, KeyTrace, Vault } from '../../../src/core/ports/vault.ts'
import { type Company, Home } from '../../../src/station/compose-home.ts'
import type { Flags } from '../../../src/station/config/from-flags.ts'
import { BEGIN, openStation, temporaryFolder } from '../../fixtures/whole-station.ts'

const SMALL: Flags = { 'simulator.symbols': 2, 'msc.enabled': false, 'ranker.enabled': false, speed: 1 }
const DEMO: Flags = { 'market.source': 'binance', 'exchange.account': 'demo' }

const homeOf = (folder: string, flags: Flags = {}): Home =>
  new Home({
    flags: { ...SMALL, data: folder, ...flags },
    environment: {},
    defaultFolder: folder,
    version: 'test',
    now: () => BEGIN,
  })

const EMPTY: Vault = {
  read: async (): Promise<ExchangeKeys | null> => null,
  write: async () => undefined,
  remove: async () => false,
  list: async (): Promise<readonly KeyTrace[]> => [],
}

const quiet = (): void => undefined
const company = (more: Partial<Company> = {}): Company => ({
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  vault: EMPTY,
  depart: quiet,
  ...more,
})

const remembers = (folder: string, memory: object): void =>
  writeFileSync(join(folder, 'place.json'), JSON.stringify({ last_move: null, ...memory }))

/** A home in which paper money has been traded. */
async function tradedOnPaper(): Promise<string> {
  const folder = temporaryFolder()
  const station = await homeOf(folder).start(company())
  await station.stop()
  return folder
}

test('a start goes where was last said, unless its flags say otherwise; a file that makes no sense says nothing', () => {
  const folder = temporaryFolder()
  expect(homeOf(folder).place).toBe('simulated')
  remembers(folder, { place: 'paper', at_home: 'simulated' })
  expect(homeOf(folder).place).toBe('paper')
  expect(homeOf(folder).configuration.settings.market.source).toBe('binance')
  expect(homeOf(folder, DEMO).place).toBe('demo')
  writeFileSync(join(folder, 'place.json'), '{"place":"the moon"}')
  expect(homeOf(folder).place).toBe('simulated')
})

test('the first place has the home for its data folder, each other one a folder of its own', async () => {
  const folder = await tradedOnPaper()
  expect(homeOf(folder).configuration.dataFolder).toBe(folder)
  expect(homeOf(folder, DEMO).configuration.dataFolder).toBe(join(folder, 'places', 'demo'))
  expect(homeOf(folder).folderOf('live')).toBe(join(folder, 'places', 'live'))
  const fresh = temporaryFolder()
  expect(homeOf(fresh, DEMO).configuration.dataFolder).toBe(fresh)
  expect(homeOf(fresh).folderOf('live')).toBe(fresh)
})

test('a start tells how far the reading of the past is, from the first symbol to the last', async () => {
  const told: unknown[] = []
  const station = await homeOf(temporaryFolder()).start(company({ progress: (read) => told.push(read) }))
  await station.stop()
  expect(told).toEqual([0, 1, 2].map((done) => ({ done, of: 2 })))
})

test('a program that is started again ends where its place cannot start', async () => {
  const folder = await tradedOnPaper()
  remembers(folder, { place: 'demo', at_home: 'simulated' })
  await expect(homeOf(folder).start(company())).rejects.toThrow('there are no keys for the demo account')
})

test('one that nobody starts again goes on with paper money, says why, and tries again next time', async () => {
  const folder = await tradedOnPaper()
  remembers(folder, { place: 'demo', at_home: 'simulated' })
  const station = await homeOf(folder).start(company({ mustGoOn: true }))
  const { facade } = station
  expect(facade.status().environment).toBe('SIMULATED')
  const { here, lastMove } = await facade.places.view()
  expect([here, lastMove?.outcome, lastMove?.to]).toEqual(['simulated', 'came_back', 'demo'])
  expect(lastMove?.problem).toContain('there are no keys for the demo account')
  expect(facade.health.standingAlerts().map(({ code }) => code)).toContain('place_not_reached')
  await station.stop()
  expect(homeOf(folder).place).toBe('demo')
})

test('a station without a home says that it stays where it is', async () => {
  const station = await openStation({ 'simulator.symbols': 2, speed: 1 })
  const { places, keys } = station.facade
  expect((await places.view()).cannotMove).toMatch(/without a home/)
  const wish = { place: 'demo', reason: null, words: null, leaveOpen: true } as const
  const limits = { maxOrderNotionalUsd: null, maxDailyLossUsd: null }
  expect(await places.go({ ...wish, limits }, 'user')).toMatchObject({ outcome: 'refused' })
  expect(await keys.add('demo', { apiKey: 'a', secret: 'b' }, 'user')).toMatchObject({ outcome: 'refused' })
  await station.stop()
})
