/** The Meta Strategy Controller at work: when it runs, what it writes and journals, and what a failed step leaves (SPEC §5). */
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { GlobalState } from '../../src/core/market/global-state.ts'
import type { HealthStatus } from '../../src/core/model/health.ts'
import type { Trigger } from '../../src/core/msc/decision.ts'
import { MSC_WATCH_SETTINGS } from '../../src/core/msc/settings.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import { CALM_GOVERNOR } from '../../src/core/policy/policy.ts'
import type { Clock } from '../../src/core/ports/clock.ts'
import { UNCOUNTED } from '../../src/core/ports/metrics.ts'
import type { Records } from '../../src/core/ports/records.ts'
import { BUILT_IN_STRATEGIES } from '../../src/core/strategy/built-in.ts'
import { AlertDesk } from '../../src/station/alert-desk.ts'
import { Announcer } from '../../src/station/announcer.ts'
import { EventBus } from '../../src/station/event-bus.ts'
import type { StationEvents } from '../../src/station/events.ts'
import { MscController } from '../../src/station/msc-controller.ts'
import { MscPast } from '../../src/station/msc-past.ts'
import { MscSchedule } from '../../src/station/msc-schedule.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { accountOf } from '../fixtures/guard.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'
import { MemoryPolicyShelf } from '../fixtures/memory-policy-shelf.ts'

const T0 = Date.UTC(2025, 5, 2, 12)
const MINUTE_MS = 60_000
const INTERVAL_MS = 30 * MINUTE_MS

/** Stands still while the computer sleeps, then wakes what is due, once. */
class SleepyClock implements Clock {
  #now = T0
  #wakes: { readonly at: number; readonly wake: () => void }[] = []

  now(): number {
    return this.#now
  }

  at(time: number, wake: () => void): () => void {
    const asked = { at: time, wake }
    this.#wakes.push(asked)
    return () => {
      this.#wakes = this.#wakes.filter((each) => each !== asked)
    }
  }

  sleepUntil(time: number): void {
    this.#now = time
    for (let due = this.#due(); due !== undefined; due = this.#due()) {
      this.#wakes = this.#wakes.filter((each) => each !== due)
      due.wake()
    }
  }

  #due() {
    return this.#wakes.toSorted((one, other) => one.at - other.at).find(({ at }) => at <= this.#now)
  }
}

function schedule(clock: Clock, during: (trigger: Trigger) => void = () => undefined) {
  const ran: string[] = []
  const made: MscSchedule = new MscSchedule({
    clock,
    intervalMs: INTERVAL_MS,
    run: (trigger) => {
      ran.push(`${trigger} +${(clock.now() - T0) / MINUTE_MS}`)
      during(trigger)
    },
  })
  return { schedule: made, ran }
}

describe('when it runs', () => {
  it('at start, then every interval', () => {
    const clock = new VirtualClock({ startAt: T0 })
    const { schedule: made, ran } = schedule(clock)
    made.start()
    expect(ran).toEqual([])
    clock.advanceTo(T0 + 95 * MINUTE_MS)
    expect(ran).toEqual(['start +0', 'schedule +30', 'schedule +60', 'schedule +90'])
    expect(made.nextAt).toBe(T0 + 120 * MINUTE_MS)
  })

  it('a manual run does not move the schedule', () => {
    const clock = new VirtualClock({ startAt: T0 })
    const { schedule: made, ran } = schedule(clock)
    made.start()
    clock.advanceTo(T0 + 10 * MINUTE_MS)
    made.runNow('manual')
    clock.advanceTo(T0 + 31 * MINUTE_MS)
    expect(ran).toEqual(['start +0', 'manual +10', 'schedule +30'])
  })

  it('once after a sleep, whatever it slept over, and then every interval again', () => {
    const clock = new SleepyClock()
    const { schedule: made, ran } = schedule(clock)
    made.start()
    clock.sleepUntil(T0)
    clock.sleepUntil(T0 + 605 * MINUTE_MS)
    made.woke()
    expect(ran).toEqual(['start +0', 'wake +605'])
    clock.sleepUntil(T0 + 635 * MINUTE_MS)
    expect(ran.at(-1)).toBe('schedule +635')
  })

  it('on waking at once, before the timers of a slow computer come', () => {
    let now = T0
    const { schedule: made, ran } = schedule({ now: () => now, at: () => () => undefined })
    made.start()
    now = T0 + 600 * MINUTE_MS
    made.woke()
    made.woke()
    expect(ran).toEqual(['wake +600'])
  })

  it('waking in time runs nothing', () => {
    const clock = new VirtualClock({ startAt: T0 })
    const { schedule: made, ran } = schedule(clock)
    made.start()
    clock.advanceTo(T0 + 29 * MINUTE_MS)
    made.woke()
    expect(ran).toEqual(['start +0'])
  })

  it('never within a run: what is asked for meanwhile comes right after, once', () => {
    const clock = new VirtualClock({ startAt: T0 })
    let depth = 0
    const { schedule: made, ran } = schedule(clock, (trigger) => {
      expect(++depth).toBe(1)
      if (trigger === 'start') {
        made.runNow('health')
        made.runNow('manual')
      }
      depth--
    })
    made.start()
    clock.advanceTo(T0 + MINUTE_MS)
    expect(ran).toEqual(['start +0', 'health +0'])
  })

  it('not after it was stopped', () => {
    const clock = new VirtualClock({ startAt: T0 })
    const { schedule: made, ran } = schedule(clock)
    made.start()
    clock.advanceTo(T0 + MINUTE_MS)
    made.stop()
    clock.advanceTo(T0 + 120 * MINUTE_MS)
    expect(ran).toEqual(['start +0'])
    expect(made.nextAt).toBeNull()
  })
})

