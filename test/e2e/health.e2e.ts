/** Health: components against their bounds, the governor with its way out, alerts that are seen, heard, and gone. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test, type StationClient } from './station.ts'

test.use({ stationOptions: { speed: 20, seed: 5, flags: [], movesItself: true } })

async function open(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/health'))
  await expect(page.getByRole('table', { name: 'Components' })).toBeVisible()
}

/** With every strategy blocked MSC raises a critical alert; with none it is cleared. */
async function blockAll(client: StationClient, isBlocked: boolean): Promise<void> {
  const { items } = await client.market.strategies()
  await client.policy.change({ blocked_strategies: isBlocked ? items.map(({ id }) => id) : [] })
  await client.msc.evaluate({})
}

const standing = async (client: StationClient) =>
  (await client.records.alerts({ limit: 50 })).items.filter(({ cleared_at: cleared }) => cleared === null)

test.beforeEach(async ({ station }) => {
  const { client } = station
  const { defaults } = await client.policy.rules()
  await client.policy.changeRules({ rules: { governor: defaults.governor } })
  await blockAll(client, false)
  for (const { id, acknowledged_at: seen } of await standing(client))
    if (seen === null) await client.health.acknowledgeAlert({ id })
})

test('every component stands with its state, its figure and its bounds', async ({ page, station }) => {
  await open(page)
  const { components, status } = await station.client.health.report()
  const table = page.getByRole('table', { name: 'Components' })
  await expect(table.getByRole('row')).toHaveCount(components.length + 1)
  await expect(table.getByRole('row', { name: /^Prices/ })).toContainText('degraded over')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^${status.charAt(0)}${status.slice(1).toLowerCase()}$`),
  )
  await expect(page.getByRole('table', { name: 'Latencies' }).getByRole('row').nth(1)).toBeVisible()
})

test('the governor says its level, its cause and its way out', async ({ page, station }) => {
  const { client } = station
  await open(page)
  const panel = page.getByRole('region', { name: 'Safety governor' })
  await expect(panel.getByRole('listitem').filter({ hasText: 'Normal' })).toHaveAttribute('aria-current', 'true')
  // the fee of one entry is now drawdown enough
  await client.policy.changeRules({ rules: { governor: { elevated_share: 0.00001 } } })
  await client.policy.change({ allowed_symbols: null })
  const symbol = await station.openPosition()
  await expect.poll(async () => (await client.health.report()).governor.level).toBe('ELEVATED')
  const { governor } = await client.health.report()
  await expect(panel.getByRole('listitem').filter({ hasText: 'Elevated' })).toHaveAttribute('aria-current', 'true')
  await expect(panel).toContainText(/down [\d.]+ % from the day’s high, ELEVATED from/)
  expect(governor.cause).toContain('ELEVATED from')
  await expect(panel).toContainText('size 0.85×')
  expect(governor.exit).not.toBeNull()
  await client.positions.close({ symbol })
})

test('a losing streak is acknowledged, or there is none to acknowledge', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Acknowledge streak' }).click()
  await expect(page.getByRole('list', { name: 'Notes' }).getByRole('listitem')).toContainText(/losing streak/i)
})

test('a critical alert is a band on every screen until somebody has seen it', async ({ page, station }) => {
  const { client } = station
  await blockAll(client, true)
  const band = page.getByRole('alert').filter({ hasText: 'every strategy is filtered out' })
  await expect(band).toBeVisible()
  await expect(band).toHaveAttribute('data-unseen', 'true')
  await band.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(band).toBeHidden()
  const [alert] = await standing(client)
  expect(alert).toMatchObject({ severity: 'critical', cleared_at: null })
  expect(alert?.acknowledged_at).not.toBeNull()
})

test('an alert is raised, acknowledged in the list, and cleared when its cause is gone', async ({ page, station }) => {
  const { client } = station
  await open(page)
  await blockAll(client, true)
  const row = page
    .getByRole('table', { name: 'Alerts' })
    .getByRole('row', { name: /every strategy is filtered out/ })
    .first()
  await row.getByRole('button', { name: /^Acknowledge:/ }).click()
  await expect(row).toContainText('seen')
  expect((await standing(client)).find(({ code }) => code === 'msc_no_strategies')?.acknowledged_at).not.toBeNull()
  await blockAll(client, false)
  await expect(row).toContainText('cleared')
  expect((await standing(client)).some(({ code }) => code === 'msc_no_strategies')).toBe(false)
})

test('A acknowledges all of them', async ({ page, station }) => {
  const { client } = station
  await open(page)
  await blockAll(client, true)
  await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('1 not seen')
  await page.keyboard.press('a')
  await expect.poll(async () => (await standing(client)).every(({ acknowledged_at: seen }) => seen !== null)).toBe(true)
})

test('alerts sound until they are muted, and stay muted', async ({ page, station }) => {
  await page.evaluate(() => {
    let tones = 0
    window.AudioContext = class extends AudioContext {
      override createOscillator(): OscillatorNode {
        Object.assign(window, { tones: ++tones })
        return super.createOscillator()
      }
    }
  })
  const tones = () => page.evaluate(() => (window as unknown as { tones?: number }).tones ?? 0)
  await open(page)
  await page.getByRole('region', { name: 'Alerts' }).click()
  await blockAll(station.client, true)
  await expect.poll(tones).toBe(3)
  await page.getByRole('button', { name: 'Sound on' }).click()
  await expect(page.getByRole('button', { name: 'Sound off' })).toHaveAttribute('aria-pressed', 'false')
  await blockAll(station.client, false)
  await blockAll(station.client, true)
  await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('1 not seen')
  expect(await tones()).toBe(3)
  await page.reload()
  await open(page)
  await page.getByRole('button', { name: 'Sound off' }).click()
  await expect(page.getByRole('button', { name: 'Sound on' })).toBeVisible()
})

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious, ${scheme}`, async ({ page, station }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await open(page)
    await blockAll(station.client, true)
    await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('1 not seen')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })
}

test('an alert of one’s own is asked for, raised, and taken back', async ({ page, station }) => {
  const { client } = station
  await client.health.setOwnAlerts({ items: [] })
  await open(page)
  await page.getByRole('button', { name: 'New alert' }).click()
  const sheet = page.getByRole('dialog', { name: 'New alert' })
  await page.keyboard.press('Enter')
  await expect(sheet.getByRole('alert')).toHaveText('It needs a name')
  await sheet.getByLabel('Name').fill('Bitcoin moves')
  await sheet.getByLabel('Symbol').fill('nosuchusdt')
  await sheet.getByLabel('Bound, USDT').fill('1')
  await sheet.getByRole('button', { name: 'Make alert' }).click()
  await expect(sheet.getByRole('alert')).toContainText('was NOSUCHUSDT')
  await sheet.getByLabel('Symbol').fill('btcusdt')
  await sheet.getByRole('button', { name: 'Make alert' }).click()
  await expect(sheet).toBeHidden()
  const { items } = await client.health.ownAlerts()
  expect(items).toEqual([
    { name: 'Bitcoin moves', kind: 'price_above', symbol: 'BTCUSDT', bound: 1, severity: 'warning' },
  ])
  await expect(page.getByRole('table', { name: 'Alerts' })).toContainText('Bitcoin moves: BTCUSDT at')
  await page.getByRole('button', { name: 'Remove Bitcoin moves' }).click()
  await expect.poll(async () => (await client.health.ownAlerts()).items).toEqual([])
  await expect.poll(async () => (await standing(client)).filter(({ code }) => code === 'own_alert')).toEqual([])
})
