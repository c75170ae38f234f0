/** The whole program on a venue of this machine: keys, going from place to place and back, and what survives it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { RealClock } from '../../src/adapters/system/real-clock.ts'
import type { PlaceName } from '../../src/contract/places.ts'
import { errorOf, type Client } from '../doors/door-under-test.ts'
import { restClient } from '../doors/headless-doors.ts'
import { temporaryFolder } from '../fixtures/whole-station.ts'
import { keyOf } from '../venue/rest/signing.ts'
import { type RunningVenue, startVenue, VENUE_KEY, VENUE_SECRET } from '../venue/start-venue.ts'
import { TEST_INSTRUMENT } from '../venue/test-symbols.ts'

const MAIN = join(import.meta.dirname, '../../src/headless/main.ts')
const THIEF = { api_key: 'key-that-can-withdraw', secret: 'secret-of-a-thief-in-spe' }
const GOOD = { api_key: VENUE_KEY, secret: VENUE_SECRET }
const SHORT_LIVED = { api_key: 'key-that-its-owner-deletes', secret: 'secret-of-a-deleted-key' }
const WORDS = 'TRADE REAL MONEY'
const PATIENCE_MS = 20_000

interface Program {
  readonly child: ChildProcess
  readonly address: string
  readonly client: Client
  readonly out: () => string
}

/** What the exchange knows; a key that its owner deletes there is gone from here. */
const atExchange = [
  keyOf(VENUE_KEY, VENUE_SECRET),
  keyOf(THIEF.api_key, THIEF.secret, { mayWithdraw: true }),
  keyOf(SHORT_LIVED.api_key, SHORT_LIVED.secret),
]

let venue: RunningVenue
let clock: RealClock
let home: string
let program: Program

async function started(...more: readonly string[]): Promise<Program> {
  const set = [
    `exchange.rest=${venue.http}`,
    `exchange.stream=${venue.ws}`,
    `exchange.permissions=${venue.http}`,
    'simulator.symbols=3',
    'msc.enabled=false',
    'ranker.enabled=false',
  ]
  const args = ['start', '--data', home, ...more, ...set.flatMap((each) => ['--set', each])]
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      out += String(chunk)
      const found = /listening on (http:\S+)/.exec(out)?.[1]
      if (found !== undefined && out.includes('data in ')) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', () => reject(new Error(out)))
  })
  return { child, address, client: restClient({ address }, localToken()), out: () => out }
}

async function stopped({ child }: Program): Promise<void> {
  const gone = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

const localToken = (): string => readFileSync(join(home, 'token'), 'utf8').trim()

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (await what()) return
    await pause(50)
  }
  throw new Error(`never happened: ${String(what)}\n${program.out()}`)
}

/** Resolves once the move has ended, wherever it led. */
async function moved(wish: Parameters<Client['places']['go']>[0]): Promise<PlaceName> {
  const { client } = program
  const before = (await client.places.get()).last_move?.at
  await client.places.go({ leave_open: true, ...wish })
  await until(async () => (await client.places.get()).last_move?.at !== before)
  return (await client.places.get()).here
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}

/** Files of the home, databases with their logs and the program's own log included, that hold this text. */
const filesWith = (text: string): string[] => filesIn(home).filter((file) => readFileSync(file).includes(text))

beforeAll(async () => {
  clock = new RealClock()
  venue = await startVenue({
    clock,
    symbols: [{ instrument: TEST_INSTRUMENT, price: 100 }],
    keys: atExchange,
    settings: { defaultMarginType: 'ISOLATED', weightPerMinute: 1_000_000 },
  })
  home = temporaryFolder()
  program = await started('--port', '0')
}, 60_000)

afterAll(async () => {
  program.child.kill('SIGKILL')
  await venue.close()
  clock.close()
})

