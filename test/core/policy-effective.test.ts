import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { changeRules } from '../../src/core/policy/change-rules.ts'
import { changePolicy } from '../../src/core/policy/change.ts'
import { effectiveLimits, sizeCapUsd } from '../../src/core/policy/effective.ts'
import { nextVersion } from '../../src/core/policy/next-version.ts'
import {
  CALM_GOVERNOR,
  RISK_MODES,
  type Actor,
  type EffectiveLimits,
  type GlobalPolicy,
  type GovernorState,
} from '../../src/core/policy/policy.ts'
import { POLICY_AT, policyWith } from '../fixtures/policies.ts'

function after(policy: GlobalPolicy, patch: unknown, actor: Actor = 'user'): GlobalPolicy {
  const outcome = changePolicy(policy, patch, { actor, now: POLICY_AT })
  if (outcome.outcome !== 'changed') throw new Error(JSON.stringify(outcome))
  return nextVersion(policy, outcome.edit, { actor, at: POLICY_AT, reason: '' }).policy
}

function withRules(policy: GlobalPolicy, patch: unknown): GlobalPolicy {
  const outcome = changeRules(policy, patch)
  if (outcome.outcome !== 'changed') throw new Error(JSON.stringify(outcome))
  return nextVersion(policy, { fields: { rules: outcome.rules } }, { actor: 'user', at: POLICY_AT, reason: '' }).policy
}

/** SPEC §4's multipliers. */
const CAUTIOUS: GovernorState = { ...CALM_GOVERNOR, level: 'CAUTIOUS', leverage: 0.75, size: 0.75, exposure: 0.85 }
const DEFENSIVE: GovernorState = {
  ...CALM_GOVERNOR,
  level: 'DEFENSIVE',
  allowNewPositions: false,
  leverage: 0.5,
  size: 0.5,
  exposure: 0.6,
}

const valuesOf = (limits: EffectiveLimits): unknown[] => [
  limits.maxRiskPerTrade.value,
  limits.maxLeverage.value,
  limits.maxPositions.value,
  limits.minConfidence.value,
  limits.positionSizeCapUsd.value,
  limits.positionSizeCapFraction.value,
  limits.maxDailyTrades.value,
  limits.maxDailyDrawdown.value,
  limits.maxGrossExposure.value,
  limits.maxSymbolExposure.value,
  limits.allowNewPositions.value,
  limits.sizeMultiplier,
]

