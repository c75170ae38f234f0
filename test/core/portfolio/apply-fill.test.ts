/** Positions and the wallet after fills, by hand and against an independent recomputation in big-integer fractions. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ZERO, exact } from '../../../src/core/model/decimal.ts'
import type { TradeId } from '../../../src/core/model/ids.ts'
import type { Fill } from '../../../src/core/model/order.ts'
import type { LedgerEntry, Position } from '../../../src/core/model/position.ts'
import { applyFill, applyFunding } from '../../../src/core/portfolio/apply-fill.ts'
import { tradeOf } from '../../../src/core/portfolio/trade-of.ts'
import { fillOf, openingOf } from '../../fixtures/orders.ts'
import { hundredMillionths, minus, over, plus, rational, times, type Rational } from './rational.ts'

interface Walk {
  position: Position | null
  ended: Position[]
  ledger: LedgerEntry[]
}

function walk(fills: readonly Fill[]): Walk {
  const state: Walk = { position: null, ended: [], ledger: [] }
  for (const fill of fills) {
    const effect = applyFill(state.position, fill, openingOf())
    state.position = effect.position
    state.ledger.push(...effect.ledger)
    if (effect.closed) state.ended.push(effect.closed)
  }
  return state
}

const buy = (id: string, price: number, quantity: number, fee = 0): Fill =>
  fillOf(id, { price: exact(price), quantity: exact(quantity), fee: exact(fee) })
const sell = (id: string, price: number, quantity: number, fee = 0): Fill => ({
  ...buy(id, price, quantity, fee),
  side: 'SELL',
})

describe('a position', () => {
  it('averages its entries and realises partial closes', () => {
    const { position, ledger } = walk([buy('1', 100, 10, 0.5), buy('2', 110, 30, 1.65), sell('3', 120, 15, 0.9)])
    expect(position?.entryPrice.toString()).toBe('107.5')
    expect(position?.quantity.toString()).toBe('25')
    expect(position?.realised.toString()).toBe('187.5')
    expect(position?.fees.toString()).toBe('3.05')
    expect(ledger.map((entry) => `${entry.kind} ${entry.amount.toString()}`)).toEqual([
      'FEE -0.5',
      'FEE -1.65',
      'REALISED 187.5',
      'FEE -0.9',
    ])
  })

  it('a short gains when the price falls', () => {
    const { position, ended } = walk([sell('1', 100, 2), buy('2', 90, 2)])
    expect(position).toBeNull()
    expect(ended[0]?.realised.toString()).toBe('20')
  })

  it('a foreign fill beyond flat closes it and opens the other side, the fee shared by quantity', () => {
    const { position, ended, ledger } = walk([buy('1', 100, 10), sell('2', 105, 14, 1.4)])
    expect(ended[0]?.realised.toString()).toBe('50')
    expect(ended[0]?.fees.toString()).toBe('1')
    expect(position).toMatchObject({ side: 'SHORT', openedAt: 0 })
    expect(position?.quantity.toString()).toBe('4')
    expect(position?.entryPrice.toString()).toBe('105')
    expect(position?.fees.toString()).toBe('0.4')
    expect(ledger.map((entry) => entry.amount.toString())).toEqual(['50', '-1.4'])
  })

  it('books in 8 decimals, half to even', () => {
    // average of 1 at 1 and 2 at 2 is 5/3; one sold at 2 gains 1/3
    const { position, ledger } = walk([buy('1', 1, 1), buy('2', 2, 2), sell('3', 2, 1)])
    expect(ledger[0]?.amount.toString()).toBe('0.33333333')
    expect(position?.entryPrice.toDecimalPlaces(20).toString()).toBe('1.66666666666666666667')
  })
})

describe('a trade', () => {
  it('counts gain, fees and funding against the risk it was taken at', () => {
    const opened = walk([buy('1', 100, 10, 0.5)]).position as Position
    const funded = applyFunding(opened, exact('-0.25'))
    const half = applyFill(funded, sell('2', 110, 4, 0.22), openingOf()).position as Position
    const closed = applyFill(half, sell('3', 108, 6, 0.324), openingOf()).closed as Position
    const trade = tradeOf(closed, { id: 't' as TradeId, at: 9, reason: 'SIGNAL', riskMode: 'NORMAL' })
    expect(trade.realised.toString()).toBe('88')
    expect(trade.profit.toString()).toBe('86.706')
    expect(trade.exitPrice.toString()).toBe('108.8')
    expect(trade.quantity.toString()).toBe('10')
    // risk: (100 − 95) × 10 = 50
    expect(trade.rMultiple).toBeCloseTo(86.706 / 50, 12)
  })

  it('has no R where no stop was known', () => {
    const opening = openingOf({ stopPrice: ZERO, strategyId: 'foreign' })
    const opened = applyFill(null, buy('1', 100, 1), opening).position as Position
    const closed = applyFill(opened, sell('2', 90, 1), opening).closed as Position
    expect(tradeOf(closed, { id: 't' as TradeId, at: 1, reason: 'FOREIGN', riskMode: 'NORMAL' }).rMultiple).toBe(0)
  })
})

/** Signed quantity and average entry as fractions; every gain rounded as it is booked. */
function naively(fills: readonly { sign: 1 | -1; price: number; quantity: number; fee: number }[]): bigint {
  let held = rational(0)
  let entry = rational(0)
  let wallet = 0n
  for (const fill of fills) {
    const price = rational(fill.price, 100)
    const amount = rational(fill.sign * fill.quantity, 1000)
    wallet -= hundredMillionths(rational(fill.fee, 10_000))
    const isSame = held.top === 0n || held.top > 0n === amount.top > 0n
    if (isSame) {
      const total = plus(held, amount)
      entry = over(plus(times(entry, held), times(price, amount)), total)
      held = total
      continue
    }
    const size = (value: Rational): Rational => ({ top: value.top < 0n ? -value.top : value.top, bottom: value.bottom })
    const after = plus(held, amount)
    const flips = after.top !== 0n && after.top > 0n !== held.top > 0n
    const closing = flips || after.top === 0n ? held : times(rational(-1), amount)
    wallet += hundredMillionths(times(minus(price, entry), closing))
    if (flips) entry = price
    held = after
    expect(size(closing).top).toBeGreaterThan(0n)
  }
  return wallet
}

