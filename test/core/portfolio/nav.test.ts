/** The unit price: money in and out changes no percentage (SPEC §20.3), and the identity of the account. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ZERO, exact, type Exact } from '../../../src/core/model/decimal.ts'
import type { Position } from '../../../src/core/model/position.ts'
import { accountOf, unrealisedOfAll } from '../../../src/core/portfolio/account.ts'
import { applyFill, applyFunding } from '../../../src/core/portfolio/apply-fill.ts'
import { Nav, drawdownOf } from '../../../src/core/portfolio/nav.ts'
import { fillOf, openingOf, orderOf } from '../../fixtures/orders.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('units', () => {
  it('the first money buys units at 1, later money at the price of the day', () => {
    const nav = new Nav()
    nav.flow(exact(10_000), ZERO)
    expect(nav.units.toString()).toBe('10000')
    expect(nav.sample(0, exact(12_000))).toBe(1.2)
    nav.flow(exact(6_000), exact(12_000))
    expect(nav.units.toString()).toBe('15000')
    expect(nav.sample(1, exact(18_000))).toBe(1.2)
  })

  it('everything withdrawn and paid in again goes on at the same price', () => {
    const nav = new Nav()
    nav.flow(exact(7_000), ZERO)
    nav.sample(0, exact(6_300))
    nav.flow(exact(-6_300), exact(6_300))
    expect(nav.units.isZero()).toBe(true)
    nav.flow(exact(100), ZERO)
    expect(nav.sample(1, exact(100))).toBeCloseTo(0.9, 15)
  })

  it('money paid into an account that lost everything does not hide the loss', () => {
    const nav = new Nav()
    nav.flow(exact(1_000), ZERO)
    nav.sample(0, exact(1_000))
    nav.sample(1, exact(-5))
    nav.flow(exact(1_000), exact(-5))
    expect(drawdownOf(nav.sample(2, exact(995)), nav.highs.today)).toBeGreaterThan(0.99)
  })
})

describe('highs', () => {
  it('are those of the UTC day, of the last 24 h, and ever', () => {
    const nav = new Nav()
    nav.flow(exact(100), ZERO)
    nav.sample(10 * HOUR, exact(130))
    nav.sample(20 * HOUR, exact(120))
    nav.sample(DAY + HOUR, exact(110))
    expect(nav.highs).toEqual({ today: 1.1, last24h: 1.3, ever: 1.3 })
    nav.sample(DAY + 11 * HOUR, exact(105))
    expect(nav.highs).toEqual({ today: 1.1, last24h: 1.2, ever: 1.3 })
    nav.sample(DAY + 21 * HOUR, exact(100))
    expect(nav.highs).toEqual({ today: 1.1, last24h: 1.1, ever: 1.3 })
  })

  it('survive a restart', () => {
    const nav = new Nav(exact(100), { today: 1.2, last24h: 1.3, ever: 1.5 }, 20 * HOUR)
    nav.sample(21 * HOUR, exact(110))
    expect(nav.highs).toEqual({ today: 1.2, last24h: 1.3, ever: 1.5 })
    nav.sample(DAY + 21 * HOUR, exact(110))
    expect(nav.highs).toEqual({ today: 1.1, last24h: 1.1, ever: 1.5 })
  })

  it('equal the naive maximum of all samples of the window', () => {
    const samples = fc.array(fc.tuple(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 50, max: 150 })), {
      minLength: 1,
      maxLength: 120,
    })
    fc.assert(
      fc.property(samples, (steps) => {
        const nav = new Nav()
        nav.flow(exact(100), ZERO)
        const seen: { at: number; nav: number }[] = []
        let at = 0
        for (const [minutes, equity] of steps) {
          at += minutes * 60_000
          const before = nav.highs
          const seenFrom = nav.look(at, exact(equity))
          expect(nav.highs).toEqual(before)
          expect(seenFrom).toEqual({ price: nav.sample(at, exact(equity)), highs: nav.highs })
          seen.push({ at, nav: equity / 100 })
          const inWindow = seen.filter((sample) => sample.at >= at - DAY).map((sample) => sample.nav)
          const today = seen.filter((sample) => Math.floor(sample.at / DAY) === Math.floor(at / DAY))
          expect(nav.highs.last24h).toBe(Math.max(...inWindow))
          expect(nav.highs.today).toBe(Math.max(...today.map((sample) => sample.nav)))
          expect(nav.highs.ever).toBe(Math.max(...seen.map((sample) => sample.nav)))
        }
      }),
      { numRuns: 100 },
    )
  })
})

/** Price moves in basis points and flows as a share of equity, at random instants. */
const story = fc.array(
  fc.record({
    minutes: fc.integer({ min: 1, max: 600 }),
    moveBp: fc.integer({ min: -900, max: 900 }),
    flow: fc.oneof(fc.constant(0), fc.integer({ min: -50, max: 50 })),
  }),
  { minLength: 1, maxLength: 60 },
)

