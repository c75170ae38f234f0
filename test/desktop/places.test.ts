/** The desktop on a venue of this machine: keys sealed before they touch the disk, and from place to place behind one window. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { RealClock } from '../../src/adapters/system/real-clock.ts'
import type { Client } from '../doors/door-under-test.ts'
import { type RunningVenue, startVenue, VENUE_KEY, VENUE_SECRET } from '../venue/start-venue.ts'
import { TEST_INSTRUMENT } from '../venue/test-symbols.ts'
import { onDesktop, until } from './desktop.ts'
import { closeBrowser, type Desktop, type LaunchOptions } from './harness/launch.ts'
import { clientOf, type PlainPage } from './port-client.ts'

const KEYS = { api_key: VENUE_KEY, secret: VENUE_SECRET }

const clock = new RealClock()
let venue: RunningVenue

beforeAll(async () => {
  const settings = { defaultMarginType: 'ISOLATED', weightPerMinute: 1_000_000 } as const
  venue = await startVenue({ clock, symbols: [{ instrument: TEST_INSTRUMENT, price: 100 }], settings })
})
afterAll(async () => {
  await closeBrowser()
  await venue.close()
  clock.close()
})

const options = (): LaunchOptions => {
  const set = [
    `exchange.rest=${venue.http}`,
    `exchange.stream=${venue.ws}`,
    `exchange.permissions=${venue.http}`,
    'simulator.symbols=3',
    'msc.enabled=false',
    'ranker.enabled=false',
  ]
  return { args: set.flatMap((each) => ['--set', each]) }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })

const filesWith = (desktop: Desktop, text: string): string[] =>
  filesIn(join(desktop.home, 'station')).filter((file) => readFileSync(file).includes(text))

/** The page's port is taken back; it asks again and waits for the station of the new place. */
async function goTo(client: Client, page: Page, place: 'venue' | 'demo' | 'simulated'): Promise<void> {
  const ports = await page.evaluate(() => (window as unknown as PlainPage).ports.length)
  await client.places.go({ place, leave_open: true })
  await until(() => page.evaluate((had) => (window as unknown as PlainPage).closedPorts >= had, ports))
  await page.evaluate(() => (window as unknown as PlainPage).ask())
  await until(() => page.evaluate((had) => (window as unknown as PlainPage).ports.length > had, ports))
}

test('keys are sealed, open the account, and are gone without a trace when they are removed', () =>
  onDesktop(async (desktop) => {
    const { page } = await desktop.window()
    const client = await clientOf(page)
    expect(await client.keys.add({ place: 'simulated', ...KEYS })).toMatchObject({ saved: true })
    expect((await client.keys.list()).items).toMatchObject([{ ending: 'test', kept_in: "this computer's key store" }])
    expect([...filesWith(desktop, VENUE_KEY), ...filesWith(desktop, VENUE_SECRET)]).toEqual([])

    await goTo(client, page, 'venue')
    expect(await client.connections.get()).toMatchObject({ place: 'venue', account: 'simulated' })
    await goTo(client, page, 'simulated')
    expect((await client.places.get()).here).toBe('simulated')
    await client.keys.remove({ place: 'simulated' })
    const sealed = desktop.called('safeStorage.encryptStringAsync').map(([text]) => String(text))
    expect(sealed.some((text) => text.includes(VENUE_SECRET))).toBe(true)
    expect(filesIn(join(desktop.home, 'station')).filter((file) => file.includes('keys'))).toEqual([])
    expect(filesWith(desktop, Buffer.from('sealed:').toString('base64').slice(0, 9))).toEqual([])
  }, options()))

test('a place that cannot be reached: the one before is back behind the same window, and says why', () =>
  onDesktop(async (desktop) => {
    const { page } = await desktop.window()
    const client = await clientOf(page)
    await client.keys.add({ place: 'demo', ...KEYS })
    venue.exchange.account.isDualSide = true
    await goTo(client, page, 'demo')
    const { here, last_move: last } = await client.places.get()
    expect(here).toBe('simulated')
    expect(last).toMatchObject({ to: 'demo', outcome: 'came_back' })
    expect(last?.problem).toContain('hedge mode')
    expect(await client.keys.fix({ place: 'demo' })).toMatchObject({ setup: [] })
    await goTo(client, page, 'demo')
    expect((await client.station.status()).environment).toBe('DEMO')
  }, options()))

test('without a key store no key is kept, and a sentence says so', () =>
  onDesktop(
    async (desktop) => {
      const { page } = await desktop.window()
      const client = await clientOf(page)
      expect((await client.keys.list()).cannot_keep).toMatch(/no key store/)
      await expect(client.keys.add({ place: 'simulated', ...KEYS })).rejects.toThrow(/no key store/)
      expect([...filesWith(desktop, VENUE_KEY), ...filesWith(desktop, VENUE_SECRET)]).toEqual([])
    },
    { ...options(), answers: { 'safeStorage.isAsyncEncryptionAvailable': () => Promise.resolve(false) } },
  ))
