import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'

import { changeRules } from '../../src/core/policy/change-rules.ts'
import { DEFAULT_RULES } from '../../src/core/policy/default-rules.ts'
import { NUMBER_FIELDS, targetsOf } from '../../src/core/policy/numbers.ts'
import { patchSchema, type PolicyPatch } from '../../src/core/policy/patch.ts'
import { RISK_MODES, type GlobalPolicy, type PolicyRules } from '../../src/core/policy/policy.ts'
import {
  isLooserMode,
  readConfiguredRiskMode,
  readRiskMode,
  RISK_MODE_DESCRIPTIONS,
  tighterMode,
} from '../../src/core/policy/risk-mode.ts'
import { rulesSchema } from '../../src/core/policy/rules-schema.ts'
import { policySchema, readPolicy } from '../../src/core/policy/schema.ts'
import { policyWith } from '../fixtures/policies.ts'

type Mutable<Value> = Value extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
    : Value

describe('the schemas say what the types say', () => {
  it('for the rules, the patch and the whole policy', () => {
    expectTypeOf<Mutable<z.output<typeof rulesSchema>>>().toEqualTypeOf<Mutable<PolicyRules>>()
    expectTypeOf<keyof z.output<typeof patchSchema>>().toEqualTypeOf<keyof PolicyPatch>()
    expectTypeOf<keyof z.output<typeof policySchema>>().toEqualTypeOf<keyof GlobalPolicy>()
  })
})

describe('the rules of a new station', () => {
  it('pass their own schema', () => {
    expect(rulesSchema.safeParse(DEFAULT_RULES).success).toBe(true)
  })

  it('hold the profiles of SPEC §2', () => {
    const rows = RISK_MODES.map((mode): unknown[] => Object.values(DEFAULT_RULES.profiles[mode]).slice(0, 7))
    expect(rows).toEqual([
      [3, 0.0075, 0.03, 10, 500, 0.1, 0.75],
      [5, 0.015, 0.05, 30, 1000, 0.2, 0.65],
      [7, 0.03, 0.06, 15, 300, 0.3, 0.6],
    ])
  })

  it('engage the emergency at 4.8, 8 and 9.6 % of a day’s drawdown', () => {
    const { governor, profiles } = DEFAULT_RULES
    const multiples = RISK_MODES.map((mode) => profiles[mode].maxDailyDrawdown * governor.emergencyDrawdownMultiple)
    expect(multiples.map((value) => Number(value.toFixed(6)))).toEqual([0.048, 0.08, 0.096])
  })

  it('clamp the targets of SPEC §5.5 to the profiles: confidence comes out 0.75, 0.65, 0.60', () => {
    const rows = RISK_MODES.map((mode) => NUMBER_FIELDS.map((field) => targetsOf(mode, DEFAULT_RULES)[field]))
    expect(rows).toEqual([
      [0.003, 4, 10, 0.75],
      [0.0075, 10, 30, 0.65],
      [0.015, 15, 50, 0.6],
    ])
  })

  it('weigh the ranker’s components to 1, without the cost to hold', () => {
    const { costToHold, ...weights } = DEFAULT_RULES.ranker.weights
    expect(costToHold).toBe(0)
    expect(Object.values(weights).toSorted((left, right) => right - left)).toEqual([
      0.25, 0.2, 0.15, 0.15, 0.1, 0.1, 0.05,
    ])
  })
})

describe('a risk mode', () => {
  it('is read by its name and by the predecessor’s, and by nothing else', () => {
    expect(['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'].map(readRiskMode)).toEqual(RISK_MODES)
    expect(readRiskMode('AGGRESSIVE_SMALL_ACCOUNT')).toBe('AGGRESSIVE')
    expect(['normal', 'SAFE', '', null, 3, undefined, 'toString'].map(readRiskMode)).toEqual(Array(7).fill(null))
  })

  it('of a configuration may be SAFE and in any case', () => {
    expect(['SAFE', ' defensive ', 'aggressive_small_account', 'x', 7].map(readConfiguredRiskMode)).toEqual([
      'DEFENSIVE',
      'DEFENSIVE',
      'AGGRESSIVE',
      null,
      null,
    ])
  })

  it('is ordered from tight to loose, and described', () => {
    expect(isLooserMode('AGGRESSIVE', 'NORMAL')).toBe(true)
    expect(isLooserMode('NORMAL', 'NORMAL')).toBe(false)
    expect(tighterMode('AGGRESSIVE', 'DEFENSIVE')).toBe('DEFENSIVE')
    expect(new Set(Object.values(RISK_MODE_DESCRIPTIONS)).size).toBe(RISK_MODES.length)
  })
})

