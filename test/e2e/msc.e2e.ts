/** MSC: runs on demand, advises under a pin, tightens against it only where its weight has risen, begins its evidence anew. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test, type StationClient } from './station.ts'

test.use({ stationOptions: { speed: 20, seed: 7, flags: [], movesItself: true } })

const policyOf = async (client: StationClient) => (await client.policy.get()).policy

async function open(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/msc'))
  await expect(page.getByRole('table', { name: 'Seven votes' })).toBeVisible()
}

/** Every drawdown speaks, and loud: what the market does cannot take it back. */
const LOUD_DRAWDOWN = {
  msc: {
    thresholds: { drawdown_aggressive_pct: 0, drawdown_mild_pct: 0, drawdown_clear_pct: 0, drawdown_severe_pct: 0 },
    weights: { drawdown_mild: 5, drawdown_clear: 5, drawdown_severe: 5 },
  },
}

let defaults: Awaited<ReturnType<StationClient['policy']['rules']>>['defaults']

test.beforeEach(async ({ station }) => {
  const { client } = station
  defaults = (await client.policy.rules()).defaults
  if ((await policyOf(client)).pin !== null) await client.policy.unpin({})
  const { thresholds, weights } = defaults.msc
  await client.policy.changeRules({ rules: { msc: { thresholds, weights } } })
  await client.policy.reset({})
})

test('runs now: the votes with their readings, the run in the list, what it would write', async ({ page, station }) => {
  await open(page)
  const before = (await station.client.msc.history({ limit: 50 })).items.length
  await page.getByRole('button', { name: /^Run now/ }).click()
  await expect.poll(async () => (await station.client.msc.history({ limit: 50 })).items.length).toBeGreaterThan(before)
  const {
    items: [run],
  } = await station.client.msc.history({ limit: 1 })
  expect(run?.trigger).toBe('manual')
  const votes = page.getByRole('table', { name: 'Seven votes' })
  await expect(votes.getByRole('row')).toHaveCount(9)
  for (const voter of ['Drawdown', 'Win rate', 'Equity slope', 'Regime', 'Volatility', 'Losses in a row'])
    await expect(votes.getByRole('rowheader', { name: voter })).toBeVisible()
  await expect(votes).toContainText(`needs ${run?.aggressive_needed}`)
  await expect(page.getByText(/by hand,/)).toBeVisible()
  const runs = page.getByRole('grid', { name: 'Runs of MSC' })
  await expect(runs.getByRole('row').nth(1)).toContainText('by hand')
  await expect(page.getByRole('heading', { name: /What it (would write|wrote)/ })).toBeVisible()
})

test('R runs it as well, and an earlier run is looked at', async ({ page, station }) => {
  await open(page)
  const first = (await station.client.msc.evaluate({})).evaluation
  await page.getByRole('main').focus()
  await page.keyboard.press('r')
  await expect.poll(async () => (await station.client.msc.status()).evaluation?.trace_id).not.toBe(first.trace_id)
  await page.evaluate((id) => (location.hash = `#/msc/${id}`), first.trace_id)
  await page.getByRole('button', { name: 'Show the latest run' }).click()
  await expect(page.getByRole('button', { name: 'Show the latest run' })).toBeHidden()
})

test('under a pin the advice is shown, the mode is kept, and numbers only tighten', async ({ page, station }) => {
  const { client } = station
  await client.policy.setRiskMode({ mode: 'AGGRESSIVE', pin_until: null, reason: 'I know better' })
  const pinned = await policyOf(client)
  await open(page)
  await page.getByRole('button', { name: /^Run now/ }).click()
  await expect.poll(async () => (await client.msc.status()).evaluation?.result).toBe('held_by_pin')
  const after = await policyOf(client)
  expect(after).toMatchObject({ risk_mode: 'AGGRESSIVE', pin: { reason: 'I know better' } })
  const { targets } = defaults.msc
  expect(after.max_positions).toBe(Math.min(pinned.max_positions, targets.NORMAL.max_positions))
  expect(after.max_daily_trades).toBe(Math.min(pinned.max_daily_trades, targets.NORMAL.max_daily_trades))
  expect(after.max_risk_per_trade).toBe(Math.min(pinned.max_risk_per_trade, targets.NORMAL.max_risk_per_trade))
  expect(after.global_min_confidence).toBeGreaterThanOrEqual(pinned.global_min_confidence)

  const asked = page.getByRole('group', { name: 'Risk mode' }).getByRole('button', { name: /^NORMAL/ })
  await expect(asked).toContainText('MSC asks')
  await expect(asked).toHaveAttribute('data-advised', 'true')
  await expect(page.getByRole('button', { name: /^AGGRESSIVE/ })).toContainText('Pinned, no end')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/MSC asks for\s*NORMAL/)
  await expect(page.getByRole('grid', { name: 'Runs of MSC' }).getByRole('row').nth(1)).toContainText('pinned')

  await page.keyboard.press('1')
  await expect(page.getByRole('main')).toContainText(/Asks for\s*NORMAL/)
})

