/** Every screen and every sheet: nothing serious for axe, dark and light; everything reached by Tab, and the focus seen. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test, type StationUnderTest } from './station.ts'
import { goTo, screensOf, SHEETS, type View } from './views.ts'

// MSC has run: its sheet is one of those looked at
test.use({ actionTimeout: 15_000, stationOptions: { speed: 20, seed: 7, flags: [], movesItself: true } })
test.setTimeout(300_000)

type Found = Awaited<ReturnType<AxeBuilder['analyze']>>

const serious = (view: string, { violations }: Found): string[] =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${view}: ${id}: ${html.slice(0, 200)} ${failureSummary}`),
    )

/** Something to look at: a position, a resting entry, a denied wish, a trade. */
async function furnish(station: StationUnderTest): Promise<void> {
  const { client } = station
  const { policy } = await client.policy.get()
  if (policy.emergency !== null) await client.emergency.release({ id: policy.emergency.id, confirm: 'RELEASE' })
  // what MSC chose may leave these out
  await client.policy.change({ allowed_symbols: null, reason: 'a spec trades by hand' })
  const closed = await station.openPosition('XRPUSDT')
  await client.positions.close({ symbol: closed })
  if (!(await station.isHeld('BTCUSDT'))) await station.openPosition('BTCUSDT')
  await station.restEntry('ETHUSDT').catch(() => undefined)
  const wish = { symbol: 'BTCUSDT', side: 'LONG', notional_usd: 900_000, stop_price: 1 } as const
  await client.orders.place(wish).catch(() => undefined)
}

test.afterEach(async ({ station }) => {
  const { policy } = await station.client.policy.get()
  if (policy.emergency !== null) await station.client.emergency.release({ id: policy.emergency.id, confirm: 'RELEASE' })
  await station.client.positions.flatten({ reason: 'end of a spec' })
})

/** What moves holds still: a fading tint is no colour that anybody reads. */
async function still(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

/** What a view adds to those before it: a sheet, or the work area; the frame is looked at with the screens' first. */
async function looked(page: Page, isWhole: boolean): Promise<Found> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] })
  if (isWhole) return axe.analyze()
  const over = '[role="dialog"], [data-radix-popper-content-wrapper]'
  return axe.include((await page.locator(over).count()) > 0 ? over : 'main').analyze()
}

const WHOLE = new Set(['Bridge', 'Switch the mode', 'Hold the mode', 'Release the stop'])

for (const scheme of ['dark', 'light'] as const)
  test(`axe finds nothing serious on any screen or sheet, ${scheme}`, async ({ page, station }) => {
    await furnish(station)
    await page.emulateMedia({ colorScheme: scheme })
    const faults: string[] = []
    for (const view of [...(await screensOf(page)), ...SHEETS]) {
      await view.open(page, station)
      await still(page)
      faults.push(...serious(view.name, await looked(page, WHOLE.has(view.name))))
    }
    expect(faults).toEqual([])
  })

/** From here on the page marks whatever gets the focus, and notes what does not show it. */
const watchFocus = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const unseen: string[] = []
    Object.assign(window, { unseen })
    for (const each of document.querySelectorAll('[data-reached]')) each.removeAttribute('data-reached')
    const shows = (element: Element): boolean => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof Element) || target.hasAttribute('data-reached')) return
      target.setAttribute('data-reached', '')
      const holder = target.closest('.input, label, th') ?? target
      if (!shows(target) && !shows(holder)) unseen.push(`no focus to be seen: ${target.outerHTML.slice(0, 160)}`)
    })
    // where the focus stands already, it was put
    const isOver = document.querySelector('[role="dialog"], [data-radix-popper-content-wrapper]') !== null
    if (isOver) document.activeElement?.setAttribute('data-reached', '')
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })

const reached = (page: Page): Promise<number> => page.locator('[data-reached]').count()

/** Walks with Tab until nothing new is reached any more. */
async function walk(page: Page): Promise<string[]> {
  await watchFocus(page)
  let known = -1
  for (let now = 0; now > known || now === 0; now = await reached(page)) {
    known = now
    // all at once: they wait for each other in the browser, not for the spec
    await Promise.all(Array.from({ length: 40 }, () => page.keyboard.press('Tab')))
    if (known === 0 && (await reached(page)) === 0) break
  }
  return page.evaluate(() => (window as unknown as { unseen: string[] }).unseen)
}

/** What can be pressed or typed into and Tab never came to; of a group of radios one is enough. */
const missed = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isShown = (element: HTMLElement): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null
    // a menu keeps the focus until it is closed
    const menu = document.querySelector('[data-radix-popper-content-wrapper]')
    const within = menu ?? document
    const all = within.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')
    return [...all]
      .filter((element) => isShown(element) && !element.matches(':disabled, [type="radio"]') && element.tabIndex >= 0)
      .filter((element) => !element.hasAttribute('data-reached'))
      .map((element) => `not reached: ${element.outerHTML.slice(0, 160)}`)
  })

async function keyboardFaults(page: Page, station: StationUnderTest, view: View): Promise<string[]> {
  await view.open(page, station)
  // what the market moves would come and go while it is walked
  await station.client.station.setPaused({ paused: true })
  await page.waitForTimeout(300)
  const unseen = await walk(page)
  const faults = [...unseen, ...(await missed(page))]
  await station.client.station.setPaused({ paused: false })
  return faults.map((fault) => `${view.name}: ${fault}`)
}

test('every action of every screen is reached with the keyboard, and the focus is seen on it', async ({
  page,
  station,
}) => {
  await furnish(station)
  const faults: string[] = []
  for (const view of await screensOf(page)) faults.push(...(await keyboardFaults(page, station, view)))
  expect(faults).toEqual([])
})

test('every action of every sheet is reached with the keyboard, and the focus is seen on it', async ({
  page,
  station,
}) => {
  await furnish(station)
  const faults: string[] = []
  for (const view of SHEETS) faults.push(...(await keyboardFaults(page, station, view)))
  expect(faults).toEqual([])
})

test('every sheet closes with Escape and gives the focus back', async ({ page, station }) => {
  await furnish(station)
  for (const view of SHEETS) {
    await view.open(page, station)
    if ((await page.getByRole('dialog').count()) === 0) continue
    const inside = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)
    await expect.poll(inside, `${view.name} takes the focus`).toBe(true)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog'), view.name).toHaveCount(0)
    const where = await page.evaluate(() => document.activeElement?.isConnected ?? false)
    expect(where, view.name).toBe(true)
  }
})

test('modes carry a shape and a word, gains and losses a sign: colour is never the only one', async ({
  page,
  station,
}) => {
  await furnish(station)
  await goTo(page, '#/bridge')
  for (const mode of ['AGGRESSIVE', 'NORMAL', 'DEFENSIVE']) {
    const button = page.locator('.modebtn', { hasText: mode })
    await expect(button.locator('svg.shape')).toBeVisible()
  }
  const shapes = await page.locator('.modebtn svg.shape').evaluateAll((all) => all.map((each) => each.innerHTML))
  expect(new Set(shapes).size).toBe(3)
  const toned = page.locator('main .gain, main .loss, .vital .gain, .vital .loss, .vital.gain dd, .vital.loss dd')
  for (const text of await toned.allInnerTexts()) if (/[1-9]/.test(text)) expect(text).toMatch(/[+−]/)
})
