/**
 * Pictures of every screen and sheet, dark and light, in the usual window and in the smallest:
 * `node scripts/screenshots.ts [folder] [part of a name]`. The page must be built.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { chromium, type Page } from '@playwright/test'

import { signIn, startStation, type StationUnderTest } from '../test/e2e/station.ts'
import { screensOf, SHEETS } from '../test/e2e/views.ts'
import { findChromium } from './chromium.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const
const THEMES = ['dark', 'light'] as const
/** The market runs fast until there is something to look at: half a day takes a minute. */
const OPTIONS = { speed: 600, seed: 11, flags: [], movesItself: true }
const RUN_MS = 60_000
const CALM_SPEED = 10
/** a view that is not there by then is left out */
const VIEW_MS = 8000

const [folder = '.cache/screenshots', part = ''] = process.argv.slice(2)
const wait = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms)
  })

/** A busy morning: trades, a denied wish, a resting entry, positions that stay. */
async function furnish(station: StationUnderTest): Promise<void> {
  const { client } = station
  await wait(RUN_MS)
  await client.station.setSpeed({ speed: CALM_SPEED })
  for (const [symbol, side] of [
    ['BTCUSDT', 'LONG'],
    ['SOLUSDT', 'SHORT'],
  ] as const)
    if (!(await station.isHeld(symbol))) await station.openPosition(symbol, side, 180).catch(() => undefined)
  await station.restEntry('ETHUSDT', 150).catch(() => undefined)
  const wish = { symbol: 'BTCUSDT', side: 'LONG', notional_usd: 900_000, stop_price: 1 } as const
  await client.orders.place(wish).catch(() => undefined)
}

async function calm({ client }: StationUnderTest): Promise<void> {
  const { policy } = await client.policy.get()
  if (policy.emergency !== null) await client.emergency.release({ id: policy.emergency.id, confirm: 'RELEASE' })
}

/** A view that cannot be opened is said; the others are taken all the same. */
function told(name: string, problem: unknown): false {
  console.error(`${name} was not taken: ${String(problem).split('\n', 1)[0] ?? ''}`)
  process.exitCode = 1
  return false
}

/** The views of one theme and size; the answer is how many pictures were taken. */
async function shoot(page: Page, station: StationUnderTest, suffix: string): Promise<number> {
  let count = 0
  for (const view of [...(await screensOf(page)), ...SHEETS]) {
    if (!view.name.toLowerCase().includes(part.toLowerCase())) continue
    const isThere = await view.open(page, station).then(
      () => true,
      (problem: unknown) => told(view.name, problem),
    )
    if (!isThere) continue
    await wait(400)
    const name = view.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`) })
    await calm(station)
    count++
  }
  return count
}

mkdirSync(resolve(folder), { recursive: true })
const home = mkdtempSync(join(tmpdir(), 'signalbox-pictures-'))
const station = await startStation(OPTIONS, home)
const executablePath = findChromium()
const browser = await chromium.launch({
  ...(executablePath !== null && { executablePath }),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
try {
  await furnish(station)
  for (const viewport of SIZES)
    for (const theme of THEMES) {
      const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.addInitScript(() => localStorage.setItem('signalbox.first-run', 'seen'))
      page.setDefaultTimeout(VIEW_MS)
      await signIn(page, station)
      const count = await shoot(page, station, `${theme}-${viewport.width}`)
      console.log(`${count} pictures, ${theme}, ${viewport.width}×${viewport.height}`)
      await context.close()
    }
} finally {
  await browser.close()
  await station.stop()
  rmSync(home, { recursive: true, force: true })
}
