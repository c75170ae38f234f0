/** The built main bundle, in this process, with `electron` resolved to a fresh stand-in over a real Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { type Browser, type BrowserContext, chromium, type Page, type Route } from '@playwright/test'

import { findChromium } from '../../../scripts/chromium.ts'
import type { FakeContents } from './fake-contents.ts'
import { type FakeElectron, type FakeOptions, makeElectron } from './fake-electron.ts'
import type { FakeWindow } from './fake-window.ts'

export type Mutation = readonly [file: string, find: string | RegExp, replace: string]

/** The built files that mutations name. */
export const MAIN = 'main/index.js'
export const PRELOAD = 'preload/index.cjs'

export interface LaunchOptions extends FakeOptions {
  /** the command line */
  readonly args?: readonly string[]
  /** edits of the built text while it is loaded; one that changes nothing fails `close` */
  readonly mutate?: readonly Mutation[]
  /** the folder of the page; `test/desktop/page` where absent */
  readonly page?: string
  /** where everything lies that an application keeps; made anew where absent, and gone with `close` */
  readonly home?: () => string
}

interface Launched {
  readonly electron: FakeElectron['electron']
  readonly mutated: (path: string, source: string) => string
}

const BUNDLE = resolve('out/main/index.js')
const PLAIN_PAGE = join(import.meta.dirname, '..', 'page')
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/152.0.0.0 Electron/45.3.4 Safari/537.36' // prettier-ignore

const launches = new Map<string, Launched>()
;(globalThis as { electronLaunches?: typeof launches }).electronLaunches = launches
let latest = 0

const launchOf = (address = ''): string | undefined => /[?&]launch=(\d+)/.exec(address)?.[1]

// `electron` is this launch's stand-in, and every relative import of the bundle is fresh, so that two launches share no
// module; which launch it is travels in the query of the address
registerHooks({
  resolve(specifier, context, next) {
    const launch = launchOf(context.parentURL)
    if (specifier === 'electron')
      return { url: `fake-electron:${launch ?? latest}`, format: 'module', shortCircuit: true }
    const found = next(specifier, context)
    const isOurs = launch !== undefined && /^\.\.?\//.test(specifier)
    return isOurs ? { ...found, url: `${found.url}?launch=${launch}` } : found
  },
  load(url, context, next) {
    const fake = /^fake-electron:(\d+)/.exec(url)?.[1]
    if (fake !== undefined) return { format: 'module', source: moduleOf(fake), shortCircuit: true }
    const launch = launchOf(url)
    if (launch === undefined || !url.startsWith('file:')) return next(url, context)
    const path = fileURLToPath(url.split('?', 1)[0] ?? '')
    const source = launches.get(launch)!.mutated(path, readFileSync(path, 'utf8'))
    return { format: 'module', source, shortCircuit: true }
  },
})

function moduleOf(launch: string): string {
  const names = Object.keys(launches.get(launch)!.electron).join(', ')
  return `const electron = globalThis.electronLaunches.get('${launch}').electron; export const { ${names} } = electron`
}

let browser: Promise<Browser> | undefined

function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  browser ??= chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  return browser
}

/** After the last test of a file. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
}

/** Edits text as it is loaded, and knows which edits were never reached. */
function mutator(mutations: readonly Mutation[]) {
  const unused = new Set(mutations)
  const mutated = (path: string, source: string): string =>
    mutations
      .filter(([file]) => path.endsWith(file))
      .reduce((text, mutation) => {
        const changed = text.replace(mutation[1], mutation[2])
        if (changed !== text) unused.delete(mutation)
        return changed
      }, source)
  return { mutated, unused }
}

/** Everything a page asks for is answered here: nothing leaves the machine. */
async function newContext(windows: readonly FakeWindow[]): Promise<BrowserContext> {
  const context = await (await openBrowser()).newContext({ userAgent: USER_AGENT })
  await context.route(
    () => true,
    (route) => {
      const page = pageOf(route)
      const owner = windows.find(({ webContents }) => page !== null && webContents.page === page)
      return owner === undefined ? route.abort('aborted') : owner.webContents.onRequest(route)
    },
  )
  return context
}

/** Null: the first request of a popup, which has no frame yet; it was asked about as a window. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page()
  } catch {
    return null
  }
}

export interface ShownWindow {
  readonly window: FakeWindow
  readonly contents: FakeContents
  readonly page: Page
}

export type Desktop = Awaited<ReturnType<typeof launch>>

export async function launch({ args = [], mutate = [], page = PLAIN_PAGE, ...options }: LaunchOptions = {}) {
  const home = options.home?.() ?? mkdtempSync(join(tmpdir(), 'signalbox-desktop-'))
  const otherPage: Mutation = [MAIN, 'join(this.#options.built, "renderer")', JSON.stringify(page)]
  const { mutated, unused } = mutator([...mutate, ...(page === 'built' ? [] : [otherPage])])
  let context: Promise<BrowserContext> | undefined
  const fake = makeElectron(options, { home, mutated, context: () => (context ??= newContext(fake.windows)) })
  const number = String(++latest)
  launches.set(number, { electron: fake.electron, mutated })
  await withArguments(
    ['--data', join(home, 'station'), ...args],
    () => import(/* @vite-ignore */ `${pathToFileURL(BUNDLE).href}?launch=${number}`),
  )
  fake.app.becomeReady()

  /** the n-th window, once its page has loaded */
  async function window(n = 0): Promise<ShownWindow> {
    while (fake.windows[n]?.webContents.isLoaded !== true) await new Promise((done) => setTimeout(done, 5))
    const { webContents } = fake.windows[n]
    return { window: fake.windows[n], contents: webContents, page: webContents.page }
  }

  const called = (name: string): unknown[][] => fake.recorder.calls.filter(([call]) => call === name).map(([, ...args]) => args) // prettier-ignore

  const hasEnded = (): boolean => called('quit').length + called('exit').length > 0

  /** Ends it as the system does at its own end: without questions. */
  async function end(): Promise<void> {
    fake.powerMonitor.emit('shutdown')
    for (let waited = 0; !hasEnded() && fake.windows.length > 0; waited += 10) {
      if (waited > 8000) throw new Error('the application did not end')
      await new Promise((done) => setTimeout(done, 10))
    }
    for (const each of fake.windows) each.destroy()
    await Promise.allSettled(fake.windows.map(({ webContents }) => webContents.ready))
    await (await context)?.close()
    launches.delete(number)
  }

  async function close(): Promise<void> {
    await end()
    rmSync(home, { recursive: true, force: true })
    if (unused.size > 0) throw new Error(`mutations never reached: ${[...unused].map(String).join('; ')}`)
  }

  return { ...fake, home, window, called, hasEnded, end, close }
}

async function withArguments<Result>(args: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const before = process.argv
  process.argv = [process.execPath, ...args]
  try {
    return await work()
  } finally {
    process.argv = before
  }
}
