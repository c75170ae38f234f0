/** The live state: coalesced per watcher, bounded for the slow, nothing of money or decisions lost, gone when let go. */
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'

import type { LiveMessage } from '../../src/contract/live.ts'
import { exact } from '../../src/core/model/decimal.ts'
import { LIVE_SETTINGS, LiveStream, type LiveSettings } from '../../src/station/live-stream.ts'
import type { Change } from '../../src/station/station-values.ts'
import { decisionOf, orderOf, quoteOf, tradeOf } from '../fixtures/facade-rows.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { Replica } from './replica.ts'

/** A timer that runs when the test says so. */
class HandTimer {
  wakes: (() => void)[] = []
  after = (_ms: number, wake: () => void): (() => void) => {
    this.wakes.push(wake)
    return () => {
      this.wakes = this.wakes.filter((each) => each !== wake)
    }
  }
  tick(): void {
    const due = this.wakes
    this.wakes = []
    for (const wake of due) wake()
  }
}

let station: FakeStation
let timer: HandTimer

beforeEach(() => {
  station = new FakeStation()
  timer = new HandTimer()
})

const streamOf = (settings: Partial<LiveSettings> = {}): LiveStream =>
  new LiveStream(station, { ...LIVE_SETTINGS, ...settings }, timer.after)

type Messages = ReturnType<LiveStream['watch']>

async function next(messages: Messages): Promise<LiveMessage> {
  const { value, done } = await messages.next()
  if (done === true) throw new Error('ended')
  return value
}

const quoteChange = (symbol: string): Change => ({ topic: 'quotes', key: symbol })

describe('coalescing', () => {
  test('a price that ticks a thousand times between two messages is told once, at its latest', async () => {
    const messages = streamOf().watch(undefined)
    const replica = new Replica()
    replica.apply(await next(messages))
    for (let tick = 1; tick <= 1000; tick++) {
      station.prices = [quoteOf('BTCUSDT', 100_000 + tick), station.prices[1]!]
      station.announce([quoteChange('BTCUSDT')])
    }
    timer.tick()
    const message = await next(messages)
    expect(message).toMatchObject({ kind: 'changes', seq: 2, changes: [], quotes: { symbols_added: [] } })
    expect(replica.apply(message)).toBe(true)
    expect(replica.prices.get('BTCUSDT')).toBe(101_000)
    expect(replica.prices.get('ETHUSDT')).toBe(3950)
  })

  test('one timer serves everything noted since the last message', async () => {
    const messages = streamOf().watch(undefined)
    await next(messages)
    station.announce([{ topic: 'account', key: '' }])
    station.announce([
      { topic: 'account', key: '' },
      { topic: 'governor', key: '' },
    ])
    expect(timer.wakes).toHaveLength(1)
    timer.tick()
    const message = await next(messages)
    expect(message.kind === 'changes' && message.changes.map(({ topic }) => topic)).toEqual(['account', 'governor'])
  })

  test('a symbol seen for the first time is named once and pointed to from then on', async () => {
    const messages = streamOf().watch(['quotes'])
    const replica = new Replica()
    replica.apply(await next(messages))
    for (const price of [1, 2]) {
      station.prices = [...station.prices.slice(0, 2), quoteOf('币安人生USDT', price)]
      station.announce([quoteChange('币安人生USDT')])
      timer.tick()
      const message = await next(messages)
      expect(message.kind === 'changes' && message.quotes?.symbols_added).toEqual(price === 1 ? ['币安人生USDT'] : [])
      replica.apply(message)
      expect(replica.prices.get('币安人生USDT')).toBe(price)
    }
  })

  test('an order that has ended and a position that is closed are removed by null', async () => {
    const messages = streamOf().watch(undefined)
    const replica = new Replica()
    replica.apply(await next(messages))
    expect(replica.state.orders).toHaveLength(1)
    station.cancelOrder(station.working[0]!.clientOrderId)
    station.closePosition('BTCUSDT')
    timer.tick()
    replica.apply(await next(messages))
    expect(replica.state.orders).toEqual([])
    expect(replica.state.positions).toEqual([])
  })
})