describe('a change of the rules', () => {
  const policy = policyWith()
  const pathsOf = (wanted: unknown): string[] => {
    const change = changeRules(policy, wanted)
    return change.outcome === 'invalid' ? change.fields.map((field) => field.path) : []
  }

  it('is merged key by key; lists are replaced whole; null switches a limit off', () => {
    const rule = { name: 'night', mode: 'DEFENSIVE', days: [0, 6], fromMinute: 0, toMinute: 360, enabled: true }
    const first = changeRules(policy, { guard: { maxOrderNotionalUsd: 500, maxHeat: 0.05 }, timeRules: [rule] })
    if (first.outcome !== 'changed') throw new Error('refused')
    expect(first.rules.guard).toEqual({ ...policy.rules.guard, maxOrderNotionalUsd: 500, maxHeat: 0.05 })
    expect(first.named).toEqual(['rules.guard.maxOrderNotionalUsd', 'rules.guard.maxHeat', 'rules.timeRules'])
    const second = changeRules(policyWith({ rules: first.rules }), {
      guard: { maxOrderNotionalUsd: null },
      timeRules: [],
    })
    if (second.outcome !== 'changed') throw new Error('refused')
    expect([second.rules.guard.maxOrderNotionalUsd, second.rules.timeRules]).toEqual([null, []])
  })

  it('names every bad field at once, unknown ones with what was probably meant', () => {
    const change = changeRules(policy, {
      guard: { maxHeet: 0.1, maxHeat: 2, slippage: 'much' },
      profiles: { NORMAL: { maxLeverage: 5.5 } },
      governor: 3,
    })
    expect(change).toMatchObject({ outcome: 'invalid' })
    if (change.outcome !== 'invalid') return
    expect(change.fields.map((field) => field.path).toSorted()).toEqual([
      'rules.governor',
      'rules.guard.maxHeat',
      'rules.guard.maxHeet',
      'rules.guard.slippage',
      'rules.profiles.NORMAL.maxLeverage',
    ])
    const messages = change.fields.map((field) => field.message).join('\n')
    expect(messages).toContain('maxHeet is not a field (did you mean maxHeat?)')
    expect(messages).toContain('max leverage must be a whole number 1…125, was 5.5')
  })

  it('must leave weights that sum to 1', () => {
    expect(pathsOf({ ranker: { weights: { trendStrength: 0.3 } } })).toEqual(['rules.ranker.weights'])
    expect(pathsOf({ ranker: { weights: { trendStrength: 0.3, liquidity: 0.1 } } })).toEqual([])
  })

  it('must leave the modes in order', () => {
    expect(pathsOf({ profiles: { DEFENSIVE: { maxRiskPerTrade: 0.02 } } })).toEqual([
      'rules.profiles.DEFENSIVE.maxRiskPerTrade',
    ])
    expect(pathsOf({ profiles: { AGGRESSIVE: { minConfidence: 0.7 } } })).toEqual([
      'rules.profiles.NORMAL.minConfidence',
    ])
    // a NORMAL account of 1000 USDT takes min(1000, 0.2·1000) = 200 USDT: more than 150
    expect(pathsOf({ profiles: { AGGRESSIVE: { positionSizeCapUsd: 150 } } })).toEqual([
      'rules.profiles.NORMAL.positionSizeCapUsd',
    ])
    expect(pathsOf({ msc: { targets: { NORMAL: { maxDailyTrades: 51 } } } })).toEqual([
      'rules.msc.targets.NORMAL.maxDailyTrades',
    ])
  })

  it('keeps pairs of numbers in order and names of rules apart', () => {
    const rule = { name: 'x', mode: 'NORMAL', atLeast: 'HIGH', enabled: true }
    expect(pathsOf({ guard: { minStopDistance: 0.16 } })).toEqual(['rules.guard.minStopDistance'])
    expect(pathsOf({ governor: { elevatedShare: 0.9 } })).toEqual(['rules.governor.elevatedShare'])
    expect(pathsOf({ volatilityRules: [rule, rule] })).toEqual(['rules.volatilityRules.1.name'])
  })

  it('must name something', () => {
    for (const nothing of [{}, { guard: {} }, null, [], 'rules']) expect(pathsOf(nothing)).toEqual(['rules'])
  })
})

describe('a stored policy', () => {
  it('is read back as it was', () => {
    const policy = policyWith()
    expect(readPolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
  })

  it('that is older takes the defaults of rules that came later', () => {
    const { maxHeat: _, ...guard } = policyWith().rules.guard
    const older = { ...policyWith(), rules: { ...policyWith().rules, guard } }
    expect(readPolicy(older)?.rules.guard.maxHeat).toBe(0.06)
  })

  it('is not trusted when any of it is out of bounds', () => {
    for (const bad of [{ version: 0 }, { maxPositions: 0 }, { updatedBy: 'nobody' }, { sources: 3 }, { emergency: {} }])
      expect(readPolicy({ ...policyWith(), ...bad })).toBeNull()
    for (const nothing of [null, undefined, 'policy', []]) expect(readPolicy(nothing)).toBeNull()
  })
})
