import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { changePolicy, type ChangeOutcome } from '../../src/core/policy/change.ts'
import { isHeld, heldAt } from '../../src/core/policy/holds.ts'
import { nextVersion } from '../../src/core/policy/next-version.ts'
import { NUMBER_FIELDS } from '../../src/core/policy/numbers.ts'
import { PATCH_FIELDS } from '../../src/core/policy/patch.ts'
import { RISK_MODES, type Actor, type GlobalPolicy } from '../../src/core/policy/policy.ts'
import { readPolicy } from '../../src/core/policy/schema.ts'
import { POLICY_AT, policyWith } from '../fixtures/policies.ts'

const change = (policy: GlobalPolicy, patch: unknown, actor: Actor = 'user'): ChangeOutcome =>
  changePolicy(policy, patch, { actor, now: POLICY_AT })

/** The policy after a change that must be accepted. */
function after(policy: GlobalPolicy, patch: unknown, actor: Actor = 'user'): GlobalPolicy {
  const outcome = change(policy, patch, actor)
  if (outcome.outcome !== 'changed') throw new Error(JSON.stringify(outcome))
  return nextVersion(policy, outcome.edit, { actor, at: POLICY_AT, reason: 'test' }).policy
}

function faults(policy: GlobalPolicy, patch: unknown, actor: Actor = 'user'): Record<string, string> {
  const outcome = change(policy, patch, actor)
  if (outcome.outcome !== 'invalid') return {}
  return Object.fromEntries(outcome.fields.map((field) => [field.path, field.message]))
}

const numbersOf = (policy: GlobalPolicy): number[] => NUMBER_FIELDS.map((field) => policy[field])

describe('a patch', () => {
  const policy = policyWith()

  it('changes what it names and nothing else', () => {
    const next = after(policy, { maxPositions: 7 })
    const head = { version: 2, updatedAt: POLICY_AT, updatedBy: 'user', reason: 'test' }
    const sources = { ...policy.sources, maxPositions: { actor: 'user', version: 2, hold: 7 } }
    expect(next).toEqual({ ...policy, ...head, sources, maxPositions: 7 })
  })

  it('names every bad field, with what was expected and what was found', () => {
    const found = faults(policy, {
      riskMode: 'WILD',
      maxRiskPerTrade: 0,
      maxPositions: 101,
      maxDailyTrades: 1.5,
      globalMinConfidence: '0.7',
      allowedSymbols: ['BTCUSDT', 'eth usdt'],
      blockedStrategies: null,
      maxPosition: 3,
    })
    expect(found).toEqual({
      riskMode: 'risk mode must be one of DEFENSIVE, NORMAL, AGGRESSIVE, AGGRESSIVE_SMALL_ACCOUNT, was "WILD"',
      maxRiskPerTrade: 'max risk per trade must be above 0 and at most 0.05, was 0',
      maxPositions: 'max positions must be a whole number 1…100, was 101',
      maxDailyTrades: 'max daily trades must be a whole number 1…10000, was 1.5',
      globalMinConfidence: 'global min confidence must be 0…1, was "0.7"',
      'allowedSymbols.1': 'allowed symbols must be a symbol in upper case, like BTCUSDT, was "eth usdt"',
      blockedStrategies: 'blocked strategies must be a list of names, was null',
      maxPosition: 'maxPosition is not a field (did you mean maxPositions?)',
    })
  })

  it('that is empty, or no object, is refused', () => {
    for (const nothing of [{}, { riskMode: undefined }, null, [], 3, 'x'])
      expect(Object.keys(faults(policy, nothing))).toEqual([''])
  })

  it.each([
    ['maxRiskPerTrade', [0.05, 1e-9], [0, 0.0500001, -1, Number.NaN, null]],
    ['maxPositions', [1, 100], [0, 101, 2.5, null]],
    ['maxDailyTrades', [1, 10_000], [0, 10_001, Number.POSITIVE_INFINITY, null]],
    ['globalMinConfidence', [0, 1], [-0.01, 1.01, null]],
  ])('holds %s to its bounds', (field, good, bad) => {
    for (const value of good) expect(after(policy, { [field]: value })).toMatchObject({ [field]: value })
    for (const value of bad) expect(Object.keys(faults(policy, { [field]: value }))).toEqual([field])
  })

  it('sets a list to null where null means no restriction, and replaces lists whole', () => {
    const two = after(policy, { allowedSymbols: ['BTCUSDT', 'ETHUSDT'], allowedStrategies: ['a', 'b'] })
    const one = after(two, { allowedSymbols: ['SOLUSDT'], allowedStrategies: null })
    expect([one.allowedSymbols, one.allowedStrategies]).toEqual([['SOLUSDT'], null])
  })

  it('replaces rankings whole and merges model versions key by key, null deleting', () => {
    const ranked = after(
      after(policy, { oppRankings: { A1USDT: 0.9, B1USDT: 0.4 } }, 'ranker'),
      {
        oppRankings: { B1USDT: 1 },
      },
      'ranker',
    )
    expect(ranked.oppRankings).toEqual({ B1USDT: 1 })
    const models = after(
      after(policy, { modelVersions: { tree: '1', net: '7' } }, 'clm'),
      {
        modelVersions: { tree: null, seq: '2' },
      },
      'clm',
    )
    expect(models.modelVersions).toEqual({ net: '7', seq: '2' })
  })

  it('does not keep the caller’s own lists: nobody holds a mutable policy', () => {
    const symbols = ['BTCUSDT']
    const next = after(policy, { allowedSymbols: symbols })
    symbols.push('ETHUSDT')
    expect(next.allowedSymbols).toEqual(['BTCUSDT'])
    expect(() => (next.allowedSymbols as string[]).push('X')).toThrow(TypeError)
    expect(() => Object.assign(next.rules.guard, { maxHeat: 1 })).toThrow(TypeError)
  })
})