describe('decisions and money', () => {
  test('every decision is told, though its row is in no table yet', async () => {
    const messages = streamOf().watch(undefined)
    const replica = new Replica()
    replica.apply(await next(messages))
    const rows = Array.from({ length: 500 }, (_, index) => decisionOf(`burst-${index}`))
    for (const row of rows) station.announce([{ topic: 'decisions', key: row.id, row }])
    timer.tick()
    replica.apply(await next(messages))
    const told = new Set(replica.state.decisions?.map(({ id }) => id))
    expect(rows.filter(({ id }) => !told.has(id))).toEqual([])
  })

  test('a decision made while the snapshot is taken is told after it', async () => {
    const messages = streamOf().watch(undefined)
    const row = decisionOf('early')
    station.announce([{ topic: 'decisions', key: row.id, row }])
    const replica = new Replica()
    replica.apply(await next(messages))
    timer.tick()
    replica.apply(await next(messages))
    expect(replica.state.decisions?.map(({ id }) => id)).toContain('early')
  })

  test('rows announced without their content are looked up in the journal', async () => {
    const messages = streamOf().watch(['decisions', 'trades', 'alerts'])
    await next(messages)
    station.decisions = [decisionOf('looked-up'), ...station.decisions]
    station.trades = [tradeOf('looked-up'), ...station.trades]
    station.announce([
      { topic: 'decisions', key: 'looked-up' },
      { topic: 'trades', key: 'looked-up' },
      { topic: 'alerts', key: 'alert-1' },
      { topic: 'trades', key: 'nowhere' },
    ])
    timer.tick()
    const message = await next(messages)
    expect(message.kind === 'changes' && message.changes.map(({ topic, key }) => `${topic} ${key}`)).toEqual([
      'decisions looked-up',
      'trades looked-up',
      'alerts alert-1',
    ])
  })
})

describe('a slow watcher', () => {
  test('owes at most the bound, then starts over with a snapshot, without a gap', async () => {
    const stream = streamOf({ maxPending: 100 })
    const messages = stream.watch(undefined)
    const replica = new Replica()
    replica.apply(await next(messages))
    for (let index = 0; index < 10_000; index++) {
      const row = decisionOf(`flood-${index}`)
      station.announce([{ topic: 'decisions', key: row.id, row }])
      if (index % 100 === 0) timer.tick()
    }
    station.balance = station.balance.plus(1)
    timer.tick()
    const message = await next(messages)
    expect(message).toMatchObject({ kind: 'snapshot', seq: 2 })
    expect(replica.apply(message)).toBe(true)
    expect(replica.state.account?.balance).toBe('10001')
  })

  test('gets at once what it owes when it asks again', async () => {
    const messages = streamOf().watch(['account'])
    await next(messages)
    station.deposit(station.balance)
    timer.tick()
    const message = await next(messages)
    expect(message).toMatchObject({ seq: 2, changes: [{ topic: 'account', value: { balance: '20000' } }] })
  })

  test('does not hold up a quick one', async () => {
    const stream = streamOf()
    const slow = stream.watch(['account'])
    const quick = stream.watch(['account'])
    await next(slow)
    await next(quick)
    for (const seq of [2, 3, 4]) {
      station.announce([{ topic: 'account', key: '' }])
      timer.tick()
      expect((await next(quick)).seq).toBe(seq)
    }
    expect((await next(slow)).seq).toBe(2)
  })
})

