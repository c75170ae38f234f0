/** The governor at work: its clock, the kill switch it engages, what it tells, and what a restart finds again. */
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { GovernorInputs } from '../../src/core/governor/inputs.ts'
import { exact } from '../../src/core/model/decimal.ts'
import type { AccountState, Trade } from '../../src/core/model/position.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import type { EventRow } from '../../src/core/ports/journal.ts'
import { AlertDesk } from '../../src/station/alert-desk.ts'
import { journaledData } from '../../src/station/event-data.ts'
import type { StationEvents } from '../../src/station/events.ts'
import { GovernorDesk } from '../../src/station/governor-desk.ts'
import { GOVERNOR_SETTINGS } from '../../src/station/governor-settings.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { tradeOf } from '../fixtures/facade-rows.ts'
import { accountOf, NOON } from '../fixtures/guard.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'
import { memoryPolicyShelf } from '../fixtures/shelves.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

type Sees = Pick<GovernorInputs, 'isExposed' | 'health' | 'link' | 'unprotected' | 'journalFault' | 'margin'>
const CALM: Sees = {
  isExposed: true,
  health: { status: 'HEALTHY', detail: '' },
  link: { downSince: null, isReconciled: true },
  unprotected: [],
  journalFault: null,
  margin: null,
}

const accountDown = (fraction: number): AccountState =>
  accountOf(10_000 * (1 - fraction), { nav: 1 - fraction, drawdown: fraction })

/** A station around the governor, of which a restart keeps policy, events and trades. */
class World {
  readonly shelf = memoryPolicyShelf()
  readonly events: EventRow[] = []
  trades: Trade[] = []
  sees: Sees = CALM
  account: AccountState | null = accountDown(0)
  readonly flattens: string[] = []
  readonly logged: string[] = []
  cancelled = 0
  clock = new VirtualClock({ startAt: NOON })
  policy = this.#store()
  alerts = this.#alertDesk()
  desk = this.#governor()

  #store(): PolicyStore {
    return new PolicyStore({
      shelf: this.shelf,
      now: () => this.clock.now(),
      initial: INITIAL_POLICY,
      exposed: () => false,
    })
  }

  #alertDesk(): AlertDesk {
    const announcer = { publish: () => undefined, touch: () => undefined }
    return new AlertDesk({ journal: new MemoryJournal(), announcer, clock: this.clock, log: { warn: () => undefined } })
  }

  #publish<Type extends keyof StationEvents>(type: Type, event: StationEvents[Type]): void {
    const data: unknown = JSON.parse(JSON.stringify(journaledData(type, event)))
    this.events.push({ seq: this.events.length + 1, at: this.clock.now(), type, traceId: null, data })
  }

  #governor(): GovernorDesk {
    const desk = new GovernorDesk({
      clock: this.clock,
      policy: this.policy,
      records: {
        events: () => ({ items: this.events.slice(-1), next: null }),
        trades: () => ({ items: this.trades.toReversed(), next: null }),
      },
      announcer: { publish: (type, _trace, event) => this.#publish(type, event), touch: () => undefined },
      alerts: this.alerts,
      log: { info: (event) => this.logged.push(event) },
      settings: GOVERNOR_SETTINGS,
      account: () => this.account,
      sees: () => this.sees,
      isQuiet: () => this.sees === CALM,
      beforeLook: () => undefined,
      changed: (isTighter) => {
        if (isTighter) this.cancelled++
      },
      flatten: (reason) => this.flattens.push(reason),
      settle: () => undefined,
    })
    this.policy.onUpdated(() => desk.policyChanged())
    desk.load()
    desk.start()
    return desk
  }

  restart(afterMs: number): void {
    this.clock = new VirtualClock({ startAt: this.clock.now() + afterMs })
    this.policy = this.#store()
    this.desk = this.#governor()
  }

  wait(ms: number): void {
    this.clock.advanceTo(this.clock.now() + ms)
  }

  lose(times: number, apartMs: number): void {
    for (let each = 0; each < times; each++) {
      this.wait(apartMs)
      const trade = tradeOf(`t${this.trades.length}`, { closedAt: this.clock.now(), profit: exact(-1) })
      this.trades.push(trade)
      this.desk.closed(trade)
      this.desk.look()
    }
  }

  get level(): string {
    return this.desk.state.level
  }
}