describe('deposits and withdrawals of ±50 % at random instants', () => {
  it('change no percentage, to 1e-12', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const withFlows = new Nav()
        const without = new Nav()
        let equity = exact(10_000)
        let alone = exact(10_000)
        withFlows.flow(equity, ZERO)
        without.flow(alone, ZERO)
        let at = 0
        for (const step of steps) {
          at += step.minutes * 60_000
          equity = equity.times(10_000 + step.moveBp).div(10_000)
          alone = alone.times(10_000 + step.moveBp).div(10_000)
          const flow = equity.times(step.flow).div(100)
          if (!flow.isZero()) withFlows.flow(flow, equity)
          equity = equity.plus(flow)
          const nav = withFlows.sample(at, equity)
          const navAlone = without.sample(at, alone)
          expect(Math.abs(nav / navAlone - 1)).toBeLessThan(1e-12)
          for (const high of ['today', 'last24h', 'ever'] as const) {
            const difference = drawdownOf(nav, withFlows.highs[high]) - drawdownOf(navAlone, without.highs[high])
            expect(Math.abs(difference)).toBeLessThan(1e-12)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('the account', () => {
  it('deposits + realised − fees ± funding = balance, equity = balance + unrealised, to the last decimal', () => {
    const step = fc.record({
      buys: fc.boolean(),
      price: fc.integer({ min: 5_000, max: 15_000 }),
      quantity: fc.integer({ min: 1, max: 900 }),
      fee: fc.integer({ min: 0, max: 500 }),
      funding: fc.integer({ min: -300, max: 300 }),
      mark: fc.integer({ min: 5_000, max: 15_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let position: Position | null = null
        let balance = exact(10_000)
        let cash = exact(10_000)
        let signed = ZERO
        const sums: Record<string, Exact> = {}
        steps.forEach((one, index) => {
          const price = exact(one.price).div(100)
          const quantity = exact(one.quantity).div(1000)
          const side = one.buys ? 'BUY' : 'SELL'
          const fee = exact(one.fee).div(1000)
          const effect = applyFill(position, fillOf(String(index), { side, price, quantity, fee }), openingOf())
          const funding = exact(one.funding).div(1000)
          position = effect.position === null ? null : applyFunding(effect.position, funding)
          for (const entry of effect.ledger) {
            sums[entry.kind] = (sums[entry.kind] ?? ZERO).plus(entry.amount)
            balance = balance.plus(entry.amount)
          }
          if (position !== null) balance = balance.plus(funding)
          cash = cash.minus(price.times(one.buys ? quantity : quantity.neg())).minus(fee)
          if (position !== null) cash = cash.plus(funding)
          signed = signed.plus(one.buys ? quantity : quantity.neg())
          const mark = one.mark / 100
          const nav = new Nav(exact(10_000))
          const positions: Position[] = position === null ? [] : [position]
          const account = accountOf({ at: index, balance, positions, entries: [], markOf: () => mark }, nav)
          expect(account.equity.eq(balance.plus(unrealisedOfAll(positions, () => mark)))).toBe(true)
          // the same equity from cash flows alone: each booking may be off by half of 1e-8
          const naive = cash.plus(signed.times(mark))
          expect(account.equity.minus(naive).abs().toNumber()).toBeLessThanOrEqual((index + 2) * 1e-8)
          expect(account.nav).toBeCloseTo(account.equity.toNumber() / 10_000, 14)
        })
      }),
      { numRuns: 100 },
    )
  })

  it('what is bound in positions and resting entries is not free', () => {
    const { position } = applyFill(null, fillOf('1', { quantity: exact(6) }), openingOf({ leverage: 3 }))
    const positions = position === null ? [] : [position]
    const entries = [orderOf({ state: 'OPEN', quantity: exact(3), price: exact(50), leverage: 5 })]
    const inputs = { at: 0, balance: exact(1000), positions, entries, markOf: () => 110 }
    // equity 1060, balance 1000; 6 × 110 ÷ 3 = 220 and 3 × 50 ÷ 5 = 30
    expect(accountOf(inputs, new Nav(exact(1000))).freeMargin).toBe(750)
  })
})
