/** The journal with a full day read into it, scrolled by wheel and by keys. */
import type { Browser, Page } from '@playwright/test'

import { openScreen, type Address } from './bench-page.ts'
import { traced, type Traced } from './page-trace.ts'

const FRAME_MS = 16
const SCROLL_MS = 5000
const WHEEL_PX = 400

export interface Scrolled {
  readonly rows: number
  readonly wheel: Traced
  readonly keys: Traced
}

/** Goes to the end again and again until there is nothing older. */
async function readAll(page: Page, rows: number): Promise<number> {
  const table = page.getByRole('grid', { name: 'Decisions' })
  await table.focus()
  const count = async (): Promise<number> => Number(await table.getAttribute('aria-rowcount')) - 1
  while ((await count()) < rows) {
    await page.keyboard.press('End')
    await page.waitForTimeout(FRAME_MS)
  }
  return count()
}

async function during(ms: number, act: () => Promise<void>): Promise<void> {
  const end = performance.now() + ms
  while (performance.now() < end) {
    const next = performance.now() + FRAME_MS
    await act()
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, next - performance.now()))
    })
  }
}

export async function scrollJournal(
  browser: Browser,
  page: Page,
  station: Address,
  { rows, runs }: { readonly rows: number; readonly runs: number },
): Promise<Scrolled[]> {
  await openScreen(page, station, 'journal/decisions')
  const read = await readAll(page, rows)
  await page.getByRole('grid', { name: 'Decisions' }).hover()
  const scrolled: Scrolled[] = []
  for (let run = 0; run < runs; run++) {
    await page.keyboard.press('Home')
    const wheel = await traced(browser, page, () => during(SCROLL_MS, () => page.mouse.wheel(0, WHEEL_PX)))
    const keys = await traced(browser, page, () => during(SCROLL_MS, () => page.keyboard.press('PageDown')))
    scrolled.push({ rows: read, wheel, keys })
  }
  return scrolled
}
