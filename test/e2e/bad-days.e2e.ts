/** Bad days of the page: whatever comes, it is not blank, and shows no old figure without a sign. */
import type { Page } from '@playwright/test'

import type { LiveMessage } from '../../src/contract/live.ts'
import { openLine } from './narrow-line.ts'
import { expect, test, type StationUnderTest } from './station.ts'
import { Wire } from './wire.ts'

test.use({ stationOptions: { speed: 20, seed: 5, flags: [] } })

/** What the station says after the trouble is what the page shows. */
async function isCurrent(page: Page, station: StationUnderTest, positions: number): Promise<void> {
  await station.client.policy.change({ max_positions: positions, reason: 'seen after the trouble' })
  const limits = page.getByRole('region', { name: 'Limits in force' })
  await expect(limits.getByRole('row', { name: /^Positions/ })).toContainText(String(positions), { timeout: 15_000 })
}

const ageOfPrices = (page: Page) => page.locator('.strip .item', { hasText: 'Prices' })

test('a far and narrow line: figures keep coming, and how far they are behind is said', async ({ page, station }) => {
  const settings = { latencyMs: 20, width: 10_000_000 }
  const line = await openLine(station.address, settings)
  await page.goto(`${line.address}/#/bridge`)
  await page.getByText('Connected').waitFor({ state: 'attached' })
  await expect(page.locator('.strip')).not.toContainText('behind')
  // half a second each way, and less than the page would be told at its best
  Object.assign(settings, { latencyMs: 500, width: 60_000 })
  await expect(page.locator('.strip')).toContainText(/Connected, \d.*\ss behind/, { timeout: 20_000 })
  await expect(page.locator('.strip .item', { hasText: 'behind' })).toHaveAttribute('data-level', 'caution')
  await isCurrent(page, station, 8)
  const clock = page.locator('.strip time')
  const shown = await clock.getAttribute('datetime')
  await expect.poll(() => clock.getAttribute('datetime')).not.toBe(shown)
  // what the line cannot carry is left out, not queued: the page is behind by the line's own delay and little more
  const { now } = await station.client.station.status()
  const behindMs = (Date.parse(now) - Date.parse((await clock.getAttribute('datetime')) ?? '')) / 20
  expect(behindMs).toBeLessThan(6000)
  Object.assign(settings, { latencyMs: 20, width: 10_000_000 })
  await expect(page.locator('.strip')).not.toContainText('behind', { timeout: 20_000 })
  await line.close()
  await expect(page.getByText('Station not answering')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-stale', 'true')
})

test.describe('the clock of the machine jumps', () => {
  /** Sets the machine's clock of the page. */
  const setBack = (page: Page, ms: number) =>
    page.evaluate((back) => {
      const { now } = Date
      Date.now = () => now.call(Date) - back
    }, ms)

  test('back by an hour: prices that stop coming are old all the same', async ({ page }) => {
    const wire = new Wire()
    await wire.hold(page)
    await setBack(page, 3_600_000)
    await expect(ageOfPrices(page)).not.toHaveAttribute('data-level', 'caution')
    wire.judge = () => null
    await expect(ageOfPrices(page)).toHaveAttribute('data-level', 'caution', { timeout: 20_000 })
    await expect(page.getByText('No prices')).toBeVisible({ timeout: 20_000 })
  })

  test('forward by a day: the next message makes everything fresh', async ({ page, station }) => {
    const wire = new Wire()
    await wire.hold(page)
    await setBack(page, -86_400_000)
    await expect(ageOfPrices(page)).not.toHaveAttribute('data-level', 'caution')
    await expect(page.getByText('No prices')).toBeHidden()
    await isCurrent(page, station, 7)
  })
})

test('the clock of the station jumps, back and forward: it is shown as it is told, and no span is negative', async ({
  page,
  station,
}) => {
  await station.openPosition('BTCUSDT')
  const wire = new Wire()
  await wire.hold(page)
  for (const hours of [-3, 50]) {
    wire.judge = (message) => ({
      ...message,
      at: new Date(Date.parse(message.at) + hours * 3_600_000).toISOString(),
    })
    const expected = async (): Promise<number> => {
      const [{ now }, shown] = await Promise.all([
        station.client.station.status(),
        page.locator('.strip time').getAttribute('datetime'),
      ])
      return Math.round((Date.parse(shown ?? '') - Date.parse(now)) / 3_600_000)
    }
    await expect.poll(expected).toBe(hours)
    await expect(page.getByRole('row', { name: /^BTCUSDT/ })).toBeVisible()
    await expect(page.locator('body')).not.toContainText(/NaN|undefined|−\d+\u202F(s|m|h|d)\b/)
  }
  await station.client.positions.flatten({ reason: 'end of the spec' })
})

test('10 000 decisions in one burst: none is lost count of, the page goes on', async ({ page, station }) => {
  const wire = new Wire()
  await wire.hold(page)
  await expect(
    station.client.orders.place({ symbol: 'BTCUSDT', side: 'LONG', notional_usd: 900_000, stop_price: 1 }),
  ).rejects.toThrow()
  const [model] = (await station.client.records.decisions({ limit: 1 })).items
  if (model === undefined) throw new Error('there is no decision')
  let isSent = false
  wire.judge = (message): LiveMessage => {
    if (isSent || message.kind !== 'changes') return message
    isSent = true
    const burst = Array.from({ length: 10_000 }, (_, index) => {
      const id = `burst-${index}`
      return { topic: 'decisions' as const, key: id, value: { ...model, id, sentence: `denied number ${index + 1}` } }
    })
    return { ...message, changes: [...message.changes, ...burst] }
  }
  await expect.poll(() => isSent).toBe(true)
  const table = page.getByRole('grid', { name: 'Decisions' })
  await expect(table.getByText('denied number 10000')).toBeVisible()
  expect(await table.getByRole('row').count()).toBeLessThan(100)
  expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(500)
  expect(wire.snapshots).toBe(1)
  await isCurrent(page, station, 9)
})

test.describe('a live message that makes no sense', () => {
  const spoiled: readonly (readonly [string, (message: LiveMessage) => unknown])[] = [
    ['no changes', (message) => ({ ...message, changes: null })],
    ['a change of nothing', (message) => ({ ...message, changes: [null] })],
    ['prices that are none', (message) => ({ ...message, quotes: { symbols_added: [], packed: '%%%' } })],
    ['no time', (message) => ({ ...message, at: 'soon' })],
    ['a policy that is none', (message) => ({ ...message, changes: [{ topic: 'policy', key: '', value: {} }] })],
    ['an account that is none', (message) => ({ ...message, changes: [{ topic: 'account', key: '', value: 7 }] })],
  ]
  for (const [name, spoil] of spoiled)
    test(`${name}: the page asks anew, and stands`, async ({ page, station }) => {
      const wire = new Wire()
      await wire.hold(page)
      let isSpoiled = false
      wire.judge = (message) => {
        if (isSpoiled || message.kind !== 'changes') return message
        isSpoiled = true
        return spoil(message) as LiveMessage
      }
      await expect.poll(() => isSpoiled).toBe(true)
      await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
      await page
        .getByRole('button', { name: 'Show it again' })
        .first()
        .click({ timeout: 1000 })
        .catch(() => undefined)
      await expect(page.locator('.strip')).toContainText('Connected', { timeout: 15_000 })
      await isCurrent(page, station, 6)
      await expect(page.getByRole('button', { name: 'Show it again' })).toHaveCount(0)
      await expect(page.getByRole('button', { name: /Stop trading/ })).toBeVisible()
    })

  test('a snapshot that stays broken is asked for with ever longer waits, and said', async ({ page }) => {
    const wire = new Wire()
    await wire.hold(page)
    wire.judge = (message) => (message.kind === 'snapshot' ? ({ ...message, state: null } as never) : message)
    wire.instead = null
    await expect(page.getByText('Station not answering')).toBeVisible({ timeout: 15_000 })
    await expect(page.locator('html')).toHaveAttribute('data-stale', 'true')
    await page.waitForTimeout(3000)
    expect(wire.snapshots).toBeLessThan(40)
    wire.judge = (message) => message
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await expect(page.locator('html')).not.toHaveAttribute('data-stale', 'true')
  })
})

test.describe('answers that make no sense', () => {
  for (const [name, json] of [
    ['nothing', null],
    ['an empty object', {}],
    ['a number', 12],
  ] as const)
    test(`${name}: every screen says so, or shows nothing; none is blank`, async ({ page }) => {
      const wire = new Wire()
      await wire.hold(page)
      wire.spoil = (reply) => reply.replace(/"json":.*$/, `"json":${JSON.stringify(json)}}}}`)
      for (const link of await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').all()) {
        await link.click()
        // a link may show less than it says
        const name = (await link.innerText()).split(': ').at(-1) ?? ''
        const main = page.getByRole('main', { name: name.trim() })
        await expect(main).not.toBeEmpty()
        await expect(page.getByRole('button', { name: /Stop trading/ })).toBeVisible()
        await expect(main).not.toContainText(/NaN|undefined(?! \()|\[object/)
      }
      wire.spoil = null
      await page.reload()
      await expect(page.getByRole('region', { name: 'Limits in force' }).or(page.getByRole('main'))).toBeVisible()
    })
})