describe('keys', () => {
  test('one that can withdraw is told why, and not kept', async () => {
    const { client } = program
    const report = await client.keys.add({ place: 'simulated', ...THIEF })
    expect(report).toMatchObject({ verdict: 'refused', saved: false, ending: 'draw' })
    expect(report.findings.join()).toContain('can withdraw')
    expect((await client.keys.list()).items).toEqual([])
    expect([...filesWith(THIEF.api_key), ...filesWith(THIEF.secret)]).toEqual([])
  })

  test('one that nobody has is refused by the exchange', async () => {
    const report = await program.client.keys.add({ place: 'demo', api_key: 'made-up-key', secret: 'made-up-secret' })
    expect(report).toMatchObject({ verdict: 'refused', saved: false })
  })

  test('one that may trade is kept for its account alone, and shown by its ending', async () => {
    const { client } = program
    expect(await client.keys.add({ place: 'simulated', ...GOOD })).toMatchObject({ saved: true, setup: [] })
    const { items } = await client.keys.list()
    expect(items).toEqual([
      { place: 'simulated', ending: 'test', kept_in: join(home, 'keys.json'), can_remove: true, in_use: false },
    ])
    expect(filesWith(VENUE_SECRET)).toEqual([join(home, 'keys.json')])
    expect((await errorOf(client.keys.check({ place: 'live' }))).code).toBe('NOT_FOUND')
  })

  test('a bad one is not quoted', async () => {
    const error = await errorOf(program.client.keys.add({ place: 'demo', api_key: 'k k', secret: 'has a blank' }))
    expect(error.code).toBe('INVALID_INPUT')
    expect(JSON.stringify(error.data)).not.toMatch(/k k|has a blank/)
  })
})

describe('from place to place', () => {
  let cookie = ''
  const asBrowser = async (path: string): Promise<number> =>
    (await fetch(`${program.address}${path}`, { headers: { cookie } })).status

  test('what is missing is said in one sentence each, and nothing happens', async () => {
    const { client } = program
    const error = await errorOf(client.places.go({ place: 'live', leave_open: true, words: 'trade real money' }))
    expect(error.code).toBe('REFUSED')
    for (const part of ['Keys of the live account', 'largest order', 'largest loss', WORDS])
      expect(error.message).toContain(part)
    expect((await client.places.get()).here).toBe('simulated')
  })

  test('the station goes to the venue; address, token and signed-in browser stay', async () => {
    const link = /sign in: (\S+)/.exec(program.out())?.[1] ?? ''
    const signedIn = await fetch(link, { redirect: 'manual' })
    cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect(await asBrowser('/api/policy')).toBe(200)
    const token = localToken()
    expect(await moved({ place: 'venue', reason: 'a look at it' })).toBe('venue')
    expect(localToken()).toBe(token)
    expect(await asBrowser('/api/policy')).toBe(200)
    const lines = await program.client.connections.get()
    expect(lines).toMatchObject({ place: 'venue', account: 'simulated', environment: 'SIMULATED' })
    expect(lines.exchange).not.toBeNull()
    const { items } = await program.client.records.events({ limit: 50, type: 'place.changed' })
    expect(items.map(({ data }) => data)).toEqual([
      { from: 'simulated', to: 'venue', by: 'api:local', reason: 'a look at it' },
    ])
  })

  test('keys of the account that is traded stay', async () => {
    const error = await errorOf(program.client.keys.remove({ place: 'simulated' }))
    expect(error).toMatchObject({ code: 'REFUSED' })
    expect(error.message).toContain('go to another place first')
  })

  test('a position is left only when that is said, and found again', async () => {
    const { client } = program
    await until(async () => (await client.station.status()).entries_off === null)
    venue.moveTo('TESTUSDT', 100.1)
    await until(async () => (await client.market.quotes()).columns.symbol.length > 0)
    await client.orders.place({ symbol: 'TESTUSDT', side: 'LONG', notional_usd: 200, stop_price: 98 })
    await until(async () => (await client.positions.list()).items.length === 1)
    const error = await errorOf(client.places.go({ place: 'simulated' }))
    expect(error.message).toMatch(/^One position is open\..*Stops and resting orders stay at the exchange/)
    expect(await moved({ place: 'simulated' })).toBe('simulated')
    expect((await client.positions.list()).items.filter(({ symbol }) => symbol === 'TESTUSDT')).toEqual([])
    expect(await moved({ place: 'venue' })).toBe('venue')
    expect((await client.positions.list()).items).toMatchObject([{ symbol: 'TESTUSDT' }])
  })

  test('where the new place cannot start, the one before is back and says why', async () => {
    const { client } = program
    expect(await client.keys.add({ place: 'demo', ...SHORT_LIVED })).toMatchObject({ saved: true })
    atExchange.pop()
    expect(await moved({ place: 'demo' })).toBe('venue')
    const { last_move: last } = await client.places.get()
    expect(last).toMatchObject({ from: 'venue', to: 'demo', outcome: 'came_back' })
    expect(last?.problem).toContain('does not accept this key')
    expect((await client.positions.list()).items).toHaveLength(1)
    const alerts = await client.records.alerts({ limit: 20 })
    expect(alerts.items.map(({ code }) => code)).toContain('place_not_reached')
  })
})

