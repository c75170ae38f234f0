/** The user's rules at work: they set a mode, hand it on, stand below a pin, and survive sleep and restart (SPEC §2). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { Volatility } from '../../src/core/model/regime.ts'
import { activePin } from '../../src/core/policy/holds.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import { targetsOf } from '../../src/core/policy/numbers.ts'
import {
  RISK_MODES,
  type Actor,
  type RiskMode,
  type TimeRule,
  type VolatilityRule,
} from '../../src/core/policy/policy.ts'
import { isLooserMode } from '../../src/core/policy/risk-mode.ts'
import { ModeRules } from '../../src/station/mode-rules.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { MemoryPolicyShelf } from '../fixtures/memory-policy-shelf.ts'

const HOUR = 3_600_000
const DAY = 86_400_000
/** a Monday, 00:00 UTC */
const MONDAY = Date.UTC(2025, 2, 3)
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]

const night: TimeRule = {
  name: 'night',
  mode: 'DEFENSIVE',
  days: EVERY_DAY,
  fromMinute: 22 * 60,
  toMinute: 6 * 60,
  enabled: true,
}
const storm: VolatilityRule = { name: 'storm', mode: 'DEFENSIVE', atLeast: 'HIGH', enabled: true }

interface Weather {
  volatility: Volatility | null
  advised: RiskMode | null
}

class House {
  readonly shelf = new MemoryPolicyShelf()
  readonly weather: Weather = { volatility: 'NORMAL', advised: null }
  readonly logged: string[] = []
  clock: VirtualClock
  store: PolicyStore
  rules: ModeRules

  constructor(startAt = MONDAY) {
    this.clock = new VirtualClock({ startAt })
    this.store = this.#openStore()
    this.rules = this.#openRules()
  }

  restart(): void {
    this.clock = new VirtualClock({ startAt: this.clock.now() })
    this.store = this.#openStore()
    this.rules = this.#openRules()
  }

  get mode(): RiskMode {
    return this.store.current.riskMode
  }

  get by(): string {
    return this.store.current.sources['riskMode']?.actor ?? ''
  }

  at(day: number, hour: number): this {
    this.clock.advanceTo(MONDAY + day * DAY + hour * HOUR)
    return this
  }

  setRules(rules: { timeRules?: TimeRule[]; volatilityRules?: VolatilityRule[] }): void {
    this.accept(this.store.changeRules(rules, { actor: 'user', reason: 'rules' }))
  }

  write(mode: RiskMode, actor: Actor = 'user', pinUntil?: number | null): void {
    this.accept(this.store.switchMode(mode, { actor, reason: 'test', pinUntil }))
  }

  blow(volatility: Volatility | null): void {
    this.weather.volatility = volatility
    this.rules.hourClosed()
    this.clock.advanceTo(this.clock.now())
  }

  accept(result: { outcome: string }): void {
    if (result.outcome !== 'accepted') throw new Error(JSON.stringify(result))
  }

  #openStore(): PolicyStore {
    return new PolicyStore({
      shelf: this.shelf,
      now: () => this.clock.now(),
      initial: INITIAL_POLICY,
      exposed: () => false,
    })
  }

  #openRules(): ModeRules {
    const note = (event: string): void => void this.logged.push(event)
    const rules = new ModeRules({
      clock: this.clock,
      policy: this.store,
      log: { debug: note, info: note, warn: note, error: note },
      volatility: () => this.weather.volatility,
      advised: () => this.weather.advised,
    })
    rules.start()
    return rules
  }
}

const houseWith = (...timeRules: TimeRule[]): House => {
  const house = new House()
  house.setRules({ timeRules })
  return house
}