interface StageOptions {
  readonly enabled?: boolean
  readonly autoAdjust?: boolean
}

/** The controller with a real policy store, journal in memory and a market that the test moves. */
function stage({ enabled = true, autoAdjust = true }: StageOptions = {}) {
  const clock = new VirtualClock({ startAt: T0 })
  const shelf = new MemoryPolicyShelf()
  const policy = new PolicyStore({ shelf, now: () => clock.now(), initial: INITIAL_POLICY, exposed: () => false })
  const journal = new MemoryJournal()
  const logged: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[] = []
  const note = (event: string, fields: Readonly<Record<string, unknown>> = {}) => void logged.push({ event, fields })
  const bus = new EventBus<StationEvents>(() => undefined)
  const announcer = new Announcer({ bus, journal, clock, listenerFailed: () => undefined })
  const alerts = new AlertDesk({ journal, announcer, clock, log: { warn: note } })
  policy.onUpdated((version) => announcer.publish('policy.updated', version.traceId as never, version))
  const empty = { items: [], next: null }
  const records = {
    equityByHour: () => [],
    trades: () => empty,
    events: () => ({
      items: journal.rows.events.filter(({ type }) => type === 'msc.rebased').toReversed(),
      next: null,
    }),
    mscPolicies: () => ({ items: journal.rows.msc_policies.toReversed(), next: null }),
  } as unknown as Records
  const world: { market: () => GlobalState; health: HealthStatus } = {
    market: () => ({ regime: 'RANGING', volatility: 'NORMAL' }),
    health: 'HEALTHY',
  }
  const msc = new MscController({
    clock,
    policy,
    journal,
    records: () => records,
    announcer,
    alerts,
    log: { info: note, error: note },
    metrics: UNCOUNTED,
    bus,
    past: new MscPast(),
    account: () => accountOf(10_000),
    strategies: BUILT_IN_STRATEGIES.map((definition) => ({ definition, interval: '15m' })),
    market: () => world.market(),
    governor: () => CALM_GOVERNOR,
    health: () => world.health,
    shadowTrades: () => null,
    stopwatch: () => 0,
    settings: { enabled, autoAdjust, intervalMinutes: 30 },
    watch: MSC_WATCH_SETTINGS,
    warmSizes: { defensive: 0.25, other: 0.5 },
  })
  const eventsOf = (type: string) => journal.rows.events.filter((event) => event.type === type)
  return { clock, shelf, policy, journal, bus, alerts, logged, world, msc, eventsOf }
}

const WILD: GlobalState = { regime: 'CHOPPY', volatility: 'EXTREME' }

