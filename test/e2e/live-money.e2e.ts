/** Real money, from the first key to none: what a person sees, what the exchange has, and what is left on the disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'

import { expect, GOOD_KEY, SYMBOL, test, THIEF_KEY } from './venue.ts'

test.describe.configure({ mode: 'serial', timeout: 60_000 })

const ARRIVAL_MS = 30_000
const PRICE_EVERY_MS = 400
const NOTIONAL = '120'

/** A market that moves, between two ticks: prices stay fresh. */
let market: NodeJS.Timeout
test.beforeAll(({ venue }) => {
  let step = 0
  market = setInterval(() => venue.moveTo(SYMBOL, 100 + (step++ % 2) / 100), PRICE_EVERY_MS)
})
test.afterAll(() => clearInterval(market))

const open = async (page: Page, screen: string): Promise<void> => {
  await page.evaluate((hash) => (location.hash = hash), `#/${screen}`)
}
const strip = (page: Page): Locator => page.getByRole('banner')

async function addKey(page: Page, key: { readonly api_key: string; readonly secret: string }): Promise<Locator> {
  await page.getByRole('button', { name: 'Add key…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a key' })
  await sheet.getByRole('group', { name: 'Account' }).getByRole('button', { name: 'Live', exact: true }).click()
  await sheet.getByLabel('API key').fill(key.api_key)
  await sheet.getByLabel('Secret').fill(key.secret)
  await sheet.getByRole('button', { name: 'Try and keep it' }).click()
  return sheet
}

/** Files below the folder that have the text in them, as it is or as it is written in JSON. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = join(folder, name)
    return statSync(file).isFile() && readFileSync(file).includes(text)
  })
}

test('a key that could withdraw is refused for real money, and nothing of it is kept', async ({ page, station }) => {
  await open(page, 'connections')
  const sheet = await addKey(page, THIEF_KEY)
  await expect(sheet.getByRole('list', { name: 'Findings' })).toContainText('can withdraw')
  await expect(sheet).toContainText('Not kept')
  await page.keyboard.press('Escape')
  expect((await station.client.keys.list()).items).toEqual([])
  expect([filesWith(station.folder, THIEF_KEY.secret), filesWith(station.folder, THIEF_KEY.api_key)]).toEqual([[], []])
})

test('a good key, two limits and the words lead to real money, and the strip says so wherever one looks', async ({
  page,
  station,
}) => {
  await open(page, 'connections')
  await expect(await addKey(page, GOOD_KEY)).toBeHidden()
  expect(filesWith(station.folder, GOOD_KEY.secret)).toEqual(['keys.json'])
  await page.getByRole('button', { name: 'Change the place…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Change the place' })
  await sheet.getByRole('radio', { name: /^LIVE/ }).check()
  await sheet.getByLabel('Largest order').fill('150')
  await sheet.getByLabel('Most lost in a day').fill('40')
  const verb = sheet.getByRole('button', { name: 'Trade real money' })
  await sheet.getByLabel('Type TRADE REAL MONEY').fill('TRADE REAL MONE')
  await expect(verb).toBeDisabled()
  await sheet.getByLabel('Type TRADE REAL MONEY').fill('TRADE REAL MONEY')
  const leave = sheet.getByRole('checkbox', { name: 'Leave them as they are' })
  if (await leave.isVisible()) await leave.check()
  await verb.click()
  await expect(strip(page)).toContainText('LIVE', { timeout: ARRIVAL_MS })
  await expect(strip(page)).toContainText('real money')
  for (const screen of ['bridge', 'market', 'journal', 'policy']) {
    await open(page, screen)
    await expect(strip(page)).toContainText('real money')
  }
  expect((await station.client.places.get()).here).toBe('live')
  expect((await station.client.policy.rules()).rules.guard).toMatchObject({
    max_order_notional_usd: 150,
    max_daily_loss_usd: 40,
  })
})

test('an order by hand: over the limit it is denied, within it is held with a stop that stands at the exchange', async ({
  page,
  station,
  venue,
}) => {
  await station.until(async () => (await station.client.station.status()).entries_off === null)
  await open(page, `market/${SYMBOL}`)
  await expect(page.getByRole('form', { name: `Order on ${SYMBOL}` })).toBeVisible()
  await page.keyboard.press('t')
  const verdict = page.getByRole('status', { name: 'Verdict of the guard' })
  await page.getByLabel('Size', { exact: true }).fill('900')
  await page.getByLabel('Stop', { exact: true }).fill('3%')
  await expect(verdict).toContainText(/150|largest order/i)
  expect(venue.exchange.account.trades).toEqual([])
  await page.getByLabel('Size', { exact: true }).fill(NOTIONAL)
  await expect(verdict).toContainText('Would be approved')
  await page.keyboard.press('Enter')
  await station.until(() => station.isHeld(SYMBOL))
  await expect.poll(() => venue.exchange.account.position(SYMBOL).amount.toNumber()).toBeGreaterThan(1)
  await expect.poll(() => venue.exchange.algos.allLive().length).toBeGreaterThan(0)
  const [stop] = venue.exchange.algos.allLive()
  expect([stop?.symbol, stop?.reduceOnly]).toEqual([SYMBOL, true])

  await open(page, `bridge?position=${SYMBOL}`)
  const card = page.getByRole('dialog', { name: `Position ${SYMBOL}` })
  await expect(card.getByRole('table', { name: 'Protection' }).getByRole('row', { name: /Stop/ })).toContainText(
    /stands|live|held/i,
  )
})

test('the kill switch closes everything, with the exchange as its witness', async ({ page, station, venue }) => {
  await open(page, 'bridge')
  await page.getByLabel('Close all positions too').check()
  await page.getByRole('button', { name: /Stop trading/ }).hover()
  await page.mouse.down()
  await expect(page.getByText(/^Flat: /)).toBeVisible({ timeout: 15_000 })
  await page.mouse.up()
  const { report } = await station.client.positions.lastFlatten()
  expect(report).toMatchObject({ proven: true, remaining: [] })
  const { account, algos, orders } = venue.exchange
  expect(account.position(SYMBOL).amount.isZero()).toBe(true)
  await expect.poll(() => algos.allLive().length + orders.allOpen().length).toBe(0)
  await expect(page.getByRole('alert').getByText('Trading stopped')).toBeVisible()
})

test('back on paper the key is removed, and nothing of it is left on the disk', async ({ page, station }) => {
  await open(page, 'connections')
  await page.getByRole('button', { name: 'Change the place…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Change the place' })
  await sheet.getByRole('radio', { name: /Paper on live prices/ }).check()
  await sheet.getByRole('button', { name: 'Go to Paper on live prices' }).click()
  await expect(strip(page)).not.toContainText('real money', { timeout: ARRIVAL_MS })
  await expect.poll(async () => (await station.client.places.get()).here, { timeout: ARRIVAL_MS }).toBe('paper')
  await page.getByRole('button', { name: 'Remove the Live key' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the key' }).click()
  await expect.poll(async () => (await station.client.keys.list()).items).toEqual([])
  const secrets = [GOOD_KEY.secret, GOOD_KEY.api_key, THIEF_KEY.secret, THIEF_KEY.api_key]
  expect(secrets.flatMap((secret) => filesWith(station.folder, secret))).toEqual([])
})