describe('letting go', () => {
  test.each(['return', 'abort', 'close'])('%s ends the wait, frees the station and its timer', async (way) => {
    const stream = streamOf()
    const giveUp = new AbortController()
    const messages = stream.watch(undefined, giveUp.signal)
    await next(messages)
    expect(station.listeners.size).toBe(1)
    const waiting = messages.next()
    station.announce([{ topic: 'account', key: '' }])
    if (way === 'return') await messages.return()
    if (way === 'abort') giveUp.abort()
    if (way === 'close') stream.close()
    expect((await waiting).done).toBe(true)
    expect(station.listeners.size).toBe(0)
    expect(timer.wakes).toHaveLength(0)
    expect(stream.watching).toBe(0)
    expect((await messages.next()).done).toBe(true)
  })

  test('a station nobody watches is not listened to', () => {
    streamOf()
    expect(station.listeners.size).toBe(0)
  })

  test('a watcher that gave up before it began gets nothing', async () => {
    const stream = streamOf()
    const messages = stream.watch(undefined, AbortSignal.abort())
    expect((await messages.next()).done).toBe(true)
    expect(stream.watching).toBe(0)
  })
})

const step = fc.oneof(
  fc.record({ kind: fc.constant('deposit' as const), amount: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ kind: fc.constant('order' as const), role: fc.integer({ min: 0, max: 9 }).map(String) }),
  fc.record({ kind: fc.constant('cancel' as const), nth: fc.nat(9) }),
  fc.record({ kind: fc.constant('policy' as const), max_positions: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('quote' as const), price: fc.double({ min: 1e-8, max: 1e9, noNaN: true }) }),
  fc.constant({ kind: 'tick' as const }),
  fc.constant({ kind: 'stall' as const }),
  fc.constant({ kind: 'read' as const }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function happen(one: Step): void {
  if (one.kind === 'deposit') station.deposit(exact(one.amount))
  if (one.kind === 'cancel') station.cancelOrder(station.working[one.nth]?.clientOrderId ?? 'none')
  if (one.kind === 'policy')
    station.policy.change({ maxPositions: one.max_positions }, { actor: 'user', reason: 'a step' })
  if (one.kind === 'tick') timer.tick()
  if (one.kind === 'quote') {
    station.prices = [quoteOf('BTCUSDT', one.price), station.prices[1]!]
    station.announce([quoteChange('BTCUSDT')])
  }
  if (one.kind === 'order') {
    const order = orderOf(one.role)
    station.working = [...station.working.filter((each) => each.clientOrderId !== order.clientOrderId), order]
    station.announce([{ topic: 'orders', key: order.clientOrderId }])
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Reads for as long as the stream lasts, but not while it is stalled. */
class Reader {
  readonly replica = new Replica()
  stalled = false
  gaps = 0
  #resume = (): void => undefined

  async run(messages: Messages): Promise<void> {
    for (;;) {
      const { value, done } = await messages.next()
      if (done === true) return
      if (!this.replica.apply(value)) this.gaps++
      if (this.stalled) await new Promise<void>((resolve) => (this.#resume = resolve))
    }
  }

  resume(): void {
    this.stalled = false
    this.#resume()
  }
}

test('a copy kept by snapshots and changes equals the station, whatever happened and however slow it was read', async () => {
  let restarts = 0
  const property = fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
    station = new FakeStation()
    timer = new HandTimer()
    const stream = streamOf({ maxPending: 4 })
    const reader = new Reader()
    const reading = reader.run(stream.watch(undefined))
    for (const one of steps) {
      happen(one)
      if (one.kind === 'stall') reader.stalled = true
      if (one.kind === 'read') reader.resume()
      await settled()
    }
    reader.resume()
    await settled()
    timer.tick()
    await settled()
    stream.close()
    await reading
    const { state, prices } = reader.replica
    restarts += reader.replica.snapshots - 1
    expect(reader.gaps).toBe(0)
    expect(state.account?.balance).toBe(station.balance.toFixed())
    expect(state.policy?.version).toBe(station.policy.current.version)
    const working = station.working.map((order): string => order.clientOrderId)
    expect(state.orders?.map((order) => order.client_order_id).toSorted()).toEqual(working.toSorted())
    expect(prices.get('BTCUSDT')).toBe(station.prices[0]?.ticker.last)
  })
  await fc.assert(property, { numRuns: 80, seed: 7 })
  expect(restarts).toBeGreaterThan(0)
})