describe('a window of the day', () => {
  it('sets its mode with the targets as the rule, when it opens, and gives the mode back when it closes', () => {
    const house = houseWith(night)
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:night'])
    house.at(0, 6)
    expect([house.mode, house.by]).toEqual(['NORMAL', 'rule:night'])
    house.at(0, 21.99)
    expect(house.mode).toBe('NORMAL')
    house.at(0, 22)
    expect(house.store.current).toMatchObject({
      riskMode: 'DEFENSIVE',
      updatedBy: 'rule:night',
      ...targetsOf('DEFENSIVE', house.store.current.rules),
    })
    expect(house.store.current.reason).toContain('2025-03-04T06:00')
    expect(house.rules.openRule()).toMatchObject({ name: 'night', mode: 'DEFENSIVE', until: MONDAY + DAY + 6 * HOUR })
    house.at(1, 6)
    expect(house.store.current).toMatchObject({ riskMode: 'NORMAL', reason: expect.stringContaining('as before') })
    expect(house.rules.openRule()).toBeNull()
  })

  it('writes once at each end of it, whatever else happens to the rankings in between', () => {
    const house = houseWith(night).at(0, 12)
    const before = house.store.current.version
    for (let hour = 13; hour <= 36; hour++) {
      house.at(0, hour)
      house.store.setRankings({ BTCUSDT: hour / 100 })
    }
    const words = house.store.history({ limit: 50 }).filter(({ policy }) => policy.version > before)
    expect(words.map(({ policy }) => policy.riskMode)).toEqual(['NORMAL', 'DEFENSIVE'])
  })

  it('speaks at once when it is made in its own window, and is silent when it is switched off or taken away', () => {
    const house = new House().at(0, 23)
    house.setRules({ timeRules: [night] })
    expect(house.mode).toBe('DEFENSIVE')
    house.setRules({ timeRules: [{ ...night, enabled: false }] })
    expect(house.mode).toBe('NORMAL')
    house.setRules({ timeRules: [night] })
    expect(house.mode).toBe('DEFENSIVE')
    house.setRules({ timeRules: [] })
    expect(house.mode).toBe('NORMAL')
  })

  it('speaks when it is made or changed after a person has written a mode, not when another rule is', () => {
    const other: TimeRule = { ...night, name: 'noon', fromMinute: 720, toMinute: 780 }
    const house = new House().at(0, 23)
    house.write('AGGRESSIVE')
    house.setRules({ timeRules: [night] })
    expect(house.mode).toBe('DEFENSIVE')
    house.write('NORMAL')
    house.setRules({ timeRules: [night, other] })
    expect([house.mode, house.by]).toEqual(['NORMAL', 'user'])
    house.setRules({ timeRules: [{ ...night, toMinute: 420 }, other] })
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:night'])
  })

  it('of several the tighter one counts, and the other has the word again after it', () => {
    const day: TimeRule = { ...night, name: 'day', mode: 'AGGRESSIVE', fromMinute: 480, toMinute: 1200 }
    const lunch: TimeRule = { ...night, name: 'lunch', fromMinute: 720, toMinute: 780 }
    const house = houseWith(day, lunch)
    house.write('DEFENSIVE')
    const told = [8, 12, 13, 20].map((hour) => [house.at(0, hour).mode, house.by])
    expect(told).toEqual([
      ['AGGRESSIVE', 'rule:day'],
      ['DEFENSIVE', 'rule:lunch'],
      ['AGGRESSIVE', 'rule:day'],
      ['DEFENSIVE', 'rule:day'],
    ])
  })

  it('leaves alone a mode that is the same already, and what MSC has tightened below it', () => {
    const plain: TimeRule = { ...night, mode: 'NORMAL' }
    const house = houseWith(plain).at(0, 12)
    house.write('NORMAL')
    const { version } = house.store.current
    house.at(0, 23)
    expect(house.store.current.version).toBe(version)
    house.write('DEFENSIVE', 'msc')
    house.at(1, 2)
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'msc'])
    house.at(1, 12)
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'msc'])
  })

  it('a person who writes a mode in it is heard until the next one opens', () => {
    const house = houseWith(night).at(0, 23)
    house.write('AGGRESSIVE')
    house.at(1, 5)
    expect([house.mode, house.by]).toEqual(['AGGRESSIVE', 'user'])
    house.at(1, 12)
    expect([house.mode, house.by]).toEqual(['AGGRESSIVE', 'user'])
    house.at(1, 22)
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:night'])
    house.at(2, 6)
    expect(house.mode).toBe('AGGRESSIVE')
  })

  it('keeps a number that a person holds as tight as it is held', () => {
    const bold: TimeRule = { ...night, mode: 'AGGRESSIVE' }
    const house = houseWith(bold).at(0, 12)
    house.accept(house.store.change({ maxPositions: 3 }, { actor: 'user', reason: 'hold' }))
    house.at(0, 23)
    expect(house.store.current).toMatchObject({ riskMode: 'AGGRESSIVE', maxPositions: 3, maxRiskPerTrade: 0.015 })
  })
})

