/** The frame: what stands on every screen, and what it does to the station. */
import { AxeBuilder } from '@axe-core/playwright'

import { expect, test } from './station.ts'

test.use({ stationOptions: { speed: 20, seed: 7, flags: [] } })

/** Whatever a spec did, the next one finds the station calm. */
test.afterEach(async ({ station }) => {
  const { policy } = await station.client.policy.get()
  if (policy.emergency !== null) await station.client.emergency.release({ id: policy.emergency.id, confirm: 'RELEASE' })
  if (policy.pin !== null) await station.client.policy.unpin({})
  if (policy.risk_mode !== 'NORMAL') await station.client.policy.setRiskMode({ mode: 'NORMAL' })
})

const modeNow = async (station: {
  client: { policy: { riskMode: () => Promise<{ risk_mode: string; pin: unknown }> } }
}) => station.client.policy.riskMode()

test('says which environment it is, in words and colour', async ({ page }) => {
  await expect(page.locator('.strip')).toContainText('SIMULATED')
  await expect(page.locator('.strip')).toContainText('Simulated market, simulated money')
  await expect(page.locator('html')).toHaveAttribute('data-env', 'simulated')
})

test('the clock of the strip is UTC and runs with the station', async ({ page, station }) => {
  const clock = page.locator('.strip time')
  const shown = await clock.getAttribute('datetime')
  await expect.poll(() => clock.getAttribute('datetime')).not.toBe(shown)
  const { now } = await station.client.station.status()
  const behind = Math.abs(Date.parse(now) - Date.parse((await clock.getAttribute('datetime')) ?? ''))
  expect(behind).toBeLessThan(60_000)
})

test.describe('the mode', () => {
  test('a press shows the consequences and changes nothing; Escape keeps the mode', async ({ page, station }) => {
    const before = await station.client.policy.get()
    await page.getByRole('button', { name: /^DEFENSIVE/ }).click()
    const sheet = page.getByRole('dialog', { name: 'Switch to DEFENSIVE' })
    await expect(sheet.getByText('Limits that change')).toBeVisible()
    await expect(sheet.getByRole('row', { name: /Leverage/ })).toContainText('5×')
    await expect(sheet.getByRole('row', { name: /Leverage/ })).toContainText('3×')
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    expect((await station.client.policy.get()).policy.version).toBe(before.policy.version)
  })

  test('Enter switches, holds for four hours of the station, and can be undone', async ({ page, station }) => {
    await page.keyboard.press('Shift+D')
    const sheet = page.getByRole('dialog', { name: 'Switch to DEFENSIVE' })
    await sheet.getByLabel('Reason').fill('rate decision')
    await page.keyboard.press('Enter')
    await expect(sheet).toBeHidden()
    await expect(page.getByRole('button', { name: /^DEFENSIVE/ })).toHaveAttribute('aria-pressed', 'true')
    const { policy } = await station.client.policy.get()
    expect(policy).toMatchObject({ risk_mode: 'DEFENSIVE', updated_by: 'user', reason: 'rate decision' })
    const heldFor = Date.parse(policy.pin?.until ?? '') - Date.parse(policy.last_updated)
    expect(heldFor / 3_600_000).toBeCloseTo(4, 1)

    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => modeNow(station)).toMatchObject({ risk_mode: 'NORMAL', pin: null })
    await expect(page.getByRole('button', { name: /^NORMAL/ })).toHaveAttribute('aria-pressed', 'true')
  })

  test('without a hold there is no pin', async ({ page, station }) => {
    await page.keyboard.press('Shift+A')
    await page.getByRole('button', { name: 'Don’t hold' }).click()
    await page.getByRole('button', { name: /^Switch to AGGRESSIVE/ }).click()
    await expect.poll(() => modeNow(station)).toMatchObject({ risk_mode: 'AGGRESSIVE', pin: null })
  })

  test('P pins the mode in force, P again releases it', async ({ page, station }) => {
    await page.keyboard.press('p')
    await page.getByRole('dialog', { name: 'Hold NORMAL' }).getByRole('button', { name: 'Until I release' }).click()
    await page.getByRole('button', { name: /^Hold NORMAL/ }).click()
    await expect.poll(async () => (await modeNow(station)).pin).toMatchObject({ by: 'user', until: null })
    await expect(page.getByRole('button', { name: /^NORMAL/ })).toContainText('Pinned, no end')
    await page.keyboard.press('p')
    await expect.poll(async () => (await modeNow(station)).pin).toBeNull()
  })

  test('a change somewhere else is seen here at once', async ({ page, station }) => {
    await station.client.policy.setRiskMode({ mode: 'DEFENSIVE' })
    await expect(page.getByRole('button', { name: /^DEFENSIVE/ })).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('button', { name: /^DEFENSIVE/ })).toContainText('Set by local')
  })
})

