/** The account's stream falls silent without a word: what happens is learned all the same, within seconds. */
import { afterEach, beforeEach, expect, it } from 'vitest'

import { Story } from '../venue-contract/story.ts'
import { BinanceHarness } from './binance-harness.ts'

/** within which a position must have its stop (SPEC §9) */
const WITHIN_MS = 4_000

let harness: BinanceHarness
let day: Story

beforeEach(async () => {
  harness = await BinanceHarness.started()
  day = new Story(harness)
})

afterEach(() => harness.end())

function silence(): void {
  harness.exchange.inject({ name: 'ws-silent', fields: { category: 'private' } })
}

async function withinSeconds(told: () => string, wanted: string): Promise<void> {
  const end = harness.now() + WITHIN_MS
  while (told() !== wanted && harness.now() < end) await harness.settle()
  expect(told()).toBe(wanted)
}

it('an entry that rested and has filled', async () => {
  await day.limit('rest', 99)
  silence()
  await harness.moveTo(98.5)
  await withinSeconds(() => day.filled('rest').toFixed(), '1')
})

it('a stop that has triggered and closed a part', async () => {
  await day.send('entry')
  await day.stop('stop', 98)
  harness.exchange.inject({ name: 'partial-take', fields: { share: 0.5 } })
  silence()
  await harness.moveTo(97.5)
  await withinSeconds(() => day.filled('stop').toFixed(), '0.5')
})

it('a stop whose order was refused at the trigger', async () => {
  await day.send('entry')
  await day.stop('stop', 98)
  harness.exchange.inject({ name: 'child-refused' })
  silence()
  await harness.moveTo(97.5)
  const isKnown = (): string =>
    harness.reports.some((report) => report.kind === 'status' && report.order?.state === 'EXPIRED')
      ? 'known'
      : 'unknown'
  await withinSeconds(isKnown, 'known')
})

it('with nothing open nothing is asked', async () => {
  await day.send('entry')
  await day.send('close', { side: 'SELL', reduceOnly: true })
  await harness.settle()
  const before = harness.venue.link().weightUsed
  await harness.settle()
  expect(harness.venue.link().weightUsed).toBe(before)
})

it('an order whose answer says that it filled a part and is over', async () => {
  harness.exchange.inject({ name: 'partial-take', fields: { share: 0.5 } })
  silence()
  await day.send('entry')
  await withinSeconds(() => day.filled('entry').toFixed(), '0.5')
  const isOver = (): string =>
    harness.reports.some((report) => report.kind === 'status' && report.order?.state === 'EXPIRED') ? 'over' : 'open'
  await withinSeconds(isOver, 'over')
})

it('that the order of a stop is over, where only that was not told', async () => {
  await day.send('entry')
  await day.stop('stop', 98)
  harness.exchange.inject({ name: 'partial-take', fields: { share: 0.5 } })
  // of its order: new, filled in part, over
  harness.exchange.inject({ name: 'lose-event', on: 'ORDER_TRADE_UPDATE', after: 2 })
  await harness.moveTo(97.5)
  const isOver = (): string =>
    harness.reports.some((report) => report.kind === 'status' && report.order?.state === 'EXPIRED') ? 'over' : 'open'
  await withinSeconds(isOver, 'over')
})
