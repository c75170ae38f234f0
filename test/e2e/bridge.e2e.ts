/** Bridge: every figure is the station's, every verb does what it says. */
import { expect, test, type StationUnderTest } from './station.ts'

test.use({ stationOptions: { speed: 20, seed: 11, flags: [] } })

/** The strategies open nothing while the spec runs, and nothing is open when it begins. */
async function alone({ client }: StationUnderTest): Promise<void> {
  const { items } = await client.market.strategies()
  await client.policy.change({ blocked_strategies: items.map(({ id }) => id), reason: 'a spec trades by hand' })
  await client.positions.flatten({ reason: 'a spec begins' })
}

test.afterEach(async ({ station }) => {
  await station.client.station.setPaused({ paused: false })
  const { policy } = await station.client.policy.get()
  if (policy.blocked_strategies.length > 0) await station.client.policy.change({ blocked_strategies: [] })
  await station.client.positions.flatten({ reason: 'end of a spec' })
})

test('limits in force carry their source, and what is used is what the station counts', async ({ page, station }) => {
  await station.openPosition('BTCUSDT')
  await station.client.station.setPaused({ paused: true })
  const { usage } = await station.client.account.usage()
  const { effective } = await station.client.policy.effective()
  const table = page.getByRole('region', { name: 'Limits in force' })
  const positions = table.getByRole('row', { name: /^Positions/ })
  await expect(positions).toContainText(String(effective.max_positions.value))
  await expect(positions).toContainText(String(usage?.slots))
  await expect(table.getByRole('row', { name: /^Leverage/ })).toContainText(`${effective.max_leverage.value}×`)
  await expect(table.getByRole('row', { name: /^Leverage/ })).toContainText('Profile')
  await expect(table.getByRole('row', { name: /^Exposure/ })).toContainText('Config')
  await expect(table.getByRole('row', { name: /^Trades today/ })).toContainText(String(usage?.entries_today))
  const worst = ((usage?.heat_usd ?? 0) * -1).toFixed(2).replace('-', '−')
  await expect(page.locator('.vital', { hasText: 'If every stop is hit' })).toContainText(worst)
})

test('a number set by hand shows who holds it, and is released here', async ({ page, station }) => {
  await station.client.policy.change({ max_positions: 6, reason: 'a quiet day' })
  const why = page.getByRole('region', { name: /^Why/ })
  await expect(
    page.getByRole('region', { name: 'Limits in force' }).getByRole('row', { name: /^Positions/ }),
  ).toContainText('6')
  await why.getByRole('button', { name: 'Release Positions at 6' }).click()
  await expect
    .poll(async () => (await station.client.policy.get()).policy.sources['max_positions']?.hold ?? null)
    .toBeNull()
  await expect(why.getByRole('button', { name: 'Release Positions at 6' })).toBeHidden()
  await station.client.policy.reset({})
})

test('a position shows its money and protection, and moves with the market', async ({ page, station }) => {
  await station.openPosition('ETHUSDT', 'SHORT')
  const row = page.getByRole('row', { name: /^ETHUSDT/ })
  await expect(row).toContainText('Short')
  await expect(row).toContainText('Held')
  const mark = await row.locator('td').nth(4).textContent()
  await expect.poll(() => row.locator('td').nth(4).textContent()).not.toBe(mark)
  await station.client.station.setPaused({ paused: true })
  const { items } = await station.client.positions.list()
  const shown = Number(items[0]?.unrealised).toFixed(2).replace('-', '−')
  await expect(row).toContainText(shown.replace('−0.00', '0.00'))
})

test('Close asks first, Enter closes, the station is flat', async ({ page, station }) => {
  const symbol = await station.openPosition('SOLUSDT')
  await page.getByRole('button', { name: `Close ${symbol} long` }).click()
  const sheet = page.getByRole('dialog', { name: `Close ${symbol}` })
  await expect(sheet).toContainText('at the market now')
  await page.keyboard.press('Escape')
  expect(await station.isHeld(symbol)).toBe(true)
  await page.getByRole('button', { name: `Close ${symbol} long` }).click()
  await page.keyboard.press('Enter')
  await expect.poll(() => station.isHeld(symbol)).toBe(false)
  await expect(page.getByRole('row', { name: new RegExp(`^${symbol} Long`) })).toBeHidden()
  const { items } = await station.client.positions.trades({ limit: 1 })
  expect(items[0]).toMatchObject({ symbol, exit_reason: 'MANUAL' })
})

test('all positions close with one verb', async ({ page, station }) => {
  await station.openPosition('BTCUSDT')
  await station.openPosition('ETHUSDT', 'SHORT')
  await page.getByRole('button', { name: 'Close 2 positions' }).click()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await station.client.positions.list()).items).toEqual([])
})

