/** Requests that may not leave now: what reduces risk goes first, entries before reading, and nobody waits for ever. */
import { describe, expect, it } from 'vitest'

import { RequestQueue, type Turn } from '../../../src/adapters/binance/request-queue.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { type Priority, WeightBudget } from '../../../src/adapters/binance/weight-budget.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'

const NOON = Date.UTC(2026, 0, 1, 12)

function staged(changes: Partial<typeof BINANCE_SETTINGS> = {}) {
  const settings = { ...BINANCE_SETTINGS, safetyPatienceMs: 5_000, entryPatienceMs: 5_000, ...changes }
  const clock = new VirtualClock({ startAt: NOON })
  const budget = new WeightBudget(settings)
  const queue = new RequestQueue(budget, clock, settings)
  const told: string[] = []
  const asked = async (name: string, turn: Turn): Promise<void> => {
    try {
      await queue.admit(turn)
      told.push(name)
    } catch (problem) {
      told.push(`${name} failed: ${String(problem)}`)
    }
  }
  const ask = (name: string, priority: Priority, weight = 1, isNewOrder = false): void =>
    void asked(name, { priority, weight, isNewOrder })
  const goOn = async (ms: number): Promise<string[]> => {
    clock.advanceTo(clock.now() + ms)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    return told.splice(0)
  }
  return { clock, budget, queue, ask, goOn }
}

describe('requests that wait', () => {
  it('when the silence ends: reductions, then entries, then reading, each in the order they came', async () => {
    const { budget, ask, goOn, clock } = staged()
    budget.block(3_000, clock.now())
    ask('read 1', 'read')
    ask('entry 1', 'entry')
    ask('stop 1', 'safety')
    ask('read 2', 'read')
    ask('stop 2', 'safety')
    ask('entry 2', 'entry')
    expect(await goOn(2_999)).toEqual([])
    expect(await goOn(1)).toEqual(['stop 1', 'stop 2', 'entry 1', 'entry 2', 'read 1', 'read 2'])
  })

  it('what would wait longer than it has patience has failed at once: it was surely not sent', async () => {
    const { budget, ask, goOn, clock } = staged({ entryPatienceMs: 500, safetyPatienceMs: 2_000 })
    budget.block(1_000, clock.now())
    ask('entry', 'entry')
    ask('stop', 'safety')
    expect(await goOn(0)).toEqual([
      expect.stringMatching(/^entry failed: BinanceFault: not sent: the exchange asked for 1 s/u),
    ])
    budget.block(10_000, clock.now())
    ask('another stop', 'safety')
    expect(await goOn(0)).toEqual([expect.stringContaining('another stop failed: BinanceFault: not sent')])
    expect(await goOn(1_000)).toEqual([expect.stringContaining('stop failed: BinanceFault: not sent')])
  })

  it('a silence that becomes longer fails those whose patience it outlasts', async () => {
    const { budget, ask, goOn, clock, queue } = staged()
    budget.block(3_000, clock.now())
    ask('stop', 'safety')
    await goOn(1_000)
    budget.block(60_000, clock.now())
    expect(await goOn(2_000)).toEqual([expect.stringContaining('stop failed: BinanceFault: not sent')])
    expect(queue.length).toBe(0)
  })

  it('entries leave a fifth of the orders to what reduces risk', async () => {
    const { ask, goOn } = staged({ ordersPer10s: 10, entryPatienceMs: 500 })
    for (let index = 1; index <= 9; index++) ask(`entry ${index}`, 'entry', 0, true)
    for (let index = 1; index <= 3; index++) ask(`stop ${index}`, 'safety', 0, true)
    const told = await goOn(0)
    expect(told.filter((name) => !name.includes('failed'))).toEqual([
      ...Array.from({ length: 8 }, (_entry, index) => `entry ${index + 1}`),
      'stop 1',
      'stop 2',
    ])
    expect(told.filter((name) => name.includes('failed'))).toHaveLength(2)
  })

  it('reading that has used its share does not hold up an order, and goes on in the next minute', async () => {
    const { ask, goOn } = staged({ weightPerMinute: 100, readingShare: 0.6 })
    ask('read 1', 'read', 60)
    ask('read 2', 'read', 10)
    ask('cancel', 'safety', 1)
    expect(await goOn(0)).toEqual(['read 1', 'cancel'])
    expect(await goOn(59_999)).toEqual([])
    expect(await goOn(1)).toEqual(['read 2'])
  })

  it('a look that is waited for passes reading that waits for the next minute', async () => {
    const { ask, goOn } = staged({ weightPerMinute: 100, readingShare: 0.6 })
    ask('read 1', 'read', 60)
    ask('read 2', 'read', 10)
    ask('look', 'recovery', 30)
    expect(await goOn(0)).toEqual(['read 1', 'look'])
  })

  it('orders that others sent from our account count', async () => {
    const { budget, ask, goOn, clock } = staged({ ordersPer10s: 10, ordersPerMinute: 100, entryPatienceMs: 500 })
    budget.toldOrders(8, 8, clock.now())
    ask('entry', 'entry', 0, true)
    ask('stop', 'safety', 0, true)
    expect((await goOn(0)).toSorted()).toEqual([expect.stringContaining('entry failed'), 'stop'])
    expect(budget.ordersWithin(10_000, clock.now())).toBe(9)
    await goOn(10_001)
    ask('entry', 'entry', 0, true)
    expect(await goOn(0)).toEqual(['entry'])
  })
})
