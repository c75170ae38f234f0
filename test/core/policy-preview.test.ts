import { describe, expect, it } from 'vitest'

import { targetsOf } from '../../src/core/policy/numbers.ts'
import { CALM_GOVERNOR, type GovernorState } from '../../src/core/policy/policy.ts'
import type { GlobalPolicy } from '../../src/core/policy/policy.ts'
import {
  consequences,
  type Consequences,
  type PreviewEntry,
  type PreviewInputs,
  type PreviewPosition,
} from '../../src/core/policy/preview.ts'
import { policyWith } from '../fixtures/policies.ts'

const position = (symbol: string, fields: Partial<PreviewPosition> = {}): PreviewPosition => ({
  symbol,
  strategyId: 'trend_following',
  notional: 500,
  leverage: 2,
  openedAt: 0,
  ...fields,
})

const entry = (symbol: string, fields: Partial<PreviewEntry> = {}): PreviewEntry => ({
  clientOrderId: `sb-${symbol}`,
  symbol,
  strategyId: 'trend_following',
  notional: 500,
  leverage: 2,
  confidence: 0.8,
  riskFraction: 0.002,
  ...fields,
})

const before = policyWith()
const defensive = policyWith({ version: 2, riskMode: 'DEFENSIVE', ...targetsOf('DEFENSIVE', before.rules) })

function preview(inputs: Partial<PreviewInputs>, after: GlobalPolicy = defensive): Consequences {
  const account = { positions: [], restingEntries: [], governor: CALM_GOVERNOR, equity: 10_000, drawdown: 0 }
  return consequences(before, after, { ...account, ...inputs })
}

const codes = (result: Consequences): Record<string, string[]> =>
  Object.fromEntries(result.positionsOver.map(({ symbol, exceeded }) => [symbol, exceeded.map(({ code }) => code)]))

describe('what a switch to DEFENSIVE would do', () => {
  it('shows the limits before and after', () => {
    const { before: was, after: would } = preview({})
    expect([was.maxRiskPerTrade.value, would.maxRiskPerTrade.value]).toEqual([0.0075, 0.003])
    expect([was.maxLeverage.value, would.maxLeverage.value]).toEqual([5, 3])
  })

  it('names the positions over the new limits, the newest where there are too many', () => {
    const result = preview({
      positions: [
        position('E1USDT', { openedAt: 5 }),
        position('A1USDT', { openedAt: 1, leverage: 4 }),
        position('B1USDT', { openedAt: 2, notional: 1500 }),
        position('C1USDT', { openedAt: 3 }),
        position('D1USDT', { openedAt: 4 }),
      ],
    })
    expect(codes(result)).toEqual({ A1USDT: ['max_leverage'], B1USDT: ['position_cap'], E1USDT: ['max_positions'] })
    expect(result.positionsOver[0]?.exceeded).toEqual([{ code: 'max_leverage', actual: 4, limit: 3 }])
  })

  it('names the resting entries that would be cancelled, each with its first reason', () => {
    const result = preview({
      positions: [position('A1USDT'), position('B1USDT')],
      restingEntries: [
        entry('C1USDT', { confidence: 0.7, leverage: 9 }),
        entry('D1USDT', { leverage: 4, riskFraction: 1 }),
        entry('E1USDT', { riskFraction: 0.004 }),
        entry('F1USDT', { notional: 1001 }),
        entry('G1USDT'),
        entry('H1USDT'),
        entry('I1USDT'),
      ],
    })
    expect(result.entriesCancelled).toEqual([
      { clientOrderId: 'sb-C1USDT', symbol: 'C1USDT', code: 'confidence_below_threshold', actual: 0.7, limit: 0.75 },
      { clientOrderId: 'sb-D1USDT', symbol: 'D1USDT', code: 'max_leverage', actual: 4, limit: 3 },
      { clientOrderId: 'sb-E1USDT', symbol: 'E1USDT', code: 'max_risk_per_trade', actual: 0.004, limit: 0.003 },
      { clientOrderId: 'sb-F1USDT', symbol: 'F1USDT', code: 'position_cap', actual: 1001, limit: 1000 },
      // two positions and G1USDT, H1USDT fill the four slots
      { clientOrderId: 'sb-I1USDT', symbol: 'I1USDT', code: 'max_positions', actual: 5, limit: 4 },
    ])
  })

  it('counts an entry that adds to a position as no further position', () => {
    const positions = ['A1USDT', 'B1USDT', 'C1USDT', 'D1USDT'].map((symbol) => position(symbol))
    const result = preview({ positions, restingEntries: [entry('D1USDT'), entry('E1USDT')] })
    expect(result.entriesCancelled).toMatchObject([{ symbol: 'E1USDT', code: 'max_positions' }])
  })

  it('follows the governor to the level the new drawdown limit puts it at', () => {
    const strict: GovernorState = { ...CALM_GOVERNOR, level: 'DEFENSIVE', allowNewPositions: false, size: 0.5 }
    const result = preview({ governorUnder: { DEFENSIVE: strict }, restingEntries: [entry('A1USDT')] })
    expect(result.governorLevel).toBe('DEFENSIVE')
    expect(result.entriesCancelled).toMatchObject([{ code: 'new_positions_disabled' }])
  })
})