test('a resting entry is shown and can be cancelled', async ({ page, station }) => {
  const id = await station.restEntry('ETHUSDT')
  await expect(page.getByRole('row', { name: /^ETHUSDT Long/ })).toContainText('resting')
  await expect(page.getByRole('region', { name: 'If you stop trading now' })).toContainText('1 resting entry: ETHUSDT')
  await page.getByRole('button', { name: 'Cancel ETHUSDT entry' }).click()
  await page.keyboard.press('Enter')
  await expect
    .poll(
      async () =>
        (await station.client.orders.list({ limit: 20 })).items.find((order) => order.client_order_id === id)?.state,
    )
    .toBe('CANCELLED')
  await expect(page.getByRole('button', { name: 'Cancel ETHUSDT entry' })).toBeHidden()
})

test('switching the mode cancels what it denies, and closes what is ticked', async ({ page, station }) => {
  await station.openPosition('BTCUSDT', 'LONG', 1500)
  await page.keyboard.press('Shift+D')
  const sheet = page.getByRole('dialog', { name: 'Switch to DEFENSIVE' })
  await expect(sheet.getByRole('listitem').first()).toContainText('1position exceeds')
  await sheet.getByRole('checkbox', { name: 'Close BTCUSDT' }).check()
  await sheet.getByRole('button', { name: /and close 1 position/ }).click()
  await expect.poll(() => station.isHeld('BTCUSDT')).toBe(false)
  expect((await station.client.policy.get()).policy.risk_mode).toBe('DEFENSIVE')
  await station.client.policy.unpin({})
  await station.client.policy.setRiskMode({ mode: 'NORMAL' })
})

test('columns of the positions are chosen, two orders are laid over each other, and both are kept', async ({
  page,
  station,
}) => {
  for (const [symbol, side] of [
    ['BTCUSDT', 'LONG'],
    ['ETHUSDT', 'SHORT'],
    ['SOLUSDT', 'LONG'],
  ] as const)
    await station.openPosition(symbol, side)
  const table = page.getByRole('grid', { name: 'Positions' })
  const symbols = async (): Promise<string[]> =>
    (await table.locator('tbody th').allInnerTexts()).map((text) => text.trim())
  await expect.poll(async () => (await symbols()).length).toBe(3)
  await page.getByRole('region', { name: 'Positions' }).getByRole('button', { name: 'Choose columns' }).click()
  await page.getByRole('checkbox', { name: 'Strategy' }).check()
  await page.getByRole('checkbox', { name: 'Stop to target' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(table.getByRole('columnheader', { name: 'Strategy' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'Stop to target' })).toHaveCount(0)
  await expect(table.getByRole('row', { name: /^ETHUSDT/ })).toContainText('manual')

  await table.getByRole('button', { name: 'Side' }).click()
  await table.getByRole('button', { name: 'Symbol' }).click({ modifiers: ['Shift'] })
  await expect.poll(symbols).toEqual(['BTCUSDT', 'SOLUSDT', 'ETHUSDT'])
  await table.getByRole('button', { name: 'Symbol' }).click({ modifiers: ['Shift'] })
  await expect.poll(symbols).toEqual(['SOLUSDT', 'BTCUSDT', 'ETHUSDT'])
  await expect(table.getByRole('columnheader', { name: /^Side/ })).toHaveAttribute('aria-sort', 'ascending')

  await page.reload()
  await expect(table.getByRole('columnheader', { name: 'Strategy' })).toBeVisible()
  await expect.poll(symbols).toEqual(['SOLUSDT', 'BTCUSDT', 'ETHUSDT'])
  const held = (await station.client.positions.list()).items.map(({ symbol }) => symbol).toSorted()
  expect(held).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'])
})

test('a position’s card says what guards it at the exchange, and ends it', async ({ page, station }) => {
  await alone(station)
  await station.openPosition('BTCUSDT')
  await page.getByRole('grid', { name: 'Positions' }).focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const card = page.getByRole('dialog', { name: 'Position BTCUSDT' })
  const legs = card.getByRole('table', { name: 'Protection' })
  await station.client.station.setPaused({ paused: true })
  const [position] = (await station.client.positions.list()).items
  expect(position?.protection.map(({ role, state }) => `${role} ${state}`)).toEqual(['STOP live', 'TAKE_PROFIT live'])
  await expect(legs.getByRole('row', { name: /^Stop/ })).toContainText('Held')
  await expect(legs.getByRole('row', { name: /^Stop/ })).toContainText('−')
  await expect(legs.getByRole('row', { name: /^Target/ })).toContainText('+')
  await expect(card.getByRole('status')).toContainText('Without a stop so far')
  await station.client.station.setPaused({ paused: false })
  await card.getByRole('button', { name: 'Close it…' }).click()
  await page.keyboard.press('Enter')
  await expect.poll(() => station.isHeld('BTCUSDT')).toBe(false)
})

test('a flatten is drilled first, then done, and its report proves it', async ({ page, station }) => {
  await alone(station)
  await station.openPosition('BTCUSDT')
  await station.openPosition('SOLUSDT', 'SHORT')
  await station.restEntry('ETHUSDT')
  await page.getByRole('button', { name: 'Flatten…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Flatten' })
  const drill = await station.client.positions.drill({})
  await expect(sheet.getByRole('table', { name: 'Positions it would close' }).getByRole('row')).toHaveCount(3)
  await expect(sheet.getByRole('table', { name: 'Orders it would cancel' }).getByRole('row')).toHaveCount(
    drill.cancels.length + 1,
  )
  await expect(sheet).toContainText(`weight ${String(drill.weight)}`)
  expect((await station.client.positions.list()).items).toHaveLength(2)
  await sheet.getByRole('button', { name: 'Close everything' }).click()
  await expect(sheet.getByRole('heading', { name: 'Flat, proven' })).toBeVisible()
  const { report } = await station.client.positions.lastFlatten()
  expect(report).toMatchObject({ proven: true, remaining: [], proof: { positions: 0, open_orders: 0 } })
  const closed = sheet.getByRole('table', { name: 'Positions closed' })
  for (const line of report?.closed ?? []) await expect(closed).toContainText(line.symbol)
  await expect(sheet.getByRole('status')).toContainText('The exchange showed 0 positions and 0 open orders')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'See the report' }).click()
  await expect(page.getByRole('dialog', { name: 'Flatten' })).toContainText('Flat, proven')
})

