import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { bracketOf, liquidationDistance, liquidationPrice, wholeLeverage } from '../../../src/core/model/leverage.ts'
import { lossPerUnit, openLossPerUnit, paidFunding } from '../../../src/core/model/loss-per-unit.ts'
import { BTC } from '../../fixtures/guard.ts'

const costs = { takerFee: 0.0005, slippage: 0.001 }
const [first, second, third] = BTC.brackets
if (first === undefined || second === undefined || third === undefined) throw new Error('three brackets expected')

test('loss per unit is the stop distance, both taker fees, slippage, and the funding that is paid', () => {
  // long pays a positive rate: 2 + 100 × (0.001 + 0.001 + 0.0001)
  expect(lossPerUnit({ side: 'LONG', entry: 100, stop: 98, fundingRate: 0.0001, ...costs })).toBeCloseTo(2.21, 12)
  // short receives it: 3 + 100 × 0.002
  expect(lossPerUnit({ side: 'SHORT', entry: 100, stop: 103, fundingRate: 0.0001, ...costs })).toBeCloseTo(3.2, 12)
  // and pays a negative one: 3 + 100 × (0.002 + 0.0003)
  expect(lossPerUnit({ side: 'SHORT', entry: 100, stop: 103, fundingRate: -0.0003, ...costs })).toBeCloseTo(3.23, 12)
  expect(paidFunding('LONG', -0.0003)).toBe(0)
})

test('an open position still loses from mark to stop with one fee, and never less than nothing', () => {
  // 100 − 98 + 100 × (0.0005 + 0.001)
  expect(openLossPerUnit({ side: 'LONG', mark: 100, stop: 98, fundingRate: 0, ...costs })).toBeCloseTo(2.15, 12)
  expect(openLossPerUnit({ side: 'SHORT', mark: 100, stop: 103, fundingRate: 0, ...costs })).toBeCloseTo(3.15, 12)
  expect(openLossPerUnit({ side: 'LONG', mark: 100, stop: 105, fundingRate: 0, ...costs })).toBe(0)
})

const leverageTerms = { bracket: first, liquidationFee: 0.0125, stopMultiple: 1.5, reserve: 0.005 }

test('leverage is whole and as high as 1.5 stop distances before liquidation allow, up to the limit', () => {
  // 1 ÷ (0.075 + 0.004 + 0.0125 + 0.005) = 10.36
  expect(wholeLeverage({ ...leverageTerms, limit: 20, stopDistance: 0.05 })).toBe(10)
  expect(wholeLeverage({ ...leverageTerms, limit: 7, stopDistance: 0.05 })).toBe(7)
  // the bracket of 600 000 USDT: 1 ÷ (0.075 + 0.01 + 0.0125 + 0.005) = 9.76
  expect(wholeLeverage({ ...leverageTerms, bracket: third, limit: 20, stopDistance: 0.05 })).toBe(9)
  expect(wholeLeverage({ ...leverageTerms, limit: 20, stopDistance: 0.9 })).toBe(0)
})

test('a notional at the border of two brackets belongs to the lower one, above the last to none', () => {
  expect(bracketOf(BTC.brackets, 0)).toBe(first)
  expect(bracketOf(BTC.brackets, 50_000)).toBe(first)
  expect(bracketOf(BTC.brackets, 50_000.01)).toBe(second)
  expect(bracketOf(BTC.brackets, 3_000_000.01)).toBeUndefined()
})

test('liquidation is where the margin balance falls to the maintenance margin', () => {
  // 100 000 × 0.9 ÷ 0.996 and 100 000 × 1.1 ÷ 1.004
  const terms = { entry: 100_000, quantity: 0.01, leverage: 10, bracket: first }
  expect(liquidationPrice({ side: 'LONG', ...terms })).toBeCloseTo(90_361.4458, 4)
  expect(liquidationPrice({ side: 'SHORT', ...terms })).toBeCloseTo(109_561.753, 3)
  expect(liquidationDistance({ side: 'LONG', ...terms })).toBeCloseTo(0.096385542, 9)
})

test('at the liquidation price the books of the exchange agree, whatever side, size and leverage', () => {
  const cases = fc.record({
    side: fc.constantFrom('LONG' as const, 'SHORT' as const),
    entry: fc.double({ min: 0.01, max: 100_000, noNaN: true }),
    notional: fc.double({ min: 60_000, max: 500_000, noNaN: true }),
    leverage: fc.integer({ min: 1, max: 20 }),
  })
  fc.assert(
    fc.property(cases, ({ side, entry, notional, leverage }) => {
      const quantity = notional / entry
      const price = liquidationPrice({ side, entry, quantity, leverage, bracket: second })
      const profit = (side === 'LONG' ? price - entry : entry - price) * quantity
      const marginBalance = notional / leverage + profit
      const maintenance = price * quantity * second.maintenanceRate - second.cum
      expect(Math.abs(marginBalance - maintenance) / notional).toBeLessThan(1e-9)
    }),
  )
})
