/** Connections: the lines out of the station, its keys, going from place to place, and what others do on the account. */
import type { Locator, Page } from '@playwright/test'

import type { StationUnderTest } from './station.ts'
import { expect, GOOD_KEY, orderPastTheStation, SYMBOL, test, THIEF_KEY } from './venue.ts'

test.setTimeout(90_000)

type PlaceName = Awaited<ReturnType<StationUnderTest['client']['places']['get']>>['here']

const open = async (page: Page): Promise<void> => {
  await page.evaluate(() => (location.hash = '#/connections'))
  await expect(page.getByRole('main', { name: 'Connections' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Reconciliation' })).toBeVisible()
}

const panel = (page: Page, name: string): Locator => page.getByRole('region', { name })

/** Through the contract, for specs that only need to be there. */
async function beAt(station: StationUnderTest, place: PlaceName): Promise<void> {
  if ((await station.client.places.get()).here === place) return
  await haveKey(station)
  await station.client.places.go({ place, leave_open: true })
  await station.until(async () => {
    const told = await station.client.places.get().catch(() => null)
    return told?.here === place && told.going_to === null
  })
}

async function haveKey({ client }: StationUnderTest): Promise<void> {
  const { items } = await client.keys.list()
  if (items.some(({ place }) => place === 'simulated')) return
  await client.keys.add({ place: 'simulated', ...GOOD_KEY })
}

async function typeKey(sheet: Locator, key: { readonly api_key: string; readonly secret: string }): Promise<void> {
  await sheet.getByLabel('API key').fill(key.api_key)
  await sheet.getByLabel('Secret').fill(key.secret)
  await sheet.getByRole('button', { name: 'Try and keep it' }).click()
}

test('the strip and the key 8 lead here; where the station is and how its lines are is what it tells', async ({
  page,
  station,
}) => {
  await beAt(station, 'simulated')
  await page.keyboard.press('8')
  await expect(page.getByRole('main', { name: 'Connections' })).toBeVisible()
  await page.keyboard.press('1')
  await page.getByRole('link', { name: /SIMULATED/ }).click()
  await expect(page).toHaveURL(/#\/connections/)
  await expect(page.getByRole('heading', { level: 1, name: 'Simulated market' })).toBeVisible()
  await expect(panel(page, 'Line to the account')).toContainText('Nothing is signed here')
  await expect(panel(page, 'Streams of the market')).toContainText('No streams')
  await expect(panel(page, 'Dead man’s switch')).toContainText('absent')
  const before = (await station.client.connections.get()).reconciliation?.at ?? ''
  await page.getByRole('button', { name: 'Reconcile now' }).click()
  await expect.poll(async () => (await station.client.connections.get()).reconciliation?.at).not.toBe(before)
  await expect(panel(page, 'Reconciliation')).toContainText('Books and exchange agree')
})

test('a key that could withdraw is refused with its reasons, and nothing of it is kept', async ({ page, station }) => {
  await open(page)
  await page.keyboard.press('n')
  const sheet = page.getByRole('dialog', { name: 'Add a key' })
  await expect(sheet.getByLabel('API key')).toBeFocused()
  await expect(sheet.getByLabel('Secret')).toHaveAttribute('type', 'password')
  await expect(sheet.getByLabel('Secret')).toHaveAttribute('autocomplete', 'off')
  await sheet.getByRole('button', { name: 'Try and keep it' }).click()
  await expect(sheet.getByRole('alert')).toContainText('both: the API key and its secret')
  await typeKey(sheet, THIEF_KEY)
  await expect(sheet.getByRole('list', { name: 'Findings' })).toContainText('can withdraw')
  await expect(sheet).toContainText('Not kept')
  await expect(sheet.getByLabel('Secret')).toHaveValue('')
  expect((await station.client.keys.list()).items).toEqual([])
  await page.keyboard.press('Escape')
  await expect(panel(page, 'Keys')).toContainText('No keys')
})

test('a key that may trade is kept, tested and removed', async ({ page, station }) => {
  await beAt(station, 'simulated')
  const { client } = station
  for (const { place } of (await client.keys.list()).items) await client.keys.remove({ place })
  await open(page)
  await page.getByRole('button', { name: 'Add key…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a key' })
  await sheet.getByRole('group', { name: 'Account' }).getByRole('button', { name: 'Venue here' }).click()
  await typeKey(sheet, GOOD_KEY)
  await expect(sheet).toBeHidden()
  expect((await client.keys.list()).items).toMatchObject([{ place: 'simulated', ending: GOOD_KEY.api_key.slice(-4) }])
  const row = page.getByRole('list', { name: 'Keys', exact: true }).getByRole('listitem').first()
  await expect(row).toContainText(`…${GOOD_KEY.api_key.slice(-4)}`)
  expect(await page.content()).not.toContain(GOOD_KEY.secret)
  await page.getByRole('button', { name: 'Test the Venue here key' }).click()
  await expect(page.getByRole('status', { name: /What the exchange says/ })).toContainText(/Good|May trade/)
  await page.getByRole('button', { name: 'Remove the Venue here key' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the key' }).click()
  await expect.poll(async () => (await client.keys.list()).items).toEqual([])
  await expect(panel(page, 'Keys')).toContainText('No keys')
})

test('real money asks for a key, two limits and the words, letter by letter', async ({ page, station }) => {
  await beAt(station, 'simulated')
  await open(page)
  await page.keyboard.press('g')
  const sheet = page.getByRole('dialog', { name: 'Change the place' })
  await sheet.getByRole('radio', { name: /^LIVE/ }).check()
  const needs = sheet.getByRole('list', { name: /What .* needs/ })
  await expect(needs).toContainText('Keys of the live account')
  const verb = sheet.getByRole('button', { name: 'Trade real money' })
  await expect(verb).toBeDisabled()
  await sheet.getByLabel('Largest order').fill('150')
  await sheet.getByLabel('Most lost in a day').fill('0')
  await sheet.getByLabel('Type TRADE REAL MONEY').fill('trade real money')
  await expect(needs.getByText('(met)')).toHaveCount(1)
  await sheet.getByLabel('Most lost in a day').fill('40')
  await sheet.getByLabel('Type TRADE REAL MONEY').fill('TRADE REAL MONEY')
  await expect(needs.getByText('(met)')).toHaveCount(3)
  await expect(verb).toBeDisabled()
  await sheet.getByRole('button', { name: 'Add its key…' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a key' })).toBeVisible()
  await page.keyboard.press('Escape')
  expect((await station.client.places.get()).here).toBe('simulated')
})

test('the station goes to the venue, the page comes back by itself, and the lines are shown', async ({
  page,
  station,
}) => {
  await beAt(station, 'simulated')
  await haveKey(station)
  await open(page)
  await page.keyboard.press('g')
  const sheet = page.getByRole('dialog', { name: 'Change the place' })
  await sheet.getByRole('radio', { name: /Venue on this machine/ }).check()
  const leave = sheet.getByRole('checkbox', { name: 'Leave them as they are' })
  if (await leave.isVisible()) await leave.check()
  await sheet.getByRole('button', { name: 'Go to Venue on this machine' }).click()
  await expect(page.getByText('The station is changing place…')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText('trades at Venue on this machine now', {
    timeout: 30_000,
  })
  await expect(page.getByText('The station is changing place…')).toBeHidden()
  expect((await station.client.places.get()).here).toBe('venue')
  await expect(page.getByRole('heading', { level: 1, name: 'Venue on this machine' })).toBeVisible()
  const line = panel(page, 'Line to the account')
  await expect(line).toContainText('Up', { timeout: 15_000 })
  const { exchange } = await station.client.connections.get()
  await expect(line).toContainText(`of ${String(exchange?.weight_limit).replace(/\B(?=(\d{3})+$)/g, '\u202F')}`)
  await expect(panel(page, 'Keys')).toContainText('in use')
})

test('what is not ours is marked, adopted with a stop that stands at the venue, and closed', async ({
  page,
  station,
  venue,
}) => {
  await beAt(station, 'venue')
  const { client } = station
  await station.until(async () => (await client.station.status()).venue_up)
  venue.moveTo(SYMBOL, 100)
  await orderPastTheStation(venue, { side: 'BUY', type: 'MARKET', quantity: '2' })
  await station.until(async () => (await client.positions.list()).items.some((position) => position.is_foreign))
  await page.evaluate(() => (location.hash = '#/bridge'))
  const row = page.getByRole('grid', { name: 'Positions' }).getByRole('row', { name: new RegExp(`^${SYMBOL}`) })
  await expect(row).toContainText('not ours')
  const alarm = page.getByRole('alert').filter({ hasText: 'is not ours' })
  await alarm.getByRole('button', { name: `See ${SYMBOL}` }).click()
  const card = page.getByRole('dialog', { name: `Position ${SYMBOL}` })
  await expect(card).toContainText('No order of ours opened it')
  await card.getByRole('button', { name: 'Adopt it…' }).click()
  const sheet = page.getByRole('dialog', { name: `Adopt ${SYMBOL}` })
  await sheet.getByRole('button', { name: 'Adopt it' }).click()
  await expect(sheet.getByRole('alert')).toContainText('It needs a stop')
  await sheet.getByLabel('Stop').fill('120')
  await sheet.getByRole('button', { name: 'Adopt it' }).click()
  await expect(sheet.getByRole('alert')).toContainText('The stop of a long must be below the mark')
  await sheet.getByLabel('Stop').fill('3%')
  await sheet.getByRole('button', { name: 'Adopt it' }).click()
  await expect(sheet).toBeHidden()
  await expect
    .poll(async () => (await client.positions.list()).items[0])
    .toMatchObject({ is_foreign: false, is_protected: true })
  await expect(row).toContainText('Held')
  await page.getByRole('button', { name: `Close ${SYMBOL} long` }).click()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await client.positions.list()).items).toEqual([])
})

test('a flatten leaves what is not ours alone, until it is ticked', async ({ page, station, venue }) => {
  await beAt(station, 'venue')
  const { client } = station
  venue.moveTo(SYMBOL, 100)
  await orderPastTheStation(venue, { side: 'SELL', type: 'MARKET', quantity: '3' })
  await station.until(async () => (await client.positions.list()).items.some((position) => position.is_foreign))
  await page.evaluate(() => (location.hash = '#/bridge'))
  await page.getByRole('button', { name: 'Flatten…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Flatten' })
  await expect(sheet).toContainText(`Not ours, left alone: ${SYMBOL} 3`)
  const closes = sheet.getByRole('table', { name: 'Positions it would close' })
  await expect(closes).toBeHidden()
  const tick = sheet.getByRole('checkbox', { name: 'Close positions that are not ours too' })
  await tick.check()
  await expect(closes).toContainText(SYMBOL)
  await tick.uncheck()
  await expect(closes).toBeHidden()
  await tick.check()
  await expect(closes).toContainText(SYMBOL)
  await sheet.getByRole('button', { name: 'Close everything' }).click()
  await expect(sheet.getByRole('heading', { name: 'Flat, proven' })).toBeVisible()
  await expect(sheet.getByRole('table', { name: 'Positions closed' })).toContainText(SYMBOL)
  expect(venue.exchange.account.position(SYMBOL).amount.isZero()).toBe(true)
})

test('an order of somebody else is shown and cancelled only by hand', async ({ page, station, venue }) => {
  await beAt(station, 'venue')
  const { client } = station
  await station.until(async () => (await client.station.status()).venue_up)
  await orderPastTheStation(venue, { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '97', quantity: '2' })
  const foreign = async (): Promise<number> =>
    (await client.orders.working()).items.filter((order) => order.is_foreign).length
  await client.connections.reconcile({})
  await expect.poll(foreign, { timeout: 15_000 }).toBe(1)
  await page.evaluate(() => (location.hash = '#/bridge'))
  await page.getByRole('button', { name: `Cancel ${SYMBOL} order, not ours` }).click()
  await expect(page.getByRole('dialog')).toContainText('sent by somebody else')
  await page.keyboard.press('Enter')
  await expect.poll(foreign, { timeout: 15_000 }).toBe(0)
})
