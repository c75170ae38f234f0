/** A question the exchange stumbled over is asked again; what was refused for a reason, and what changes anything, is not. */
import { afterEach, beforeEach, expect, it } from 'vitest'

import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { requestOf } from '../venue-contract/venue-under-test.ts'
import { BinanceHarness } from './binance-harness.ts'

let at: BinanceHarness

beforeEach(async () => {
  at = await BinanceHarness.started()
})

afterEach(() => at.end())

const { readTries: TRIES } = BINANCE_SETTINGS
const asked = (what: string): number => at.sent.filter((request) => request === what).length
const snapshots = (): number => at.reports.filter(({ kind }) => kind === 'snapshot').length

async function look(): Promise<void> {
  at.venue.askSnapshot(0, true)
  await at.settle()
  await at.settle()
}

it.each([
  ['an error of its own', { code: -1001 }],
  ['an overload', { code: -1008 }],
  ['a page instead of an answer', { mode: 'html' }],
  ['a line that was cut', { mode: 'reset' }],
])('%s: the account is read all the same', async (_name, fields) => {
  at.exchange.inject({ name: 'not-executed', on: 'openOrders', times: TRIES - 1, fields })
  await look()
  expect(snapshots()).toBe(1)
  expect(asked('GET openOrders')).toBe(TRIES)
})

it('not for ever: then it has failed, and a person is told', async () => {
  at.exchange.inject({ name: 'not-executed', on: 'openOrders', times: Infinity, fields: { code: -1001 } })
  await look()
  expect(snapshots()).toBe(0)
  expect(asked('GET openOrders')).toBe(TRIES)
  expect(at.problems.at(-1)).toContain('the account could not be read')
})

it('a no with a reason, and silence that was asked for, are heeded', async () => {
  at.exchange.inject({ name: 'not-executed', on: 'openOrders', times: Infinity, fields: { code: -2015 } })
  await look()
  expect(asked('GET openOrders')).toBe(1)
  at.exchange.inject({ name: 'rate-limited', on: 'positionRisk', fields: { seconds: 30 } })
  await look()
  expect(asked('GET openOrders')).toBe(2)
})

it('an order is never sent again', async () => {
  at.exchange.inject({ name: 'not-executed', on: 'POST /fapi/v1/order', times: Infinity, fields: { code: -1001 } })
  at.venue.submit(requestOf('entry'))
  await at.settle()
  await at.settle()
  expect(asked('POST order')).toBe(1)
})
