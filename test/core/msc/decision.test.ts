/** From advice to mode and numbers: tighten at once, loosen slowly, below pin, hold, rule, governor and emergency (SPEC §2, §5). */
import { describe, expect, it } from 'vitest'

import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import { targetsOf } from '../../../src/core/policy/numbers.ts'
import { CALM_GOVERNOR } from '../../../src/core/policy/policy.ts'
import { bad, calm, good, grave, Machine, NOON } from './machine.ts'

const DEFENSIVE = targetsOf('DEFENSIVE', DEFAULT_RULES)
const NORMAL = targetsOf('NORMAL', DEFAULT_RULES)
const AGGRESSIVE = targetsOf('AGGRESSIVE', DEFAULT_RULES)

describe('tightening', () => {
  it('comes at once, by two modes, with the numbers, in one version', () => {
    const machine = new Machine({ riskMode: 'AGGRESSIVE' })
    const { version } = machine.policy
    const { evaluation } = machine.run(bad)
    expect(evaluation).toMatchObject({
      advised: 'DEFENSIVE',
      result: 'tightened',
      modeBefore: 'AGGRESSIVE',
      modeAfter: 'DEFENSIVE',
    })
    expect(machine.policy.version).toBe(version + 1)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    expect(machine.numbers).toEqual(DEFENSIVE)
  })

  it.each(['manual', 'health', 'start', 'wake', 'schedule'] as const)('comes with a run of trigger %s', (trigger) => {
    const machine = new Machine()
    machine.run(bad, trigger)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
  })

  it('comes with health CRITICAL alone', () => {
    const machine = new Machine()
    machine.run((now) => ({ ...calm(now), health: 'CRITICAL' }), 'health')
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
  })

  it('says why, with the numbers', () => {
    expect(new Machine().run(grave).evaluation.sentence).toBe(
      'NORMAL → DEFENSIVE: defensive weight 6 of 3 (drawdown 7.5 %: 3, regime CHOPPY: 1, volatility EXTREME: 2), 0 of 4 aggressive votes',
    )
  })
})

describe('loosening', () => {
  it('needs a second scheduled run that asks, 25 minutes later', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    expect(machine.run(calm).evaluation.result).toBe('waiting')
    expect(machine.after(24.9).run(calm).evaluation.result).toBe('waiting')
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    expect(machine.after(0.1).run(calm).evaluation.result).toBe('loosened')
    expect(machine.policy.riskMode).toBe('NORMAL')
    expect(machine.numbers).toEqual(NORMAL)
  })

  it('goes one mode at a time, each with its own two runs', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    const modes: string[] = []
    for (let run = 0; run < 5; run++) {
      machine.run(good)
      modes.push(machine.policy.riskMode)
      machine.after(30)
    }
    expect(modes).toEqual(['DEFENSIVE', 'NORMAL', 'NORMAL', 'AGGRESSIVE', 'AGGRESSIVE'])
    expect(machine.numbers).toEqual(AGGRESSIVE)
  })

  it('is not helped by manual runs or runs on an event', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.run(calm, 'manual')
    for (let run = 0; run < 5; run++) machine.after(30).run(calm, run % 2 === 0 ? 'manual' : 'health')
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(30).run(calm)
    machine.after(30).run(calm, 'manual')
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(1).run(calm)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('begins anew when a run between does not ask', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.run(calm)
    machine.after(30).run(bad)
    machine.after(30).run(calm)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(30).run(calm)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('begins anew after the mode has changed otherwise', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.run(good)
    machine.after(20)
    machine.write({ riskMode: 'NORMAL' }, 'user')
    machine.after(20).run(good)
    expect(machine.policy.riskMode).toBe('NORMAL')
    machine.after(25).run(good)
    expect(machine.policy.riskMode).toBe('AGGRESSIVE')
  })

  it('says when it will come', () => {
    const { evaluation } = new Machine({ riskMode: 'DEFENSIVE' }).run(calm)
    expect(evaluation.sentence).toContain(
      'DEFENSIVE stays, NORMAL is advised since 2025-03-03T12:00:00.000Z: it loosens at a scheduled evaluation from 2025-03-03T12:25:00.000Z on',
    )
  })
})

