/** Rules that set a mode: made on the screen, firing on the station's clock, changed, switched off, deleted. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test, type StationClient } from './station.ts'

test.use({ stationOptions: { speed: 20, seed: 9, flags: [] } })

const MINUTES_PER_DAY = 1440
const modeOf = async (client: StationClient) => (await client.policy.get()).policy
const rulesOf = async (client: StationClient) => (await client.policy.rules()).rules

async function open(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/policy/rules'))
  await expect(page.getByRole('heading', { name: 'Rules', exact: true })).toBeVisible()
}

/** `22:05`, so many minutes from now on the station's clock */
async function clockIn(client: StationClient, minutes: number): Promise<{ text: string; minute: number }> {
  const now = new Date((await client.station.status()).now)
  const minute = (now.getUTCHours() * 60 + now.getUTCMinutes() + minutes) % MINUTES_PER_DAY
  const two = (value: number): string => String(value).padStart(2, '0')
  return { text: `${two(Math.floor(minute / 60))}:${two(minute % 60)}`, minute }
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]

test.beforeEach(async ({ station }) => {
  const { client } = station
  await client.station.setSpeed({ speed: 20 })
  await client.policy.changeRules({ rules: { time_rules: [], volatility_rules: [] } })
  if ((await modeOf(client)).pin !== null) await client.policy.unpin({})
  await client.policy.reset({})
})

test('a rule is made, fires when its window opens, and hands back when it closes', async ({ page, station }) => {
  const { client } = station
  await open(page)
  await page.getByRole('button', { name: 'New time rule' }).click()
  const sheet = page.getByRole('dialog', { name: 'New time rule' })
  const [from, to] = [await clockIn(client, 12), await clockIn(client, 60)]
  await sheet.getByLabel('Name').fill('Lunch')
  await sheet.getByRole('button', { name: 'DEFENSIVE' }).click()
  await sheet.getByLabel('From').fill(from.text)
  await sheet.getByLabel('to', { exact: true }).fill(to.text)
  await expect(sheet.getByRole('status')).toContainText(`every day, ${from.text} to ${to.text} UTC`)
  await sheet.getByRole('button', { name: /^Make rule/ }).click()
  await expect(sheet).toBeHidden()
  expect((await rulesOf(client)).time_rules).toEqual([
    {
      name: 'Lunch',
      mode: 'DEFENSIVE',
      days: EVERY_DAY,
      from_minute: from.minute,
      to_minute: to.minute,
      enabled: true,
    },
  ])
  const row = page.getByRole('row', { name: /Lunch/ })
  await expect(row).toContainText('opens')
  await expect(row).toContainText(`${from.text} UTC`)
  expect((await modeOf(client)).risk_mode).toBe('NORMAL')

  await client.station.setSpeed({ speed: 120 })
  await expect.poll(async () => (await modeOf(client)).risk_mode, { timeout: 20_000 }).toBe('DEFENSIVE')
  expect((await modeOf(client)).sources['risk_mode']?.actor).toBe('rule:Lunch')
  await client.station.setSpeed({ speed: 20 })
  await expect(row).toContainText('speaks until')
  await expect(page.getByRole('status').filter({ hasText: 'Lunch' })).toContainText(/asks for\s*DEFENSIVE/)
  await expect(page.getByRole('button', { name: /^DEFENSIVE/ })).toContainText('Set by rule Lunch')

  await client.station.setSpeed({ speed: 300 })
  await expect.poll(async () => (await modeOf(client)).risk_mode, { timeout: 20_000 }).toBe('NORMAL')
})

test('a pin stands above a rule that is open', async ({ page, station }) => {
  const { client } = station
  await client.policy.setRiskMode({ mode: 'NORMAL', pin_until: null })
  const [from, to] = [await clockIn(client, -30), await clockIn(client, 120)]
  await client.policy.changeRules({
    rules: {
      time_rules: [
        {
          name: 'Night',
          mode: 'DEFENSIVE',
          days: EVERY_DAY,
          from_minute: (from.minute + MINUTES_PER_DAY) % MINUTES_PER_DAY,
          to_minute: to.minute,
          enabled: true,
        },
      ],
    },
  })
  await open(page)
  await expect(page.getByRole('status').filter({ hasText: 'Night' })).toContainText('but the pin holds')
  expect((await modeOf(client)).risk_mode).toBe('NORMAL')
  await page.keyboard.press('p')
  await expect.poll(async () => (await modeOf(client)).risk_mode).toBe('DEFENSIVE')
})

