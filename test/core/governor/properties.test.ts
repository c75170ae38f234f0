/** What holds for the governor whatever happens: small steps down, falling multipliers, a way out, and no word on exits. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { GovernorInputs } from '../../../src/core/governor/inputs.ts'
import { LEVELS, multipliersOf } from '../../../src/core/governor/levels.ts'
import { effectiveLimits } from '../../../src/core/policy/effective.ts'
import type { GovernorState } from '../../../src/core/policy/policy.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { cancelOf, closeOf, contextOf, heldOf, policyOf, protectOf } from '../../fixtures/guard.ts'
import { GovernorStage, HOUR_MS, MINUTE_MS, NOON, RULES, SECOND_MS } from './stage.ts'

const fall = fc.double({ min: 0, max: 0.3, noNaN: true })
const changes: fc.Arbitrary<Partial<GovernorInputs>> = fc.record(
  {
    account: fc.option(
      fc.record({
        nav: fall.map((down) => 1 - down),
        highToday: fc.constant(1),
        high24h: fc.constantFrom(1, 1.02),
        highEver: fc.constantFrom(1, 1.1),
      }),
    ),
    isExposed: fc.boolean(),
    health: fc.record({ status: fc.constantFrom('HEALTHY', 'DEGRADED', 'CRITICAL'), detail: fc.constant('said') }),
    link: fc.record({ downSince: fc.option(fc.constant(NOON)), isReconciled: fc.boolean() }),
    unprotected: fc.array(fc.record({ symbol: fc.constantFrom('A', 'B'), since: fc.constant(NOON) }), { maxLength: 2 }),
    journalFault: fc.option(fc.constant('the disk is full'), { freq: 20 }),
    margin: fc.option(fc.record({ symbol: fc.constant('A'), ratio: fc.double({ min: 0, max: 1, noNaN: true }) })),
    wasAway: fc.boolean(),
  },
  { requiredKeys: [] },
)
const step = fc.record({
  after: fc.constantFrom(0, 2 * SECOND_MS, 10 * SECOND_MS, 10 * MINUTE_MS, HOUR_MS, 13 * HOUR_MS),
  changes,
  close: fc.option(fc.boolean()),
  person: fc.constantFrom('nobody', 'engages', 'releases'),
})

/** Any life of a station, with whatever the governor asks for done at once. */
function live(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): GovernorState[] {
  const stage = new GovernorStage()
  const states = [stage.last.state]
  for (const { after, changes: changed, close, person } of steps) {
    stage.now += after
    const closings =
      close === null ? stage.inputs.closings : [...stage.inputs.closings, { at: stage.now, isLoss: close }]
    states.push(stage.look({ ...changed, closings }).state)
    if (stage.last.engage !== null) states.push(stage.engage().state)
    if (person === 'engages' && stage.inputs.emergency === null) states.push(stage.engage('user').state)
    if (person === 'releases' && stage.inputs.emergency !== null) states.push(stage.release().state)
    if (stage.last.engage !== null) states.push(stage.engage().state)
  }
  return states
}

const lives = fc.array(step, { maxLength: 25 }).map(live)

describe('whatever happens', () => {
  it('never two levels looser at once', () => {
    fc.assert(
      fc.property(lives, (states) => {
        states.reduce((before, state) => {
          expect(LEVELS.indexOf(before.level) - LEVELS.indexOf(state.level)).toBeLessThanOrEqual(1)
          return state
        })
      }),
      { numRuns: 300 },
    )
  })

  it('every level but NORMAL has a cause and a way out; DEFENSIVE and EMERGENCY alone stop new trades', () => {
    fc.assert(
      fc.property(lives, (states) => {
        for (const { level, cause, exit, allowNewPositions } of states) {
          expect(cause === null || exit === null).toBe(level === 'NORMAL')
          expect(allowNewPositions).toBe(level !== 'DEFENSIVE' && level !== 'EMERGENCY')
        }
      }),
      { numRuns: 200 },
    )
  })

  it('multipliers are never above those of the level, nor of any looser one', () => {
    fc.assert(
      fc.property(lives, (states) => {
        for (const state of states) {
          for (const level of LEVELS.slice(0, LEVELS.indexOf(state.level) + 1)) {
            const most = multipliersOf(level, RULES)
            for (const name of ['leverage', 'size', 'exposure'] as const)
              expect(state[name]).toBeLessThanOrEqual(most[name])
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('no level denies what reduces risk, with or without the kill switch (SPEC §20.1)', () => {
    const exits = [closeOf(), protectOf(), cancelOf()]
    fc.assert(
      fc.property(lives, fc.boolean(), (states, isEngaged) => {
        const governor = states.at(-1)
        const emergency = isEngaged ? { id: 'e', engagedAt: NOON, by: 'governor' as const, reason: 'r' } : null
        const policy = policyOf('DEFENSIVE', { emergency })
        const context = contextOf({ positions: [heldOf()], policy }, governor === undefined ? {} : { governor, policy })
        for (const intent of exits) expect(check(intent, context).outcome).toBe('approved')
      }),
      { numRuns: 100 },
    )
  })

  it('under any level DEFENSIVE sizes no larger than NORMAL, NORMAL no larger than AGGRESSIVE (SPEC §20.5)', () => {
    const level = fc.constantFrom(...LEVELS)
    fc.assert(
      fc.property(level, fall, (name, drawdown) => {
        const governor: GovernorState = {
          level: name,
          since: 0,
          cause: null,
          exit: null,
          ...multipliersOf(name, RULES),
        }
        const limits = (['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'] as const).map((mode) =>
          effectiveLimits(policyOf(mode), governor, drawdown),
        )
        for (const field of ['maxRiskPerTrade', 'positionSizeCapFraction', 'maxLeverage', 'maxGrossExposure'] as const)
          for (const [index, each] of limits.entries())
            expect(each[field].value).toBeLessThanOrEqual(limits[index + 1]?.[field].value ?? Infinity)
      }),
    )
  })
})
