import { expect, test } from 'vitest'

import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { contextOf, entryOf, policyOf } from '../../fixtures/guard.ts'

test('an entry that breaks nothing is approved with its figures and the whole staircase', () => {
  const verdict = check(entryOf(), contextOf())
  if (verdict.outcome === 'denied') throw new Error(verdict.sentence)
  // 0.01 BTC: 20 USDT to the stop and 0.2 % of 1000 USDT of costs, on 10 000 USDT
  expect(verdict.riskFraction).toBeCloseTo(0.0022, 12)
  // ⌊1 ÷ (1.5×0.02 + 0.004 + 0.0125 + 0.005)⌋ = ⌊19.4⌋, the NORMAL profile allows 5
  expect(verdict.leverage).toBe(5)
  expect(verdict.quantity.toFixed()).toBe('0.01')
  expect(verdict.price?.toFixed()).toBe('100000')
  expect(verdict.slices.map(String)).toEqual(['0.01'])
  expect(verdict.claim).toMatchObject({ symbol: 'BTCUSDT', side: 'LONG', notional: 1000, margin: 200.5 })
  expect(verdict.claim?.lossAtStop).toBeCloseTo(22, 9)
  expect(verdict.policyVersion).toBe(1)
  expect(verdict.steps.every(({ passed }) => passed)).toBe(true)
  expect(verdict.steps.map(({ step }) => step)).toEqual([
    'emergency',
    'symbol_not_allowed',
    'price_invalid',
    'price_invalid',
    'price_invalid',
    'entry_too_far',
    'entry_too_far',
    'price_stale',
    'price_stale',
    'new_positions_disabled',
    'new_positions_disabled',
    'new_positions_disabled',
    'strategy_not_allowed',
    'confidence_below_threshold',
    'max_leverage',
    'liquidation_buffer',
    'stop_invalid',
    'stop_invalid',
    'stop_invalid',
    'max_risk_per_trade',
    'cost_too_high',
    'position_cap',
    'max_positions',
    'max_positions',
    'max_daily_trades',
    'order_rate',
    'order_rate',
    'order_rate',
    'order_rate',
    'daily_drawdown',
    'gross_exposure',
    'symbol_exposure',
    'heat',
    'heat',
    'correlation_cap',
    'below_minimum',
    'exchange_filter',
    'exchange_filter',
    'exchange_filter',
  ])
  expect(verdict.steps.find(({ step }) => step === 'max_risk_per_trade')).toEqual({
    step: 'max_risk_per_trade',
    passed: true,
    actual: 0.0022,
    limit: 0.0075,
    source: 'policy env v1',
  })
})

test('a denial says its numbers and who set the limit, in the trader’s language', () => {
  const base = policyOf()
  const policy = {
    ...base,
    version: 215,
    sources: { ...base.sources, maxRiskPerTrade: { actor: 'msc' as const, version: 214 } },
  }
  const verdict = check(entryOf({ stopPrice: entryOf().price.times(0.81 / 0.9) }), contextOf({}, { policy }))
  expect(verdict).toMatchObject({
    outcome: 'denied',
    check: 9,
    code: 'max_risk_per_trade',
    limit: 0.0075,
    policyVersion: 215,
    source: { kind: 'policy', actor: 'msc', version: 214 },
    sentence: 'would risk 1.02 %, limit 0.75 % (MSC, policy 214)',
  })
})