describe('after the last rule', () => {
  it.each([
    ['AGGRESSIVE', null, 'AGGRESSIVE'],
    ['AGGRESSIVE', 'NORMAL', 'NORMAL'],
    ['NORMAL', 'AGGRESSIVE', 'NORMAL'],
    ['NORMAL', 'DEFENSIVE', 'DEFENSIVE'],
  ] as const)('before %s, MSC asks for %s: %s', (before, advised, after) => {
    const house = houseWith(night).at(0, 12)
    house.write(before)
    house.at(0, 23)
    house.weather.advised = advised
    house.at(1, 6)
    expect(house.mode).toBe(after)
    const { version } = house.store.current
    house.rules.look()
    expect(house.store.current.version).toBe(version)
  })

  it('what it handed on once is what was before the next time', () => {
    const house = houseWith(night).at(0, 12)
    house.write('AGGRESSIVE')
    house.at(0, 23)
    house.weather.advised = 'NORMAL'
    house.at(1, 6)
    house.weather.advised = null
    house.at(1, 23)
    expect(house.mode).toBe('DEFENSIVE')
    house.at(2, 6)
    expect(house.mode).toBe('NORMAL')
  })

  it('with the history unreadable the mode is NORMAL at most', () => {
    const house = houseWith(night).at(0, 12)
    house.write('AGGRESSIVE')
    house.at(0, 23)
    for (const version of house.shelf.rows.keys()) house.shelf.damageVersion(version)
    house.at(1, 6)
    expect(isLooserMode(house.mode, 'NORMAL')).toBe(false)
  })
})

describe('a pin', () => {
  it('stands above a rule; when its time is over the rule speaks', () => {
    const house = houseWith(night).at(0, 12)
    house.write('AGGRESSIVE', 'user', MONDAY + 23 * HOUR)
    expect(house.at(0, 22.5).mode).toBe('AGGRESSIVE')
    expect(house.rules.openRule()?.name).toBe('night')
    expect([house.at(0, 23).mode, house.by]).toEqual(['DEFENSIVE', 'rule:night'])
    expect(house.at(1, 6).mode).toBe('AGGRESSIVE')
  })

  it('released by hand in a window gives the word to the rule at once, also when the mode was written in it', () => {
    const house = houseWith(night).at(0, 23)
    house.write('NORMAL', 'api:desk', null)
    expect(house.at(1, 1).mode).toBe('NORMAL')
    house.accept(house.store.releasePin({ actor: 'user', reason: 'enough' }))
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:night'])
  })

  it('set over a rule keeps its mode past the window, and hands it on when it ends', () => {
    const house = houseWith(night).at(0, 23)
    house.accept(house.store.pin(MONDAY + 32 * HOUR, { actor: 'user', reason: 'stay' }))
    expect(house.at(1, 7).mode).toBe('DEFENSIVE')
    expect(house.at(1, 8).mode).toBe('NORMAL')
  })
})

describe('a condition of volatility', () => {
  it('sets its mode while it holds, and only then', () => {
    const house = new House().at(0, 12)
    house.setRules({ volatilityRules: [storm] })
    expect(house.mode).toBe('NORMAL')
    house.blow('HIGH')
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:storm'])
    expect(house.rules.openRule()).toEqual({ name: 'storm', mode: 'DEFENSIVE', from: null, until: null })
    house.blow('EXTREME')
    expect(house.mode).toBe('DEFENSIVE')
    house.blow(null)
    expect(house.mode).toBe('NORMAL')
  })

  it('a person is heard until it is calm and stormy again, also over a restart', () => {
    const house = new House().at(0, 12)
    house.setRules({ volatilityRules: [storm] })
    house.blow('HIGH')
    house.at(0, 13).write('NORMAL')
    house.at(0, 14).blow('EXTREME')
    expect(house.mode).toBe('NORMAL')
    house.restart()
    expect([house.mode, house.by]).toEqual(['NORMAL', 'user'])
    house.at(0, 15).blow('LOW')
    house.at(0, 16).blow('HIGH')
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:storm'])
  })
})

