/** Market: find a symbol, look at it in another interval, open a position by hand under the guard's verdict, close it. */
import type { Page } from '@playwright/test'

import { expect, test, type StationUnderTest } from './station.ts'

const rowOf = (page: Page, symbol: string) =>
  page.getByRole('grid', { name: 'Symbols' }).getByRole('row', { name: new RegExp(`^${symbol}`) })
const chartOf = (page: Page, symbol: string) => page.getByRole('region', { name: `Chart of ${symbol}` })
const verdictOf = (page: Page) => page.getByRole('status', { name: 'Verdict of the guard' })

/** Looks at a symbol and begins to type an order on it. */
async function beginOrder(page: Page, symbol: string, size: string): Promise<void> {
  await page.goto(page.url().replace(/#.*/, `#/market/${symbol}`))
  await expect(page.getByRole('form', { name: `Order on ${symbol}` })).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByLabel('Size', { exact: true })).toBeFocused()
  await page.keyboard.type(size)
}

async function priceOf(station: StationUnderTest, symbol: string): Promise<number> {
  const { columns } = await station.client.market.quotes()
  return columns.last[columns.symbol.indexOf(symbol)] ?? Number.NaN
}

/** The strategies trade too while a spec runs: what they, or a spec before, hold on the symbol is closed. */
async function free(station: StationUnderTest, symbol: string): Promise<void> {
  if (!(await station.isHeld(symbol))) return
  await station.client.positions.close({ symbol })
  await station.until(async () => !(await station.isHeld(symbol)))
}

test.beforeEach(async ({ page }) => {
  await page.keyboard.press('2')
  await expect(page.getByRole('main', { name: 'Market' })).toBeVisible()
  await expect(rowOf(page, 'BTCUSDT')).toBeVisible()
})

test('a symbol is found by typing and opened with Enter; its chart has the candles that the station tells', async ({
  page,
  station,
}) => {
  await page.keyboard.press('/')
  await page.keyboard.type('solusdt')
  await expect(rowOf(page, 'BTCUSDT')).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'SOLUSDT' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Candles of SOLUSDT, 15m' })).toBeVisible()
  const { columns } = await station.client.market.candles({ symbol: 'SOLUSDT', interval: '15m', limit: 1 })
  const close =
    String(columns.close[0])
      .split('.')[0]
      ?.replace(/\B(?=(\d{3})+$)/g, '\u202F') ?? ''
  await expect(chartOf(page, 'SOLUSDT').locator('.market-legend')).toContainText(close.slice(0, 2))
  await expect(chartOf(page, 'SOLUSDT')).toContainText('Prices simulated')
})

test('j and Enter walk the list, ] goes on from the chart', async ({ page }) => {
  const list = page.getByRole('grid', { name: 'Symbols' })
  const second = (await list.getByRole('row').nth(2).getByRole('rowheader').innerText()).split(/\s/)[0] ?? ''
  await list.focus()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.locator('.market-head h1')).toHaveText(second)
  await expect(page).toHaveURL(new RegExp(`market/${second}`))
  await page.keyboard.press(']')
  await expect(page.locator('.market-head h1')).not.toHaveText(second)
})

test('the list is sorted by its heads, what is highest first', async ({ page, station }) => {
  await page.getByRole('button', { name: 'ATR %' }).click()
  const { items } = await station.client.market.symbols()
  const highest = items.toSorted((a, b) => (b.atr_pct ?? 0) - (a.atr_pct ?? 0))[0]?.symbol ?? ''
  const first = page.getByRole('grid', { name: 'Symbols' }).getByRole('row').nth(1)
  await expect(first).toContainText(highest)
})

