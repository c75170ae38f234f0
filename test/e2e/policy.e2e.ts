/** Policy: every write from the screen, and what the station has in force after it. */
import type { Page } from '@playwright/test'

import { expect, test, type StationClient } from './station.ts'

const policyOf = async (client: StationClient) => (await client.policy.get()).policy
const leverageOf = async (client: StationClient): Promise<number> =>
  (await client.policy.rules()).rules.profiles.NORMAL.max_leverage

async function open(page: Page, part = ''): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/policy/${part}`)
  await expect(page.getByRole('navigation', { name: 'Parts of the policy' })).toBeVisible()
}

test.beforeEach(async ({ station }) => {
  await station.client.policy.reset({})
})

test('a number is edited: previewed first, written with its reason, held, released, and taken back', async ({
  page,
  station,
}) => {
  await open(page)
  await page.getByRole('button', { name: 'Edit Positions' }).click()
  const sheet = page.getByRole('dialog', { name: 'Positions' })
  await sheet.getByLabel('New value').fill('6')
  await expect(sheet.getByRole('list', { name: 'Limits in force after it' })).toContainText('10 → 6')
  expect((await policyOf(station.client)).max_positions).toBe(10)
  await sheet.getByLabel('Reason').fill('thin book')
  await sheet.getByRole('button', { name: /Save positions/ }).click()
  await expect(sheet).toBeHidden()
  const written = await policyOf(station.client)
  expect(written).toMatchObject({ max_positions: 6, reason: 'thin book' })
  expect(written.sources['max_positions']).toMatchObject({ actor: 'user', hold: 6 })

  const row = page.getByRole('row', { name: /Positions/ })
  await expect(row).toContainText('held at 6')
  await row.getByRole('button', { name: 'Release Positions' }).click()
  await expect(row).toContainText('not held')
  expect((await policyOf(station.client)).sources['max_positions']?.hold).toBeNull()

  await page.getByRole('button', { name: 'Edit Trades a day' }).click()
  await page.getByLabel('New value').fill('12')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await policyOf(station.client)).max_daily_trades).toBe(12)
  await page.getByRole('listitem').filter({ hasText: 'Trades a day' }).getByRole('button', { name: /Undo/ }).click()
  await expect.poll(async () => (await policyOf(station.client)).max_daily_trades).toBe(30)
})

test('a number out of bounds is not saved, and says what was expected in the unit it was typed in', async ({
  page,
  station,
}) => {
  const { version } = await policyOf(station.client)
  await open(page)
  await page.getByRole('button', { name: 'Edit Risk per trade' }).click()
  await page.getByLabel('New value').fill('9')
  await expect(page.getByRole('alert').filter({ hasText: 'at most' })).toContainText(/5\s%.*9\s%/)
  await expect(page.getByRole('button', { name: /Save risk per trade/ })).toBeDisabled()
  await page.getByLabel('New value').fill('a lot')
  await expect(page.getByRole('dialog').getByText('must be a number, was “a lot”')).toBeVisible()
  await page.keyboard.press('Escape')
  expect((await policyOf(station.client)).version).toBe(version)
})

test('a list is restricted, changed and opened again', async ({ page, station }) => {
  await open(page)
  await page.getByRole('button', { name: 'Edit Blocked strategies' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Add', { exact: true }).fill('momentum_x')
  await sheet.getByLabel('Add', { exact: true }).press('Enter')
  await sheet.getByRole('button', { name: /Save blocked/ }).click()
  await expect.poll(async () => (await policyOf(station.client)).blocked_strategies).toEqual(['momentum_x'])

  await page.getByRole('button', { name: 'Edit Allowed symbols' }).click()
  await sheet.getByRole('button', { name: 'Only these' }).click()
  await sheet.getByRole('button', { name: 'Remove BTCUSDT', exact: true }).click()
  await sheet.getByRole('button', { name: /Save allowed symbols/ }).click()
  await expect.poll(async () => (await policyOf(station.client)).allowed_symbols?.includes('ETHUSDT')).toBe(true)
  expect((await policyOf(station.client)).allowed_symbols).not.toContain('BTCUSDT')
  await expect(page.getByRole('main').getByText('more', { exact: false })).toBeVisible()

  await page.getByRole('button', { name: 'Edit Allowed symbols' }).click()
  await sheet.getByRole('button', { name: 'No restriction' }).click()
  await sheet.getByRole('button', { name: /Save allowed symbols/ }).click()
  await expect.poll(async () => (await policyOf(station.client)).allowed_symbols).toBeNull()
})

test('who changed it meanwhile is told, and mine is written over it only when asked for', async ({ page, station }) => {
  await open(page)
  await page.getByRole('button', { name: 'Edit Positions' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('New value').fill('6')
  await station.client.policy.change({ max_positions: 4, reason: 'exam season' })
  await sheet.getByRole('button', { name: /Save positions/ }).click()
  await expect(sheet.getByText(/10 → 4 by .* “exam season”/)).toBeVisible()
  expect((await policyOf(station.client)).max_positions).toBe(4)
  await sheet.getByRole('button', { name: 'Write mine over it' }).click()
  await expect.poll(async () => (await policyOf(station.client)).max_positions).toBe(6)
})

test('a profile is refused with every bad field named at its field, and saved when it holds', async ({
  page,
  station,
}) => {
  const before = await leverageOf(station.client)
  await open(page, 'profiles')
  const leverage = page.getByLabel('NORMAL: leverage', { exact: true })
  const risk = page.getByLabel('DEFENSIVE: risk per trade', { exact: true })
  await leverage.fill('200')
  await risk.fill('9')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(leverage).toHaveAccessibleDescription(/1…125, was 200/)
  await expect(risk).toHaveAccessibleDescription(/at most 5\s%, was 9\s%/)
  expect(await leverageOf(station.client)).toBe(before)

  await risk.fill('0.75')
  await leverage.fill('4')
  await page.getByLabel('Reason').fill('calmer')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(() => leverageOf(station.client)).toBe(4)
  expect((await policyOf(station.client)).effective.max_leverage.value).toBe(4)

  await page.getByRole('button', { name: 'Reset NORMAL: leverage' }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(() => leverageOf(station.client)).toBe(before)
})

test('what a change of the rules would do is said before it is saved', async ({ page, station }) => {
  const before = await leverageOf(station.client)
  await station.openPosition('BTCUSDT', 'LONG', 400)
  const resting = await station.restEntry('ETHUSDT')
  await open(page, 'profiles')
  await page.getByLabel('NORMAL: leverage', { exact: true }).fill('4')
  const told = page.getByRole('status', { name: 'What it would do' })
  await expect(told).toContainText(`leverage ${before}× → 4×`)
  await expect(told).toContainText('0 positions exceed it')
  await page.getByLabel('DEFENSIVE: position size', { exact: true }).fill('2')
  await page.getByLabel('NORMAL: position size', { exact: true }).fill('2')
  await expect(told).toContainText('1 position exceeds it (BTCUSDT), kept.')
  await page.getByRole('button', { name: 'Discard' }).click()

  await open(page, 'limits')
  await page.getByLabel('Exposure', { exact: true }).fill('0.05')
  await expect(told).toContainText('Nothing is closed.')
  await expect(told).toContainText(/exposure of 0.0\d× is over 0.05×: nothing is added until it is less/)
  const { items } = await station.client.orders.working()
  expect(items.some((order) => order.client_order_id === resting)).toBe(true)
  expect(await leverageOf(station.client)).toBe(before)
  await page.getByRole('button', { name: 'Discard' }).click()
  await station.client.positions.flatten({ reason: 'end of the spec' })
})

test('a guard limit is changed, marked, filtered and reset to its default', async ({ page, station }) => {
  const heat = async (): Promise<number> => (await station.client.policy.rules()).rules.guard.max_heat
  await open(page, 'limits')
  await page.getByLabel('Loss if all stops hit', { exact: true }).fill('5')
  await page.getByLabel('Loosens after', { exact: true }).fill('20')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(heat).toBe(0.05)
  expect((await station.client.policy.rules()).rules.governor.loosen_after_ms).toBe(1_200_000)
  await page.getByRole('button', { name: 'Changed only' }).click()
  await expect(page.getByLabel('Entries a minute', { exact: true })).toBeHidden()
  await page.getByRole('button', { name: 'Reset Loss if all stops hit' }).click()
  await page.getByRole('button', { name: 'Reset Loosens after' }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(heat).toBe(0.06)
})

test('history: two versions are compared, one is rolled back to, one is undone', async ({ page, station }) => {
  const { client } = station
  const first = (await client.policy.change({ max_positions: 7, reason: 'seven' })).policy.version
  await client.policy.change({ max_daily_trades: 21, reason: 'twenty-one' })
  await open(page, 'history')
  const list = page.getByRole('grid', { name: 'Versions of the policy' })
  await list.getByText('Positions 10 → 7').click()
  await expect(page.getByRole('heading', { name: `Policy ${first}`, exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: `Changes of policy ${first}` })).toContainText('Positions107')

  await page.getByLabel('Version to compare with').fill(String(first + 1))
  await expect(page.getByRole('table', { name: `From policy ${first} to ${first + 1}` })).toContainText(
    'Trades a day3021',
  )

  await page.getByRole('button', { name: `Roll back to ${first}` }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('table', { name: 'What would change' })).toContainText('Trades a day2130')
  expect((await policyOf(client)).max_daily_trades).toBe(21)
  await sheet.getByRole('button', { name: `Roll back to ${first}` }).click()
  await expect.poll(async () => (await policyOf(client)).max_daily_trades).toBe(30)
  expect((await policyOf(client)).max_positions).toBe(7)

  await page.getByRole('button', { name: `Undo ${first}` }).click()
  await sheet.getByRole('button', { name: `Undo ${first}` }).click()
  await expect.poll(async () => (await policyOf(client)).max_positions).toBe(10)
})

test('the mode is pinned with a reason and an end, and released', async ({ page, station }) => {
  await open(page)
  await page.getByRole('button', { name: '24 h' }).click()
  await page.getByRole('region', { name: 'Pin' }).getByLabel('Reason').fill('FOMC')
  await page.getByRole('button', { name: 'Pin NORMAL' }).click()
  await expect.poll(async () => (await policyOf(station.client)).pin?.reason).toBe('FOMC')
  const { pin } = await policyOf(station.client)
  expect(Date.parse(pin?.until ?? '') - Date.parse(pin?.at ?? '')).toBeGreaterThan(23.9 * 3_600_000)
  await page.getByRole('button', { name: 'Release pin' }).click()
  await expect.poll(async () => (await policyOf(station.client)).pin).toBeNull()
})

test('the whole policy is copied as JSON', async ({ page, station, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page)
  await page.getByRole('button', { name: 'Copy as JSON' }).click()
  await expect(page.getByText(/copied as JSON/)).toBeVisible()
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { version: number }
  expect(copied.version).toBe((await policyOf(station.client)).version)
})
