/** Everything there is to see: each screen and its parts as the rail and their links lead there, then every sheet. */
import type { Page } from '@playwright/test'

import type { StationUnderTest } from './station.ts'

export interface View {
  readonly name: string
  readonly open: (page: Page, station: StationUnderTest) => Promise<void>
}

/** Goes to `#/…` as a link would, with no sheet open, and waits until what was asked for has come. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(() => (location.hash = '#/bridge'))
  for (let times = 0; times < 3 && (await page.getByRole('dialog').count()) > 0; times++)
    await page.keyboard.press('Escape')
  await page.evaluate((next) => (location.hash = next), hash)
  await settled(page)
}

/** No skeleton is left. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main').waitFor()
  await page
    .locator('main .skeleton, main [aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached', timeout: 5000 })
    .catch(() => undefined)
}

/** The screens of the rail, each with the parts that it links to. */
export async function screensOf(page: Page): Promise<View[]> {
  const found: View[] = []
  const rail = page.getByRole('navigation', { name: 'Screens' }).getByRole('link')
  for (const link of await rail.all()) {
    const name = (await link.innerText()).trim()
    const hash = (await link.getAttribute('href')) ?? ''
    found.push({ name, open: (page) => goTo(page, hash) })
    await goTo(page, hash)
    for (const part of await page.locator('main').getByRole('navigation').getByRole('link').all()) {
      const partHash = (await part.getAttribute('href')) ?? ''
      if (partHash.startsWith('#') && partHash !== hash)
        found.push({ name: `${name}: ${(await part.innerText()).trim()}`, open: (page) => goTo(page, partHash) })
    }
  }
  return found
}

const press =
  (hash: string, name: string | RegExp): View['open'] =>
  async (page) => {
    await goTo(page, hash)
    await page.getByRole('main').getByRole('button', { name }).first().click()
  }

const key =
  (keys: string): View['open'] =>
  async (page) => {
    await goTo(page, '#/bridge')
    await page.keyboard.press(keys)
  }

/** With a position on BTCUSDT and a denied decision there. */
export const SHEETS: readonly View[] = [
  { name: 'Switch the mode', open: key('Shift+D') },
  { name: 'Hold the mode', open: key('p') },
  { name: 'Keys', open: key('?') },
  { name: 'Palette', open: key('Control+k') },
  { name: 'Close a position', open: press('#/bridge', /^Close BTCUSDT/) },
  { name: 'Flatten', open: press('#/bridge', 'Flatten…') },
  { name: 'A position', open: (page) => goTo(page, '#/bridge?position=BTCUSDT') },
  { name: 'Change the place', open: (page) => goTo(page, '#/connections?place=paper') },
  {
    name: 'Real money',
    open: async (page) => {
      await goTo(page, '#/connections?place=live')
      await page.getByLabel('Type TRADE REAL MONEY').waitFor()
    },
  },
  { name: 'Add a key', open: (page) => goTo(page, '#/connections?key=demo') },
  { name: 'Columns', open: press('#/bridge', 'Choose columns') },
  {
    name: 'Why',
    open: async (page, station) => {
      const { items } = await station.client.records.decisions({ limit: 1, outcome: 'denied' })
      await goTo(page, `#/journal/decisions/${items[0]?.id ?? ''}`)
    },
  },
  {
    name: 'Life of a trace',
    open: async (page, station) => {
      const { items } = await station.client.positions.list()
      await goTo(page, `#/journal/trace/${items[0]?.trace_id ?? ''}`)
    },
  },
  { name: 'Saved views', open: press('#/journal', 'Saved views') },
  { name: 'Edit a number', open: press('#/policy', 'Edit Positions') },
  { name: 'Edit a list', open: press('#/policy', /^Edit .*(strategies|symbols)/i) },
  { name: 'Reset the policy', open: press('#/policy', /^Reset/) },
  {
    name: 'A changed profile',
    open: async (page) => {
      await goTo(page, '#/policy/profiles')
      await page.getByLabel('NORMAL: leverage', { exact: true }).fill('4')
      await page.getByRole('status', { name: 'What it would do' }).getByText('In force').waitFor()
    },
  },
  { name: 'A new rule', open: press('#/policy/rules', 'New time rule') },
  { name: 'Begin evidence anew', open: press('#/msc', 'Begin evidence anew…') },
  {
    name: 'Order by hand',
    open: async (page) => {
      await goTo(page, '#/market/ETHUSDT')
      await page.getByRole('form', { name: 'Order on ETHUSDT' }).waitFor()
      await page.getByLabel('Size', { exact: true }).fill('1000000')
      await page.getByLabel('Stop', { exact: true }).fill('2%')
      await page.getByRole('status', { name: 'Verdict of the guard' }).getByText('Denied').waitFor()
      await page.getByRole('list', { name: 'Checks of the guard' }).waitFor()
    },
  },
  {
    name: 'First steps',
    open: async (page) => {
      await goTo(page, '#/bridge')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Find or do anything' }).fill('first steps')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Where do prices come from?' }).waitFor()
    },
  },
  {
    name: 'Release the stop',
    open: async (page, station) => {
      await goTo(page, '#/bridge')
      await station.client.emergency.engage({ reason: 'a drill' })
      await page.getByRole('button', { name: 'Release…' }).click()
    },
  },
  // the last: nothing is open after it
  {
    name: 'A flatten that was',
    open: async (page, station) => {
      await station.client.positions.flatten({ reason: 'a drill' })
      await goTo(page, '#/bridge')
      await page.getByRole('main').getByRole('button', { name: 'See the report' }).click()
    },
  },
]