test('intervals change by button and by key, indicators are switched on', async ({ page }) => {
  await page.goto(page.url().replace(/#.*/, '#/market/BTCUSDT'))
  await page.getByRole('group', { name: 'Interval' }).getByRole('button', { name: '1h' }).click()
  await expect(page.getByRole('img', { name: 'Candles of BTCUSDT, 1h' })).toBeVisible()
  await page.keyboard.press('.')
  await expect(page.getByRole('img', { name: 'Candles of BTCUSDT, 4h' })).toBeVisible()
  await page.keyboard.press(',')
  await page.keyboard.press('e')
  await expect(page.getByRole('button', { name: 'EMA 50/200' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.market-legend')).toContainText('EMA 50')
})

test('the guard says no with its numbers before anything is sent', async ({ page, station }) => {
  await free(station, 'ETHUSDT')
  await beginOrder(page, 'ETHUSDT', '1000000')
  await page.getByLabel('Stop', { exact: true }).fill('2%')
  await expect(verdictOf(page)).toContainText('Denied')
  await expect(verdictOf(page)).toContainText(/check \d+ of 15, set by/)
  await expect(page.getByRole('button', { name: /Open long ETHUSDT/ })).toBeDisabled()
  await page.keyboard.press('Enter')
  expect(await station.isHeld('ETHUSDT')).toBe(false)
})

test('every check of the guard, the size on each step and what is lost at the stop stand there before it is sent', async ({
  page,
  station,
}) => {
  const symbol = 'ADAUSDT'
  await free(station, symbol)
  await beginOrder(page, symbol, '150')
  await page.getByLabel('Stop', { exact: true }).fill('3%')
  await expect(verdictOf(page)).toContainText('Would be approved')
  const checks = page.getByRole('list', { name: 'Checks of the guard' }).getByRole('listitem')
  await expect(checks).toHaveCount(15)
  await expect(checks.getByText(': passed')).toHaveCount(15)
  const last = await priceOf(station, symbol)
  const { figures } = await station.client.orders.preview({
    symbol,
    side: 'LONG',
    notional_usd: 150,
    stop_price: last * 0.97,
  })
  const comesTo = page.getByLabel('What it comes to')
  await expect(comesTo).toContainText(`Margin at ${String(figures?.leverage)}×`)
  await expect(comesTo).toContainText('Lost at the stop')
  const most = page.getByLabel('The most that each limit allows')
  await expect(most.getByRole('term')).toHaveCount(figures?.most.length ?? 0)
  await page.getByLabel('Size', { exact: true }).fill('1000000')
  await expect(verdictOf(page)).toContainText('Denied')
  await expect(checks.getByText(': failed')).toHaveCount(1)
  await expect(checks.getByText(': not reached').first()).toBeAttached()
  expect((await station.client.orders.working()).items.filter((order) => order.symbol === symbol)).toEqual([])
})

test('an order by hand: tried first, then placed with Enter, held by the station with its stop, and closed', async ({
  page,
  station,
}) => {
  const symbol = 'XRPUSDT'
  await free(station, symbol)
  const last = await priceOf(station, symbol)
  await beginOrder(page, symbol, '150')
  await page.getByLabel('Stop', { exact: true }).fill('3%')
  await page.getByLabel('Target').fill(String(Number((last * 1.2).toPrecision(4))))
  await expect(verdictOf(page)).toContainText('Would be approved')
  await expect(verdictOf(page)).toContainText(/risks .*%/)
  expect(await station.isHeld(symbol)).toBe(false)
  await page.keyboard.press('Enter')
  await station.until(() => station.isHeld(symbol))
  const { items } = await station.client.positions.list()
  const position = items.find((each) => each.symbol === symbol)
  expect(position).toMatchObject({ side: 'LONG', strategy_id: 'manual' })
  expect(Number(position?.stop_price) / last).toBeCloseTo(0.97, 2)
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText(`Long ${position?.quantity ?? ''} ${symbol}`)
  await expect(rowOf(page, symbol)).toContainText('Long position', { ignoreCase: true })
  await page.getByRole('button', { name: `Close ${symbol}` }).click()
  await station.until(async () => !(await station.isHeld(symbol)))
  await expect(page.getByRole('button', { name: `Close ${symbol}` })).toBeHidden()
})

test('a limit order rests, is shown, and is cancelled', async ({ page, station }) => {
  const symbol = 'BTCUSDT'
  await free(station, symbol)
  await beginOrder(page, symbol, '300')
  await page.getByRole('button', { name: 'Limit', exact: true }).click()
  await page.getByLabel('Limit price').fill('0.8%')
  await page.getByLabel('Stop', { exact: true }).fill('3%')
  await expect(verdictOf(page)).toContainText('Would be approved')
  await page.getByRole('button', { name: /Open long/ }).click()
  const resting = async (): Promise<number> =>
    (await station.client.orders.working()).items.filter(
      (order) => order.symbol === symbol && order.purpose === 'ENTRY',
    ).length
  await expect.poll(resting).toBe(1)
  await page.getByRole('button', { name: `Cancel the resting order on ${symbol}` }).click()
  await expect.poll(resting).toBe(0)
})
