/** Whatever comes: MSC never loosens in one step, never leaves the envelope, never writes half a policy (issue 4). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { REGIMES, VOLATILITIES } from '../../../src/core/model/regime.ts'
import type { Trigger } from '../../../src/core/msc/decision.ts'
import type { MscTrade } from '../../../src/core/msc/evidence.ts'
import { activePin } from '../../../src/core/policy/holds.ts'
import { isLooser, NUMBER_FIELDS, profileLimit, targetsOf } from '../../../src/core/policy/numbers.ts'
import { RISK_MODES, type GlobalPolicy, type RiskMode } from '../../../src/core/policy/policy.ts'
import { isLooserMode, oneLooser } from '../../../src/core/policy/risk-mode.ts'
import { DAY_MS, Machine, MINUTE_MS, type Seen } from './machine.ts'

const TRIGGERS: readonly Trigger[] = ['start', 'schedule', 'manual', 'health', 'wake']
const HEALTHS = ['HEALTHY', 'HEALTHY', 'DEGRADED', 'CRITICAL'] as const

interface World {
  readonly drawdown: number
  readonly daily: number
  readonly trades: number
  readonly wins: number
  readonly regime: Seen['market']['regime']
  readonly volatility: Seen['market']['volatility']
  readonly health: Seen['health']
}

const world: fc.Arbitrary<World> = fc.record({
  drawdown: fc.double({ min: 0, max: 0.1, noNaN: true }),
  daily: fc.double({ min: -2, max: 2, noNaN: true }),
  trades: fc.integer({ min: 0, max: 60 }),
  wins: fc.double({ min: 0, max: 1, noNaN: true }),
  regime: fc.option(fc.constantFrom(...REGIMES)),
  volatility: fc.option(fc.constantFrom(...VOLATILITIES)),
  health: fc.constantFrom(...HEALTHS),
})

const seen =
  ({ drawdown, daily, trades, wins, regime, volatility, health }: World) =>
  (now: number): Seen => {
    const nav = Array.from({ length: 9 }, (_, day) => {
      const value = (1 + daily / 100) ** day
      return { at: now - (8 - day) * DAY_MS, nav: value, high: value }
    })
    const last = nav.at(-1)
    if (last !== undefined) nav.push({ ...last, at: now, high: last.nav / (1 - drawdown) })
    const closed: MscTrade[] = Array.from({ length: trades }, (_, index) => {
      const profit = (index * 7919) % 100 < wins * 100 ? 1 : -1
      return { strategyId: 'a', closedAt: now - (trades - index) * MINUTE_MS, profit, rMultiple: profit }
    })
    return { nav, trades: closed, market: { regime, volatility }, health }
  }

type Deed =
  | { readonly kind: 'run'; readonly world: World; readonly trigger: Trigger; readonly minutes: number }
  | { readonly kind: 'mode'; readonly mode: RiskMode }
  | { readonly kind: 'hold'; readonly maxPositions: number }
  | { readonly kind: 'pin'; readonly minutes: number | null }
  | { readonly kind: 'unpin' }
  | { readonly kind: 'rule'; readonly mode: RiskMode | null }
  | { readonly kind: 'emergency'; readonly engaged: boolean }

const run = fc.record({
  kind: fc.constant('run' as const),
  world,
  trigger: fc.constantFrom(...TRIGGERS, 'schedule', 'schedule', 'schedule'),
  minutes: fc.constantFrom(0, 1, 5, 24, 25, 30, 30, 30, 600),
})

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: run },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mode' as const), mode: fc.constantFrom(...RISK_MODES) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('hold' as const), maxPositions: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pin' as const), minutes: fc.option(fc.integer({ min: 1, max: 120 })) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unpin' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rule' as const), mode: fc.option(fc.constantFrom(...RISK_MODES)) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('emergency' as const), engaged: fc.boolean() }) },
)

interface Ran {
  readonly at: number
  readonly counts: boolean
  readonly advised: RiskMode
  readonly before: GlobalPolicy
  readonly after: GlobalPolicy
}

/** Each run of the story; `null` where somebody else did something. */
function story(deeds: readonly Deed[]): (Ran | null)[] {
  const machine = new Machine()
  return deeds.map((each) => {
    if (each.kind !== 'run') {
      carryOut(machine, each)
      return null
    }
    machine.after(each.minutes)
    const before = machine.policy
    const { evaluation } = machine.run(seen(each.world), each.trigger)
    const counts = each.trigger !== 'manual' && each.trigger !== 'health'
    return { at: machine.now, counts, advised: evaluation.advised, before, after: machine.policy }
  })
}

