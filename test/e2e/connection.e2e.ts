/** Bad days of the link: the station goes and comes back under the page, and no stale figure stands without a sign. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { expect, signIn, startStation, test, type StationUnderTest } from './station.ts'
import { Wire } from './wire.ts'

const OPTIONS = { speed: 20, seed: 3, flags: [] }

test('a restart of the station: stale is visible, then everything is new, and nobody has to sign in again', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-e2e-restart-'))
  const first = await startStation(OPTIONS, folder)
  const port = Number(new URL(first.address).port)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(() => localStorage.setItem('signalbox.first-run', 'seen'))
  await signIn(page, first)
  await first.openPosition('BTCUSDT')
  await expect(page.getByRole('row', { name: /^BTCUSDT/ })).toBeVisible()

  await first.stop()
  await expect(page.getByText('Station not answering')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-stale', 'true')
  await expect(page.locator('.vital.safety')).toContainText('Not connected')
  // the last figures stay, as old ones
  await expect(page.getByRole('row', { name: /^BTCUSDT/ })).toBeVisible()
  await page.getByRole('button', { name: 'Close BTCUSDT long' }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByText('BTCUSDT was not closed: the station is not connected; nothing was sent.')).toBeVisible()
  await page.keyboard.press('Escape')

  const second = await startStation(OPTIONS, folder, port)
  await page
    .getByRole('button', { name: 'Reconnect now' })
    .click({ timeout: 2000 })
    .catch(() => undefined)
  await expect(page.getByText('The station was restarted; every figure on the page is new')).toBeVisible({
    timeout: 15_000,
  })
  await expect(page.getByText('Station not answering')).toBeHidden()
  await expect(page.locator('html')).not.toHaveAttribute('data-stale', 'true')
  await expect(page.getByRole('row', { name: /^BTCUSDT/ })).toBeVisible()
  expect(await second.isHeld('BTCUSDT')).toBe(true)
  await context.close()
  await second.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What the station says after the trouble is what the page shows. */
async function isCurrent(page: Page, station: StationUnderTest, positions: number): Promise<void> {
  await station.client.policy.change({ max_positions: positions, reason: 'seen after the trouble' })
  const limits = page.getByRole('region', { name: 'Limits in force' })
  await expect(limits.getByRole('row', { name: /^Positions/ })).toContainText(String(positions), { timeout: 15_000 })
}

test('the wire is cut: the page comes back by itself', async ({ page, station }) => {
  const wire = new Wire()
  await wire.hold(page)
  await wire.sockets.at(-1)?.close({ code: 1001, reason: 'cut' })
  await expect.poll(() => wire.sockets.length).toBe(2)
  await expect(page.locator('.strip')).toContainText('Connected')
  await isCurrent(page, station, 8)
})

test('a message is lost: the gap is noticed and a new snapshot taken', async ({ page, station }) => {
  const wire = new Wire()
  await wire.hold(page)
  const before = wire.snapshots
  wire.instead = null
  await expect.poll(() => wire.snapshots).toBe(before + 1)
  expect(wire.sockets).toHaveLength(1)
  await isCurrent(page, station, 7)
})

for (const nonsense of ['', '{"i":"', '[]', '{"i":"1","t":3,"p":{"e":"message","d":{"json":{"kind":"changes"}}}}'])
  test(`nonsense comes over the wire (${nonsense}): the page goes on`, async ({ page, station }) => {
    const wire = new Wire()
    await wire.hold(page)
    wire.instead = nonsense
    await expect.poll(() => wire.instead).toBeUndefined()
    await isCurrent(page, station, 9)
    await expect(page.locator('.strip')).toContainText('Connected')
  })

test('a page that is not signed in says how to sign in', async ({ browser, station }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(station.address)
  await expect(page.getByText('This page is signed out.')).toBeVisible()
  await expect(page.getByText('Open the sign-in link that the station printed.')).toBeVisible()
  await context.close()
})