test('flatten asks first and proves itself', async ({ page, station }) => {
  await alone(station)
  await station.openPosition('BTCUSDT')
  await page.getByRole('button', { name: 'Flatten…' }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Flat: 1 closed/)).toBeVisible()
  expect((await station.client.positions.list()).items).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'If you stop trading now' })).toContainText(
    'zero at the exchange after',
  )
})

test('the clock of a made-up market is held, let go and paced', async ({ page, station }) => {
  await page.getByRole('button', { name: 'Hold the clock' }).click()
  await expect.poll(async () => (await station.client.station.status()).paused).toBe(true)
  await expect(page.locator('.strip')).toContainText('clock held')
  await page.getByRole('button', { name: 'Let the clock run' }).click()
  await expect.poll(async () => (await station.client.station.status()).paused).toBe(false)
  await page.getByRole('button', { name: '×60', exact: true }).click()
  await expect.poll(async () => (await station.client.station.status()).speed).toBe(60)
  await station.client.station.setSpeed({ speed: 20 })
})

test('the equity curve says in words what it draws, and takes another range', async ({ page, station }) => {
  await station.client.station.setSpeed({ speed: 600 })
  const curve = page.getByRole('img', { name: /^Equity over 24 h: from .* USDT, largest drawdown/ })
  await expect(curve).toBeVisible({ timeout: 15_000 })
  await expect(curve.locator('canvas').first()).toBeVisible()
  await page.getByRole('button', { name: '1 h', exact: true }).click()
  await expect(page.getByRole('img', { name: /^Equity over 1 h/ })).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('img', { name: /^Mode over time: NORMAL/ })).toBeVisible()
  await station.client.station.setSpeed({ speed: 20 })
})

test('decisions come in with their reasons, are filtered, and lead to the journal', async ({ page, station }) => {
  await expect(
    station.client.orders.place({ symbol: 'BTCUSDT', side: 'LONG', notional_usd: 900_000, stop_price: 1 }),
  ).rejects.toThrow()
  const table = page.getByRole('grid', { name: 'Decisions' })
  const denied = table.getByRole('row', { name: /BTCUSDT long Denied/ }).first()
  await expect(denied).toBeVisible()
  const [latest] = (await station.client.records.decisions({ limit: 1, outcome: 'denied' })).items
  await expect(denied).toContainText(latest?.sentence ?? 'no sentence')
  await page.getByRole('button', { name: 'Policy', exact: true }).click()
  await expect(denied).toBeHidden()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await page.getByRole('textbox', { name: 'Filter decisions' }).fill('btcusdt denied')
  await expect(denied).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter decisions' }).fill('nothing like this')
  await expect(page.getByText(/^None of the latest/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Filter decisions' }).fill('')
  await denied.click()
  await expect(page).toHaveURL(new RegExp(`#/journal/decisions/${latest?.id ?? 'none'}`))
})

test('rows are walked with j and k and opened with Enter', async ({ page, station }) => {
  await station.client.policy.change({ max_positions: 9, reason: 'a row to walk to' })
  const table = page.getByRole('grid', { name: 'Decisions' })
  await expect(table.getByRole('row').nth(2)).toBeVisible()
  await table.focus()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await expect(table.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '2')
  expect((await station.client.policy.get()).policy.emergency).toBeNull()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/#\/bridge/)
  await station.client.policy.reset({})
})