describe('writing a mode', () => {
  it('writes its targets, clamped to its profile', () => {
    expect(numbersOf(after(policyWith(), { riskMode: 'DEFENSIVE' }))).toEqual([0.003, 4, 10, 0.75])
    const alias = after(policyWith(), { riskMode: 'AGGRESSIVE_SMALL_ACCOUNT' })
    expect(alias.riskMode).toBe('AGGRESSIVE')
    expect(numbersOf(alias)).toEqual([0.015, 15, 50, 0.6])
  })

  it('leaves the numbers it names itself', () => {
    const next = after(policyWith(), { riskMode: 'DEFENSIVE', maxPositions: 2, globalMinConfidence: 0.9 })
    expect(numbersOf(next)).toEqual([0.003, 2, 10, 0.9])
  })

  it('tells that a value looser than the profile does not hold yet', () => {
    const outcome = change(policyWith(), { maxRiskPerTrade: 0.03, maxPositions: 20 })
    expect(outcome).toMatchObject({
      outcome: 'changed',
      notes: ["maxRiskPerTrade 0.03 is stored, but the NORMAL profile's 0.015 holds until the profile is edited"],
    })
  })
})

describe('each field has its writers', () => {
  it.each([
    ['ranker', { maxPositions: 3, riskMode: 'DEFENSIVE' }],
    ['user', { oppRankings: { BTCUSDT: 1 }, modelVersions: { a: '1' }, evaluation: {} }],
    ['msc', { blockedStrategies: [] }],
    ['env', { maxPositions: 3 }],
    ['rule:night', { maxDailyTrades: 3 }],
    ['governor', { riskMode: 'DEFENSIVE' }],
  ] as const)('%s may not write these', (actor, patch) => {
    const named = Object.keys(faults(policyWith(), patch, actor))
    expect(named.toSorted()).toEqual(Object.keys(patch).toSorted())
  })

  it('pin, emergency, rules and version are nobody’s to patch', () => {
    const closed = { pin: null, emergency: null, rules: {}, version: 9, sources: {}, updatedBy: 'user' }
    expect(Object.keys(faults(policyWith(), closed))).toEqual(Object.keys(closed))
  })

  it('only a person lifts the restriction to symbols', () => {
    const restricted = after(policyWith(), { allowedSymbols: [] }, 'msc')
    expect(change(restricted, { allowedSymbols: null }, 'msc')).toMatchObject({ outcome: 'refused' })
    expect(after(restricted, { allowedSymbols: null }, 'api:phone').allowedSymbols).toBeNull()
  })
})