function carryOut(machine: Machine, each: Exclude<Deed, { kind: 'run' }>): void {
  switch (each.kind) {
    case 'mode':
      return machine.write({ riskMode: each.mode }, 'user')
    case 'hold':
      return machine.write({ maxPositions: each.maxPositions }, 'user')
    case 'pin':
      return machine.pin(each.minutes === null ? null : machine.now + each.minutes * MINUTE_MS)
    case 'unpin':
      return machine.unpin()
    case 'rule':
      return each.mode !== null && activePin(machine.policy, machine.now) !== null ? undefined : machine.rule(each.mode)
    case 'emergency':
      return machine.emergency(each.engaged)
  }
}

const modeLoosened = ({ before, after }: Ran): boolean => isLooserMode(after.riskMode, before.riskMode)

const loosened = ({ before, after }: Ran): string[] =>
  NUMBER_FIELDS.filter((field) => isLooser(field, after[field], before[field]))

/** The mode, or a number that nobody else had just written: taking back what a person had loosened is no new judgement. */
const tightened = ({ before, after }: Ran): boolean =>
  isLooserMode(before.riskMode, after.riskMode) ||
  NUMBER_FIELDS.some((field) => before.sources[field]?.actor === 'msc' && isLooser(field, before[field], after[field]))

const stories = (check: (ran: readonly (Ran | null)[]) => void): void =>
  fc.assert(
    fc.property(fc.array(deed, { minLength: 2, maxLength: 14 }), (deeds) => check(story(deeds))),
    { numRuns: 400 },
  )

describe('whatever comes', () => {
  it('a run right after one that tightened loosens neither the mode nor a number', () => {
    let seenTightening = 0
    stories((all) =>
      all.forEach((ran, index) => {
        const last = all[index - 1]
        if (ran === null || last === null || last === undefined || !tightened(last)) return
        seenTightening++
        expect(modeLoosened(ran)).toBe(false)
        expect(loosened(ran)).toEqual([])
      }),
    )
    expect(seenTightening).toBeGreaterThan(100)
  })

  it('a mode loosens by one, with a run that counts, at least 25 minutes after another that asked, none between that did not', () => {
    let seenLoosening = 0
    stories((all) =>
      all.forEach((ran, index) => {
        if (ran === null || !modeLoosened(ran)) return
        seenLoosening++
        const from = ran.before.riskMode
        expect(ran.after.riskMode).toBe(oneLooser(from))
        expect(ran.counts).toBe(true)
        const runs = all.slice(0, index).filter((each) => each !== null)
        const lastSilent = runs.findLastIndex(
          ({ advised, after }) => !isLooserMode(advised, after.riskMode) || after.riskMode !== from,
        )
        const asked = runs.slice(lastSilent + 1).find(({ counts }) => counts)
        expect(ran.at - (asked?.at ?? ran.at)).toBeGreaterThanOrEqual(25 * MINUTE_MS)
      }),
    )
    expect(seenLoosening).toBeGreaterThan(20)
  })

  it('mode and numbers are always of one piece, inside the profile, no looser than the hold', () => {
    stories((all) => {
      for (const ran of all) {
        if (ran === null) continue
        const { before, after } = ran
        expect(after.version).toBe(before.version + 1)
        const targets = targetsOf(after.riskMode, after.rules)
        for (const field of NUMBER_FIELDS) {
          const limit = profileLimit(field, after.rules.profiles[after.riskMode])
          const hold = after.sources[field]?.hold
          expect(isLooser(field, after[field], targets[field])).toBe(false)
          if (limit !== null) expect(isLooser(field, after[field], limit)).toBe(false)
          if (hold !== undefined) expect(isLooser(field, after[field], hold)).toBe(false)
        }
      }
    })
  })

  it('only tightens under the emergency, a pin or an open rule', () => {
    let seenUnder = 0
    stories((all) => {
      for (const ran of all) {
        if (ran === null) continue
        const { before, at } = ran
        const isUnder = before.emergency !== null || activePin(before, at) !== null || before.rules.timeRules.length > 0
        if (!isUnder) continue
        seenUnder++
        expect(modeLoosened(ran)).toBe(false)
        if (activePin(before, at) === null) expect(loosened(ran)).toEqual([])
      }
    })
    expect(seenUnder).toBeGreaterThan(100)
  })

  it('touches nothing that is not its own', () => {
    stories((all) => {
      for (const ran of all) {
        if (ran === null) continue
        const { before, after } = ran
        expect(after.pin).toEqual(before.pin)
        expect(after.emergency).toEqual(before.emergency)
        expect(after.rules).toEqual(before.rules)
        expect(after.blockedStrategies).toEqual(before.blockedStrategies)
        expect(after.oppRankings).toEqual(before.oppRankings)
      }
    })
  })
})