const anyFill = fc.record({
  sign: fc.constantFrom(1 as const, -1 as const),
  price: fc.integer({ min: 1, max: 200_000 }),
  quantity: fc.integer({ min: 1, max: 5_000 }),
  fee: fc.integer({ min: 0, max: 9_999 }),
})

describe('the wallet', () => {
  it('realised − fees equal an independent recomputation to the last decimal', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { minLength: 1, maxLength: 40 }), (raw) => {
        const fills = raw.map((fill, index) =>
          fillOf(String(index), {
            side: fill.sign === 1 ? 'BUY' : 'SELL',
            price: exact(fill.price).div(100),
            quantity: exact(fill.quantity).div(1000),
            fee: exact(fill.fee).div(10_000),
          }),
        )
        const { ledger, position, ended } = walk(fills)
        const wallet = ledger.reduce((sum, entry) => sum.plus(entry.amount), ZERO)
        expect(wallet.times(1e8).toFixed()).toBe(naively(raw).toString())
        const all = [...ended, ...(position ? [position] : [])]
        const booked = all.reduce((sum, one) => sum.plus(one.realised).minus(one.fees), ZERO)
        expect(booked.eq(wallet)).toBe(true)
        const signed = raw.reduce((sum, fill) => sum + fill.sign * fill.quantity, 0) / 1000
        expect(position?.quantity.toNumber() ?? 0).toBe(Math.abs(signed))
      }),
      { numRuns: 300 },
    )
  })
})