describe('limits in force', () => {
  it('of a new station are the tighter of NORMAL’s profile and its targets', () => {
    const limits = effectiveLimits(policyWith(), CALM_GOVERNOR, 0)
    expect(valuesOf(limits)).toEqual([0.0075, 5, 10, 0.65, 1000, 0.2, 30, 0.05, 3, 1, true, 1])
    const kinds = Object.entries(limits).flatMap(([name, limit]) =>
      typeof limit === 'object' ? [[name, (limit as EffectiveLimits['maxLeverage']).source.kind]] : [],
    )
    expect(Object.fromEntries(kinds)).toEqual({
      maxRiskPerTrade: 'policy',
      maxLeverage: 'profile',
      maxPositions: 'policy',
      minConfidence: 'policy',
      positionSizeCapUsd: 'profile',
      positionSizeCapFraction: 'profile',
      maxDailyTrades: 'policy',
      maxDailyDrawdown: 'profile',
      maxGrossExposure: 'config',
      maxSymbolExposure: 'config',
      allowNewPositions: 'policy',
    })
  })

  it('are the profile’s where the policy is looser, and name who chose the mode', () => {
    const loose = after(after(policyWith(), { riskMode: 'DEFENSIVE' }, 'msc'), {
      maxRiskPerTrade: 0.04,
      maxPositions: 99,
    })
    const limits = effectiveLimits(loose, CALM_GOVERNOR, 0)
    expect(limits.maxRiskPerTrade).toEqual({ value: 0.0075, source: { kind: 'profile', actor: 'msc', version: 2 } })
    expect(limits.maxPositions).toEqual({ value: 10, source: { kind: 'profile', actor: 'msc', version: 2 } })
    expect(limits.minConfidence).toEqual({ value: 0.75, source: { kind: 'policy', actor: 'msc', version: 2 } })
  })

  it('name who edited the profile when that came later', () => {
    const edited = withRules(policyWith(), { profiles: { NORMAL: { maxLeverage: 4 } } })
    expect(effectiveLimits(edited, CALM_GOVERNOR, 0).maxLeverage).toEqual({
      value: 4,
      source: { kind: 'profile', actor: 'user', version: 2 },
    })
    const chosenLater = after(edited, { riskMode: 'NORMAL' }, 'msc')
    expect(effectiveLimits(chosenLater, CALM_GOVERNOR, 0).maxLeverage.source.version).toBe(2)
    const chosenAgain = after(after(edited, { riskMode: 'DEFENSIVE' }, 'msc'), { riskMode: 'NORMAL' }, 'msc')
    expect(effectiveLimits(chosenAgain, CALM_GOVERNOR, 0).maxLeverage.source).toMatchObject({
      actor: 'msc',
      version: 4,
    })
  })

  it('name the policy on a tie', () => {
    const tie = after(policyWith(), { maxPositions: 30 }, 'api:phone')
    expect(effectiveLimits(tie, CALM_GOVERNOR, 0).maxPositions).toEqual({
      value: 30,
      source: { kind: 'policy', actor: 'api:phone', version: 2 },
    })
  })

  it('are multiplied by the governor: CAUTIOUS in NORMAL', () => {
    const limits = effectiveLimits(policyWith(), CAUTIOUS, 0)
    // 0.0075·0.75, ⌊5·0.75⌋ = 3, 1000·0.75, 0.2·0.75, 3·0.85, 1·0.85
    expect(valuesOf(limits)).toEqual([
      0.005625,
      3,
      10,
      0.65,
      750,
      expect.closeTo(0.15, 12),
      30,
      0.05,
      2.55,
      0.85,
      true,
      0.75,
    ])
    expect(limits.maxLeverage.source).toEqual({ kind: 'governor', actor: 'governor', version: 1 })
    expect(limits.maxGrossExposure.source.kind).toBe('governor')
  })

  it('leave leverage 1 even in an emergency of the governor', () => {
    const zero = { ...DEFENSIVE, level: 'EMERGENCY', leverage: 0, size: 0, exposure: 0 } as const
    const limits = effectiveLimits(policyWith(), zero, 0)
    expect([limits.maxLeverage.value, limits.maxRiskPerTrade.value, limits.allowNewPositions.value]).toEqual([
      1,
      0,
      false,
    ])
  })

  it('leave a quarter of the drawdown that is left to one trade', () => {
    const risk = (drawdown: number): EffectiveLimits['maxRiskPerTrade'] =>
      effectiveLimits(policyWith(), CALM_GOVERNOR, drawdown).maxRiskPerTrade
    expect(risk(0.019).value).toBe(0.0075)
    // (0.05 − 0.03) ÷ 4
    expect(risk(0.03)).toEqual({
      value: expect.closeTo(0.005, 12),
      source: { kind: 'profile', actor: 'env', version: 1 },
    })
    expect(risk(0.06).value).toBe(0)
  })

  it('allow no new positions under the emergency, the governor or a closed profile, in this order', () => {
    const emergency = { id: 'e', engagedAt: POLICY_AT, by: 'api:phone', reason: 'test' } as const
    const stamp = { actor: 'api:phone', at: POLICY_AT, reason: '' } as const
    const engaged = nextVersion(policyWith(), { fields: { emergency } }, stamp).policy
    expect(effectiveLimits(engaged, DEFENSIVE, 0).allowNewPositions).toEqual({
      value: false,
      source: { kind: 'policy', actor: 'api:phone', version: 2 },
    })
    expect(effectiveLimits(policyWith(), DEFENSIVE, 0).allowNewPositions).toMatchObject({
      value: false,
      source: { kind: 'governor' },
    })
    const closed = withRules(policyWith(), {
      profiles: { NORMAL: { allowNewPositions: false }, DEFENSIVE: { allowNewPositions: false } },
    })
    expect(effectiveLimits(closed, CALM_GOVERNOR, 0).allowNewPositions).toMatchObject({
      value: false,
      source: { kind: 'profile', version: 2 },
    })
  })
})