describe('a pin', () => {
  const pin = { by: 'user', at: POLICY_AT - 1, until: POLICY_AT + 1, reason: '' } as const

  it('holds the mode against rules, and against MSC when it loosens', () => {
    const pinned = policyWith({ pin })
    expect(change(pinned, { riskMode: 'DEFENSIVE' }, 'rule:night')).toMatchObject({ outcome: 'refused' })
    expect(change(pinned, { riskMode: 'AGGRESSIVE' }, 'msc')).toMatchObject({ outcome: 'refused' })
    expect(after(pinned, { riskMode: 'DEFENSIVE' }, 'msc').riskMode).toBe('DEFENSIVE')
    expect(after(pinned, { riskMode: 'AGGRESSIVE' }, 'user').riskMode).toBe('AGGRESSIVE')
  })

  it('no longer holds when its time has come', () => {
    const expired = policyWith({ pin: { ...pin, until: POLICY_AT } })
    expect(after(expired, { riskMode: 'AGGRESSIVE' }, 'rule:night').riskMode).toBe('AGGRESSIVE')
  })
})

describe('a number that a person set by itself', () => {
  const held = after(policyWith(), { maxPositions: 6 })

  it('is a hold; the numbers that came with a mode are none', () => {
    expect(NUMBER_FIELDS.filter((field) => isHeld(held, field))).toEqual(['maxPositions'])
    expect(NUMBER_FIELDS.filter((field) => isHeld(after(held, { riskMode: 'NORMAL' }), field))).toEqual([])
    expect(isHeld(after(policyWith(), { maxPositions: 6 }, 'msc'), 'maxPositions')).toBe(false)
  })

  it('may be tightened by MSC and loosened again, but never past the hold', () => {
    const tighter = after(held, { maxPositions: 4 }, 'msc')
    expect([tighter.maxPositions, heldAt(tighter, 'maxPositions')]).toEqual([4, 6])
    expect(after(tighter, { maxPositions: 6 }, 'msc').maxPositions).toBe(6)
    expect(change(tighter, { maxPositions: 7 }, 'msc')).toMatchObject({ outcome: 'refused' })
  })

  it('bounds the targets of a mode that an automatic writer chooses', () => {
    const next = after(held, { riskMode: 'AGGRESSIVE' }, 'msc')
    expect(numbersOf(next)).toEqual([0.015, 6, 50, 0.6])
    expect(numbersOf(after(held, { riskMode: 'DEFENSIVE' }, 'rule:night'))).toEqual([0.003, 4, 10, 0.75])
  })
})

describe('any patch at all', () => {
  const actors: readonly Actor[] = ['user', 'api:t', 'msc', 'ranker', 'clm', 'governor', 'rule:x', 'env']
  const value = fc.oneof(
    fc.double(),
    fc.integer({ min: -5, max: 200 }),
    fc.constantFrom<unknown>(null, undefined, true, '', 'NORMAL', 'AGGRESSIVE_SMALL_ACCOUNT', [], {}),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string()), { maxKeys: 3 }),
  )
  const keys = fc.oneof(fc.constantFrom(...PATCH_FIELDS, 'pin', 'emergency', 'rules', 'sources'), fc.string())
  const patches = fc.oneof(fc.dictionary(keys, value, { maxKeys: 5 }), value)

  it('is either accepted into a policy that may be trusted, or refused with the field named', () => {
    const before = policyWith()
    const text = JSON.stringify(before)
    fc.assert(
      fc.property(patches, fc.constantFrom(...actors), (patch, actor) => {
        const outcome = change(before, patch, actor)
        expect(JSON.stringify(before)).toBe(text)
        if (outcome.outcome === 'refused') return
        if (outcome.outcome === 'invalid') {
          expect(outcome.fields.length).toBeGreaterThan(0)
          return
        }
        const { policy } = nextVersion(before, outcome.edit, { actor, at: POLICY_AT, reason: '' })
        expect(readPolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
        expect(RISK_MODES).toContain(policy.riskMode)
        expect([policy.pin, policy.emergency, policy.rules]).toEqual([before.pin, before.emergency, before.rules])
      }),
      { numRuns: 1500 },
    )
  })
})
