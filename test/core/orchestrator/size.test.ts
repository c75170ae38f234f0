import { describe, expect, test } from 'vitest'

import { ORCHESTRATOR_SETTINGS } from '../../../src/core/orchestrator/settings.ts'
import { type SizeInput, sizeOf } from '../../../src/core/orchestrator/size.ts'
import { effectiveLimits } from '../../../src/core/policy/effective.ts'
import { CALM_GOVERNOR, type RiskMode } from '../../../src/core/policy/policy.ts'
import { BTC, policyOf } from '../../fixtures/guard.ts'

/** p 0.7, b 2: ¼·f* = 0.11, above every risk limit. */
const GOOD = { trades: 200, wins: 140, meanWin: 2, meanLoss: 1 }
/** nothing held back, so that the figures can be worked out by hand */
const settings = { ...ORCHESTRATOR_SETTINGS, sizeReserve: 0 }

function input(
  fields: Partial<SizeInput> = {},
  world: { mode?: RiskMode; size?: number; drawdown?: number } = {},
): SizeInput {
  const policy = policyOf(world.mode ?? 'NORMAL')
  return {
    side: 'LONG',
    worstPrice: 100_000,
    price: 100_000,
    mark: 100_000,
    stopPrice: 92_700,
    fundingRate: 0,
    equity: 10_000,
    freeMargin: 10_000,
    limits: effectiveLimits(policy, { ...CALM_GOVERNOR, size: world.size ?? 1 }, world.drawdown ?? 0),
    rules: policy.rules.guard,
    instrument: BTC,
    record: GOOD,
    multiplier: 1,
    settings,
    ...fields,
  }
}

describe('the size is the least of', () => {
  test('risk ÷ loss per unit: 75 USDT ÷ (7300 + 200)', () => {
    expect(sizeOf(input())).toMatchObject({ boundBy: 'risk', multiplier: 1 })
    expect(sizeOf(input()).quantity).toBeCloseTo(0.01, 12)
  })

  test('a quarter of Kelly: with no record a quarter of the risk', () => {
    const sized = sizeOf(input({ record: { trades: 0, wins: 0, meanWin: 0, meanLoss: 0 } }))
    expect(sized.boundBy).toBe('kelly')
    expect(sized.quantity).toBeCloseTo(0.0025, 12)
  })

  test('size cap: 20 % of equity, with a stop so near that risk would allow more', () => {
    const sized = sizeOf(input({ stopPrice: 99_000 }))
    expect(sized).toMatchObject({ boundBy: 'size_cap' })
    expect(sized.quantity).toBeCloseTo(0.02, 12)
  })

  test('free margin: 100 USDT carry 100 ÷ (1 ÷ 5 + 0.05 %)', () => {
    const sized = sizeOf(input({ stopPrice: 99_000, freeMargin: 100 }))
    expect(sized.boundBy).toBe('free_margin')
    expect(sized.quantity * 100_000).toBeCloseTo(100 / 0.2005, 9)
    expect(sized.margin).toBeCloseTo(100, 9)
  })

  test('what a far stop lets the exchange lend: 4× at 15 %', () => {
    const sized = sizeOf(input({ stopPrice: 85_000, freeMargin: 10 }))
    expect(sized.quantity * 100_000).toBeCloseTo(10 / 0.2505, 9)
  })

  test('leverage: NAV × 5, where no other bound is tighter', () => {
    const policy = policyOf()
    const limits = effectiveLimits(policy, CALM_GOVERNOR, 0)
    const wide = { ...limits.positionSizeCapFraction, value: 9 }
    const sized = sizeOf(
      input({
        stopPrice: 99_990,
        freeMargin: 1e9,
        limits: {
          ...limits,
          positionSizeCapFraction: wide,
          maxRiskPerTrade: { ...limits.maxRiskPerTrade, value: 0.05 },
        },
        rules: { ...policy.rules.guard, slippage: 0 },
        instrument: { ...BTC, takerFee: 0 },
      }),
    )
    expect(sized.boundBy).toBe('leverage')
    expect(sized.quantity).toBeCloseTo(0.5, 12)
  })

  test('the largest order, ours and the exchange’s', () => {
    const rules = { ...policyOf().rules.guard, maxOrderNotionalUsd: 500 }
    expect(sizeOf(input({ rules }))).toMatchObject({ boundBy: 'order_notional', quantity: 0.005 })
    expect(sizeOf(input({ instrument: { ...BTC, maxQuantity: '0.004' } }))).toMatchObject({
      boundBy: 'exchange_maximum',
      quantity: 0.004,
    })
  })
})

describe('multipliers come last', () => {
  const base = sizeOf(input()).quantity

  test('HIGH volatility halves, two halves quarter, and nothing goes below a quarter', () => {
    expect(sizeOf(input({ multiplier: 0.5 })).quantity).toBeCloseTo(base * 0.5, 12)
    expect(sizeOf(input({ multiplier: 0.25 })).quantity).toBeCloseTo(base * 0.25, 12)
    expect(sizeOf(input({ multiplier: 0.1 })).quantity).toBeCloseTo(base * 0.25, 12)
  })

  test('the governor’s counts once, although limits carry it too', () => {
    expect(sizeOf(input({}, { size: 0.75 })).quantity).toBeCloseTo(base * 0.75, 12)
    expect(sizeOf(input({ multiplier: 0.5 }, { size: 0.75 })).quantity).toBeCloseTo(base * 0.375, 12)
    expect(sizeOf(input({ multiplier: 0.25 }, { size: 0.75 })).quantity).toBeCloseTo(base * 0.25, 12)
    const capped = input({ stopPrice: 99_000 }, { size: 0.75 })
    expect(sizeOf(capped).quantity).toBeCloseTo(0.015, 12)
  })

  test('a governor that allows nothing sizes nothing', () => {
    expect(sizeOf(input({}, { size: 0 }))).toMatchObject({ quantity: 0 })
  })
})

test('one per cent is kept free, so that moving equity does not deny the second step of an entry', () => {
  expect(sizeOf(input({ settings: ORCHESTRATOR_SETTINGS })).quantity).toBeCloseTo(0.0099, 12)
})

test('a quarter of the drawdown that is left binds: (0.05 − 0.046) ÷ 4', () => {
  expect(sizeOf(input({}, { drawdown: 0.046 })).quantity).toBeCloseTo(10 / 7500, 12)
})

test('a short is counted at the highest price it may fill at', () => {
  const short = input({ side: 'SHORT', worstPrice: 99_500, price: 100_010, mark: 100_000, stopPrice: 101_000 })
  expect(sizeOf(short).quantity * 100_010).toBeCloseTo(2000, 9)
})

test('what is not known sizes nothing', () => {
  for (const fields of [
    { stopPrice: Number.NaN },
    { equity: Number.NaN },
    { worstPrice: Number.NaN },
    { freeMargin: -1 },
    { equity: 0 },
  ]) {
    expect(sizeOf(input(fields)).quantity).toBe(0)
  }
})
