/** How soon after the door answers a person sees the Bridge with the station's own figures on it. */
import type { Browser } from '@playwright/test'

import { newPage, type Address } from './bench-page.ts'

/** In the page: `meaningful` is when a frame shows the Bridge with a live state, ms after the page's first byte. */
const NOTE = `
  const look = () => {
    const isThere = document.querySelector('.bridge .positions') !== null
    if (isThere && document.body.textContent.includes('Connected')) requestAnimationFrame(note)
    else requestAnimationFrame(look)
  }
  const note = () =>
    requestAnimationFrame(() => {
      const [navigation] = performance.getEntriesByType('navigation')
      window.meaningful = performance.now() - navigation.responseStart
    })
  requestAnimationFrame(look)
`

/** In a browser that has nothing of the page yet. */
export async function firstPaint(browser: Browser, station: Address): Promise<number> {
  const page = await newPage(browser, station)
  await page.addInitScript(NOTE)
  await page.goto(`${station.address}/#/bridge`)
  await page.waitForFunction(() => 'meaningful' in globalThis)
  const took = await page.evaluate<number>('window.meaningful')
  await page.context().close()
  return took
}