describe('what a change of the lists would do', () => {
  it('names what is no longer allowed', () => {
    const restricted = policyWith({
      allowedSymbols: ['A1USDT', 'B1USDT'],
      allowedStrategies: ['momentum_scalping'],
      blockedStrategies: ['manual'],
    })
    const result = preview(
      {
        positions: [position('C1USDT', { strategyId: 'momentum_scalping' })],
        restingEntries: [
          entry('A1USDT'),
          entry('B1USDT', { strategyId: 'momentum_scalping' }),
          entry('A1USDT', { strategyId: 'manual', clientOrderId: 'sb-hand' }),
        ],
      },
      restricted,
    )
    expect(codes(result)).toEqual({ C1USDT: ['symbol_not_allowed'] })
    expect(result.entriesCancelled).toMatchObject([
      { clientOrderId: 'sb-A1USDT', code: 'strategy_not_allowed', limit: 'momentum_scalping' },
      { clientOrderId: 'sb-hand', code: 'strategy_not_allowed', limit: 'blocked: manual' },
    ])
  })

  it('lets manual orders past the allowed strategies', () => {
    const restricted = policyWith({ allowedStrategies: [] })
    const byHand = entry('A1USDT', { strategyId: 'manual', confidence: 1 })
    expect(preview({ restingEntries: [byHand] }, restricted).entriesCancelled).toEqual([])
  })

  it('cancels every entry under the emergency', () => {
    const emergency = { id: 'e', engagedAt: 0, by: 'user', reason: 'stop' } as const
    const result = preview({ restingEntries: [entry('A1USDT')] }, policyWith({ emergency, allowedSymbols: [] }))
    expect(result.entriesCancelled).toMatchObject([{ code: 'emergency', actual: 'stop' }])
  })
})

describe('what a change of the rules would do to the whole account', () => {
  const guard = (rules: Partial<GlobalPolicy['rules']['guard']>): GlobalPolicy => ({
    ...before,
    version: 2,
    rules: { ...before.rules, guard: { ...before.rules.guard, ...rules } },
  })
  const open = {
    positions: [position('A1USDT', { notional: 9000 })],
    restingEntries: [entry('B1USDT', { notional: 3000 })],
    heatUsd: 450,
  }

  it('is nothing while what is open and resting stays within', () => {
    expect(preview(open, guard({})).accountOver).toEqual([])
    expect(preview({ ...open, equity: 0 }, guard({ maxHeat: 0.01 })).accountOver).toEqual([])
  })

  it('names exposure and heat that are over, with their figures', () => {
    const { accountOver } = preview(open, guard({ maxGrossExposure: 1, maxHeat: 0.04 }))
    expect(accountOver).toEqual([
      { code: 'gross_exposure', actual: 1.2, limit: 1 },
      { code: 'heat', actual: 0.045, limit: 0.04 },
    ])
  })

  it('holds heat to what the drawdown of the day leaves', () => {
    const { maxDailyDrawdown } = before.rules.profiles.NORMAL
    const { accountOver } = preview({ ...open, drawdown: maxDailyDrawdown - 0.02 }, guard({}))
    expect(accountOver).toMatchObject([{ code: 'heat', actual: 0.045 }])
    expect(accountOver[0]?.limit).toBeCloseTo(0.02, 12)
  })
})