describe('under a pin', () => {
  it('the mode stays and each number takes the tighter of pinned and advised', () => {
    const machine = new Machine({ riskMode: 'AGGRESSIVE' })
    machine.pin()
    const { evaluation } = machine.run(bad)
    expect(evaluation).toMatchObject({ result: 'held_by_pin', advised: 'DEFENSIVE', modeAfter: 'AGGRESSIVE' })
    expect(machine.policy.riskMode).toBe('AGGRESSIVE')
    expect(machine.numbers).toEqual(DEFENSIVE)
  })

  it('a looser advice changes neither mode nor numbers', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.pin()
    for (let run = 0; run < 4; run++) machine.after(30).run(good)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    expect(machine.numbers).toEqual(DEFENSIVE)
  })

  it('numbers it tightened loosen with two scheduled runs, never beyond those of the pinned mode', () => {
    const machine = new Machine()
    machine.pin()
    machine.run(bad)
    machine.after(30).run(good)
    expect(machine.numbers).toEqual(DEFENSIVE)
    machine.after(30).run(good)
    expect(machine.numbers).toEqual(NORMAL)
    machine.after(30).run(good)
    machine.after(30).run(good)
    expect(machine.numbers).toEqual(NORMAL)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('the mode tightens when the weight has risen since the pin and is at least 5', () => {
    const machine = new Machine()
    machine.run(calm)
    machine.pin()
    machine.after(1).run(bad)
    expect(machine.policy.riskMode).toBe('NORMAL')
    const { evaluation } = machine.after(1).run(grave)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    expect(evaluation.sentence).toContain('against the pin, the weight was 0 when it was set')
  })

  it('not when the weight was as high when the pin was set: a person knew', () => {
    const machine = new Machine()
    machine.run(grave)
    machine.write({ riskMode: 'NORMAL' }, 'user')
    machine.pin()
    for (let run = 0; run < 3; run++) machine.after(30).run(grave)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('not when it has risen but is under 5', () => {
    const machine = new Machine()
    machine.run(calm)
    machine.pin()
    machine.after(1).run(bad)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('a new pin counts from the weight of its own time', () => {
    const machine = new Machine()
    machine.run(calm)
    machine.pin()
    machine.after(1).run(grave)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(1).write({ riskMode: 'NORMAL' }, 'user')
    machine.pin()
    machine.after(1).run(grave)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('that has ended, what it kept back is written, and loosens as slowly as ever', () => {
    const machine = new Machine({ riskMode: 'AGGRESSIVE' })
    machine.pin(NOON + 60_000)
    machine.run(bad)
    expect(machine.policy.riskMode).toBe('AGGRESSIVE')
    machine.after(30).run(good)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(30).run(good)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(30).run(good)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })
})

describe('a number held by a person', () => {
  it('is tightened but not loosened beyond its hold', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.write({ maxPositions: 3, maxRiskPerTrade: 0.005 }, 'user')
    machine.run(calm)
    machine.after(30).run(calm)
    expect(machine.policy.riskMode).toBe('NORMAL')
    expect(machine.numbers).toEqual({ ...NORMAL, maxPositions: 3, maxRiskPerTrade: 0.005 })
    machine.after(30).run(bad)
    expect(machine.numbers).toEqual({ ...DEFENSIVE, maxPositions: 3 })
    machine.after(30).run(calm)
    machine.after(30).run(calm)
    expect(machine.numbers).toEqual({ ...NORMAL, maxPositions: 3, maxRiskPerTrade: 0.005 })
  })
})

describe("while a rule's window is open", () => {
  it('MSC tightens below it', () => {
    const machine = new Machine()
    machine.rule('AGGRESSIVE')
    machine.run(calm)
    expect(machine.policy.riskMode).toBe('NORMAL')
    machine.after(30).run(bad)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
  })

  it('MSC loosens neither mode nor a number', () => {
    const machine = new Machine()
    machine.rule('DEFENSIVE')
    machine.write({ maxDailyTrades: 5 }, 'user')
    for (let run = 0; run < 4; run++) {
      const { evaluation } = machine.after(30).run(good)
      expect(evaluation.result).toBe('held_by_rule')
    }
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    expect(machine.numbers).toEqual({ ...DEFENSIVE, maxDailyTrades: 5 })
  })

  it('and when it has closed, the next speaks', () => {
    const machine = new Machine()
    machine.rule('DEFENSIVE')
    machine.run(calm)
    machine.after(30).run(calm)
    machine.rule(null)
    machine.after(30).run(calm)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })
})

describe('governor and emergency stand above', () => {
  it('while the emergency is engaged nothing loosens, and what was asked for meanwhile does not count', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.emergency(true)
    machine.run(calm)
    const { evaluation } = machine.after(30).run(calm)
    expect(evaluation.result).toBe('waiting')
    expect(evaluation.sentence).toContain('the emergency lets nothing loosen')
    machine.emergency(false)
    machine.after(30).run(calm)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    machine.after(30).run(calm)
    expect(machine.policy.riskMode).toBe('NORMAL')
  })

  it('while the governor lets nothing new in, nothing loosens', () => {
    const machine = new Machine({ riskMode: 'DEFENSIVE' })
    machine.governor = { ...CALM_GOVERNOR, level: 'DEFENSIVE', allowNewPositions: false }
    for (let run = 0; run < 4; run++) machine.after(30).run(good)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
  })

  it('tightening goes on', () => {
    const machine = new Machine({ riskMode: 'AGGRESSIVE' })
    machine.emergency(true)
    machine.run(bad)
    expect(machine.policy.riskMode).toBe('DEFENSIVE')
    expect(machine.policy.emergency).not.toBeNull()
  })
})

describe('advising only', () => {
  it('writes what it saw and nothing else', () => {
    const machine = new Machine()
    machine.applies = false
    const before = machine.policy
    const { evaluation } = machine.run(bad)
    expect(evaluation).toMatchObject({ result: 'advice_only', advised: 'DEFENSIVE', modeAfter: 'NORMAL' })
    expect({ ...machine.policy, evaluation: null, version: 0, sources: {}, reason: '', updatedBy: 'env' }).toEqual({
      ...before,
      version: 0,
      sources: {},
      reason: '',
      updatedBy: 'env',
    })
    expect(machine.policy.evaluation).toMatchObject({ advised: 'DEFENSIVE', applied: 'NORMAL' })
  })
})
