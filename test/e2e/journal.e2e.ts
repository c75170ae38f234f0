/** The journal: what it shows is what the station's journal says, row by row and figure by figure. */
import { readFile } from 'node:fs/promises'

import { expect, test, type StationUnderTest } from './station.ts'

/** A wish that the guard must deny: leverage above what the mode allows. The decision as the station kept it. */
async function deniedDecision(station: StationUnderTest) {
  const { columns } = await station.client.market.quotes()
  const price = columns.last[columns.symbol.indexOf('BTCUSDT')] ?? Number.NaN
  const wish = station.client.orders.place({
    symbol: 'BTCUSDT',
    side: 'LONG',
    notional_usd: 200,
    stop_price: price * 0.97,
    leverage: 100,
  })
  await expect(wish).rejects.toMatchObject({ code: 'DENIED' })
  const { items } = await station.client.records.decisions({ outcome: 'denied', code: 'max_leverage' })
  const [newest] = items
  if (newest === undefined) throw new Error('the denial is not in the journal')
  return newest
}

test('a typed filter shows exactly the decisions that the station knows by it', async ({ page, station }) => {
  const denied = await deniedDecision(station)
  await station.openPosition('ETHUSDT')
  await page.keyboard.press('5')
  const field = page.getByRole('textbox', { name: 'Filter the journal' })
  await expect(field).toBeVisible()
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.keyboard.type('denied:max_leverage symbol:BTC strategy:manual')
  const rows = page.getByRole('grid', { name: 'Decisions' }).locator('tbody tr[data-opens]')
  const { items } = await station.client.records.decisions({
    outcome: 'denied',
    code: 'max_leverage',
    symbol: 'BTCUSDT',
    strategy_id: 'manual',
  })
  await expect(rows).toHaveCount(items.length)
  await expect(rows.first()).toContainText(denied.sentence)
  await expect(page.getByRole('status')).toContainText('all there are')
})

test('a filter that is not understood names what was probably meant, and asks nothing', async ({ page }) => {
  await page.goto(`${new URL(page.url()).origin}/#/journal/decisions`)
  await page.getByRole('textbox', { name: 'Filter the journal' }).fill('stratgy:breakout')
  await expect(page.getByText('There is no “stratgy:”. Did you mean “strategy:”?')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Export CSV' })).toBeDisabled()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page.getByText('There is no “stratgy:”')).toBeHidden()
})

test('why: an entry that was not taken says what it would have made', async ({
  page,
  station: { address, client },
}) => {
  const foregone = async () => {
    const { items } = await client.records.decisions({ outcome: 'dropped', limit: 20 })
    for (const { id, kind } of items) {
      const { hindsight } = await client.records.hindsight({ id })
      if (kind === 'ENTRY' && hindsight !== null) return { id, hindsight }
    }
    return null
  }
  const { speed } = await client.station.status()
  await client.station.setSpeed({ speed: 600 })
  await expect.poll(foregone, { timeout: 60_000 }).not.toBeNull()
  await client.station.setSpeed({ speed: speed ?? 1 })
  const told = await foregone()
  await page.goto(`${address}/#/journal/decisions/${told?.id ?? ''}`)
  const aside = page.getByRole('complementary', { name: 'What came of it' })
  await expect(aside).toContainText('Would have made')
  await expect(aside).toContainText(/[+−]\d+\.\d\d\s%/)
})

test('why: a denied decision is a staircase down to the check that stopped it', async ({ page, station }) => {
  const denied = await deniedDecision(station)
  await page.goto(`${station.address}/#/journal/decisions?q=denied:max_leverage`)
  const grid = page.getByRole('grid', { name: 'Decisions' })
  await grid.focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'BTCUSDT long was denied' })
  await expect(sheet).toContainText(denied.sentence)
  const steps = sheet.getByRole('table', { name: 'Steps of the decision' })
  const failing = steps.getByRole('row').filter({ hasText: 'Denied' })
  await expect(failing).toHaveCount(1)
  await expect(failing).toContainText('Leverage')
  await expect(failing).toContainText(`${String(denied.actual)}\u202F×`)
  await expect(failing).toContainText(`at most ${String(denied.limit)}\u202F×`)
  await expect(steps.getByText('not reached')).toHaveCount(7)
  await expect(steps.getByText('7 passed')).toBeVisible()
  await expect(sheet.getByRole('link', { name: `Policy ${denied.policy_version}`, exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('a trace id shows its whole life in one line of time', async ({ page, station }) => {
  const symbol = await station.openPosition('SOLUSDT')
  const { items: positions } = await station.client.positions.list()
  const trace = positions.find((position) => position.symbol === symbol)?.trace_id ?? ''
  await page.keyboard.press('5')
  await page.getByRole('textbox', { name: 'Search by trace id' }).fill(trace)
  await page.keyboard.press('Enter')
  const moments = page.getByRole('list', { name: 'Moments, oldest first' }).getByRole('listitem')
  const [decisions, orders, fills] = await Promise.all([
    station.client.records.decisions({ trace_id: trace }),
    station.client.orders.list({ trace_id: trace }),
    station.client.orders.fills({ trace_id: trace }),
  ])
  await expect(moments.filter({ hasText: 'See why' })).toHaveCount(decisions.items.length)
  await expect(page.locator('.moment[data-kind="order"]')).toHaveCount(orders.items.length)
  await expect(page.locator('.moment[data-kind="fill"]')).toHaveCount(fills.items.length)
  expect(fills.items.length).toBeGreaterThan(0)
  expect(fills.items.every(({ trace_id }) => trace_id === trace)).toBe(true)
})

test('the CSV has every matching row, each figure as the station tells it', async ({ page, station }) => {
  await station.openPosition('XRPUSDT')
  await page.goto(`${station.address}/#/journal/fills?q=symbol:XRP`)
  await expect(page.getByRole('grid', { name: 'Fills' })).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^signalbox-fills-\d{8}-\d{6}\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  const { items } = await station.client.orders.fills({ symbol: 'XRPUSDT' })
  const lines = items.map((fill) =>
    [
      fill.at,
      fill.symbol,
      fill.side,
      fill.quantity,
      fill.price,
      fill.fee,
      fill.liquidity,
      fill.strategy_id,
      fill.client_order_id,
      fill.trace_id,
      fill.id,
    ].join(','),
  )
  const head = 'at,symbol,side,quantity,price,fee,liquidity,strategy_id,client_order_id,trace_id,id'
  expect(text).toBe([head, ...lines, ''].join('\r\n'))
})

test('a saved view and the chosen columns are still there after a reload', async ({ page, station }) => {
  await page.goto(`${station.address}/#/journal/orders?q=state:filled`)
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Done')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('button', { name: 'Choose columns' }).click()
  await page.getByRole('checkbox', { name: 'Order id' }).check()
  await page.keyboard.press('Escape')
  await page.goto(`${station.address}/#/journal/alerts`)
  await page.reload()
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('button', { name: /^Done/ }).click()
  await expect(page.getByRole('textbox', { name: 'Filter the journal' })).toHaveValue('state:filled')
  await expect(page.getByRole('columnheader', { name: 'Order id' })).toBeVisible()
})
