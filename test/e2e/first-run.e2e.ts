/** The first run: three steps from an empty station to trading on paper, a tour, and never again. */
import { expect, test } from './station.ts'

test.use({ firstRun: true, stationOptions: { speed: 1, seed: 1, flags: [] } })

test('leads from an empty station to the Bridge: size and mode are what was chosen, and it does not come back', async ({
  page,
  station,
}) => {
  await expect(page.getByRole('radio', { name: /Simulated market/ })).toBeChecked()
  await expect(page.getByRole('radio', { name: /Live data, paper fills/ })).toBeDisabled()
  await expect(page.getByText('until the Binance feed exists')).toBeVisible()
  await page.getByRole('radio', { name: /Recorded data/ }).check()
  await expect(page.locator('code')).toHaveText(
    `signalbox start --replay recorded-candles --data ${station.folder}-recorded`,
  )
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
  await page.keyboard.press('Control+k')
  await page.keyboard.type('first steps')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Where do prices come from?' })).toBeVisible()
})

test('can be skipped, and changes nothing then', async ({ page, station }) => {
  const before = await station.client.policy.get()
  await expect(page.getByRole('dialog', { name: 'Where do prices come from?' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Go on/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  expect((await station.client.policy.get()).policy.version).toBe(before.policy.version)
})
