/** The line on bad days: told to be silent, a clock that is wrong, a computer that slept. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ClockWatch } from '../../../src/adapters/binance/clock-watch.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import { requestOf } from '../venue-contract/venue-under-test.ts'
import { BinanceHarness } from './binance-harness.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const { symbol: SYMBOL } = requestOf('any')

describe('an exchange that asks for silence', () => {
  let at: BinanceHarness
  beforeEach(async () => {
    at = await BinanceHarness.started()
    await at.settle()
  })
  afterEach(() => at.end())

  const kindsOf = (id: string): string[] =>
    at.reports.flatMap((report) => {
      if (report.kind === 'filled') return report.fill.clientOrderId === id ? ['filled'] : []
      if (!('clientOrderId' in report) || report.clientOrderId !== id) return []
      return [report.kind === 'undelivered' ? report.outcome : report.kind]
    })
  const goOn = async (ms: number): Promise<void> => {
    const until = at.now() + ms
    while (at.now() < until) await at.settle()
  }

  it.each([
    ['429', 'rate-limited'],
    ['418', 'banned'],
  ] as const)('%s: nothing leaves for as long as it says, then everything goes on', async (_status, name) => {
    at.exchange.inject({ name, on: 'openOrders', fields: { seconds: 30 } })
    at.venue.askSnapshot(0)
    await at.settle()
    const { silentUntil } = at.venue.link()
    expect(silentUntil).toBeGreaterThan(at.now() + 20 * SECOND)
    const sent = at.sent.length
    at.venue.submit(requestOf('entry'))
    at.venue.submit(requestOf('stop', { type: 'STOP_MARKET', reduceOnly: true }))
    await at.settle()
    expect([kindsOf('entry'), kindsOf('stop')]).toEqual([['failed'], ['failed']])
    expect(at.sent.slice(sent)).toEqual([])
    await goOn((silentUntil ?? 0) - at.now() + SECOND)
    expect(at.venue.link().silentUntil).toBeNull()
    at.venue.submit(requestOf('later'))
    await at.settle()
    expect(kindsOf('later')).toEqual(['accepted', 'filled'])
  })

  it('a look at the account that is waited for does not wait behind what was read before', async () => {
    const snapshots = (): number => at.reports.filter(({ kind }) => kind === 'snapshot').length
    at.venue.rest.budget.told(BINANCE_SETTINGS.weightPerMinute * BINANCE_SETTINGS.readingShare, at.now())
    const next = Math.ceil(at.now() / MINUTE) * MINUTE
    at.venue.askSnapshot(0)
    await at.settle()
    expect(snapshots()).toBe(0)
    at.venue.askSnapshot(0, true)
    await at.settle()
    expect(snapshots()).toBe(1)
    expect(at.now()).toBeLessThan(next)
    await goOn(next - at.now() + SECOND)
    expect(snapshots()).toBe(2)
  })

  it('a short silence: what reduces risk waits for its end, an entry has failed', async () => {
    at.venue.submit(requestOf('first'))
    await at.settle()
    at.exchange.inject({ name: 'rate-limited', on: 'positionRisk', fields: { seconds: 1 } })
    at.venue.askSnapshot(0)
    while (at.venue.link().silentUntil === null) await new Promise((resolve) => setTimeout(resolve, 1))
    at.venue.submit(requestOf('entry'))
    at.venue.submit(requestOf('close', { side: 'SELL', reduceOnly: true }))
    await goOn(3 * SECOND)
    expect(kindsOf('entry')).toEqual(['failed'])
    expect(kindsOf('close')).toEqual(['accepted', 'filled'])
  })

  it('a clock that jumped: the refused order is sent once more with the right time, and is there once', async () => {
    at.exchange.inject({ name: 'skew', fields: { ms: 30 * SECOND } })
    at.venue.submit(requestOf('entry'))
    await at.settle()
    expect(kindsOf('entry')).toEqual(['accepted', 'filled'])
    expect(at.sent.filter((request) => request === 'POST order')).toHaveLength(2)
    expect(at.exchange.exchange.account.position(SYMBOL).amount.toNumber()).toBe(1)
    const skew = at.venue.clockSkewMs() ?? 0
    expect(Math.abs(skew - 30 * SECOND)).toBeLessThan(SECOND)
  })

  it('the exchange’s clock is measured every five minutes, whatever is asked in between', async () => {
    expect(Math.abs(at.venue.clockSkewMs() ?? Number.NaN)).toBeLessThan(SECOND)
    at.exchange.inject({ name: 'skew', fields: { ms: 3 * SECOND } })
    at.clock.advanceTo(at.now() + 5 * MINUTE)
    await at.settle()
    expect(Math.abs((at.venue.clockSkewMs() ?? 0) - 3 * SECOND)).toBeLessThan(SECOND)
  })

  it('after a sleep the old line is dropped at once: a new one, its listen key renewed, the clock measured', async () => {
    const before = at.venue.link()
    const [sent, reports] = [at.sent.length, at.reports.length]
    await goOn(MINUTE)
    at.venue.resumed()
    expect(at.venue.link().isUp).toBe(false)
    await at.settle()
    at.venue.resumed()
    expect(at.venue.link().isUp).toBe(true)
    const link = at.venue.link()
    expect(link).toMatchObject({ isUp: true, reconnects: before.reconnects + 1 })
    expect(link.listenKeyAt).toBeGreaterThan(before.listenKeyAt ?? 0)
    expect(at.sent.slice(sent)).toEqual(expect.arrayContaining(['GET time', 'POST listenKey']))
    const ups = at.reports.slice(reports).flatMap((report) => (report.kind === 'connection' ? [report.up] : []))
    expect(ups).toEqual([false, true])
    at.venue.submit(requestOf('entry'))
    await at.settle()
    expect(kindsOf('entry')).toEqual(['accepted', 'filled'])
  })

  it('leverage and margin type are set once, and again after somebody else may have changed them', async () => {
    const entered = async (id: string): Promise<string[]> => {
      const from = at.sent.length
      at.venue.submit(requestOf(id, { leverage: 5 }))
      await at.settle()
      return at.sent.slice(from).filter((request) => request.startsWith('POST '))
    }
    await entered('first')
    expect(await entered('second')).toEqual(['POST order'])
    at.exchange.inject({ name: 'ws-drop', fields: { category: 'private' } })
    await goOn(5 * SECOND)
    expect(await entered('third')).toEqual(['POST marginType', 'POST leverage', 'POST order'])
    expect(kindsOf('third')).toEqual(['accepted', 'filled'])
  })

  it('the dead man’s switch ends resting orders unless it is wound again, and never conditional ones', async () => {
    at.venue.submit(requestOf('held'))
    await at.settle()
    at.venue.submit(requestOf('rests', { type: 'LIMIT', timeInForce: 'GTC', price: exact(95) }))
    at.venue.submit(requestOf('stop', { type: 'STOP_MARKET', side: 'SELL', reduceOnly: true, triggerPrice: exact(90) }))
    at.venue.countdown(SYMBOL, 10 * SECOND)
    await goOn(8 * SECOND)
    at.venue.countdown(SYMBOL, 10 * SECOND)
    await goOn(8 * SECOND)
    expect(kindsOf('rests')).toEqual(['accepted'])
    await goOn(4 * SECOND)
    expect([kindsOf('rests'), kindsOf('stop')]).toEqual([['accepted', 'cancelled'], ['accepted']])
  })
})

describe('a clock that jumps', () => {
  /** As a computer that slept: its timers stood still, the wall went on. */
  class SleepyClock implements Clock {
    readonly #awake = new VirtualClock({ startAt: 0 })
    #slept = 0

    now(): number {
      return this.#awake.now() + this.#slept
    }

    at(time: number, wake: () => void) {
      return this.#awake.at(time - this.#slept, wake)
    }

    goOn(ms: number): void {
      this.#awake.advanceTo(this.#awake.now() + ms)
    }

    sleep(ms: number): void {
      this.#slept += ms
    }
  }

  it('is a sleep; one that is a little late is none', () => {
    const clock = new SleepyClock()
    let woken = 0
    const settings = BINANCE_SETTINGS
    const watch = new ClockWatch({ clock, settings, rest: null, woke: () => woken++, problem: () => undefined })
    watch.start()
    clock.goOn(10 * MINUTE)
    clock.sleep(settings.sleptMs - SECOND)
    clock.goOn(settings.beatMs)
    expect(woken).toBe(0)
    clock.sleep(3 * 3_600_000)
    clock.goOn(settings.beatMs)
    expect(woken).toBe(1)
    clock.goOn(10 * MINUTE)
    expect(woken).toBe(1)
    watch.stop()
    clock.sleep(3 * 3_600_000)
    clock.goOn(MINUTE)
    expect(woken).toBe(1)
  })
})
