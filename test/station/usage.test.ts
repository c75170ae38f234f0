/** What is used of the limits, against figures worked out by hand. */
import { describe, expect, test } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { IntentId } from '../../src/core/model/ids.ts'
import { effectiveLimits } from '../../src/core/policy/effective.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import { CALM_GOVERNOR } from '../../src/core/policy/policy.ts'
import { totalsOf, type Claim } from '../../src/core/risk-guard/claim.ts'
import type { GuardPosition } from '../../src/core/risk-guard/context.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { usageOf, type UsageInputs } from '../../src/station/usage.ts'
import { accountOf } from '../fixtures/guard.ts'
import { memoryPolicyShelf } from '../fixtures/shelves.ts'

const store = new PolicyStore({
  shelf: memoryPolicyShelf(),
  now: () => 0,
  initial: INITIAL_POLICY,
  exposed: () => false,
})
const policy = store.current

const position = (symbol: string, figures: Partial<GuardPosition>): GuardPosition => ({
  symbol,
  side: 'LONG',
  intentId: `${symbol}-intent` as IntentId,
  quantity: exact(1),
  stopPrice: exact(90),
  leverage: 2,
  notional: 1000,
  entryNotional: 950,
  lossAtStop: 60,
  entryLoss: 50,
  ...figures,
})

const claim = (symbol: string, figures: Partial<Claim> = {}): Claim => ({
  intentId: `${symbol}-resting` as IntentId,
  symbol,
  side: 'SHORT',
  quantity: 1,
  notional: 500,
  lossAtStop: 20,
  margin: 100,
  ...figures,
})

/** NORMAL, 10 000 USDT, nothing open. */
const inputs = (changes: Partial<UsageInputs> = {}): UsageInputs => ({
  policy,
  limits: effectiveLimits(policy, CALM_GOVERNOR, 0),
  account: accountOf(10_000),
  navAtDayStart: 1,
  positions: [],
  reserved: totalsOf([]),
  filledToday: new Set(),
  unprotectedSeconds: 0,
  ...changes,
})

describe('an empty account', () => {
  test('uses nothing and names nothing as the largest', () => {
    expect(usageOf(inputs())).toMatchObject({
      slots: 0,
      restingEntries: 0,
      entriesToday: 0,
      largestRisk: null,
      highestLeverage: null,
      largestPosition: null,
      largestExposure: null,
      grossExposure: 0,
      heat: 0,
    })
  })
})

describe('two positions and a resting entry', () => {
  const usage = usageOf(
    inputs({
      positions: [
        position('BTCUSDT', {}),
        position('ETHUSDT', { notional: 2500, entryNotional: 2400, leverage: 5, lossAtStop: 100, entryLoss: 120 }),
      ],
      reserved: totalsOf([claim('SOLUSDT'), claim('BTCUSDT')]),
      filledToday: new Set(['BTCUSDT-intent', 'ETHUSDT-intent', 'BTCUSDT-resting']),
    }),
  )

  test('slots are symbols, so an entry beside a position of its own takes none', () => {
    expect(usage).toMatchObject({ slots: 3, restingEntries: 1 })
  })

  test('entries of the day are those filled and those that may still fill, each once', () => {
    expect(usage.entriesToday).toBe(4)
  })

  test('exposure adds up open and resting, all together and per symbol', () => {
    // 1000 + 2500 open, 500 + 500 resting, of 10 000
    expect(usage.grossExposure).toBeCloseTo(0.45, 12)
    expect(usage.largestExposure).toEqual({ symbol: 'ETHUSDT', value: 0.25 })
  })

  test('heat is what every stop together would still cost', () => {
    // 60 + 100 open, 20 + 20 resting
    expect(usage.heatUsd).toBeCloseTo(200, 12)
    expect(usage.heat).toBeCloseTo(0.02, 12)
  })

  test('the largest risk counts from the entry, the largest size at the entry price', () => {
    expect(usage.largestRisk).toEqual({ symbol: 'ETHUSDT', value: 0.012 })
    expect(usage.largestPosition).toEqual({ symbol: 'ETHUSDT', value: 2400 })
    expect(usage.highestLeverage).toEqual({ symbol: 'ETHUSDT', value: 5 })
  })
})

describe('limits that depend on the day', () => {
  test('heat may take what the drawdown leaves, when that is less than its rule', () => {
    // NORMAL allows 5 % a day; the rule says 6 %
    const { heatLimit } = usageOf(inputs({ account: accountOf(10_000, { drawdown: 0.02 }) }))
    expect(heatLimit.value).toBeCloseTo(0.03, 12)
    expect(heatLimit.source.kind).toBe('profile')
  })

  test('the position cap is the fraction of a large account and the amount of a small one', () => {
    expect(usageOf(inputs()).positionCap.value).toBe(2000)
    expect(usageOf(inputs({ account: accountOf(1000) })).positionCap.value).toBe(200)
  })

  test('the station stops itself at 1.6 times the drawdown of the day', () => {
    expect(usageOf(inputs()).emergencyDrawdown).toBeCloseTo(0.08, 12)
  })
})

describe('money of the day', () => {
  test('profit is the change of the unit price, so a deposit is none', () => {
    const account = accountOf(22_000, { nav: 1.1, navHighToday: 1.2, units: exact(20_000) })
    const usage = usageOf(inputs({ account, navAtDayStart: 1.05 }))
    expect(usage.dayProfit).toBeCloseTo(1000, 8)
    expect(usage.dayReturn).toBeCloseTo(1.1 / 1.05 - 1, 12)
    expect(usage.totalReturn).toBeCloseTo(0.1, 12)
    expect(usage.equityHighToday).toBeCloseTo(24_000, 8)
  })
})
