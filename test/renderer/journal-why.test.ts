/** One decision as a staircase: what passed, what stopped it, what was never looked at. */
import { expect, test } from 'vitest'

import type { Decision } from '../../src/contract/trading-shapes.ts'
import { sourceWords } from '../../src/renderer/screens/journal/why/source-words.ts'
import { staircaseOf } from '../../src/renderer/screens/journal/why/staircase.ts'

const step = (
  name: string,
  actual: number | string,
  limit: number | string,
  source = 'config config v1',
  passed = true,
) => ({
  step: name,
  passed,
  actual,
  limit,
  source,
})

const GATES = [
  step('confidence_below_required', 0.71, 0.65, 'profile NORMAL v3'),
  step('strategy_not_allowed', 'breakout_hunter', 'allowed', 'policy msc v213'),
  step('symbol_not_allowed', 'SOLUSDT', 'allowed', 'policy msc v213'),
  step('not_ranked', 0.78, 'ranked', 'policy msc v213'),
  step('volatility_extreme', 'NORMAL', 'below EXTREME'),
  step('size_zero', 7.02, 'size_cap × 1'),
]
const CHECKS = [
  step('emergency', 'released', 'released'),
  step('symbol_not_allowed', 'SOLUSDT', 'allowed'),
  step('price_invalid', '142.318', 'above 0'),
  step('entry_too_far', 0.0012, 0.01),
  step('price_stale', 200, 5000),
  step('new_positions_disabled', 'allowed', 'allowed'),
  step('strategy_not_allowed', 'breakout_hunter', 'allowed'),
  step('confidence_below_threshold', 0.71, 0.65),
  step('max_leverage', 3, 5),
  step('max_risk_per_trade', 0.0019, 0.0075),
  step('position_cap', 999.1, 1000),
]

const decision = (fields: Partial<Decision>): Decision => ({
  id: 'd',
  at: '2026-09-18T09:41:29.006Z',
  trace_id: 't',
  signal_id: 's',
  intent_id: 'i',
  strategy_id: 'breakout_hunter',
  symbol: 'SOLUSDT',
  side: 'LONG',
  kind: 'ENTRY',
  bar_at: null,
  outcome: 'denied',
  gate: 'guard',
  code: 'max_positions',
  limit: 10,
  actual: 11,
  source: 'policy msc v213',
  policy_version: 213,
  confidence: 0.71,
  ranking: 0.78,
  sentence: 'would be position 11, limit 10',
  steps: [...GATES, ...CHECKS, step('max_positions', 11, 10, 'policy msc v213', false)],
  ...fields,
})

test('denied at check 11: ten passed, one would be 11 of at most 10, four not reached', () => {
  const { stairs, checks } = staircaseOf(decision({}), null)
  expect(stairs.map(({ label, state }) => [label, state])).toEqual(
    ['Signal', 'Confidence', 'Strategy allowed', 'Ranking', 'Size'].map((label) => [label, 'passed']),
  )
  expect(checks.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 10 }, () => 'passed'),
    'failed',
    ...Array.from({ length: 4 }, () => 'not reached'),
  ])
  expect(checks[10]).toMatchObject({ number: 11, actual: 'would be 11', limit: 'at most 10' })
  expect(checks[10]?.source).toEqual({ words: 'MSC, policy 213', policyVersion: 213 })
  expect(checks[8]).toMatchObject({ actual: '0.19\u202F%', limit: 'at most 0.75\u202F%' })
})

test('a failing step that the journal keeps beside the steps stands at its place all the same', () => {
  const { checks } = staircaseOf(decision({ steps: [...GATES, ...CHECKS] }), null)
  expect(checks[10]).toMatchObject({ state: 'failed', actual: 'would be 11', limit: 'at most 10' })
})

test('dropped at its confidence: later stairs and the whole guard were not reached', () => {
  const steps = [step('confidence_below_required', 0.61, 0.65, 'profile NORMAL v3', false)]
  const dropped = decision({ outcome: 'dropped', gate: 'orchestrator', code: 'confidence_below_required', steps })
  const { stairs, checks } = staircaseOf(dropped, null)
  expect(stairs.map(({ state }) => state)).toEqual(['passed', 'failed', 'not reached', 'not reached', 'not reached'])
  expect(stairs[1]).toMatchObject({ actual: '0.61', limit: 'at least 0.65' })
  expect(checks.every(({ state }) => state === 'not reached')).toBe(true)
})

test('a wish by hand has no stairs before the guard', () => {
  const manual = decision({
    kind: 'MANUAL',
    signal_id: null,
    steps: CHECKS,
    gate: null,
    code: null,
    outcome: 'approved',
  })
  const { stairs, checks } = staircaseOf(manual, null)
  expect(stairs).toEqual([])
  expect(checks.filter(({ state }) => state === 'passed')).toHaveLength(10)
})

test('who set a limit, in words', () => {
  expect(
    ['profile NORMAL v3', 'policy msc v213', 'config env v2', 'governor governor v0', 'exchange', null].map(
      (source) => sourceWords(source).words,
    ),
  ).toEqual(['NORMAL profile', 'MSC, policy 213', 'rules', 'safety governor', 'exchange', ''])
})
