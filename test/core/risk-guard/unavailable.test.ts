import { describe, expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { GuardContext } from '../../../src/core/risk-guard/context.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { accountOf, BTC, contextOf, entryOf, heldOf, NOON, policyOf } from '../../fixtures/guard.ts'

const code = (context: GuardContext) => {
  const verdict = check(entryOf(), context)
  return verdict.outcome === 'denied' ? verdict.code : 'approved'
}

/** Read only where a rule asks for it. */
const ASKED_SOMETIMES = new Set(['dayLossUsd', 'correlation'])
const FIELDS = Object.keys(contextOf()).filter((field) => !ASKED_SOMETIMES.has(field))

describe('opening risk fails closed', () => {
  test.each(FIELDS)('without %s there is no entry', (field) => {
    expect(code({ ...contextOf(), [field]: undefined })).toBe('risk_state_unavailable')
  })

  test.each(FIELDS)('when reading %s throws there is no entry', (field) => {
    const context = Object.defineProperty({ ...contextOf() }, field, {
      get: () => {
        throw new Error('the feed is gone')
      },
    })
    const verdict = check(entryOf(), context)
    expect(verdict).toMatchObject({ outcome: 'denied', code: 'risk_state_unavailable', actual: 'the feed is gone' })
  })

  test('what only some rules ask for is missed by them alone', () => {
    const rules = policyOf('NORMAL', {}, { maxDailyLossUsd: 100, maxCorrelation: 0.8 })
    expect(code({ ...contextOf({}, { policy: rules }) })).toBe('approved')
    for (const field of ASKED_SOMETIMES) {
      expect(code({ ...contextOf(), [field]: undefined })).toBe('approved')
      expect(code({ ...contextOf({}, { policy: rules }), [field]: undefined })).toBe('risk_state_unavailable')
      expect(code({ ...contextOf({}, { policy: rules }), [field]: Number.NaN })).toBe('risk_state_unavailable')
    }
  })

  const fresh = contextOf()
  const { limits } = fresh
  if (limits === undefined) throw new Error('the fixture has limits')
  const NOT_NUMBERS: readonly (readonly [string, GuardContext])[] = [
    ['now', { now: Number.NaN }],
    ['the feed’s clock', { feedNow: Number.NaN }],
    ['the feed’s interval', { priceEveryMs: Number.NaN }],
    ['the time of a price', { lastPrice: { price: 100_000, at: Number.NaN } }],
    ['the spread', { spread: Number.NaN }],
    ['the equity jump', { equityJump: Number.NaN }],
    ['the funding rate', { funding: { rate: Number.NaN, at: NOON, intervalHours: 8 } }],
    ['equity', { account: accountOf(Number.NaN) }],
    ['drawdown', { account: accountOf(10_000, { drawdown: Number.NaN }) }],
    ['free margin', { account: accountOf(10_000, { freeMargin: Number.NaN }) }],
    ['the account', { account: null }],
    ['no equity left', { account: accountOf(0, { freeMargin: 1000 }) }],
    ['a negative equity', { account: accountOf(-5, { freeMargin: 1000 }) }],
    ['a position’s notional', { positions: [heldOf({ symbol: 'ETHUSDT', notional: Number.NaN })] }],
    ['a position’s loss', { positions: [heldOf({ symbol: 'ETHUSDT', lossAtStop: Number.NaN })] }],
    ['the fee', { instrument: { ...BTC, takerFee: Number.NaN } }],
    ['the liquidation fee', { instrument: { ...BTC, liquidationFee: Number.NaN } }],
    ['the listing date', { instrument: { ...BTC, onboardAt: Number.NaN } }],
    ['the step', { instrument: { ...BTC, stepSize: 'none' } }],
    ['the price band', { instrument: { ...BTC, percentPrice: Number.NaN } }],
    ['the risk limit', { limits: { ...limits, maxRiskPerTrade: { ...limits.maxRiskPerTrade, value: Number.NaN } } }],
    [
      'the exposure limit',
      { limits: { ...limits, maxGrossExposure: { ...limits.maxGrossExposure, value: Number.NaN } } },
    ],
    ['the confidence limit', { limits: { ...limits, minConfidence: { ...limits.minConfidence, value: Number.NaN } } }],
    ['the rejections', { symbolRejections: { inARow: Number.NaN, lastAt: NOON } }],
  ]
  test.each(NOT_NUMBERS)('when %s is not a number there is no entry', (_, fields) => {
    expect(code({ ...fresh, ...fields })).toBe('risk_state_unavailable')
  })

  test('confidence that is no number is none', () => {
    expect(check(entryOf({ confidence: Number.NaN }), fresh)).toMatchObject({
      code: 'risk_state_unavailable',
      check: 7,
    })
    expect(check(entryOf({ quantity: exact(Number.NaN) }), fresh)).toMatchObject({
      code: 'risk_state_unavailable',
      check: 8,
    })
  })

  test('the sentence says what is missing', () => {
    const verdict = check(entryOf(), { ...fresh, account: null })
    expect(verdict).toMatchObject({ sentence: 'no entry while the account is not known', policyVersion: 1 })
  })
})