test.describe('stop trading', () => {
  test('a short press does nothing', async ({ page, station }) => {
    await page.keyboard.down('k')
    await expect(page.getByRole('button', { name: /Stop trading/ })).toContainText('Keep holding')
    await page.keyboard.up('k')
    await expect(page.getByRole('button', { name: /Stop trading/ })).toContainText('Hold')
    expect((await station.client.policy.get()).policy.emergency).toBeNull()
  })

  test('holding K stops; the typed word alone releases', async ({ page, station }) => {
    await page.keyboard.down('k')
    await expect(page.getByRole('alert').getByText('Trading stopped')).toBeVisible()
    await page.keyboard.up('k')
    expect((await station.client.policy.get()).policy.emergency).toMatchObject({ by: 'user' })
    expect((await station.client.policy.status()).new_positions).toBe(false)

    await page.getByRole('button', { name: 'Release…' }).click()
    const sheet = page.getByRole('dialog', { name: 'Release the stop' })
    await expect(sheet.getByRole('button', { name: /^Release/ })).toBeDisabled()
    await sheet.getByLabel('Type RELEASE').fill('release')
    await expect(sheet.getByRole('button', { name: /^Release/ })).toBeDisabled()
    await sheet.getByLabel('Type RELEASE').fill('RELEASE')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await station.client.policy.get()).policy.emergency).toBeNull()
    await expect(page.getByRole('button', { name: /Stop trading/ })).toBeVisible()
  })

  test('held with the pointer, and ticked to close everything, it flattens with proof', async ({ page, station }) => {
    const symbol = await station.openPosition('BTCUSDT')
    await expect(page.getByRole('row', { name: new RegExp(`^${symbol}`) })).toBeVisible()
    await page.getByLabel('Close all positions too').check()
    const button = page.getByRole('button', { name: /Stop trading/ })
    await expect(button).toContainText('closes all')
    await button.hover()
    await page.mouse.down()
    await expect(page.getByText(/^Flat: /)).toBeVisible()
    await page.mouse.up()
    expect(await station.isHeld(symbol)).toBe(false)
    expect((await station.client.positions.lastFlatten()).report).toMatchObject({ proven: true, remaining: [] })
    await expect(page.getByText('Nothing is open.', { exact: true })).toBeVisible()
  })
})

test.describe('finding and doing', () => {
  test('the palette does what is typed', async ({ page, station }) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find or do anything' }).fill('switch defens')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Switch to DEFENSIVE' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await modeNow(station)).risk_mode).toBe('DEFENSIVE')
  })

  test('the palette finds symbols, and what is open', async ({ page, station }) => {
    const symbol = await station.openPosition('BTCUSDT')
    await expect(page.getByRole('row', { name: new RegExp(`^${symbol}`) })).toBeVisible()
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Find or do anything' })
    await field.fill('btcu')
    await expect(page.getByRole('option', { name: `Show ${symbol} Market` })).toBeVisible()
    await field.fill('close btc')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: `Close ${symbol}` })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect.poll(() => station.isHeld(symbol)).toBe(false)
  })

  test('? lists every key, and gives the focus back', async ({ page }) => {
    await page.getByRole('button', { name: 'Keys' }).focus()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await expect(sheet).toContainText('Switch to DEFENSIVE')
    await expect(sheet).toContainText('Stop trading')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Keys' })).toBeFocused()
  })

  test('digits go to screens', async ({ page }) => {
    await page.keyboard.press('6')
    await expect(page).toHaveURL(/#\/policy/)
    await page.keyboard.press('1')
    await expect(page).toHaveURL(/#\/bridge/)
    await expect(page.getByRole('link', { name: /Bridge/ })).toHaveAttribute('aria-current', 'page')
  })

  test('keys typed into a field are text', async ({ page, station }) => {
    await page.keyboard.press('/')
    await page.keyboard.type('pk?1')
    await expect(page.getByRole('textbox', { name: 'Filter decisions' })).toHaveValue('pk?1')
    await expect(page.getByRole('dialog')).toBeHidden()
    expect((await station.client.policy.get()).policy.emergency).toBeNull()
  })
})

test('the theme follows the system until a person chooses', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.getByRole('button', { name: 'Switch to dark theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious, ${scheme}`, async ({ page, station }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await station.openPosition('ETHUSDT')
    await expect(page.getByRole('row', { name: /^ETHUSDT/ })).toBeVisible()
    await page.waitForTimeout(700)
    const plain = await new AxeBuilder({ page }).analyze()
    expect(serious(plain)).toEqual([])
    await page.keyboard.press('Shift+D')
    await expect(page.getByText('Limits that change')).toBeVisible()
    expect(serious(await new AxeBuilder({ page }).analyze())).toEqual([])
    await page.keyboard.press('Escape')
    await station.client.positions.flatten({ reason: 'end of the spec' })
  })
}

type Found = Awaited<ReturnType<AxeBuilder['analyze']>>

const serious = ({ violations }: Found): string[] =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`))
