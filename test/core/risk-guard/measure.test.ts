/** An entry in figures before anybody decides, against figures reckoned by hand. */
import { expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import { measure, type Measure } from '../../../src/core/risk-guard/measure.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { accountOf, contextOf, entryOf, policyOf } from '../../fixtures/guard.ts'

const mostOf = (told: Measure | null): Record<string, string> =>
  Object.fromEntries((told?.most ?? []).map(({ limit, quantity }) => [limit, quantity.toFixed()]))

test('0.0109 BTC at 100 000 with the stop 2 % below', () => {
  const told = measure(entryOf({ quantity: exact('0.0109'), leverage: 5 }), contextOf())
  expect(told?.asked.toFixed()).toBe('0.0109')
  // down to the step of 0.001
  expect(told?.quantity.toFixed()).toBe('0.01')
  expect(told).toMatchObject({ notional: 1000, leverage: 5, entryFee: 0.5 })
  // a fifth, and the taker fee of 0.05 %
  expect(told?.margin).toBeCloseTo(200.5, 9)
  expect(told?.stopDistance).toBeCloseTo(0.02, 12)
  // 20 to the stop, 2 × 0.05 % fees and 0.1 % slippage on 1000
  expect(told?.lossAtStop).toBeCloseTo(22, 1)
  expect(told?.riskFraction).toBeCloseTo((told?.lossAtStop ?? 0) / 10_000, 12)
})

test('what each limit alone would allow, the tightest first, on the step', () => {
  const policy = policyOf('NORMAL', {}, { maxOrderNotionalUsd: 1550 })
  const context = contextOf({ account: accountOf(10_000, { freeMargin: 401 }) }, { policy })
  const told = measure(entryOf({ leverage: 5 }), context)
  const most = mostOf(told)
  expect(most).toMatchObject({ order_notional: '0.015', free_margin: '0.02', exchange: '1000' })
  const { maxRiskPerTrade: risk } = context.limits ?? { maxRiskPerTrade: null }
  expect(Number(most['risk'])).toBe(Math.floor((((risk?.value ?? 0) * 10_000) / (told?.lossAtStop ?? 1)) * 10) / 1000)
  const sizes = (told?.most ?? []).map(({ quantity }) => quantity.toNumber())
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
})

test('the largest size of the tightest limit passes the guard, one step more does not', () => {
  const context = contextOf()
  const most = measure(entryOf(), context)?.most[0]?.quantity ?? exact(0)
  expect(check(entryOf({ quantity: most }), context).outcome).toBe('approved')
  expect(check(entryOf({ quantity: most.plus('0.001') }), context).outcome).toBe('denied')
})

test('without a size limit for orders that limit is left out; without an account nothing can be measured', () => {
  expect(mostOf(measure(entryOf(), contextOf()))).not.toHaveProperty('order_notional')
  expect(measure(entryOf(), contextOf({ account: null }))).toBeNull()
  expect(measure(entryOf(), contextOf({ account: undefined }))).toBeNull()
})
