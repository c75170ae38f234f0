/**
 * The fixture of the screens' specs: a station of its own on the made-up market, in a child process on a free port, a
 * browser page signed in to it, and a typed client of the contract for asking what the station did.
 *
 *   import { expect, test } from './station.ts'
 *   test('closes a position', async ({ page, station }) => {
 *     const symbol = await station.openPosition()
 *     await page.getByRole('button', { name: `Close ${symbol}` }).click()
 *     await expect.poll(() => station.held(symbol)).toBe(false)
 *   })
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { test as base, type ElectronApplication, type Page } from '@playwright/test'
import { WebSocket } from 'ws'

import type { Contract } from '../../src/contract/index.ts'
import { findApplication, NO_APPLICATION, type Program, withApplication } from './application.ts'

export { expect } from '@playwright/test'

export type StationClient = ContractRouterClient<Contract>

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'headless', 'main.ts')

export interface StationOptions {
  /** how fast the made-up market runs */
  readonly speed: number
  readonly seed: number
  /** further command line flags, e.g. `['--set', 'paper.latency_ms=500']` */
  readonly flags: readonly string[]
  /** true: MSC runs and writes the policy; else nobody but the spec moves mode, numbers and lists */
  readonly movesItself?: boolean
}

/** A running station and what a test may ask of it. */
export class StationUnderTest {
  readonly address: string
  readonly signInLink: string
  readonly folder: string
  #client: StationClient
  #socket: WebSocket
  readonly #child: ChildProcess

  constructor(parts: { address: string; signInLink: string; folder: string; child: ChildProcess }) {
    this.address = parts.address
    this.signInLink = parts.signInLink
    this.folder = parts.folder
    this.#child = parts.child
    ;[this.#socket, this.#client] = this.#dial()
  }

  /** A station that goes to another place cuts its links: then a new one is dialled. */
  get client(): StationClient {
    if (this.#socket.readyState >= WebSocket.CLOSING) [this.#socket, this.#client] = this.#dial()
    return this.#client
  }

  #dial(): [WebSocket, StationClient] {
    const token = readFileSync(join(this.folder, 'token'), 'utf8').trim()
    const socket = new WebSocket(`${this.address.replace('http', 'ws')}/ws`)
    socket.addEventListener('open', () => socket.send(JSON.stringify({ token })))
    // a door that is not there yet: the next question dials again
    socket.on('error', () => undefined)
    return [socket, createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))]
  }

  /** Opens a position by hand, at the market, with a stop and a target well away; the symbol it is on. */
  async openPosition(symbol = 'BTCUSDT', side: 'LONG' | 'SHORT' = 'LONG', notionalUsd = 200): Promise<string> {
    const { columns } = await this.client.market.quotes()
    const price = columns.last[columns.symbol.indexOf(symbol)]
    if (price === undefined)
      throw new Error(`${symbol} has no price; there are ${columns.symbol.slice(0, 5).join(', ')} …`)
    const sign = side === 'LONG' ? 1 : -1
    await this.client.orders.place({
      symbol,
      side,
      notional_usd: notionalUsd,
      stop_price: price * (1 - sign * 0.03),
      take_profit_price: price * (1 + sign * 0.2),
      leverage: 2,
    })
    await this.until(() => this.isHeld(symbol))
    return symbol
  }

  /** A resting entry, as far from the price as entries may be; its client order id. */
  async restEntry(symbol = 'ETHUSDT', notionalUsd = 200): Promise<string> {
    const { columns } = await this.client.market.quotes()
    const price = columns.last[columns.symbol.indexOf(symbol)] ?? Number.NaN
    const answer = await this.client.orders.place({
      symbol,
      side: 'LONG',
      notional_usd: notionalUsd,
      limit_price: price * 0.994,
      stop_price: price * 0.94,
    })
    if (answer.client_order_id === null) throw new Error('the resting entry was not placed')
    return answer.client_order_id
  }

  async isHeld(symbol: string): Promise<boolean> {
    const { items } = await this.client.positions.list()
    return items.some((position) => position.symbol === symbol)
  }

  /** Asks again and again until it is true. @throws after ten seconds */
  async until(isTrue: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 10_000
    while (!(await isTrue())) {
      if (Date.now() > end) throw new Error('the station did not come to it in ten seconds')
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
  }

  async stop(): Promise<void> {
    this.#socket.close()
    const gone = new Promise((resolve) => {
      this.#child.once('exit', resolve)
    })
    this.#child.kill('SIGTERM')
    await gone
  }
}

