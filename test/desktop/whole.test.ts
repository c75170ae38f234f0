/** The application as people have it: the real station and the control room's own page, from start to end. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { verify } from '../../src/station/compose-upkeep.ts'
import type { Client } from '../doors/door-under-test.ts'
import { onDesktop, until } from './desktop.ts'
import { closeBrowser, type LaunchOptions } from './harness/launch.ts'
import { clientOf } from './port-client.ts'

afterAll(closeBrowser)

/** A small market that is up in a moment, and whose paper orders fill in one. */
const SMALL: LaunchOptions = { args: ['--set', 'simulator.symbols=3', '--speed', '60'] }
const anyway = { 'dialog.showMessageBox': () => Promise.resolve({ response: 1 }) }

async function openPosition(client: Client): Promise<string> {
  const { columns } = await client.market.quotes({})
  const [symbol = '', last = Number.NaN] = [columns.symbol[0], columns.last[0]]
  await client.orders.place({ symbol, side: 'LONG', notional_usd: 200, stop_price: last * 0.98 })
  await until(async () => (await client.positions.list({})).items.length > 0)
  return symbol
}

test('a position is opened through the page, warned of on the way out, and the books agree afterwards', () =>
  onDesktop(
    async (desktop) => {
      const { page } = await desktop.window()
      const client = await clientOf(page)
      const symbol = await openPosition(client)
      await until(() => desktop.called('powerSaveBlocker.start').length > 0)
      desktop.powerMonitor.emit('suspend')
      expect((await client.station.status()).entries_off).toBe('the computer is going to sleep')
      desktop.powerMonitor.emit('resume')
      await until(async () => (await client.station.status()).entries_off === null)
      const { items } = await client.records.events({ type: 'system.changed' })
      expect(items.map(({ data }) => data)).toEqual([{ kind: 'resumed' }, { kind: 'suspended' }])
      expect((await client.positions.list({})).items.map((position) => position.symbol)).toEqual([symbol])

      desktop.app.quit()
      await until(() => desktop.hasEnded())
      expect(desktop.called('dialog.showMessageBox')).toHaveLength(1)
      const verdicts = await verify(join(desktop.home, 'station'))
      expect(verdicts.filter(({ ok }) => !ok)).toEqual([])
    },
    { ...SMALL, answers: anyway },
  ))

test('trading goes on while the page crashes and comes back', () =>
  onDesktop(async (desktop) => {
    const { page, contents } = await desktop.window()
    const before = await clientOf(page).then((client) => client.station.status())
    contents.cdp.send('Page.crash').catch(() => {})
    await until(() => contents.page !== page && contents.isLoaded)
    const after = await clientOf(contents.page).then((client) => client.station.status())
    expect(after.started_at).toBe(before.started_at)
    expect(Date.parse(after.now)).toBeGreaterThan(Date.parse(before.now))
  }, SMALL))

const isBuilt = existsSync(resolve('out/renderer/index.html'))

test.runIf(isBuilt)('the control room as built shows the station, within the policy of its page', () =>
  onDesktop(
    async (desktop) => {
      const { page } = await desktop.window()
      const refused: string[] = []
      page.on('console', (message) => {
        if (/Content Security Policy|violates/.test(message.text())) refused.push(message.text())
      })
      await until(async () => ((await page.textContent('body')) ?? '').includes('SIMULATED'))
      await until(async () => /NORMAL/.test((await page.textContent('body')) ?? ''))
      expect(refused).toEqual([])
    },
    { ...SMALL, page: 'built' },
  ),
)
