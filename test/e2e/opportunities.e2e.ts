/** Ranking: filtered, sorted, explained, ranked on demand; weights tried live and saved; what is left out and what is allowed. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test, type StationClient } from './station.ts'

test.use({ stationOptions: { speed: 20, seed: 3, flags: [] } })

const rankingOf = async (client: StationClient) => {
  const { ranking } = await client.opportunities.ranking()
  if (ranking === null) throw new Error('nothing is ranked')
  return ranking
}
const rankerOf = async (client: StationClient) => (await client.policy.rules()).rules.ranker
const rows = (page: Page) => page.getByRole('grid', { name: 'Ranking' }).locator('tbody tr[aria-rowindex]')
const firstSymbol = (page: Page) => rows(page).first().getByRole('rowheader')

async function open(page: Page, query = ''): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/opportunities${query}`)
  await expect(page.getByRole('grid', { name: 'Ranking' })).toBeVisible()
}

test.beforeEach(async ({ station }) => {
  const { client } = station
  const { defaults } = await client.policy.rules()
  await client.policy.changeRules({ rules: { ranker: defaults.ranker } })
  await client.policy.change({ allowed_symbols: null })
  await client.opportunities.rank({})
})

test('every symbol stands in the order of its score, with its components', async ({ page, station }) => {
  await open(page)
  const { columns } = await rankingOf(station.client)
  await expect(page.getByRole('grid', { name: 'Ranking' })).toHaveAttribute(
    'aria-rowcount',
    String(columns.symbol.length + 1),
  )
  for (const [row, symbol] of columns.symbol.slice(0, 5).entries()) {
    await expect(rows(page).nth(row).getByRole('rowheader')).toContainText(symbol)
    await expect(rows(page).nth(row)).toContainText((columns.score[row] ?? 0).toFixed(2))
  }
  // rows are drawn only where they are seen
  expect(await rows(page).count()).toBeLessThan(columns.symbol.length)
})

test('rank now ranks now', async ({ page, station }) => {
  await open(page)
  const before = await rankingOf(station.client)
  await page.getByRole('button', { name: 'Rank now' }).click()
  await expect.poll(async () => (await rankingOf(station.client)).at).not.toBe(before.at)
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText(
    `${before.columns.symbol.length} symbols ranked`,
  )
})

test('a typed filter narrows it, a wrong one says what is wrong', async ({ page, station }) => {
  await open(page)
  const { columns } = await rankingOf(station.client)
  const field = page.getByRole('textbox', { name: 'Filter symbols' })
  await page.keyboard.press('/')
  const [, , , , , fifth = 0] = columns.trend_strength.toSorted((a, b) => b - a)
  await field.fill(`trend:>=${fifth.toFixed(2)} liquidity:0.1..1`)
  const wanted = columns.symbol.filter(
    (_, row) => (columns.trend_strength[row] ?? 0) >= Number(fifth.toFixed(2)) && (columns.liquidity[row] ?? 0) >= 0.1,
  )
  expect(wanted.length).toBeGreaterThan(0)
  await expect(page.getByText(`${wanted.length} of ${columns.symbol.length} ranked`)).toBeVisible()
  await expect(firstSymbol(page)).toContainText(wanted[0] ?? '')
  await field.fill('trnd:>0.8')
  await expect(page.getByText('Did you mean “trend:”?')).toBeVisible()
  await field.fill('')
})

test('sorts by any component', async ({ page, station }) => {
  await open(page)
  const { columns } = await rankingOf(station.client)
  await page.getByRole('grid', { name: 'Ranking' }).getByRole('button', { name: 'Trend' }).click()
  const best = Math.max(...columns.trend_strength)
  await expect(rows(page).first()).toContainText(best.toFixed(2))
})

test('a symbol: why it scores so, how its score went, and its chart', async ({ page, station }) => {
  await open(page)
  const { columns, weights } = await rankingOf(station.client)
  const symbol = columns.symbol[2] ?? ''
  await rows(page).nth(2).click()
  const details = page.getByRole('complementary', { name: `Details of ${symbol}` })
  const product = (columns.trend_strength[2] ?? 0) * (weights['trend_strength'] ?? 0)
  await expect(details).toContainText(product.toFixed(3))
  await expect(details).toContainText((columns.score[2] ?? 0).toFixed(3))
  const { score } = await station.client.opportunities.history({ symbol })
  expect(score.at(-1)).toBeCloseTo(columns.score[2] ?? 0, 3)
  await page.getByRole('grid', { name: 'Ranking' }).focus()
  await page.keyboard.press('c')
  await expect(page).toHaveURL(new RegExp(`#/market/${symbol}`))
})

test('weights are tried live, nothing is written until they are saved, and the save can be undone', async ({
  page,
  station,
}) => {
  const { client } = station
  await open(page)
  const before = await rankerOf(client)
  await page.keyboard.press('w')
  const panel = page.getByRole('complementary', { name: 'Weights' })
  await panel.getByRole('textbox', { name: 'Trend, weight' }).fill('0.9')
  await expect(page.getByText('Not saved: as it would be.')).toBeVisible()
  await expect(panel.getByRole('status')).toContainText('nothing is saved yet')
  const weights = await panel
    .getByRole('slider')
    .evaluateAll((sliders) => sliders.map((slider) => Number((slider as HTMLInputElement).value)))
  expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2)
  expect(await rankerOf(client)).toEqual(before)
  const trendOnly = Object.fromEntries(
    Object.keys(before.weights).map((name) => [name, name === 'trend_strength' ? 1 : 0]),
  )
  const tried = (await client.opportunities.preview({ weights: trendOnly })).ranking
  await panel.getByRole('textbox', { name: 'Trend, weight' }).fill('1')
  await expect(firstSymbol(page)).toContainText(tried.columns.symbol[0] ?? '')

  await panel.getByLabel('Reason').fill('trend only')
  await panel.getByRole('button', { name: 'Save weights' }).click()
  await expect.poll(async () => (await rankerOf(client)).weights['trend_strength']).toBe(1)
  expect((await client.policy.get()).policy).toMatchObject({ reason: 'trend only', updated_by: 'user' })
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(async () => (await rankerOf(client)).weights).toEqual(before.weights)
})

test('weights that are discarded leave everything as it was', async ({ page, station }) => {
  await open(page, '?show=weights')
  const before = await rankerOf(station.client)
  const panel = page.getByRole('complementary', { name: 'Weights' })
  await panel.getByRole('textbox', { name: 'Least score' }).fill('0.9')
  await expect(page.getByText('Not saved: as it would be.')).toBeVisible()
  await panel.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByText('Not saved: as it would be.')).toBeHidden()
  expect(await rankerOf(station.client)).toEqual(before)
})

test('what is left out says why', async ({ page, station }) => {
  const { client } = station
  await client.policy.changeRules({ rules: { ranker: { min_quote_volume_24h: 100_000_000 } } })
  const { ranking } = await client.opportunities.rank({})
  const out = ranking.columns.filtered.filter((each) => each !== null).length
  expect(out).toBeGreaterThan(0)
  await open(page)
  await page.getByRole('button', { name: /left out$/ }).click()
  const aside = page.getByRole('complementary', { name: 'Left out' })
  await expect(aside.getByRole('heading', { name: `Filtered, ${out}` })).toBeVisible()
  await expect(aside.getByRole('row').first()).toContainText(/volume .*, needs 100.00.M/)
})

test('a line stands where “allowed” ends, with who has set it', async ({ page, station }) => {
  const { client } = station
  const { columns } = await rankingOf(client)
  const list = columns.symbol.slice(0, 4)
  const { policy } = await client.policy.change({ allowed_symbols: list })
  await open(page)
  await expect(page.locator('tr.cut')).toContainText(
    new RegExp(`Allowed from \\d\\.\\d\\d up: 4 symbols, set by .* in policy ${policy.version}`),
  )
})

test('rows are copied as CSV', async ({ page, station, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page)
  await page.getByRole('button', { name: 'Copy as CSV' }).click()
  await expect(page.getByText(/rows copied as CSV/)).toBeVisible()
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\r\n')
  const { columns } = await rankingOf(station.client)
  expect(lines).toHaveLength(columns.symbol.length + 1)
  expect(lines[0]).toContain('symbol,moved,score,trend_strength')
})

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    for (const query of ['', '?show=weights', '?show=left-out']) {
      await open(page, query)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    }
  })
}
