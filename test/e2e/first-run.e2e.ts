/** The first run: three steps from an empty station to trading on paper, a tour, and never again. */
import type { Page } from '@playwright/test'

import { expect, test as withVenue } from './venue.ts'

/** So slow that nothing is traded before the steps are through. */
const test = withVenue.extend({
  stationOptions: [
    async ({ venue }, use) => {
      const set = [`exchange.rest=${venue.http}`, `exchange.stream=${venue.ws}`]
      await use({ speed: 1, seed: 1, flags: set.flatMap((each) => ['--set', each]) })
    },
    { scope: 'worker' },
  ],
})

test.use({ firstRun: true })
test.setTimeout(60_000)

const ARRIVAL_MS = 20_000

/** They greet whoever was never here, in their own time; else they are asked for. */
const GREETED_MS = 3000

async function firstSteps(page: Page): Promise<void> {
  const steps = page.getByRole('dialog', { name: 'Where do prices come from?' })
  await steps.waitFor({ timeout: GREETED_MS }).catch(async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('first steps')
    await page.keyboard.press('Enter')
  })
  await expect(steps).toBeVisible()
}

test('leads from an empty station to the Bridge: size and mode are what was chosen, and it does not come back', async ({
  page,
  station,
}) => {
  await expect(page.getByRole('radio', { name: /Simulated market/ })).toBeChecked()
  await expect(page.getByRole('radio', { name: /Live data, paper fills/ })).toBeEnabled()
  await page.getByRole('radio', { name: /Recorded data/ }).check()
  await expect(page.locator('code')).toHaveText(
    `signalbox start --replay recorded-candles --data ${station.folder}-recorded`,
  )
  await page.getByRole('radio', { name: /Simulated market/ }).check()
  await page.getByRole('button', { name: /Go on/ }).click()

  await page.getByLabel('Account size').fill('a fortune')
  await page.getByRole('button', { name: /Set it up/ }).click()
  await expect(page.getByLabel('Account size')).toHaveAccessibleDescription(/was “a fortune”/)
  await page.getByLabel('Account size').fill('2 500.5')
  await page.getByRole('radio', { name: /DEFENSIVE/ }).check()
  await page.getByRole('button', { name: /Set it up/ }).click()
  await expect(page.getByRole('dialog', { name: 'Three modes, one policy' })).toBeVisible()
  const { account } = await station.client.account.get()
  expect(Number(account?.equity)).toBe(2500.5)
  expect((await station.client.policy.get()).policy.risk_mode).toBe('DEFENSIVE')

  const { rules } = await station.client.policy.rules()
  await expect(page.getByRole('dialog').getByRole('row', { name: /Leverage/ })).toContainText(
    [rules.profiles.AGGRESSIVE, rules.profiles.NORMAL, rules.profiles.DEFENSIVE]
      .map(({ max_leverage: leverage }) => `${leverage}×`)
      .join(''),
  )
  await page.getByRole('button', { name: /Show me round/ }).click()
  await expect(page.getByRole('dialog', { name: /Where you are/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /Which mode/ })).toBeVisible()
  await page.getByRole('button', { name: /Skip the tour/ }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(new URL(page.url()).hash).toBe('#/bridge')

  await page.reload()
  await page.getByText('Connected').waitFor({ state: 'attached' })
  await expect(page.getByRole('dialog')).toBeHidden()
  await firstSteps(page)
})

test('can be skipped, and changes nothing then', async ({ page, station }) => {
  const before = await station.client.policy.get()
  await expect(page.getByRole('dialog', { name: 'Where do prices come from?' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Go on/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  expect((await station.client.policy.get()).policy.version).toBe(before.policy.version)
})

test('live data with paper fills: the station goes there, and the steps go on with it', async ({ page, station }) => {
  await firstSteps(page)
  await page.getByRole('radio', { name: /Live data, paper fills/ }).check()
  await expect(page.getByText('It begins with a journal of its own.')).toBeVisible()
  await page.getByRole('button', { name: /Go to the live data/ }).click()
  const steps = page.getByRole('dialog', { name: 'Where do prices come from?' })
  await expect(steps.getByText(/no order leaves this machine/)).toBeVisible({ timeout: ARRIVAL_MS })
  await expect(page.getByRole('radio', { name: /Live data, paper fills.*running now/ })).toBeChecked()
  const { here } = await station.client.places.get()
  const { venue: orders, feed } = await station.client.station.status()
  expect([here, orders, feed.startsWith('a venue on this machine')]).toEqual(['paper', 'paper', true])
  await page.getByRole('button', { name: /Go on with the live data/ }).click()
  await expect(page.getByLabel('Account size')).toHaveValue('10000')
})

test('without a network it says so in words, and the simulated market stands in, marked', async ({
  page,
  station,
  venue,
}) => {
  await firstSteps(page)
  const steps = page.getByRole('dialog', { name: 'Where do prices come from?' })
  if ((await station.client.places.get()).here === 'paper') {
    await page.getByRole('radio', { name: /Simulated market/ }).check()
    await page.getByRole('button', { name: /Go to the simulated market/ }).click()
    await expect(page.getByRole('radio', { name: /Simulated market.*running now/ })).toBeChecked({
      timeout: ARRIVAL_MS,
    })
  }
  venue.inject({ name: 'outage', fields: { ms: 600_000 } })
  await page.getByRole('radio', { name: /Live data, paper fills/ }).check()
  await page.getByRole('button', { name: /Go to the live data/ }).click()
  await expect(steps.getByText(/Live prices could not be had:.*out of service/)).toBeVisible({ timeout: ARRIVAL_MS })
  const { environment, place, simulated_prices: madeUp } = await station.client.connections.get()
  expect([environment, place, madeUp?.answers_since]).toEqual(['SIMULATED', 'simulated', null])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: 'Prices are made up' })).toBeVisible()
})
