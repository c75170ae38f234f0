/** The budget of requests: reading leaves room for orders, orders have a pace, and silence is kept when it is asked for. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { WeightBudget } from '../../../src/adapters/binance/weight-budget.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 0, 1, 12)
const settings = { ...BINANCE_SETTINGS, weightPerMinute: 100, readingShare: 0.6, ordersPer10s: 3, ordersPerMinute: 5 }

describe('the budget of requests', () => {
  it('reading stops at its share, orders go on to the whole, and a new minute begins anew', () => {
    const budget = new WeightBudget(settings)
    budget.spend(60, false, NOON)
    expect(budget.waitFor('read', 1, false, NOON + 1000)).toBe(MINUTE - 1000)
    expect(budget.waitFor('safety', 40, false, NOON + 1000)).toBe(0)
    expect(budget.waitFor('safety', 41, false, NOON + 1000)).toBe(MINUTE - 1000)
    expect(budget.waitFor('read', 60, false, NOON + MINUTE)).toBe(0)
  })

  it('a look that is waited for may use what is left of reading, and leaves enough to reduce risk', () => {
    const budget = new WeightBudget(settings)
    budget.spend(60, false, NOON)
    expect(budget.waitFor('recovery', 30, false, NOON + 1000)).toBe(0)
    expect(budget.waitFor('recovery', 31, false, NOON + 1000)).toBe(MINUTE - 1000)
  })

  it('the count of the exchange is believed when it is higher: others may share the address', () => {
    const budget = new WeightBudget(settings)
    budget.spend(10, false, NOON)
    budget.told(70, NOON + 1)
    expect(budget.used(NOON + 2)).toBe(70)
    budget.told(20, NOON + 3)
    expect(budget.used(NOON + 4)).toBe(70)
    expect(budget.used(NOON + MINUTE)).toBe(0)
  })

  it('new orders wait for the oldest of ten seconds, and for the oldest of a minute', () => {
    const budget = new WeightBudget(settings)
    for (const at of [0, 1000, 2000]) budget.spend(0, true, NOON + at)
    expect(budget.waitFor('safety', 0, true, NOON + 3000)).toBe(7000)
    expect(budget.waitFor('safety', 0, false, NOON + 3000)).toBe(0)
    expect(budget.waitFor('safety', 0, true, NOON + 10_001)).toBe(0)
    budget.spend(0, true, NOON + 11_000)
    budget.spend(0, true, NOON + 22_000)
    expect(budget.waitFor('safety', 0, true, NOON + 40_000)).toBe(20_000)
  })

  it('after a 429 nothing leaves until the exchange listens again, a shorter silence does not shorten it', () => {
    const budget = new WeightBudget(settings)
    budget.block(30_000, NOON)
    budget.block(5_000, NOON)
    expect(budget.waitFor('safety', 0, false, NOON + 10_000)).toBe(20_000)
    expect(budget.waitFor('read', 1, false, NOON + 30_000)).toBe(0)
  })

  it('whoever waits as told never spends more than the whole in a minute', () => {
    const asked = fc.record({ weight: fc.integer({ min: 1, max: 40 }), pause: fc.integer({ min: 0, max: 20_000 }) })
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 60 }), (requests) => {
        const budget = new WeightBudget(settings)
        const spent = new Map<number, number>()
        let now = NOON
        for (const { weight, pause } of requests) {
          now += pause
          now += budget.waitFor('read', weight, false, now)
          budget.spend(weight, false, now)
          const minute = Math.floor(now / MINUTE)
          spent.set(minute, (spent.get(minute) ?? 0) + weight)
        }
        expect(Math.max(0, ...spent.values())).toBeLessThanOrEqual(settings.weightPerMinute * settings.readingShare)
      }),
    )
  })
})