describe('a restart or a sleep', () => {
  it('catches up with a window that opened, and with one that closed, while the station was down', () => {
    const house = houseWith(night).at(0, 12)
    house.clock = new VirtualClock({ startAt: MONDAY + 23 * HOUR })
    house.restart()
    expect([house.mode, house.by]).toEqual(['DEFENSIVE', 'rule:night'])
    house.clock = new VirtualClock({ startAt: MONDAY + 36 * HOUR })
    house.restart()
    expect([house.mode, house.by]).toEqual(['NORMAL', 'rule:night'])
  })

  it('a policy that cannot be written is tried again', () => {
    const house = houseWith(night).at(0, 21)
    house.shelf.failures = 2
    house.at(0, 22)
    expect([house.mode, house.logged]).toEqual(['NORMAL', ['rule_not_written']])
    house.clock.advanceTo(MONDAY + 22 * HOUR + 120_000)
    expect([house.mode, house.logged.length]).toEqual(['DEFENSIVE', 2])
  })
})

describe('whatever happens', () => {
  const mode = fc.constantFrom(...RISK_MODES)
  const rule = fc.record({
    mode,
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 3 }),
    fromMinute: fc.integer({ min: 0, max: 24 }).map((hour) => hour * 60),
    toMinute: fc.integer({ min: 0, max: 24 }).map((hour) => hour * 60),
    enabled: fc.constant(true),
  })
  const rules = fc
    .array(rule, { maxLength: 3 })
    .map((list) => list.map((fields, index) => ({ ...fields, name: `rule ${String(index)}` })))
  const step = fc.oneof(
    fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ do: fc.constant('write' as const), mode, by: fc.constantFrom<Actor>('user', 'api:desk') }),
    fc.record({ do: fc.constant('pin' as const), mode, hours: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ do: fc.constant('unpin' as const) }),
    fc.record({ do: fc.constant('rules' as const), rules }),
    fc.record({ do: fc.constant('tighten' as const) }),
  )
  type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

  function take(house: House, each: Step): void {
    const { store, clock } = house
    if (each.do === 'wait') clock.advanceTo(clock.now() + each.hours * HOUR)
    if (each.do === 'write') store.change({ riskMode: each.mode }, { actor: each.by, reason: 'step' })
    if (each.do === 'pin') house.write(each.mode, 'user', clock.now() + each.hours * HOUR)
    if (each.do === 'unpin') store.releasePin({ actor: 'user', reason: 'step' })
    if (each.do === 'rules') house.setRules({ timeRules: each.rules })
    if (each.do === 'tighten') store.change({ riskMode: 'DEFENSIVE' }, { actor: 'msc', reason: 'step' })
  }

  it('no rule writes under a pin, none writes twice, and a station restarted after every step comes to the same', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const [whole, restarted] = [new House(), new House()]
        for (const each of steps) {
          take(whole, each)
          take(restarted, each)
          const { version } = whole.store.current
          whole.rules.look()
          expect(whole.store.current.version).toBe(version)
          restarted.restart()
          expect([restarted.mode, restarted.by]).toEqual([whole.mode, whole.by])
          const open = whole.rules.openRule()
          const { pin, sources } = whole.store.current
          if (open !== null && pin === null && sources['pin'] === undefined && whole.by.startsWith('rule:'))
            expect(whole.mode).toBe(open.mode)
        }
        for (const { policy } of whole.store.history({ limit: 1000 })) {
          if (!policy.updatedBy.startsWith('rule:')) continue
          expect(activePin(policy, policy.updatedAt)).toBeNull()
        }
        expect(whole.logged).toEqual([])
      }),
      { numRuns: 80 },
    )
  })
})