describe('the governor', () => {
  it('looks every 10 s, and 2 s after a price that asks for more', () => {
    const world = new World()
    world.wait(3000)
    world.account = accountDown(0.05)
    world.wait(6999)
    expect(world.level).toBe('NORMAL')
    world.wait(1 + 1999)
    expect(world.level).toBe('NORMAL')
    world.wait(1)
    expect(world.level).toBe('DEFENSIVE')
    expect(world.cancelled).toBe(1)
    expect(world.logged).toEqual(['safety_governor_risk_manager_input'])
  })

  it('engages the kill switch in the policy, once, and alerts', () => {
    const world = new World()
    world.account = accountDown(0.085)
    world.wait(20_000)
    const { emergency } = world.policy.current
    expect(emergency).toMatchObject({ by: 'governor', reason: 'down 8.5 % from the day’s high, limit 8 % (1.6 × 5 %)' })
    const { version } = world.policy.current
    world.wait(HOUR_MS)
    expect(world.policy.current.version).toBe(version)
    expect(world.alerts.standing).toMatchObject([{ code: 'safety_governor', severity: 'critical' }])
    expect(world.flattens).toEqual([])
  })

  it('sees a release at once, and asks again only for another cause', () => {
    const world = new World()
    world.account = accountDown(0.085)
    world.wait(20_000)
    const id = world.policy.current.emergency?.id ?? ''
    world.policy.releaseEmergency({ actor: 'user', id, word: 'RELEASE' })
    expect(world.level).toBe('DEFENSIVE')
    world.wait(MINUTE_MS)
    expect(world.policy.current.emergency).toBeNull()
    world.sees = { ...CALM, journalFault: 'the disk is full' }
    world.desk.look()
    expect(world.policy.current.emergency?.reason).toBe('the disk is full')
  })

  it('closes everything on an unprotected position and on a margin ratio of 0.8', () => {
    const world = new World()
    world.sees = { ...CALM, unprotected: [{ symbol: 'BTCUSDT', since: world.clock.now() - 61_000 }] }
    world.desk.look()
    expect(world.flattens).toEqual(['BTCUSDT has had no full live stop for 61 s, limit 60 s'])
    const other = new World()
    other.sees = { ...CALM, margin: { symbol: 'ETHUSDT', ratio: 0.81 } }
    other.wait(30_000)
    expect(other.flattens).toHaveLength(1)
  })

  it('warns of a margin ratio of 0.5, and clears the warning', () => {
    const world = new World()
    world.sees = { ...CALM, margin: { symbol: 'ETHUSDT', ratio: 0.5 } }
    world.desk.look()
    expect(world.alerts.standing).toMatchObject([{ code: 'margin_ratio', severity: 'warning' }])
    world.sees = { ...CALM, margin: { symbol: 'ETHUSDT', ratio: 0.49 } }
    world.desk.look()
    expect(world.alerts.standing).toEqual([])
    expect(world.level).toBe('NORMAL')
  })

  it('clears its alert when it is CAUTIOUS again', () => {
    const world = new World()
    world.account = accountDown(0.05)
    world.wait(20_000)
    expect(world.alerts.stands('safety_governor')).toBe(true)
    world.account = accountDown(0)
    world.wait(11 * MINUTE_MS)
    expect(world.level).toBe('CAUTIOUS')
    expect(world.alerts.stands('safety_governor')).toBe(false)
  })
})