describe('real money', () => {
  test('keys, limits and words together take it there; the limits are those of its policy', async () => {
    const { client } = program
    await client.keys.add({ place: 'live', ...GOOD })
    const wish = { place: 'live' as const, words: WORDS, max_order_notional_usd: 150, max_daily_loss_usd: 40 }
    expect(await moved(wish)).toBe('live')
    expect((await client.station.status()).environment).toBe('LIVE')
    const { guard } = (await client.policy.rules()).rules
    expect(guard).toMatchObject({ max_order_notional_usd: 150, max_daily_loss_usd: 40 })
    expect((await client.places.get()).live_limits).toEqual({ max_order_notional_usd: 150, max_daily_loss_usd: 40 })
  })

  test('the next start of the program is there again, on the same token', async () => {
    const token = localToken()
    await stopped(program)
    program = await started('--port', '0')
    expect(localToken()).toBe(token)
    expect((await program.client.station.status()).environment).toBe('LIVE')
  })

  test('and it goes back', async () => {
    expect(await moved({ place: 'simulated' })).toBe('simulated')
    const { live_limits: limits } = await program.client.places.get()
    expect(limits).toEqual({ max_order_notional_usd: 150, max_daily_loss_usd: 40 })
  })
})

test('keys that were removed have left no trace in the whole home', async () => {
  const { client } = program
  for (const place of ['simulated', 'demo', 'live'] as const) await client.keys.remove({ place })
  expect((await client.keys.list()).items).toEqual([])
  expect([...filesWith(VENUE_KEY), ...filesWith(VENUE_SECRET)]).toEqual([])
  await stopped(program)
  expect([...filesWith(VENUE_KEY), ...filesWith(VENUE_SECRET)]).toEqual([])
})

test('without a page the command line says and sets where the next start goes, and takes the words for real money', () => {
  const signalbox = (input: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, '--data', home], {
      encoding: 'utf8',
      input,
    })
    return { code: status, out: stdout + stderr }
  }
  expect(signalbox('', 'place').out).toMatch(/^simulated: Simulated market\..*\njournal in \S+\n$/)
  expect(signalbox('', 'place', 'demo').out).toContain(`journal in ${join(home, 'places', 'demo')}`)
  expect(signalbox('', 'place').out).toMatch(/^demo: /)
  expect(signalbox('trade real money\n', 'go-live')).toMatchObject({ code: 1 })
  const confirmed = signalbox(`${WORDS}\n`, 'go-live')
  expect(confirmed.code).toBe(0)
  expect(confirmed.out).toContain(join(home, 'places', 'live'))
})
