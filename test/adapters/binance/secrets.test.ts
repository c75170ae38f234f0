/** Keys, secrets, signatures and listen keys get into nothing that is written or shown, whatever goes wrong. */
import { inspect } from 'node:util'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { OrderRequest } from '../../../src/core/model/order.ts'
import { CODES } from '../../venue/errors.ts'
import type { FaultName } from '../../venue/faults/fault-names.ts'
import { VENUE_KEY, VENUE_SECRET } from '../../venue/start-venue.ts'
import { CONTRACT, requestOf } from '../venue-contract/venue-under-test.ts'
import { BinanceHarness } from './binance-harness.ts'

const CODE_NUMBERS = Object.keys(CODES).map(Number)
const WAYS: readonly (readonly [FaultName, Record<string, string | number>])[] = [
  ['response-lost', { mode: 'reset' }],
  ['response-lost', { mode: '1007' }],
  ['response-lost', { mode: '503' }],
  ['not-executed', { mode: 'html' }],
  ['not-executed', { mode: 'reset' }],
  ['rate-limited', { seconds: 1 }],
  ['banned', { seconds: 1 }],
]

/** of the harness, each some time of the exchange long */
const MOST_LOOKS = 100

let at: BinanceHarness
const thrown: unknown[] = []
const listenKeys: string[] = []

beforeEach(async () => {
  thrown.length = 0
  listenKeys.length = 0
  at = await BinanceHarness.started()
  at.alter = (path, answer) => {
    if (path === 'listenKey') listenKeys.push((answer as { listenKey: string }).listenKey)
    return answer
  }
})
afterEach(async () => {
  at.clock.advanceTo(at.now() + 60_000)
  await at.end()
})

const rests = (id: string): OrderRequest =>
  requestOf(id, { type: 'LIMIT', timeInForce: 'GTC', price: exact(95), leverage: 5 })

/** Everything the adapter asks of an exchange, once, with whatever it throws. */
async function askEverything(id: string): Promise<void> {
  const { venue } = at
  venue.submit(rests(id))
  venue.submit(
    requestOf(`${id}-stop`, { type: 'STOP_MARKET', side: 'SELL', triggerPrice: exact(90), reduceOnly: true }),
  )
  venue.cancel(CONTRACT.symbol, rests(id).clientOrderId)
  venue.ask(CONTRACT.symbol, rests(id).clientOrderId)
  venue.askSnapshot(0)
  venue.countdown(CONTRACT.symbol, 1_000)
  const asking = new Set(['contract', 'clock'])
  const wait = (name: string, answer: Promise<unknown>): void =>
    void answer.catch((problem: unknown) => thrown.push(problem)).finally(() => asking.delete(name))
  wait('contract', venue.checkContract([CONTRACT.symbol]))
  wait('clock', venue.rest.syncClock())
  while (asking.size > 0) {
    at.clock.advanceTo(at.now() + 1_000)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** What was reported, said and thrown, as logs and crash reports would write it. */
function everythingTold(): string {
  const errors = thrown.map(
    (problem) => `${inspect(problem, { depth: 10, showHidden: true })} ${JSON.stringify(problem)}`,
  )
  const link = inspect(at.venue.link(), { depth: 10 })
  return [...at.problems, inspect(at.reports, { depth: 10, maxArrayLength: null }), ...errors, link].join('\n')
}

function expectNoSecrets(): void {
  const told = everythingTold()
  expect(told.length).toBeGreaterThan(100)
  for (const secret of [VENUE_KEY, VENUE_SECRET, 'signature', ...listenKeys]) expect(told).not.toContain(secret)
}

it('every code of the exchange', async () => {
  for (const code of CODE_NUMBERS) {
    at.exchange.inject({ name: 'not-executed', times: 9, fields: { code } })
    await askEverything(`code${code}`)
  }
  const noes = at.reports.filter(({ kind }) => kind === 'rejected' || kind === 'undelivered')
  expect(noes.length).toBeGreaterThan(CODE_NUMBERS.length)
  expectNoSecrets()
}, 60_000)

it('every way a line can break', async () => {
  for (const [name, fields] of WAYS) {
    at.exchange.inject({ name, times: 10, fields })
    await askEverything(`${name}-${Object.values(fields).join('')}`)
  }
  at.clock.advanceTo(at.now() + 60_000)
  at.exchange.inject({ name: 'ws-drop' })
  at.exchange.inject({ name: 'listen-key-expired' })
  const isNoticed = (): boolean => at.problems.some((problem) => problem.includes('stream is down'))
  for (let looks = 0; looks < MOST_LOOKS && !(isNoticed() && listenKeys.length > 0); looks++) await at.settle()
  expect(listenKeys.length).toBeGreaterThan(0)
  expect(isNoticed()).toBe(true)
  expectNoSecrets()
}, 60_000)

it('an exchange that is not there any more', async () => {
  await at.exchange.close()
  await askEverything('gone')
  expect(thrown.length).toBeGreaterThan(0)
  expectNoSecrets()
})

it('the client itself shows neither key nor secret when it is written somewhere', () => {
  expect(inspect(at.venue, { depth: 2 })).not.toContain(VENUE_SECRET)
  expect(JSON.stringify(at.venue.link())).not.toContain(VENUE_KEY)
})