describe('a run', () => {
  it('logs its seven steps under one trace, writes one version and one row', () => {
    const { clock, policy, journal, logged, msc, world, eventsOf } = stage()
    world.market = () => WILD
    const before = policy.current.version
    msc.start()
    clock.advanceTo(T0)
    const steps = logged.filter(({ event }) => event === 'msc_step').map(({ fields }) => fields)
    expect(steps.map(({ step, number }) => `${String(number)} ${String(step)}`)).toEqual([
      '1 gather',
      '2 vote',
      '3 score',
      '4 select',
      '5 build',
      '6 write',
      '7 publish',
    ])
    const [trace] = new Set(steps.map(({ trace_id: id }) => id))
    expect(policy.current).toMatchObject({ version: before + 1, riskMode: 'DEFENSIVE', updatedBy: 'msc' })
    const [row] = journal.rows.msc_policies
    expect(journal.rows.msc_policies).toHaveLength(1)
    expect(row).toMatchObject({ traceId: trace, riskMode: 'DEFENSIVE', maxRiskPerTrade: 0.003, minConfidence: 0.75 })
    expect(row?.votes).toMatchObject({ trigger: 'start', result: 'tightened', policyVersion: before + 1 })
    const [updated] = eventsOf('policy.updated')
    expect(updated).toMatchObject({ traceId: trace, data: { by: 'msc', version: before + 1 } })
    expect(JSON.stringify(updated?.data)).toContain('NORMAL → DEFENSIVE: defensive weight 3 of 3')
  })

  it('explains itself through the doors', () => {
    const { clock, msc, world } = stage()
    world.market = () => WILD
    msc.start()
    clock.advanceTo(T0)
    expect(msc.view()).toMatchObject({ status: 'active', lastAt: T0, nextAt: T0 + INTERVAL_MS, isRunning: false })
    expect(msc.view().nextChanges[0]).toContain('NORMAL with a defensive weight under 3 (3 now)')
    expect(msc.history(10)).toHaveLength(1)
    expect(msc.strategies().rankings.map(({ sizeShare }) => sizeShare)).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(msc.advised()).toBe('DEFENSIVE')
  })

  it('loosens only with the second scheduled run, however often a person asks', () => {
    const { clock, policy, msc, world } = stage()
    world.market = () => WILD
    msc.start()
    clock.advanceTo(T0)
    world.market = () => ({ regime: 'RANGING', volatility: 'NORMAL' })
    for (let minute = 1; minute < 30; minute++) {
      clock.advanceTo(T0 + minute * MINUTE_MS)
      expect(msc.evaluate().outcome).toBe('evaluated')
    }
    expect(policy.current.riskMode).toBe('DEFENSIVE')
    clock.advanceTo(T0 + 59 * MINUTE_MS)
    expect(policy.current.riskMode).toBe('DEFENSIVE')
    clock.advanceTo(T0 + 60 * MINUTE_MS)
    expect(policy.current.riskMode).toBe('NORMAL')
  })

  it('comes at once when the system becomes CRITICAL, not for a single component', () => {
    const { clock, policy, msc, bus, world } = stage()
    msc.start()
    clock.advanceTo(T0 + MINUTE_MS)
    world.health = 'CRITICAL'
    bus.publish('health.status_changed', { component: 'disk', status: 'CRITICAL', detail: '' })
    expect(policy.current.riskMode).toBe('NORMAL')
    bus.publish('health.status_changed', { component: 'system', status: 'CRITICAL', detail: '' })
    expect(policy.current.riskMode).toBe('DEFENSIVE')
    expect(msc.history(1)[0]?.trigger).toBe('health')
  })

  it('only advises when it may not adjust', () => {
    const { clock, policy, msc, world } = stage({ autoAdjust: false })
    world.market = () => WILD
    msc.start()
    clock.advanceTo(T0)
    expect(policy.current).toMatchObject({ riskMode: 'NORMAL', allowedStrategies: null })
    expect(policy.current.evaluation).toMatchObject({ advised: 'DEFENSIVE', applied: 'NORMAL' })
    expect(msc.view().status).toBe('advising')
    expect(msc.advised()).toBeNull()
  })

  it('is refused while it is off', () => {
    const { clock, policy, msc } = stage({ enabled: false })
    msc.start()
    clock.advanceTo(T0 + 120 * MINUTE_MS)
    expect(policy.current.version).toBe(1)
    expect(msc.evaluate()).toEqual({ outcome: 'refused', reason: 'the meta strategy controller is off' })
    expect(msc.view()).toMatchObject({ status: 'disabled', nextAt: null })
  })

  it('is paused for a screen while a pin or the emergency holds the mode', () => {
    const { clock, policy, msc } = stage()
    msc.start()
    clock.advanceTo(T0)
    policy.pin(null, { actor: 'user' })
    expect(msc.view().status).toBe('paused')
  })
})