test('against a pin the mode tightens only once the weight has risen since and is five', async ({ page, station }) => {
  const { client } = station
  await client.msc.evaluate({})
  await client.policy.setRiskMode({ mode: 'AGGRESSIVE', pin_until: null })
  await client.msc.evaluate({})
  expect((await policyOf(client)).risk_mode).toBe('AGGRESSIVE')
  await client.policy.changeRules({
    rules: { msc: { ...LOUD_DRAWDOWN.msc, weights: { drawdown_mild: 4, drawdown_clear: 4, drawdown_severe: 4 } } },
  })
  await open(page)
  await page.getByRole('button', { name: /^Run now/ }).click()
  await expect.poll(async () => (await client.msc.status()).evaluation?.defensive_weight).toBe(4)
  expect((await policyOf(client)).risk_mode).toBe('AGGRESSIVE')

  await client.policy.changeRules({ rules: LOUD_DRAWDOWN })
  await page.getByRole('button', { name: /^Run now/ }).click()
  await expect.poll(async () => (await policyOf(client)).risk_mode).toBe('DEFENSIVE')
  expect((await policyOf(client)).pin).not.toBeNull()
  expect((await policyOf(client)).sources['risk_mode']?.actor).toBe('msc')
  await expect(page.getByRole('button', { name: /^DEFENSIVE/ })).toHaveAttribute('aria-pressed', 'true')
})

test('what MSC has written is rolled back from the history', async ({ page, station }) => {
  const { client } = station
  await client.policy.setRiskMode({ mode: 'AGGRESSIVE' })
  const { version } = await policyOf(client)
  await client.policy.changeRules({ rules: LOUD_DRAWDOWN })
  await client.msc.evaluate({})
  expect((await policyOf(client)).risk_mode).toBe('DEFENSIVE')
  await page.evaluate((at) => (location.hash = `#/policy/history/${at}`), version)
  await page.getByRole('button', { name: `Roll back to ${version}` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Roll back to ${version}` })
    .click()
  await expect.poll(async () => (await policyOf(client)).risk_mode).toBe('AGGRESSIVE')
  expect((await policyOf(client)).sources['risk_mode']?.actor).toBe('user')
})

test('the evidence begins anew only with a reason', async ({ page, station }) => {
  await open(page)
  await page.getByRole('button', { name: /^Begin evidence anew/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Begin the evidence anew' })
  await sheet.getByRole('button', { name: /^Begin anew/ }).click()
  await expect(sheet).toBeVisible()
  const before = (await station.client.msc.status()).system_health.rebased_at
  await sheet.getByLabel('Reason').fill('new strategy set')
  await page.keyboard.press('Enter')
  await expect(sheet).toBeHidden()
  await expect.poll(async () => (await station.client.msc.status()).system_health.rebased_at).not.toBe(before)
})

test('shows scores, modes over time, time per mode, and what would change the mode', async ({ page, station }) => {
  await open(page)
  const { rankings } = await station.client.msc.strategies()
  for (const { strategy_name: name } of rankings)
    await expect(page.getByRole('rowheader', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Time in each mode' })).toContainText('NORMAL')
  await expect(
    page.getByRole('region', { name: 'What would change the mode' }).getByRole('listitem').first(),
  ).toBeVisible()
  await expect(page.getByRole('img', { name: /^In force: / })).toBeVisible()
  await page.getByRole('region', { name: 'Modes' }).getByRole('button', { name: '7 d' }).click()
  await expect(page.getByRole('img', { name: /^Equity and price from/ })).toBeVisible()
})

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await open(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })
}
