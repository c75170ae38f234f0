/** Odd but possible: a station whose account, prices and names are unlike any other. The page shows what it is told. */
import type { Page } from '@playwright/test'

import type { LiveMessage, LiveState } from '../../src/contract/live.ts'
import { expect, test, type StationUnderTest } from './station.ts'
import { askForText } from './wire.ts'

type Snapshot = LiveMessage & { kind: 'snapshot' }

/** Changes the snapshot on its way to the page; nothing that comes after it is passed on. */
async function shown(page: Page, change: (state: LiveState) => void): Promise<void> {
  await askForText(page)
  await page.routeWebSocket('**/ws', (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const text = String(message)
      if (text.includes('"kind":"changes"')) return
      if (!text.includes('"kind":"snapshot"')) return socket.send(message)
      const envelope = JSON.parse(text) as { p: { d: { json: Snapshot } } }
      change(envelope.p.d.json.state)
      socket.send(JSON.stringify(envelope))
    })
  })
  await page.reload()
  await page.getByText('Connected').waitFor({ state: 'attached' })
}

async function held(station: StationUnderTest) {
  await station.openPosition('BTCUSDT')
  const { items } = await station.client.positions.list()
  await station.client.positions.flatten({ reason: 'only its shape is needed' })
  const [position] = items
  if (position === undefined) throw new Error('nothing is held')
  return position
}

const noNonsense = (page: Page) =>
  expect(page.locator('body')).not.toContainText(/NaN|undefined|Infinity|\[object|null/)

test('an empty account', async ({ page }) => {
  await shown(page, (state) => {
    Object.assign(state, {
      account: null,
      usage: null,
      positions: [],
      orders: [],
      decisions: [],
      trades: [],
      alerts: [],
    })
  })
  await expect(page.getByText('Nothing is open.')).toBeVisible()
  await expect(page.locator('.vital', { hasText: 'Equity' })).toContainText('–')
  await noNonsense(page)
})

test('a name in another script, a price of 0.00000001 and one of a billion', async ({ page, station }) => {
  const position = await held(station)
  await shown(page, (state) => {
    state.positions = [
      {
        ...position,
        symbol: '币安人生USDT',
        mark_price: 0.00000001,
        entry_price: '0.00000002',
        stop_price: '0.000000005',
        stop_distance: 0.5,
        unrealised: '-0.00000001',
      },
      {
        ...position,
        symbol: 'HUGEUSDT',
        mark_price: 1e9,
        entry_price: '999999999.9',
        stop_price: '900000000',
        quantity: '123456789.123',
        unrealised: '12345678901.23',
      },
    ]
  })
  const tiny = page.getByRole('row', { name: /^币安人生USDT/ })
  await expect(tiny).toContainText('0.00000001')
  await expect(tiny).toContainText('0.00000002')
  const huge = page.getByRole('row', { name: /^HUGEUSDT/ })
  await expect(huge).toContainText('1\u202F000\u202F000\u202F000')
  await expect(huge).toContainText('+12\u202F345\u202F678\u202F901.23')
  await noNonsense(page)
  // the page itself never scrolls sideways
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})

test('a position whose stop is missing is seen from every side', async ({ page, station }) => {
  const position = await held(station)
  await shown(page, (state) => {
    state.positions = [{ ...position, is_protected: false, unprotected_since: state.status?.now ?? null }]
  })
  await expect(page.locator('.vital.safety')).toContainText('Unsafe')
  await expect(page.locator('.vital.safety')).toContainText('1 without stop')
  await expect(page.getByRole('alert')).toContainText('BTCUSDT has had no stop')
  await expect(page.getByRole('button', { name: 'Close BTCUSDT now' })).toBeVisible()
  await expect(page.getByRole('row', { name: /^BTCUSDT/ })).toContainText('None')
})

test('prices that stop coming are old, and it is said', async ({ page }) => {
  await shown(page, () => undefined)
  await expect(page.getByText('No prices')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('.strip .item', { hasText: 'Prices' })).toHaveAttribute('data-level', 'caution')
})

test('real money is unmistakable', async ({ page }) => {
  await shown(page, (state) => {
    if (state.status) state.status.environment = 'LIVE'
  })
  await expect(page.locator('.strip')).toContainText('LIVE')
  await expect(page.locator('.strip')).toContainText('Binance, real money')
  const frame = await page.evaluate(() => getComputedStyle(document.body, '::after').borderTopWidth)
  expect(frame).toBe('3px')
})