test('a volatility rule is made from the palette, changed, switched off and deleted', async ({ page, station }) => {
  const { client } = station
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do anything' }).fill('rule for volatility')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'New volatility rule' })
  await sheet.getByLabel('Name').fill('Storm')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await rulesOf(client)).volatility_rules)
    .toEqual([{ name: 'Storm', mode: 'DEFENSIVE', at_least: 'EXTREME', enabled: true }])

  await page.getByRole('button', { name: 'Edit Storm' }).click()
  const edit = page.getByRole('dialog', { name: 'Rule Storm' })
  await edit.getByRole('button', { name: 'High or extreme' }).click()
  await edit.getByRole('button', { name: /^Save rule/ }).click()
  await expect.poll(async () => (await rulesOf(client)).volatility_rules[0]?.at_least).toBe('HIGH')

  await page.getByRole('checkbox', { name: 'Storm is on' }).click()
  await expect.poll(async () => (await rulesOf(client)).volatility_rules[0]?.enabled).toBe(false)
  await expect(page.getByRole('row', { name: /Storm/ })).toContainText('off')

  await page.getByRole('button', { name: 'Delete Storm' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete rule/ })
    .click()
  await expect.poll(async () => (await rulesOf(client)).volatility_rules).toEqual([])
  await expect(page.getByText('No rule yet.')).toBeVisible()
})

test('a rule without a name, a day or a time is not sent', async ({ page, station }) => {
  await open(page)
  const { version } = await modeOf(station.client)
  await page.keyboard.press('n')
  const sheet = page.getByRole('dialog', { name: 'New time rule' })
  await page.keyboard.press('Enter')
  await expect(sheet.getByRole('alert')).toContainText('name must not be empty')
  await sheet.getByLabel('Name').fill('Night')
  await sheet.getByLabel('From').fill('25:00')
  await expect(sheet.getByRole('alert')).toContainText('times like 22:00')
  await sheet.getByLabel('From').fill('22:00')
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
    await sheet.getByRole('button', { name: day }).click()
  await expect(sheet.getByRole('alert')).toContainText('at least one day')
  await page.keyboard.press('Escape')
  expect((await rulesOf(station.client)).time_rules).toEqual([])
  expect((await modeOf(station.client)).version).toBeGreaterThanOrEqual(version)
})

test('what MSC judges by is changed, refused where it cannot hold, and reset', async ({ page, station }) => {
  const { client } = station
  await page.evaluate(() => (location.hash = '#/policy/msc'))
  const from = page.getByLabel('Drawdown: ▼ from', { exact: true })
  await from.fill('6')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: /drawdown/i })
      .first(),
  ).toBeVisible()
  expect((await rulesOf(client)).msc.thresholds.drawdown_mild_pct).toBe(3)
  await from.fill('4')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(async () => (await rulesOf(client)).msc.thresholds.drawdown_mild_pct).toBe(4)
  await page.getByRole('button', { name: 'Reset Drawdown: ▼ from' }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(async () => (await rulesOf(client)).msc.thresholds.drawdown_mild_pct).toBe(3)
})

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious, ${scheme}`, async ({ page, station }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await station.client.policy.changeRules({
      rules: { volatility_rules: [{ name: 'Storm', mode: 'DEFENSIVE', at_least: 'EXTREME', enabled: false }] },
    })
    await open(page)
    await expect(page.getByRole('row', { name: /Storm/ })).toBeVisible()
    const find = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    }
    expect(await find()).toEqual([])
    await page.getByRole('button', { name: 'New time rule' }).click()
    expect(await find()).toEqual([])
    await page.keyboard.press('Escape')
    await page.evaluate(() => (location.hash = '#/policy/msc'))
    await expect(page.getByLabel('DEFENSIVE from weight', { exact: true })).toBeVisible()
    expect(await find()).toEqual([])
  })
}