describe('the size cap', () => {
  const cap = (mode: string, equity: number): number =>
    sizeCapUsd(effectiveLimits(after(policyWith(), { riskMode: mode }), CALM_GOVERNOR, 0), equity, 1000).value

  it('is a fraction of equity, and of a small account never more than the dollar cap', () => {
    expect(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'].map((mode) => cap(mode, 800))).toEqual([80, 160, 240])
    expect(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'].map((mode) => cap(mode, 1000))).toEqual([100, 200, 300])
    expect(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'].map((mode) => cap(mode, 10_000))).toEqual([1000, 2000, 3000])
    const tight = withRules(policyWith(), {
      profiles: { NORMAL: { positionSizeCapUsd: 150 }, DEFENSIVE: { positionSizeCapUsd: 90 } },
    })
    const limits = effectiveLimits(tight, CALM_GOVERNOR, 0)
    expect([700, 1000, 1001].map((equity) => sizeCapUsd(limits, equity, 1000).value)).toEqual([
      expect.closeTo(140, 9),
      150,
      expect.closeTo(200.2, 9),
    ])
    expect(sizeCapUsd(limits, -5, 1000).value).toBe(0)
  })
})

/** The notional the limits allow, recomputed the naive way: risk, cap and leverage, the smallest of them. */
function allowed(limits: EffectiveLimits, equity: number, stopDistance: number, smallAccountUsd: number): number {
  const byRisk = (limits.maxRiskPerTrade.value * equity) / stopDistance
  const byCap = sizeCapUsd(limits, equity, smallAccountUsd).value
  const byLeverage = limits.maxLeverage.value * equity
  return limits.allowNewPositions.value ? Math.min(byRisk, byCap, byLeverage) : 0
}

describe('for any equity and stop (SPEC §20.5)', () => {
  const governors = fc.constantFrom(CALM_GOVERNOR, CAUTIOUS, DEFENSIVE)
  const equities = fc.double({ min: 1, max: 5_000_000, noNaN: true })
  const fraction = fc.double({ min: 0.0001, max: 0.06, noNaN: true })
  /** One value per mode, mostly in order: edits out of order are refused. */
  const perMode = (value: fc.Arbitrary<number>): fc.Arbitrary<readonly number[]> =>
    fc
      .tuple(value, value, value, fc.nat(9))
      .map(([a, b, c, chance]) => (chance === 0 ? [a, b, c] : [a, b, c].toSorted((left, right) => left - right)))
  const fields = fc.record(
    {
      maxLeverage: perMode(fc.integer({ min: 1, max: 20 })),
      maxRiskPerTrade: perMode(fc.double({ min: 0.0001, max: 0.05, noNaN: true })),
      maxDailyDrawdown: perMode(fraction),
      positionSizeCapUsd: perMode(fc.integer({ min: 10, max: 2000 })),
      positionSizeCapFraction: perMode(fc.double({ min: 0.01, max: 1, noNaN: true })),
    },
    { requiredKeys: [] },
  )
  const edits = fields.map((chosen) => {
    const of = (index: number): Record<string, number> =>
      Object.fromEntries(Object.entries(chosen).flatMap(([name, values]) => [[name, values[index] ?? 0]]))
    return { DEFENSIVE: of(0), NORMAL: of(1), AGGRESSIVE: of(2) }
  })

  it('DEFENSIVE allows no larger size than NORMAL, and NORMAL no larger than AGGRESSIVE, whatever edit is accepted', () => {
    let accepted = 0
    fc.assert(
      fc.property(edits, governors, equities, fraction, fc.double({ min: 0, max: 0.1, noNaN: true }), (...drawn) => {
        const [profiles, governor, equity, stopDistance, drawdown] = drawn
        const outcome = changeRules(policyWith(), { profiles })
        const policy = outcome.outcome === 'changed' ? policyWith({ rules: outcome.rules }) : policyWith()
        if (outcome.outcome === 'changed') accepted += 1
        const sizes = RISK_MODES.map((riskMode) =>
          allowed(effectiveLimits(after(policy, { riskMode }), governor, drawdown), equity, stopDistance, 1000),
        )
        expect(sizes).toEqual(sizes.toSorted((left, right) => left - right))
      }),
      { numRuns: 2000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })
})