/** Starts a station in a folder of its own, or in one that a station before it has left. */
export async function startStation(options: StationOptions, folder: string, port = 0): Promise<StationUnderTest> {
  const { speed, seed, flags, movesItself = false } = options
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      MAIN,
      'start',
      '--data',
      folder,
      '--port',
      String(port),
      '--speed',
      String(speed),
      '--seed',
      String(seed),
      ...(movesItself ? [] : ['--set', 'msc.enabled=false']),
      ...flags,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let complaint = ''
  child.stderr.on('data', (part: Buffer) => (complaint += part.toString()))
  const said: { address?: string | undefined; signInLink?: string | undefined } = {}
  for await (const line of createInterface({ input: child.stdout })) {
    said.address ??= /^listening on (\S+)/.exec(line)?.[1]
    said.signInLink ??= /^sign in: (\S+)/.exec(line)?.[1]
    if (said.address !== undefined && said.signInLink !== undefined && line.startsWith('data in')) {
      child.stdout.resume()
      return new StationUnderTest({ address: said.address, signInLink: said.signInLink, folder, child })
    }
  }
  throw new Error(`the station did not start: ${complaint}`)
}

export type Door = 'browser' | 'desktop'

interface Fixtures {
  /** where the page is shown; inside the application all specs run that a browser runs */
  readonly door: Door
  /** null: none, the page is in a browser; a spec inside the application is skipped where there is none */
  readonly program: Program | null
  /** null: in a browser */
  readonly application: ElectronApplication | null
  /** true: the page greets with the first steps, as a browser that has never been here */
  readonly firstRun: boolean
  /** signed in, on the Bridge, with a live state */
  readonly signedIn: void
}

interface WorkerFixtures {
  readonly stationOptions: StationOptions
  /** one for all specs of a file: leave nothing open that the next one would trip over */
  readonly station: StationUnderTest
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  stationOptions: [
    { speed: 10, seed: 1, flags: [] },
    { scope: 'worker', option: true },
  ],
  station: [
    async ({ stationOptions }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'signalbox-e2e-'))
      const station = await startStation(stationOptions, folder)
      await use(station)
      await station.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  door: ['browser', { option: true }],
  program: async ({ door }, use, info) => {
    const program = door === 'desktop' ? findApplication() : null
    info.skip(door === 'desktop' && program === null, NO_APPLICATION)
    await use(program)
  },
  application: async ({ program, station }, use) => {
    if (program === null) await use(null)
    else await withApplication(program, station, use)
  },
  page: async ({ application, page }, use) => {
    await use(application === null ? page : await application.firstWindow())
  },
  firstRun: [false, { option: true }],
  signedIn: [
    async ({ application, page, station, firstRun }, use) => {
      if (!firstRun) await page.addInitScript(() => localStorage.setItem('signalbox.first-run', 'seen'))
      if (application === null) await signIn(page, station)
      else await page.reload()
      await page.getByText('Connected').waitFor({ state: 'attached' })
      await use()
    },
    { auto: true },
  ],
})

const sessions = new WeakMap<StationUnderTest, string>()

/** Opens the Bridge as a signed-in browser and waits for the live state. */
export async function signIn(page: Page, station: StationUnderTest): Promise<void> {
  const name = `signalbox_${new URL(station.address).port}`
  const value = await sessionOf(station)
  await page.context().addCookies([{ name, value, url: station.address, httpOnly: true, sameSite: 'Strict' }])
  await page.goto(`${station.address}/#/bridge`)
  await page.getByText('Connected').waitFor({ state: 'attached' })
}

/** A sign-in link is good once: its session serves all pages of the tests. */
async function sessionOf(station: StationUnderTest): Promise<string> {
  const known = sessions.get(station)
  if (known !== undefined) return known
  const answer = await fetch(station.signInLink, { redirect: 'manual' })
  const session = /=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
  if (session === undefined) throw new Error(`signing in was answered with ${String(answer.status)}`)
  sessions.set(station, session)
  return session
}