describe('the limit of the day', () => {
  it('of an emergency is the largest since 00:00 UTC, over a restart too; the next day the one in force', () => {
    const world = new World()
    world.policy.switchMode('AGGRESSIVE', { actor: 'user' })
    world.wait(MINUTE_MS)
    world.policy.switchMode('DEFENSIVE', { actor: 'user' })
    world.account = accountDown(0.09)
    world.wait(MINUTE_MS)
    expect(world.level).toBe('DEFENSIVE')
    world.restart(MINUTE_MS)
    world.wait(MINUTE_MS)
    expect(world.policy.current.emergency).toBeNull()
    world.account = accountDown(0.0961)
    world.wait(MINUTE_MS)
    expect(world.policy.current.emergency).not.toBeNull()

    const next = new World()
    next.policy.switchMode('AGGRESSIVE', { actor: 'user' })
    next.wait(MINUTE_MS)
    next.policy.switchMode('DEFENSIVE', { actor: 'user' })
    next.wait(12 * HOUR_MS)
    next.account = accountDown(0.0481)
    next.wait(MINUTE_MS)
    expect(next.policy.current.emergency).not.toBeNull()
  })

  it('of a tighter mode is previewed, and holds as soon as it is chosen', () => {
    const world = new World()
    world.account = accountDown(0.032)
    world.wait(MINUTE_MS)
    expect(world.level).toBe('NORMAL')
    const under = world.desk.underEach()
    expect([under.DEFENSIVE.level, under.NORMAL.level, under.AGGRESSIVE.level]).toEqual([
      'DEFENSIVE',
      'NORMAL',
      'NORMAL',
    ])
    expect(world.level).toBe('NORMAL')
    world.policy.switchMode('DEFENSIVE', { actor: 'user' })
    expect(world.level).toBe('DEFENSIVE')
  })
})

describe('a losing streak', () => {
  it('is acknowledged by a person, once', () => {
    const world = new World()
    expect(world.desk.acknowledgeStreak('user')).toMatchObject({ outcome: 'refused' })
    world.lose(8, 20 * MINUTE_MS)
    expect(world.level).toBe('DEFENSIVE')
    expect(world.desk.streak).toBe(8)
    expect(world.desk.acknowledgeStreak('user')).toMatchObject({ outcome: 'acknowledged' })
    expect(world.desk.streak).toBe(0)
    world.wait(40 * MINUTE_MS)
    expect(world.level).toBe('NORMAL')
    expect(world.desk.acknowledgeStreak('user')).toMatchObject({ outcome: 'refused' })
  })

  it('and its acknowledgement are there after a restart', () => {
    const world = new World()
    world.lose(8, 20 * MINUTE_MS)
    world.restart(HOUR_MS)
    expect(world.level).toBe('DEFENSIVE')
    world.wait(3 * HOUR_MS + 20_000)
    expect(world.level).toBe('CAUTIOUS')
    world.desk.acknowledgeStreak('user')
    world.restart(MINUTE_MS)
    expect(world.desk.streak).toBe(0)
    world.wait(HOUR_MS)
    expect(world.level).toBe('NORMAL')
  })
})

describe('a restart', () => {
  it('keeps the level, its age and what was released', () => {
    const world = new World()
    world.account = accountDown(0.085)
    world.wait(20_000)
    const { since } = world.desk.state
    world.restart(HOUR_MS)
    expect(world.desk.state).toMatchObject({ level: 'EMERGENCY', since, allowNewPositions: false })
    const id = world.policy.current.emergency?.id ?? ''
    world.wait(20_000)
    world.policy.releaseEmergency({ actor: 'user', id, word: 'RELEASE' })
    world.restart(MINUTE_MS)
    world.wait(MINUTE_MS)
    expect(world.policy.current.emergency).toBeNull()
    expect(world.desk.state).toMatchObject({ level: 'DEFENSIVE', size: 0.5, exposure: 0.5 })
  })

  it('is no time of calm', () => {
    const world = new World()
    world.account = accountDown(0.05)
    world.wait(20_000)
    world.account = accountDown(0)
    world.restart(HOUR_MS)
    world.wait(9 * MINUTE_MS)
    expect(world.level).toBe('DEFENSIVE')
    world.wait(2 * MINUTE_MS)
    expect(world.level).toBe('CAUTIOUS')
  })
})