describe('a step that fails', () => {
  it('leaves the last policy, is journaled, alerted, and cleared by the next success', () => {
    const { clock, policy, journal, alerts, msc, world, eventsOf } = stage()
    msc.start()
    clock.advanceTo(T0)
    const before = policy.current
    world.market = () => {
      throw new Error('the market is away')
    }
    clock.advanceTo(T0 + 30 * MINUTE_MS)
    expect(policy.current).toBe(before)
    expect(eventsOf('msc.failed')[0]?.data).toEqual({
      trigger: 'schedule',
      step: 'gather',
      message: 'the market is away',
    })
    expect(journal.rows.msc_policies.at(-1)?.votes).toMatchObject({ result: 'failed', policyVersion: null })
    expect(alerts.stands('msc_evaluation_failed')).toBe(true)
    expect(alerts.stands('msc_failing')).toBe(true)
    world.market = () => ({ regime: null, volatility: null })
    clock.advanceTo(T0 + 60 * MINUTE_MS)
    expect(alerts.stands('msc_evaluation_failed')).toBe(false)
    expect(policy.current.version).toBe(before.version + 1)
  })

  it('that cannot store the policy leaves it whole', () => {
    const { clock, shelf, policy, msc, world, eventsOf } = stage()
    msc.start()
    clock.advanceTo(T0)
    const before = policy.current
    world.market = () => WILD
    shelf.failures = 1
    clock.advanceTo(T0 + 30 * MINUTE_MS)
    expect(policy.current).toBe(before)
    expect(eventsOf('msc.failed')[0]?.data).toMatchObject({ step: 'write' })
    clock.advanceTo(T0 + 60 * MINUTE_MS)
    expect(policy.current.riskMode).toBe('DEFENSIVE')
  })

  it('again and again, it is silent for too long: critical, stale', () => {
    const { clock, alerts, msc, world } = stage()
    world.market = () => {
      throw new Error('away')
    }
    msc.start()
    clock.advanceTo(T0 + 65 * MINUTE_MS)
    expect(alerts.stands('msc_silent')).toBe(false)
    clock.advanceTo(T0 + 67 * MINUTE_MS)
    expect(alerts.stands('msc_silent')).toBe(true)
    world.market = () => ({ regime: null, volatility: null })
    expect(msc.view().status).toBe('stale')
    expect(msc.health()).toMatchObject({ status: 'CRITICAL', runs24h: 3, failed24h: 3, lastSuccessAt: null })
  })
})

describe('what it watches', () => {
  it('mode changes, time per mode, and a mode that stays DEFENSIVE for too long', () => {
    const { clock, policy, alerts, msc, world } = stage()
    msc.start()
    clock.advanceTo(T0 + 6 * 60 * MINUTE_MS)
    world.market = () => WILD
    clock.advanceTo(T0 + 12 * 60 * MINUTE_MS)
    expect(policy.current.riskMode).toBe('DEFENSIVE')
    const { shares, sharesSince } = msc.health()
    expect(sharesSince).toBe(T0)
    expect(shares.map(({ mode, share }) => [mode, Math.round(share * 24)])).toEqual([
      ['DEFENSIVE', 11],
      ['NORMAL', 13],
      ['AGGRESSIVE', 0],
    ])
    clock.advanceTo(T0 + 31 * 60 * MINUTE_MS)
    expect(alerts.standing.find(({ code }) => code === 'msc_long_defensive')?.severity).toBe('warning')
    clock.advanceTo(T0 + 80 * 60 * MINUTE_MS)
    expect(alerts.standing.find(({ code }) => code === 'msc_long_defensive')?.severity).toBe('critical')
  })

  it('too many mode changes in an hour', () => {
    const { clock, policy, alerts, msc } = stage()
    msc.start()
    clock.advanceTo(T0)
    for (let change = 0; change < 6; change++)
      policy.change({ riskMode: change % 2 === 0 ? 'DEFENSIVE' : 'NORMAL' }, { actor: 'user' })
    clock.advanceTo(T0 + 2 * MINUTE_MS)
    expect(alerts.stands('msc_flapping')).toBe(true)
    clock.advanceTo(T0 + 62 * MINUTE_MS)
    expect(alerts.stands('msc_flapping')).toBe(false)
  })

  it('signals that are blocked', () => {
    const { clock, alerts, bus, msc } = stage()
    msc.start()
    clock.advanceTo(T0)
    for (let signal = 0; signal < 20; signal++) {
      const traceId = `t${signal}`
      bus.publish('signal.created', { kind: 'ENTRY', traceId } as never)
      if (signal < 8) bus.publish('signal.dropped', { traceId } as never)
      if (signal >= 8 && signal < 11) bus.publish('intent.denied', { traceId } as never)
    }
    bus.publish('signal.created', { kind: 'EXIT', traceId: 'exit' } as never)
    clock.advanceTo(T0 + MINUTE_MS)
    expect(msc.health()).toMatchObject({ signals1h: 20, blocked1h: 11 })
    expect(alerts.stands('signals_blocked')).toBe(true)
    clock.advanceTo(T0 + 62 * MINUTE_MS)
    expect(alerts.stands('signals_blocked')).toBe(false)
  })
})

describe('re-basing the evidence', () => {
  it('is journaled, and windows begin then', () => {
    const { clock, msc, eventsOf } = stage()
    msc.start()
    clock.advanceTo(T0 + 10 * MINUTE_MS)
    expect(msc.rebase('user', 'another account')).toEqual({ rebasedAt: T0 + 10 * MINUTE_MS })
    expect(eventsOf('msc.rebased')[0]?.data).toEqual({ by: 'user', reason: 'another account' })
    clock.advanceTo(T0 + 30 * MINUTE_MS)
    expect(msc.view().evaluation?.evidence.rebasedAt).toBe(T0 + 10 * MINUTE_MS)
  })
})
